"""Days as written in headers: full dates only, never completed from a clock."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"(?i:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"

_ISO = re.compile(
    r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:?\d{2}(?::?\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?\s*"
)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]({MONTH})\b\.?,?(?:[ -](\d{{4}})\b)?")
_MONTH_FIRST = re.compile(rf"\b({MONTH})\b\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (\d{{4}})\b)?")
_ISO_WITHIN = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")


def parse_day(words: str) -> date | None:
    """The day of an ISO 8601 date or date and time, as written there; None for anything else or a day that never was."""
    match = _ISO.fullmatch(words)
    return _day(match[1], match[2], match[3]) if match else None


def find_day(words: str, *, year: int | None = None) -> date | None:
    """The first full date in some words; with `year`, a date without one is taken to be of that year. None where none is told.

    Figures parted by slashes or full stops count only where just one order of day and month is possible.
    """
    if match := _ISO_WITHIN.search(words):
        return _day(*match.groups())
    for pattern, day, month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        for match in pattern.finditer(words):
            told = match[3] or year
            if told:
                return _day(told, MONTHS.index(match[month][:3].lower()) + 1, match[day])
    if match := _SLASHED.search(words):
        first, second = int(match[1]), int(match[2])
        if first > 12 or first == second:
            return _day(match[3], second, first)
        return _day(match[3], first, second) if second > 12 else None
    return None


def find_year(words: str) -> int | None:
    """The only year written in some words, or None for none or several."""
    years = set(_YEAR.findall(words))
    return int(years.pop()) if len(years) == 1 else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
