"""Territory: who holds the ground that a place lies in, where nobody tells of the place itself.

The problem. "Armenia handed over the district" says nothing of its forty villages and means them all. A town in it may be an
exception (Lachin: the district on 1 December 2020, the city on 26 August 2022), and an exception comes to an end when the whole
province changes hands after it.

The rule. Areas are gone through from the widest to the narrowest, the place itself last. At each step the holding so far is
the wider area's, and the own holding that is in force takes its place unless the wider area changed hands since it was last
told: unless the own one's `retold` day lies before the first day on which the wider area's can have begun. So a village told of
in 2014 does not hold out against its province, taken in 2020; a village told of in 2021 does, whether or not it was told of in
2014 too; and so does one told of on the same day.

Three kinds of wider holding are no news of a place for which something is told, and leave it as it is:

- one whose beginning is not known: that the separatists "hold Karabakh" at the end of November 2020 does not take back Shusha,
  lost to them on the 8th; whole regions are told of without their exceptions;
- one that is contested: fighting for a province says nothing of each village in it;
- one that is disputed: who doubts that the district has changed hands need not doubt what was told of the town.

They hold for places of which nothing is told. A wider area lost to nobody named is news like any other: who left the district
left its villages.

The limits. Being inside is a yes or no from the gazetteer, and a narrower area counts as wholly inside a wider one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from whoholds.model import Bounds, Holding, Site, Standing
from whoholds.reconcile.holdings.comparing import in_force

Timeline = Sequence[Holding]
Around = Sequence[tuple[Site, Timeline]]

_NO_NEWS = frozenset({Standing.CONTESTED.value, Standing.DISPUTED.value})
_DAY = timedelta(days=1)


Own = tuple[str, str | None, str | None, str, date | None, date, date]
"""A row of the map: a place's own holding in force on a day, as site key, the holder's key and name, standing, first possible
day of its beginning, and first and last day told."""

Given = TypeVar("Given", bound=Own)


class Row(NamedTuple):
    """Who holds a place on a day, without evidence: an `Own`, and the key of the wider area whose it is (None: its own)."""

    site: str
    holder: str | None
    name: str | None
    standing: str
    begin: date | None
    told: date
    retold: date
    inherited: str | None = None


def holding_on(day: date, own: Timeline, around: Around, *, site: Site | None = None) -> Holding | None:
    """The holding of a place on a day: its own or that of an area around it (narrowest first); None where none is told.

    A wider area's holding bears its area's site in `inherited`, and `site` as its site where that is given.
    """
    found = _fold(day, own, around)
    if found is None:
        return None
    area, holding = found
    return holding if area is None else replace(holding, site=site or holding.site, inherited=area)


def inherit(site: Site, own: Timeline, around: Around) -> tuple[Holding, ...]:
    """The timeline of a place with that of the areas around it (narrowest first) folded in, in order of time.

    Where a wider area's holding starts or stops to count within its days, beginning and end are cut to those days, and `told`
    is the first day on which it counts for this place, `retold` no later than the last.
    """
    pieces: list[tuple[date, Site | None, Holding]] = []
    for day in _turning_days((own, *(timeline for _, timeline in around))):
        found = _fold(day, own, around)
        if found is not None and (not pieces or pieces[-1][1:] != found):
            pieces.append((day, *found))
    return tuple(_cut(site, pieces))


def fold_rows(held: Iterable[Own], within: Mapping[str, Sequence[str]]) -> list[Row]:
    """The map of a day: a row for each place that has a holder, its own or that of an area around it; see `folded`."""
    new = tuple.__new__  # what Row._make calls; a map has tens of thousands of rows
    handed_down: dict[str, tuple[object, ...]] = {}
    rows = []
    for site, row in folded(held, within).items():
        key = row[0]
        if key == site:
            rows.append(new(Row, (*row, None)))
        elif key in handed_down:
            rows.append(new(Row, (site, *handed_down[key])))
        else:
            handed_down[key] = rest = (*row[1:], key)
            rows.append(new(Row, (site, *rest)))
    return rows


def folded(held: Iterable[Given], within: Mapping[str, Sequence[str]]) -> dict[str, Given]:
    """For each place that has a holder on a day the row that counts there, its own or that of an area around it.

    `held` are places' own rows of that day; `within` gives each place's areas by key, the narrowest first. A row is inherited
    where its own key is not the place's. Places stand in the order of `within`; those that it leaves out come last.
    """
    own = {row[0]: row for row in held}
    chains: dict[tuple[str, ...], Given | None] = {(): None}
    found: dict[str, Given] = {}
    for site, areas in within.items():
        chain = areas if type(areas) is tuple else tuple(areas)
        wider = chains[chain] if chain in chains else _fold_chain(chain, own, chains)
        mine = own.get(site)
        if mine is not None and (wider is None or _stands(mine, wider)):
            found[site] = mine
        elif wider is not None:
            found[site] = wider
    found.update((key, own[key]) for key in own if key not in within)
    return found


def _fold_chain(chain: tuple[str, ...], own: Mapping[str, Given], chains: dict[tuple[str, ...], Given | None]) -> Given | None:
    """The row that areas, the narrowest first, hand down; remembered for every chain that ends like it."""
    wider: Given | None = None
    for i in range(len(chain) - 1, -1, -1):
        rest = chain[i:]
        if rest in chains:
            wider = chains[rest]
            continue
        mine = own.get(chain[i])
        if mine is not None and (wider is None or _stands(mine, wider)):
            wider = mine
        chains[rest] = wider
    return wider


def _stands(mine: Own, wider: Own) -> bool:
    begin = wider[4]
    return begin is None or mine[6] >= begin or wider[3] in _NO_NEWS


def _fold(day: date, own: Timeline, around: Around) -> tuple[Site | None, Holding] | None:
    """The holding of a day and the area it comes from; None where none is told."""
    held: tuple[Site | None, Holding] | None = None
    for area, timeline in (*reversed(around), (None, own)):
        mine = in_force(timeline, day)
        if mine is not None and (held is None or _outlasts(mine, held[1])):
            held = (area, mine)
    return held


def _outlasts(mine: Holding, wider: Holding) -> bool:
    begin = wider.begin.not_before
    return begin is None or mine.retold >= begin or wider.standing in _NO_NEWS


def _turning_days(timelines: Iterable[Timeline]) -> list[date]:
    """The days on which the holding in force can change, in order, the beginning of the calendar first."""
    days = {date.min}
    for timeline in timelines:
        days.update(holding.told for holding in timeline)
        days.update(holding.begin.not_before for holding in timeline[:1] if holding.begin.not_before)
    return sorted(days)


def _cut(site: Site, pieces: Sequence[tuple[date, Site | None, Holding]]) -> Iterator[Holding]:
    """Pieces of timelines as holdings of one place, each ending where the next begins."""
    begins = [_begin(day, holding) for day, _, holding in pieces]
    for i, (_, area, holding) in enumerate(pieces):
        begin, end, retold = begins[i], holding.end, holding.retold
        told = pieces[i][0] if i else holding.told
        if i + 1 < len(pieces):
            after, last = begins[i + 1], pieces[i + 1][0] - _DAY
            begin, told, retold = _by(begin, last), min(told, last), min(retold, last)
            end = Bounds(_before(after.not_before) or last, _before(after.not_after) or last)
        yield replace(holding, site=site, begin=begin, end=end, told=told, retold=retold, inherited=area)


def _begin(day: date, holding: Holding) -> Bounds:
    """The beginning of a piece: the holding's own, unless it came to count on a later day."""
    if day <= holding.told or day == date.min:
        return holding.begin
    return Bounds(day, day)


def _by(bounds: Bounds, last: date) -> Bounds:
    """Bounds with no day after the last."""
    first = bounds.not_before and min(bounds.not_before, last)
    return Bounds(first, bounds.not_after and min(bounds.not_after, last))


def _before(day: date | None) -> date | None:
    return day - _DAY if day and day > date.min else None


__all__ = ["Around", "Own", "Row", "Timeline", "fold_rows", "folded", "holding_on", "inherit"]
