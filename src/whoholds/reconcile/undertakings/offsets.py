"""Stretches of time counted from a day: ISO 8601 durations of years, months, weeks and days, with a sign where they count back.

A month later is the same day of the next month, or its last day where there is no such day. Hours and minutes are taken as
whole days, the fewest that hold them: a day is as fine as claims go.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from whoholds.model import Offset

_DURATION = re.compile(
    r"(-)?P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$"
)


def counted(day: date, length: str) -> date | None:
    """The day that lies a stretch after a day (before it, where the stretch is negative).

    None where the calendar ends before. `length` is that of an `Offset`.
    """
    match = _DURATION.match(length)
    assert match is not None
    sign = -1 if match[1] else 1
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    whole = -(-(hours * 3600 + minutes * 60 + seconds) // 86400)
    try:
        moved = _months_later(day, sign * (12 * years + months))
        return moved + timedelta(days=sign * (7 * weeks + days + whole))
    except (ValueError, OverflowError):
        return None


def in_words(offset: Offset) -> str:
    """As people read it: "P14D after the ceasefire"."""
    return f"{offset.length.removeprefix('-')} {'before' if offset.back else 'after'} {offset.trigger}"


def _months_later(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
