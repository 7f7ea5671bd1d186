"""When: a time as EDTF, with the days it can begin and end on.

The subset read here is EDTF level 0 dates and intervals plus, of level 1, qualifiers (`~ ? %`), unspecified digits (`199X`),
seasons (`2020-21`) and open intervals (`1994/..`): https://www.loc.gov/standards/datetime/. Bounds are whole days, both
ends inclusive; None is an open or unknown end.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from whoholds.model.span import Span

_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}))?(?:-(\d{2}))?(?:T[\d:Z.+-]+)?([~?%])?$")
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # first month, northern hemisphere; winter runs into the next year
_GRAINS = {0: "year", 1: "month", 2: "day"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day something can fall on (inclusive); None where nothing bounds it."""

    not_before: date | None
    not_after: date | None


UNBOUNDED = Bounds(None, None)


@dataclass(frozen=True, slots=True)
class When:
    """A time as an EDTF string and, where it was read from words, their span. Raises ValueError for malformed EDTF."""

    edtf: str
    span: Span | None = None

    def __post_init__(self) -> None:
        interval_bounds(self.edtf)

    @property
    def begin(self) -> Bounds:
        """The days it can begin on."""
        return interval_bounds(self.edtf)[0]

    @property
    def end(self) -> Bounds:
        """The days it can end on."""
        return interval_bounds(self.edtf)[1]

    @property
    def grain(self) -> str:
        """The finest unit written: day, month, season, year, decade, century; for an interval, of its first closed end."""
        point = next(part for part in self.edtf.split("/") if part not in ("", ".."))
        match = _POINT.match(point)
        assert match
        if "X" in match[1]:
            return "century" if match[1].endswith("XX") else "decade"
        if match[2] and int(match[2]) > 12:
            return "season"
        return _GRAINS[bool(match[2]) + bool(match[3])]

    @property
    def approximate(self) -> bool:
        """Whether any part is marked approximate or uncertain."""
        return any(mark in self.edtf for mark in "~?%")


@lru_cache(maxsize=4096)
def interval_bounds(edtf: str) -> tuple[Bounds, Bounds]:
    """The bounds of begin and end of an EDTF string. Raises ValueError, naming the string, when it is malformed."""
    first, slash, last = edtf.partition("/")
    if not slash:
        day_range = _point_bounds(edtf, edtf)
        return day_range, day_range
    if first in ("", "..") and last in ("", ".."):
        raise ValueError(f"EDTF interval {edtf!r} is open at both ends")
    begin = UNBOUNDED if first in ("", "..") else _point_bounds(first, edtf)
    end = UNBOUNDED if last in ("", "..") else _point_bounds(last, edtf)
    if begin.not_before and end.not_after and begin.not_before > end.not_after:
        raise ValueError(f"EDTF interval {edtf!r} ends before it begins")
    return begin, end


def _point_bounds(point: str, whole: str) -> Bounds:
    match = _POINT.match(point)
    if not match:
        raise ValueError(f"{whole!r} is not an EDTF date or interval of level 0 or 1")
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    try:
        if "X" in year:
            if month:
                raise ValueError("a month of an unspecified year")
            return Bounds(date(max(1, int(year.replace("X", "0"))), 1, 1), date(int(year.replace("X", "9")), 12, 31))
        if month in _SEASONS and not day:
            return _season(int(year), _SEASONS[month])
        if day:
            return Bounds(date(int(year), month, day), date(int(year), month, day))
        if match[2]:
            return Bounds(date(int(year), month, 1), date(int(year), month, monthrange(int(year), month)[1]))
        return Bounds(date(int(year), 1, 1), date(int(year), 12, 31))
    except ValueError as error:
        raise ValueError(f"{whole!r} is not an EDTF date: {error}") from None


def _season(year: int, month: int) -> Bounds:
    after = date(year + (month == 12), (month + 3 - 1) % 12 + 1, 1)
    return Bounds(date(year, month, 1), after - timedelta(days=1))
