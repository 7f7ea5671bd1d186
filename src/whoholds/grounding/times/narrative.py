"""Narratives: telling history, which tells its own time, from news, which hangs on the day it was published.

News names weekdays and says "today"; it gives years for background only. A history gives many years, most of them well before
publication, and hardly a weekday. Such a text is read with dates hanging on those told before, not on publication.
"""

from __future__ import annotations

import re

from whoholds.model import Document

_YEAR = re.compile(r"(?<=[a-z,] )(?:1\d{3}|20\d\d)\b")
_DATED = re.compile(r"(?:\b(?:[Ii]n|of|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom)|[A-Z][a-z]{2,8}(?: \d{1,2},)?) $")
_BEFORE_CHRIST = re.compile(r"\b\d{1,4} B\.?C\b")
_NEWS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "oday ",
    "esterday",
    "vernight",
    "ast week",
)
_FEWEST_YEARS = 4  # fewer explicit years are no ground to leave the day of publication


def is_narrative(document: Document) -> bool:
    """Whether it tells history: four explicit years or more, most of them old, and at most a sixth as many news words."""
    text = document.text
    years = [int(found[0]) for found in _YEAR.finditer(text) if _DATED.search(text, max(0, found.start() - 16), found.start())]
    ancient = len(_BEFORE_CHRIST.findall(text))
    if len(years) + ancient < _FEWEST_YEARS:
        return False
    old = len(years) if document.published is None else sum(year < document.published.year - 1 for year in years)
    old += ancient
    return old * 2 > len(years) + ancient and sum(map(text.count, _NEWS)) * 6 <= old
