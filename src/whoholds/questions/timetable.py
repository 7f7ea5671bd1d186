"""The timetable of a register: for every place, from which day to which day who holds it, in one state of knowledge.

It gives the same answers as `history` does for a place and `map` for a day, for all places and days at once, in columns: what a
map that is walked through day by day is drawn from. Days are proleptic Gregorian ordinals (`date.toordinal`), both ends of a
span inclusive, FIRST and LAST where it is open; coordinates are decimal degrees, WGS 84, not-a-number where a place has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Side, Site, Standing
from whoholds.questions.coverage import Coverage
from whoholds.questions.folding import FIRST, LAST, NOBODY, OWN, STANDINGS, Holdings, Ints, Spans, changes
from whoholds.register.store import Box, Known


class Line(NamedTuple):
    """Who holds a place on a day: holder None for nobody, `since` the first day it can have begun (None: not known).

    `inherited` is the area whose holding it is; None for the place's own.
    """

    site: Site
    holder: Side | None
    standing: Standing
    since: date | None
    inherited: Site | None


@dataclass(frozen=True, eq=False, kw_only=True)
class Timetable:
    """All places of a register by key, all sides by key, and the spans that refer to both by number.

    `seq` is the number of the last entry it takes account of. `own` are the holdings that the spans follow from.
    """

    seq: int
    known: Known
    sites: tuple[Site, ...]
    sides: tuple[Side, ...]
    own: Holdings
    spans: Spans
    coverage: Coverage

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """Latitude and longitude of each place, a row a place."""
        nan = float("nan")
        points = [(site.place.lat, site.place.lon) if site.place else (nan, nan) for site in self.sites]
        return np.array(points, np.float64).reshape(-1, 2)

    @cached_property
    def changes(self) -> tuple[Ints, Ints]:
        """The days on which places pass from one side, or nobody, to another, in order, and how many do."""
        return changes(self.spans)

    @property
    def first(self) -> int | None:
        """The first day on which something is known to begin; None where nothing is."""
        told = np.concatenate((self.spans.begin, self.spans.told))
        return int(told[told > FIRST].min(initial=LAST)) if len(told) else None

    @property
    def last(self) -> int | None:
        """The last day on which something begins or is told; None where nothing is."""
        return int(max(self.spans.begin.max(), self.own.retold.max())) if len(self.spans.begin) else None

    def on(self, day: date, box: Box | None = None) -> Ints:
        """The numbers of the spans in force on a day, by place; of places in a box (edges included) where one is given.

        Places without a holder, and with a box those without a point, have none.
        """
        number = day.toordinal()
        held = (self.spans.begin <= number) & (number <= self.spans.end)
        found = np.flatnonzero(held).astype(np.int32)
        return found if box is None else found[self.inside(box)[self.spans.place[found]]]

    def inside(self, box: Box) -> NDArray[np.bool_]:
        """Which places lie in a box (west, south, east, north), edges included; a greater west crosses the date line."""
        west, south, east, north = box
        lat, lon = self.points[:, 0], self.points[:, 1]
        between = (west <= lon) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        inside: NDArray[np.bool_] = between & (south <= lat) & (lat <= north)
        return inside

    def line(self, span: int) -> Line:
        """A span in words."""
        spans = self.spans
        side, inherited, since = int(spans.side[span]), int(spans.inherited[span]), int(spans.since[span])
        return Line(
            site=self.sites[spans.place[span]],
            holder=None if side == NOBODY else self.sides[side],
            standing=STANDINGS[spans.standing[span]],
            since=None if since == FIRST else date.fromordinal(since),
            inherited=None if inherited == OWN else self.sites[inherited],
        )

    def lines(self, day: date, box: Box | None = None) -> list[Line]:
        """Who holds what on a day, by key of the place."""
        return [self.line(span) for span in self.on(day, box).tolist()]

    def history(self, place: int) -> list[Line]:
        """The spans of a place, by its number, in order of time."""
        low, high = np.searchsorted(self.spans.place, (place, place + 1))
        return [self.line(span) for span in range(low, high)]


__all__ = ["FIRST", "LAST", "NOBODY", "OWN", "STANDINGS", "Line", "Spans", "Timetable"]
