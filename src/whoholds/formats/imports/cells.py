"""What cells of data sets hold: days, numbers, points. Each raises BadCellError, which names the column and what is in it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime

from whoholds.formats.imports.rows import Row
from whoholds.model import Problem

_DAYS = ("%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d")
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_EARLIEST = 1900  # years before are slips of the pen


class BadCellError(ValueError):
    """A cell that does not hold what its column is for."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, hint=hint)


def day(row: Row, *names: str) -> date:
    """The day in the first of these columns that has something. ISO 8601, or day, month, year in this order."""
    told = row.get(*names)
    found = _day(_CLOCK.sub("", told))
    if found is None or found.year < _EARLIEST:
        hint = "write year-month-day, such as 2020-11-25; a spreadsheet may have turned it"
        raise BadCellError("date", f"'{told[:60]}' in {names[0]} is no day" if told else f"{names[0]} is empty", hint)
    return found


def days(told: str) -> list[date]:
    """The days in a list of dates parted by semicolons; what is none is left out."""
    found = (_day(_CLOCK.sub("", part.strip())) for part in told.split(";"))
    return [one for one in found if one is not None and one.year >= _EARLIEST]


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        pass
    for pattern in _DAYS:
        try:
            return datetime.strptime(told, pattern).date()
        except ValueError:
            continue
    return None


def point(row: Row) -> tuple[float, float]:
    """Latitude and longitude in decimal degrees, WGS 84, decimal commas too."""
    lat, lon = (_degrees(row, name, most) for name, most in (("latitude", 90.0), ("longitude", 180.0)))
    return lat, lon


def _degrees(row: Row, name: str, most: float) -> float:
    told = row.get(name)
    try:
        found = float(told.replace(",", "."))
    except ValueError:
        found = math.nan
    if not -most <= found <= most:
        told = f"'{told[:60]}' in {name} is not" if told else f"{name} is empty, not"
        raise BadCellError("coordinates", f"{told} a number from {-most:.0f} to {most:.0f}", "write decimal degrees")
    return found


def number(row: Row, name: str) -> int | None:
    """A whole number that is not negative; None for an empty cell or no such column."""
    told = row.get(name)
    if not told:
        return None
    try:
        found = float(told)
    except ValueError:
        found = math.nan
    if not (0 <= found < math.inf and found == int(found)):
        raise BadCellError("number", f"'{told[:60]}' in {name} is no whole number", "write digits alone")
    return int(found)


def code(row: Row, name: str, most: int) -> int | None:
    """A code from 1 up to `most`; None for an empty cell, or one that holds no such code."""
    told = row.get(name)
    return int(told) if told.isascii() and told.isdigit() and 1 <= int(told) <= most else None
