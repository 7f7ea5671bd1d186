"""Figures of a war over time: how much each side holds, what happened in each week, who told how much.

Days are proleptic Gregorian ordinals, periods inclusive at both ends. A value of a day is exact for that day; between the days
of a row nothing is averaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Side, Site
from whoholds.questions.coverage import Coverage
from whoholds.questions.folding import FIRST, NOBODY
from whoholds.questions.occurring import Occurrences, week
from whoholds.questions.timetable import Timetable

MOST = 400
"""Rows of a figure by day, at most."""

_SETTLEMENT = "P"  # the GeoNames feature class


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last. Raises ValueError where it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the period ends ({self.last}) before it begins ({self.first})")

    @property
    def step(self) -> int:
        """The days from one row to the next: every day, every week, or so many that there are no more rows than MOST."""
        length = self.last.toordinal() - self.first.toordinal() + 1
        return next((step for step in (1, 7) if length <= step * MOST), -(-length // MOST))

    def days(self) -> list[int]:
        """The days of the rows, the first and the last always among them."""
        first, last = self.first.toordinal(), self.last.toordinal()
        return [*range(first, last, self.step), last]


@dataclass(frozen=True, slots=True)
class Held:
    """How much each side holds on days, a row a day; the last column is what is told of and nobody holds alone."""

    days: tuple[int, ...]
    sides: tuple[Side, ...]
    values: NDArray[np.float64]


def held(timetable: Timetable, weights: NDArray[np.float64], period: Period) -> Held:
    """How much each side holds of what places weigh; sides that hold nothing in the period are left out."""
    days = np.array(period.days())
    spans, sides = timetable.spans, len(timetable.sides)
    weight = weights[spans.place]
    columns = np.where(spans.side == NOBODY, sides, spans.side)
    change = np.zeros((len(days) + 1, sides + 1))
    np.add.at(change, (np.searchsorted(days, spans.begin), columns), weight)
    np.add.at(change, (np.searchsorted(days, spans.end, "right"), columns), -weight)
    values = np.cumsum(change, axis=0)[:-1]
    values[np.abs(values) < 1e-6] = 0.0  # what sums of areas leave behind
    there = [side for side in range(sides) if values[:, side].any()]
    return Held(tuple(days.tolist()), tuple(timetable.sides[side] for side in there), values[:, [*there, sides]])


def settlements(timetable: Timetable) -> NDArray[np.float64]:
    """One for each settlement (GeoNames class P), nothing for areas, rivers, hills and what was not found."""
    return np.array([bool(site.place and site.place.feature == _SETTLEMENT) for site in timetable.sites], np.float64)


def ground(sites: Sequence[Site], sizes: Mapping[str, float]) -> NDArray[np.float64]:
    """The ground that is each place's own: the size of its shape, less that of the places of the register that lie in it.

    `sizes` are those of shapes by key; a place without one has no ground. A town's ground counts for the town, and what is left
    of its district for the district: where both are held by one side it holds the whole district, and no ground counts twice.
    """
    own = {site.key: sizes[site.key] for site in sites if site.key in sizes}
    inner = sorted((site for site in sites if site.key in own), key=lambda site: -len(site.within))
    for site in inner:  # the narrowest first: what it has itself is taken from all that lie around it
        for area in site.within:
            if area in own and area != site.key:
                own[area] -= own[site.key]
    return np.array([max(0.0, own.get(site.key, 0.0)) for site in sites], np.float64)


def weekly(found: Occurrences, period: Period) -> tuple[list[date], list[str], list[list[int]], int]:
    """Weeks (ISO 8601, by their Monday), types of incidents, how many of each type began in each week, and the rest.

    An incident counts in the week of the first day that it can have been on. The rest are those whose day is not known.
    """
    first, last = period.first.toordinal(), period.last.toordinal()
    dated = [(day, kind) for day, kind in zip(found.first, found.type, strict=True) if first <= day <= last and day != FIRST]
    counts = Counter((week(day), kind) for day, kind in dated)
    types = sorted({kind for _, kind in dated})
    mondays = sorted({monday for monday, _ in counts})
    weeks = [date.fromordinal(day) for day in range(mondays[0].toordinal(), mondays[-1].toordinal() + 1, 7)] if mondays else []
    rest = sum(day == FIRST for day in found.first)
    return weeks, types, [[counts[monday, kind] for kind in types] for monday in weeks], rest


def outlets(coverage: Coverage, period: Period) -> list[tuple[str, int]]:
    """How many of the standing claims each outlet published, "" where none is told; the most first."""
    counts = Counter[str]()
    for (outlet, day), claims in coverage.outlets.items():
        if period.first <= day <= period.last:
            counts[outlet] += claims
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def told_period(timetable: Timetable) -> Period | None:
    """From the first day that a claim was said on to the last day published; None where no claim tells its day."""
    days = sorted(timetable.coverage.claims)
    if not days:
        return None
    return Period(days[0], max(days[-1], timetable.coverage.latest or days[-1]))


__all__ = ["MOST", "Held", "Period", "ground", "held", "outlets", "settlements", "told_period", "weekly"]
