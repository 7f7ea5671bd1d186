"""The time words of `words.toml`, and the numbers written with them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12}
_VAGUE = frozenset({"few", "several", "many", "some", "dozens", "hundreds", "thousands", "scores", "recent", "various"})
_NUMBER_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word tables, keyed by lower-case word; see the comments of `words.toml` for their values."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, str]
    units: dict[str, str]
    parts: dict[str, str]
    cardinals: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    holidays: dict[str, str]
    references: dict[str, str]
    adverbs: dict[str, str]
    relations: dict[str, str]
    zones: dict[str, str]
    feasts: dict[str, str]
    counted: dict[str, list[str]]


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    return Lexicon(**tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8")))


def fold(words: str) -> str:
    """A phrase as the tables key it: lower case, single spaces for hyphens and white space, plain apostrophes."""
    return " ".join(words.lower().replace("’", "'").replace("-", " ").split())


def unit(word: str) -> str:
    """The unit's letters in an ISO 8601 duration ("TH" for hours). Raises KeyError for other words."""
    return lexicon().units[word.lower().rstrip("s")]


def ordinal(word: str) -> int:
    """The number of an ordinal, in digits or spelled up to twentieth. Raises KeyError for other words."""
    return int(word[:-2]) if word[0].isdecimal() else lexicon().ordinals[word.lower()]


_MOST = 1e9  # no report counts more hours or years; beyond it a number is as good as a vague one


def number(words: str) -> float | None:
    """The number that words or digits tell ("a", "twenty-five", "two and a half", "1,500"); None when vague ("several")."""
    total, current = 0.0, 0.0
    cardinals = lexicon().cardinals
    for word in _NUMBER_WORD.findall(words.lower()):
        if word in _VAGUE:
            return None
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
        elif word == "half":
            current = current + 0.5 if current > 1 or "and" in words else 0.5
        elif word == "couple":
            current = 2
        elif word == "quarter":
            current += 0.25
        elif word in ("a", "an"):
            current = current or 1.0
        elif word in cardinals:
            current += cardinals[word]
        elif word[0].isdecimal():
            current += float(word.replace(",", ""))
    value = total + current
    return value if value < _MOST else None


def spelled_year(words: str) -> int | None:
    """The year of "nineteen ninety-four", "two thousand (and) three" or "twenty twelve"; None where words spell none."""
    cardinals = lexicon().cardinals
    parts = [cardinals.get(word, _SCALES.get(word, 0)) for word in fold(words).split() if word != "and"]
    if len(parts) > 1 and parts[1] in (100, 1000):
        return parts[0] * parts[1] + sum(parts[2:])
    return parts[0] * 100 + sum(parts[1:]) if len(parts) > 1 else None
