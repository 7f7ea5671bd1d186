"""Findings as a store keeps them: the columns they are sought by, the same in every store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from whoholds.model import Bounds, Finding, Holding, Incident, Site, Undertaking
from whoholds.register.store import EVERYTHING, Box, Held, Sought, StaleError

KIND_OF: dict[type, str] = {Holding: "holding", Undertaking: "undertaking", Incident: "incident"}
CLASS_OF: dict[str, type[Holding] | type[Undertaking] | type[Incident]] = {
    "holding": Holding,
    "undertaking": Undertaking,
    "incident": Incident,
}
MATTER_OF = {"control": "holding", "obligation": "undertaking", "event": "incident"}  # stale kinds to kinds of findings
ALWAYS = (date.min, date.max)


class Look(NamedTuple):
    """How far a store was when it was asked for stale keys: the last entry, and how often the kind had been settled."""

    entry: int
    settled: int


class Looks(threading.local):
    """When this thread last asked for the stale keys of each kind."""

    def __init__(self) -> None:
        self.at: dict[str, Look] = {}

    def check(self, kind: str, keys: Collection[str], now: Look, newer: Callable[[int], Collection[tuple[str, str]]]) -> int:
        """The entry as of which findings were derived; `newer` gives what became stale after an entry. Raises StaleError."""
        then = self.at.get(kind)
        if then is None:
            return now.entry
        if then.settled != now.settled or any(_bears(kind, keys, since) for since in newer(then.entry)):
            raise StaleError("the register changed while findings were derived from it", "try again: nothing is lost")
        return then.entry

    def settled(self, kind: str) -> None:
        """Note that this thread has settled a kind itself."""
        if kind in self.at:
            self.at[kind] = self.at[kind]._replace(settled=self.at[kind].settled + 1)


def settling(kind: str) -> str:
    """The kind of the note, beside those of stale keys, that counts how often a kind of findings was settled."""
    return f"settled:{kind}"


def _bears(kind: str, keys: Collection[str], since: tuple[str, str]) -> bool:
    """Whether findings under keys of a kind can rest on what is stale. Duties are fulfilled by events and holdings."""
    matter, key = since
    if kind == "obligation":
        return matter in MATTER_OF
    if matter != kind:
        return False
    return kind == "event" or key in keys or EVERYTHING in (key, *keys)


class Columns(NamedTuple):
    """What a finding is sought by: `first` and `last` are the days of its period, the calendar's ends where it is open."""

    kind: str
    id: str
    site: Site | None
    first: date
    last: date
    claims: tuple[str, ...]


def columns(finding: Finding, id: str | None = None) -> Columns:
    """The columns of a finding, whose id is worked out where it is not given.

    Its claims are those that support or oppose it, its deadlines, turns or tallies.
    """
    first, last = _period(finding)
    claims = [*finding.supporting, *finding.opposing]
    match finding:
        case Undertaking():
            claims += [claim for deadline in finding.deadlines for claim in deadline.supporting]
            claims += [claim for turn in finding.turns for claim in turn.supporting]
        case Incident():
            claims += [tally.claim for tally in finding.tallies]
        case _:
            pass
    return Columns(KIND_OF[type(finding)], id or finding.id, finding.site, first, last, tuple(dict.fromkeys(claims)))


def _period(finding: Finding) -> tuple[date, date]:
    match finding:
        case Holding(begin=begin, end=end):
            return _span(begin.not_before, end.not_after)
        case Incident(when=Bounds(not_before=first, not_after=last)):
            return _span(first, last)
    return ALWAYS


def _span(first: date | None, last: date | None) -> tuple[date, date]:
    return first or date.min, last or date.max


def fits(found: Columns, sought: Sought) -> bool:
    """Whether a finding is among those sought."""
    if found.kind != sought.kind or (sought.ids is not None and found.id not in sought.ids):
        return False
    if sought.sites is not None and (found.site is None or found.site.key not in sought.sites):
        return False
    if sought.claims is not None and not set(sought.claims) & set(found.claims):
        return False
    if sought.during is not None and not (found.first <= sought.during[1] and found.last >= sought.during[0]):
        return False
    return sought.box is None or inside(found.site, sought.box)


def inside(site: Site | None, box: Box) -> bool:
    """Whether a site's point lies in a box (edges included); False for a site without a point."""
    if site is None or site.place is None:
        return False
    west, south, east, north = box
    lat, lon = site.place.lat, site.place.lon
    between = west <= lon <= east if west <= east else lon >= west or lon <= east
    return between and south <= lat <= north


def held_row(holding: Holding) -> Held:
    """A holding as a row of the map."""
    holder = holding.holder
    return Held(
        holding.site.key,
        holder.key if holder else None,
        holder.name if holder else None,
        holding.standing.value,
        holding.begin.not_before,
        holding.told,
        holding.retold,
    )


def sure(holding: Holding) -> date:
    """The first day on which it surely is in force; for an unknown beginning the first day for which it is told."""
    return holding.begin.not_after or holding.told


def precedence(row: Held, sure: date, day: date) -> tuple[bool, int, int, str]:
    """Orders the holdings of one place whose periods overlap on a day; the greatest is in force, as `reconcile` has it.

    That is the last one that has surely begun by then, and where none has the first that can have.
    """
    begun = sure <= day
    sign = 1 if begun else -1
    return begun, sign * (row.begin or date.min).toordinal(), sign * row.told.toordinal(), row.holder or ""
