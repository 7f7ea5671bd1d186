"""The parameters that several parts of the API take, with their limits, and what they mean.

A period (`datetime`) is a day, an instant, or an interval `start/end` of these with `..` or nothing where it is open (OGC API -
Features Part 1, 7.15.4; RFC 3339); an instant stands for its day in UTC. A box (`bbox`) is west, south, east, north in degrees,
WGS 84, with heights after south and north allowed and ignored; west greater than east crosses the date line.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Query
from pydantic import BeforeValidator, Field

from whoholds.atlas.faults import bad_parameter

Period = tuple[date, date]
Box = tuple[float, float, float, float]

MOST = 1_000
MOST_FEATURES = 50_000
MOST_OFFSET = 10_000_000
LONGEST_QUERY = 200

_DAY = r"\d{4}-\d{2}-\d{2}"
_TIME = r"[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})"
_MOMENT = rf"{_DAY}({_TIME})?"
_PERIOD = rf"^({_MOMENT}|({_MOMENT}|\.\.)?/({_MOMENT}|\.\.)?)$"


def _plain_day(value: object) -> object:
    """A calendar day and nothing else: numbers are no days here."""
    if isinstance(value, str) and not re.fullmatch(_DAY, value):
        raise ValueError("a day is written YYYY-MM-DD")
    return value


Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
FeatureLimit = Annotated[int, Query(ge=1, le=MOST_FEATURES, description="How many features at most.")]
Offset = Annotated[int, Query(ge=0, le=MOST_OFFSET, description="How many to leave out before the first.")]
After = Annotated[int, Query(ge=0, le=2**53, description="Only what entries with greater numbers brought in.")]
Words = Annotated[str, Query(max_length=LONGEST_QUERY)]
Name = Annotated[str | None, Query(min_length=1, max_length=LONGEST_QUERY)]
DayQuery = Annotated[date | None, BeforeValidator(_plain_day), Query()]
PeriodText = Annotated[
    str,
    Field(
        max_length=80,
        pattern=_PERIOD,
        description="A day, an instant, or an interval of these, start/end, '..' or nothing where it is open.",
        examples=["2020-11-14/2020-11-25", "../2020-11-25"],
    ),
]
DatetimeQuery = Annotated[PeriodText | None, Query(alias="datetime")]
BoxQuery = Annotated[
    str | None,
    Query(
        alias="bbox",
        max_length=120,
        description="west,south,east,north in degrees (WGS 84); west greater than east crosses the date line.",
        examples=["45.5,39.2,47.5,40.7"],
    ),
]


def period_of(text: str | None, name: str = "datetime") -> Period | None:
    """The days of a period, both inclusive; None for None. Raises FaultError for what is none, or ends before it begins."""
    if text is None:
        return None
    if not re.fullmatch(_PERIOD, text):
        raise bad_parameter(name, "is no day, instant or interval", "write 2020-11-25, 2020-11-14/2020-11-25 or ../2020-11-25")
    start, _, end = text.partition("/")
    first = _day(start, name) or date.min
    last = (_day(end, name) or date.max) if "/" in text else first
    if last < first:
        raise bad_parameter(name, "ends before it begins", "write the earlier day first")
    return first, last


def _day(text: str, name: str) -> date | None:
    if text in ("", ".."):
        return None
    try:
        if len(text) == len("2020-11-25"):
            return date.fromisoformat(text)
        return datetime.fromisoformat(text.upper()).astimezone(UTC).date()
    except (ValueError, OverflowError):
        raise bad_parameter(name, f"{text} is no day or instant of the calendar") from None


def box_of(text: str | None, name: str = "bbox") -> Box | None:
    """The box; None for None. Raises FaultError for what is none."""
    if text is None:
        return None
    hint = "write west,south,east,north in degrees, such as 45.5,39.2,47.5,40.7"
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise bad_parameter(name, "is not made of numbers", hint) from None
    if len(numbers) == 6:
        west, south, _, east, north, _ = numbers
    elif len(numbers) == 4:
        west, south, east, north = numbers
    else:
        raise bad_parameter(name, f"has {len(numbers)} numbers, not four or six", hint)
    if not all(map(math.isfinite, numbers)):
        raise bad_parameter(name, "has what is no number", hint)
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise bad_parameter(name, "reaches off the earth, or its south lies north of its north", hint)
    return west, south, east, north


def in_box(lat: float, lon: float, box: Box) -> bool:
    """Whether a point lies in a box, edges included."""
    west, south, east, north = box
    between = west <= lon <= east if west <= east else lon >= west or lon <= east
    return between and south <= lat <= north
