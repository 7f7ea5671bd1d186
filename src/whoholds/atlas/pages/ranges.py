"""How many, by whose count: the numbers of an incident as ranges on a common scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.atlas.pages.scales import Numbers, Tick, numbers
from whoholds.model import Count, Incident, Tally


@dataclass(frozen=True, slots=True)
class Stretch:
    """A count on the scale: from `x`, `width` wide; `open` where it has no upper end, and goes to the edge."""

    x: float
    width: float
    open: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """One tally and where it lies."""

    tally: Tally
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Ranges:
    """What all sources give for `killed`, `injured` or `crowd`: the whole range of what stands, then each tally by day."""

    what: str
    whole: Count | None
    stretch: Stretch | None
    rows: tuple[Counted, ...]
    ticks: tuple[Tick, ...]
    logarithmic: bool


def ranges(incident: Incident) -> tuple[Ranges, ...]:
    """The numbers of an incident, for each thing that is counted; none for an incident that nobody counts."""
    return tuple(_ranges(incident))


def _ranges(incident: Incident) -> Iterator[Ranges]:
    for what in ("killed", "injured", "crowd"):
        tallies = sorted((tally for tally in incident.tallies if tally.what == what), key=lambda one: (one.said, one.claim))
        if not tallies:
            continue
        ends = [end for tally in tallies for end in (tally.count.low, tally.count.high) if end is not None]
        scale = numbers(ends)
        rows = tuple(Counted(tally, _stretch(tally.count, scale)) for tally in tallies)
        whole = incident.range(what)
        yield Ranges(what, whole, _stretch(whole, scale) if whole else None, rows, scale.ticks(), scale.logarithmic)


def _stretch(count: Count, scale: Numbers) -> Stretch:
    low = scale.at(count.low or 0)
    high = 100.0 if count.high is None else scale.at(count.high)
    return Stretch(low, round(high - low, 3), count.high is None)
