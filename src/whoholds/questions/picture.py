"""The picture that follows from a state of knowledge: findings, wherever they come from.

With everything known they are the kept ones; where the register cannot be written what is stale is derived for this answer and
not kept. In an earlier state of knowledge they are derived from what was known then, of the places asked for only.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from whoholds.model import Holding, Incident, Site, Undertaking
from whoholds.questions import deriving
from whoholds.questions.ground import sites_of
from whoholds.questions.rules import rules
from whoholds.reconcile.holdings import in_force
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.territory import Around, Own, Row, fold_rows, holding_on, inherit
from whoholds.register.store import EVERYTHING, EVERYTHING_KNOWN, Known, Sought, Store, Wanted

_AT_ONCE = 500  # places whose holdings are derived at once

Timelines = dict[str, tuple[Holding, ...]]


class Picture:
    """Findings in one state of knowledge."""

    def __init__(self, store: Store, sides: Sides, known: Known = EVERYTHING_KNOWN) -> None:
        self.store = store
        self.sides = sides
        self.known = known
        kept = known.all and store.rules() == rules()  # what was kept by other rules is not what follows
        self._sites: dict[str, Site] | None = None
        self._derived: tuple[Incident, ...] | None = None
        kinds = ("control", "obligation", "event")
        self._stale = {kind: store.stale(kind) if kept else frozenset({EVERYTHING}) for kind in kinds}

    @property
    def settled(self) -> bool:
        """Whether everything is known and all that follows from it is kept."""
        return not any(self._stale.values())

    def own(self, keys: Collection[str]) -> Timelines:
        """The own holdings of places in order of time, by key; places without any are left out."""
        stale = self._stale["control"]
        fresh = set(keys) if EVERYTHING in stale else stale.intersection(keys)
        found = deriving.own_holdings(self.store, fresh, self.sides, self.known) if fresh else {}
        kept = [key for key in keys if key not in fresh]
        for holding in self.store.findings(Sought(kind="holding", sites=kept)) if kept else ():
            assert isinstance(holding, Holding)
            found[holding.site.key] = (*found.get(holding.site.key, ()), holding)
        return {key: tuple(sorted(holdings, key=_in_time)) for key, holdings in found.items()}

    def timeline(self, site: Site) -> tuple[Holding, ...]:
        """The holdings of a place, those that it inherits from the areas around it among them."""
        return inherit(site, *self._folded(site))

    def holding(self, site: Site, day: date) -> Holding | None:
        """The holding of a place on a day, its own or an area's."""
        own, around = self._folded(site)
        return holding_on(day, own, around, site=site)

    def rows(self, day: date) -> list[Row]:
        """The holdings of all places of the register on a day, without their evidence, by key."""
        sites = self.sites()
        with _uncollected():
            return fold_rows(self._held(day, sites), {key: site.within for key, site in sites.items()})

    def sites(self) -> dict[str, Site]:
        """The places that claims name, as far as these are known, by key."""
        if self.known.all:
            return sites_of(self.store)
        if self._sites is None:
            told = self.store.testimony(Wanted(known=self.known))
            self._sites = {one.site.key: one.site for one in told if one.site}
        return self._sites

    def held_ever(self) -> Iterator[Own]:
        """The own holdings of all places, of whatever day, without their evidence; in order of time for each."""
        stale = self._stale["control"]
        if EVERYTHING not in stale:
            yield from (row for row in self.store.held_ever() if row.site not in stale)
            yield from self.rows_of(stale)
            return
        yield from self.rows_of(self.sites())

    def rows_of(self, keys: Collection[str]) -> Iterator[Own]:
        """The own holdings of places, of whatever day, without their evidence; in order of time for each."""
        for some in _batches(keys):
            for timeline in self.own(some).values():
                yield from map(_row, timeline)

    def named(self, keys: Collection[str]) -> dict[str, Site]:
        """Those of the places with these keys that claims name, as far as these are known."""
        if self.known.all:
            return {site.key: site for site in self.store.sites(keys=keys)}
        some = (Wanted(sites=batch, known=self.known) for batch in _batches(keys))
        told = (one for wanted in some for one in self.store.testimony(wanted))
        return {one.site.key: one.site for one in told if one.site}

    def _folded(self, site: Site) -> tuple[tuple[Holding, ...], Around]:
        own = self.own((site.key, *site.within))
        areas = {area.key: area for area in self.store.sites(keys=site.within)} if site.within else {}
        return own.get(site.key, ()), [(areas[key], own[key]) for key in site.within if key in own]

    def _held(self, day: date, sites: Collection[str]) -> Iterable[Own]:
        stale = self._stale["control"]
        if EVERYTHING in stale:
            return _in_force(self.own(sites), day)
        kept: list[Own] = [row for row in self.store.held(day) if row.site not in stale]
        return [*kept, *_in_force(self.own(stale), day)]

    def undertakings(self) -> tuple[Undertaking, ...]:
        """All undertakings."""
        stale = self._stale
        if not self.known.all or stale["obligation"] or stale["control"] or stale["event"]:
            return deriving.all_undertakings(self.store, self.sides, self.known)
        return tuple(one for one in self.store.findings(Sought(kind="undertaking")) if isinstance(one, Undertaking))

    def incidents(self, *, during: tuple[date, date] | None = None) -> tuple[Incident, ...]:
        """The incidents whose days touch a period; all for None."""
        return tuple(self.each_incident(during=during))

    def each_incident(
        self, *, ids: Collection[str] | None = None, during: tuple[date, date] | None = None
    ) -> Iterator[Incident]:
        """The incidents with these ids whose days touch a period, one after the other; all for None. Where they have to be
        derived the period is not looked at, and all are held.
        """
        if self._stale["event"]:
            if self._derived is None:
                self._derived = deriving.all_incidents(self.store, self.sides, self.known)
            yield from (one for one in self._derived if ids is None or one.id in ids)
            return
        for one in self.store.findings(Sought(kind="incident", ids=ids, during=during)):
            if isinstance(one, Incident):
                yield one


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put garbage collection off: a map makes tens of thousands of rows without a cycle, and is twice as slow with it."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _in_force(timelines: Timelines, day: date) -> list[Own]:
    held = (in_force(timeline, day) for timeline in timelines.values())
    return [_row(holding) for holding in held if holding]


def _batches(keys: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _row(holding: Holding) -> Own:
    side = (holding.holder.key, holding.holder.name) if holding.holder else (None, None)
    begin, told, retold = holding.begin.not_before, holding.told, holding.retold
    return (holding.site.key, *side, holding.standing.value, begin, told, retold)


def _in_time(holding: Holding) -> tuple[date, date]:
    return holding.told, holding.begin.not_before or date.min
