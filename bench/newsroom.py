"""A newsroom that never was: articles drawn from a seed, a few of them about fighting, most about sport, markets and the rest.

An article depends on the seed and its number alone, so that any part of the stream can be made without the rest. Of the
relevant ones a third are the examples retold (`texts`) with some paragraphs left out, the others are put together from
patterns. A few percent of all are reprints: an earlier article in another outlet, under another by-line.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench import texts
from bench.phrases import paragraphs, written

_BATCH = 300  # retold examples a draw of `texts`
_RETOLD = 0.33  # share of the relevant articles
_BACK = 400  # how many articles a reprint may lag behind
_LANGUAGES = ("fr", "de", "es", "ru", "ar")


class Kind(StrEnum):
    """What an article is about; a blank page has nothing to read."""

    RELEVANT = "relevant"
    OTHER = "other"
    FOREIGN = "foreign"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of all articles: relevant, other languages, blank, reprints of earlier ones."""

    relevant: float = 0.10
    foreign: float = 0.05
    blank: float = 0.01
    reprints: float = 0.03


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it leaves the newsroom. `reprint_of` is the number of the article that it repeats; None: an own one."""

    number: int
    kind: Kind
    title: str
    paragraphs: tuple[str, ...]
    outlet: str
    author: str
    published: date
    language: str
    reprint_of: int | None = None

    @property
    def text(self) -> str:
        """Title and paragraphs, parted by blank lines."""
        return "\n\n".join((self.title, *self.paragraphs)) if self.paragraphs else ""

    @property
    def address(self) -> str:
        """Where it could stand on the web; no such host exists."""
        host = "".join(char for char in self.outlet.lower() if char.isalpha())
        return f"https://www.{host}.example/{self.published:%Y/%m/%d}/{self.number}.html"


def articles(count: int, seed: int, shares: Shares | None = None) -> Iterator[Article]:
    """The first `count` articles of a seed, in order."""
    shares = shares or Shares()
    return (article(number, seed, shares) for number in range(count))


def article(number: int, seed: int, shares: Shares) -> Article:
    """The article of that number."""
    rng = random.Random(f"{seed}/{number}")
    if number and rng.random() < shares.reprints:
        return _reprint(number, seed, shares, rng)
    return _own(number, seed, shares)


def _reprint(number: int, seed: int, shares: Shares, rng: random.Random) -> Article:
    first = rng.randrange(max(0, number - _BACK), number)
    model = _own(first, seed, shares)
    outlet = rng.choice([name for name in _tables()["names"]["outlets"] if name != model.outlet])
    kept = model.paragraphs[: -1 or None] if rng.random() < 0.3 and len(model.paragraphs) > 4 else model.paragraphs
    return replace(
        model,
        number=number,
        paragraphs=kept,
        outlet=outlet,
        author=_person(rng),
        published=model.published + timedelta(rng.choice((0, 0, 1))),
        reprint_of=first,
    )


def _own(number: int, seed: int, shares: Shares) -> Article:
    rng = random.Random(f"{seed}/{number}/own")
    draw = rng.random()
    if draw < shares.relevant:
        return _relevant(number, seed, rng)
    if draw < shares.relevant + shares.foreign:
        return _foreign(number, rng)
    if draw < shares.relevant + shares.foreign + shares.blank:
        return _made(number, Kind.BLANK, "", [], "en", rng)
    topic = _tables()["topics"][rng.choice(list(_tables()["topics"]))]
    slots = _slots(rng)
    title = written(rng.choice(topic["titles"]), _tables()["tables"], slots, rng)
    body = paragraphs(topic["patterns"], rng.randint(5, 10), _tables()["tables"], slots, rng)
    return _made(number, Kind.OTHER, title, body, "en", rng)


def _relevant(number: int, seed: int, rng: random.Random) -> Article:
    war, slots = _tables()["war"], _slots(rng)
    if rng.random() < _RETOLD:
        title, *body = _retold(seed, number // _BATCH)[number % _BATCH]
        left_out = set(rng.sample(range(len(body)), min(2, len(body) - 1)))
        body = [words for at, words in enumerate(body) if at not in left_out]
        body += paragraphs(war["patterns"], 2, _tables()["tables"], slots, rng)
    else:
        title = written(rng.choice(war["titles"]), _tables()["tables"], slots, rng)
        body = paragraphs(war["patterns"], rng.randint(6, 11), _tables()["tables"], slots, rng)
        body[0] = f"{slots['town'].upper()}, {slots['month']} {slots['n2']} — {body[0]}"
    return _made(number, Kind.RELEVANT, title, body, "en", rng)


@lru_cache(maxsize=2)
def _retold(seed: int, batch: int) -> list[list[str]]:
    """Title and paragraphs of the examples, retold."""
    documents = texts.articles(_BATCH, seed * 1_000_003 + batch)
    return [[words.strip() for words in document.text.split("\n\n") if words.strip()] for document in documents]


def _foreign(number: int, rng: random.Random) -> Article:
    language = rng.choice(_LANGUAGES)
    patterns = _tables()["foreign"][language]
    slots = {**_slots(rng), "weekday_fr": rng.choice(("lundi", "mardi", "jeudi"))}
    body = paragraphs(patterns, rng.randint(4, 7), {}, slots, rng)
    return _made(number, Kind.FOREIGN, written(patterns[0], {}, slots, rng), body, language, rng)


def _made(number: int, kind: Kind, title: str, body: list[str], language: str, rng: random.Random) -> Article:
    outlet = rng.choice(_tables()["names"]["outlets"])
    published = date(2024, 5, 1) + timedelta(rng.randrange(31))
    return Article(number, kind, title, tuple(body), outlet, _person(rng), published, language)


def _slots(rng: random.Random) -> dict[str, str]:
    town, other, third, second_town = rng.sample(texts.city_names(), 4)
    team, rival = rng.sample(_tables()["names"]["teams"], 2)
    army, rebels = rng.choice(_tables()["war"]["armies"])
    return {
        "town": town,
        "other": other,
        "third": third,
        "second_town": second_town,
        "team": f"{town} {team}",
        "rival": f"{other} {rival}",
        "army": army,
        "rebels": rebels,
        "person": _person(rng),
        "second": _person(rng),
        "month": rng.choice(texts.MONTHS),
        "weekday": rng.choice(texts.WEEKDAYS),
        "year": str(rng.randint(2014, 2023)),
        "n2": str(rng.randint(4, 19)),
    }


def _person(rng: random.Random) -> str:
    names = _tables()["names"]
    return f"{rng.choice(names['first'])} {rng.choice(names['last'])}"


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "topics.toml").read_text(encoding="utf-8"))
