"""What texts call an instrument, and whether two names can be of one.

Reports call one paper "the accord", "the statement", "the announcement of November 9" and "the Final Agreement of 24 November
2016". Words such as "accord" are of no use for telling papers apart; a proper name ("Minsk") or a day is. So a name is reduced
to its proper names and its day, and two names are at odds only where both have a proper name and share none, or both have a
day and the days lie far apart. A day without a year is compared without years.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from whoholds.model import When

_MONTHS = (
    "january february march april may june july august september october november december".split()
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+)?({_MONTH})(?:\s+(\d{{1,2}})(?:st|nd|rd|th)?\b)?(?:,?\s+(?:of\s+)?(\d{{4}}))?", re.I
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_GENERIC = frozenset(
    "accord accords act agreement agreements announcement armistice arrangement calendar cease-fire ceasefire cessation "
    "commitment commitments communiqué communique compact convention covenant deal decision declaration decree document "
    "documents final framework general hostilities implementation joint letter list measures memorandum mou new note order "
    "pact pause peace plan power power-sharing protocol recent resolution revised roadmap road schedule settlement sharing "
    "statement terms text timetable treaty trilateral truce tripartite understanding revitalised revitalized".split()
)
_FAR = 45  # days between two papers of different days; a paper is dated by its signing or its entry into force


@dataclass(frozen=True, slots=True)
class Instrument:
    """The proper names in what a text calls an instrument (lower case), and its day: (year, month, day), 0 where not told."""

    names: frozenset[str] = frozenset()
    day: tuple[int, int, int] | None = None

    @property
    def signed(self) -> When | None:
        """The day it bears, where that is told in full."""
        if self.day is None or 0 in self.day:
            return None
        try:
            return When("{:04d}-{:02d}-{:02d}".format(*self.day))
        except ValueError:  # "31 June"
            return None


NAMELESS = Instrument()


@lru_cache(maxsize=4096)
def instrument(name: str | None) -> Instrument:
    """The instrument that a text calls so; nameless for no name or general words."""
    if not name:
        return NAMELESS
    day, rest = _dated(name)
    words = _WORD.findall(rest)
    names = {word.casefold() for word in words if word[0].isupper()} - _GENERIC - set(_MONTHS)
    return Instrument(frozenset(word for word in names if len(word) > 2), day)


def at_odds(one: Instrument, other: Instrument) -> bool:
    """Whether two names cannot be of one instrument."""
    if one.names and other.names and not one.names & other.names:
        return True
    if one.day is None or other.day is None:
        return False
    return _apart(one.day, other.day) > _FAR


def alike(one: Instrument, other: Instrument) -> bool:
    """Whether two names have a proper name or a day in common."""
    if at_odds(one, other):
        return False
    same_day = one.day is not None and other.day is not None and _apart(one.day, other.day) == 0
    return bool(one.names & other.names) or same_day


def _dated(name: str) -> tuple[tuple[int, int, int] | None, str]:
    """The day in a name, and the name without it."""
    if found := _ISO.search(name):
        return (int(found[1]), int(found[2]), int(found[3] or 0)), _ISO.sub(" ", name)
    for found in _DAY.finditer(name):
        day, year = int(found[1] or found[3] or 0), int(found[4] or 0)
        if day or year:  # "May" alone is a name or a verb
            return (year, _MONTHS.index(found[2].lower()) + 1, day), name[: found.start()] + " " + name[found.end() :]
    return None, name


def _apart(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    """Days between two days, as few as what is not told lets them be (a month counts 30, a year 365)."""
    years = (one[0] - other[0]) * 365 if one[0] and other[0] else 0
    days = one[2] - other[2] if one[2] and other[2] else 0
    apart = abs(years + (one[1] - other[1]) * 30 + days)
    return min(apart, 365 - apart) if not years and apart <= 365 else apart
