"""FEEDS.toml: which feeds are watched, how often, and what of them is taken.

contact = "desk@example.org"      # whom a site's owner may write to; goes into the user agent
every = "30 min"                  # for all feeds that tell nothing else
pause = "2 s"                     # between two questions to one host

[[feed]]
name = "Example Wire"             # the outlet of what it brings
address = "https://example.org/world.rss"
every = "15 min"
full = true                       # fetch the page of each item; false: the feed has the whole text
language = "en"                   # of items that are too short to tell
include = ["ceasefire", "shelling"]
exclude = ["football"]
most = 50                         # items a poll
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from whoholds.model import Problem

_EXAMPLE = 'name = "Example Wire", address = "https://example.org/world.rss"'
_UNITS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1),
    **dict.fromkeys(("min", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hour", "hours"), 3_600),
    **dict.fromkeys(("d", "day", "days"), 86_400),
}
_LEAST, _LONGEST = timedelta(minutes=1), timedelta(days=30)
_MOST_PAUSE = timedelta(hours=1)
_LARGEST = 5_000_000  # bytes; a thousand feeds have a few hundred thousand
_OF_ALL = frozenset({"contact", "every", "pause", "feed"})
_OF_FEED = frozenset({"name", "address", "every", "full", "language", "include", "exclude", "most"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that is watched; `include` and `exclude` are words or phrases, without regard to case.

    With `full`, the page that an item leads to is fetched; without it, the feed's own text is the report. At most `most` new
    items are taken at a poll.
    """

    name: str
    address: str
    every: timedelta = timedelta(minutes=30)
    full: bool = True
    language: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    most: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """The feeds in the order of the file; `digest` is that of its bytes, another one where anything in it is changed."""

    feeds: tuple[Feed, ...]
    digest: str
    contact: str = ""
    pause: timedelta = field(default=timedelta(seconds=2))


def load(path: Path) -> FeedList | list[Problem]:
    """The feeds that a file lists, or what is wrong with it, each with its line."""
    try:
        if path.stat().st_size > _LARGEST:
            return [Problem("feeds", f"{path} is larger than {_LARGEST:,} bytes", hint="name the list of feeds, not a feed")]
        data = path.read_bytes()
    except OSError as error:
        words = (error.strerror or str(error)).lower()
        return [Problem("feeds", f"{path} cannot be read: {words}", hint="name the TOML file that lists the feeds")]
    return parsed(data, place=str(path))


def parsed(data: bytes, *, place: str) -> FeedList | list[Problem]:
    """The feeds that some bytes list, or what is wrong with them; `place` is what the file is called."""
    try:
        text = data.decode("utf-8-sig")
        told = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [Problem("feeds", f"{place}:{line}: the file is not UTF-8", hint="save it as UTF-8")]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return [_not_toml(place, error)]
    checking = _Checking(place, text)
    found = checking.feed_list(told, hashlib.sha256(data).hexdigest())
    return checking.problems or found


def duration(told: object) -> timedelta | None:
    """The time that "30 min", "2 hours", "1 d" tell; None for what tells none."""
    match = re.fullmatch(r"\s*(\d{1,7})\s*([a-z]+)\s*", told.casefold()) if isinstance(told, str) else None
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]]) if match and match[2] in _UNITS else None


def _not_toml(place: str, error: Exception) -> Problem:
    line = re.search(r"\(at line (\d+), column \d+\)", str(error))
    words = re.sub(r"\s*\(at .*\)$", "", str(error))
    where = f"{place}:{line[1]}" if line else place
    return Problem("feeds", f"{where}: this is no TOML: {words}", hint=f"a feed is [[feed]] and under it {_EXAMPLE}")


class _Checking:
    """Turns what TOML told into feeds, and gathers what is wrong with its line."""

    def __init__(self, place: str, text: str) -> None:
        self._place = place
        self._lines = text.splitlines()
        self._heads = [number for number, line in enumerate(self._lines) if re.match(r"\s*\[\[\s*feed\s*\]\]", line)]
        self.problems: list[Problem] = []

    def feed_list(self, told: Mapping[str, Any], digest: str) -> FeedList:
        self._unknown(told, _OF_ALL, None)
        every = self._time(told, "every", timedelta(minutes=30), _LEAST, _LONGEST, None)
        pause = self._time(told, "pause", timedelta(seconds=2), timedelta(), _MOST_PAUSE, None)
        entries = told.get("feed", [])
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
            self._tell("it lists no feed", f"a feed is [[feed]] and under it {_EXAMPLE}", "feed", None)
            entries = []
        feeds = tuple(self._feed(entry, number, every) for number, entry in enumerate(entries))
        self._twice(feeds)
        return FeedList(feeds=feeds, digest=digest, contact=self._contact(told), pause=pause)

    def _feed(self, told: Mapping[str, Any], number: int, every: timedelta) -> Feed:
        self._unknown(told, _OF_FEED, number)
        most = told.get("most", 50)
        if type(most) is not int or not 1 <= most <= 10_000:
            self._tell("most is a number from 1 to 10000", "most = 50", "most", number)
            most = 50
        if type(told.get("full", True)) is not bool:
            self._tell("full is true or false", "full = true fetches the page of each item", "full", number)
        return Feed(
            name=self._words(told, "name", number, 200),
            address=self._address(told, number),
            every=self._time(told, "every", every, _LEAST, _LONGEST, number),
            full=bool(told.get("full", True)),
            language=self._language(told, number),
            include=self._list(told, "include", number),
            exclude=self._list(told, "exclude", number),
            most=most,
        )

    def _words(self, told: Mapping[str, Any], key: str, number: int, longest: int) -> str:
        value = told.get(key)
        if isinstance(value, str) and value.strip() and value.isprintable() and len(value) <= longest:
            return value.strip()
        self._tell(f"the feed has no {key}" if value is None else f"{key} is no name", _EXAMPLE, key, number)
        return ""

    def _address(self, told: Mapping[str, Any], number: int) -> str:
        address = self._words(told, "address", number, 2_000)
        if address and not re.match(r"https?://[^/\s]", address, re.IGNORECASE):
            self._tell("address is no web address", "it begins with https://", "address", number)
        return address

    def _language(self, told: Mapping[str, Any], number: int) -> str | None:
        value = told.get("language")
        if value is None or (isinstance(value, str) and re.fullmatch(r"[a-z]{2}", value)):
            return value
        self._tell("language is no code of a language", 'write it as ISO 639-1 has it: language = "en"', "language", number)
        return None

    def _list(self, told: Mapping[str, Any], key: str, number: int) -> tuple[str, ...]:
        value = told.get(key, [])
        if isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value):
            return tuple(word.strip() for word in value)
        self._tell(f"{key} is no list of words", f'{key} = ["ceasefire", "shelling"]', key, number)
        return ()

    def _time(
        self, told: Mapping[str, Any], key: str, otherwise: timedelta, least: timedelta, longest: timedelta, number: int | None
    ) -> timedelta:
        if key not in told:
            return otherwise
        found = duration(told[key])
        if found is None or not least <= found <= longest:
            words = f"{key} is no time from {_span(least)} to {_span(longest)}"
            self._tell(words, 'write it in whole numbers, as "30 s", "2 h" or "1 day"', key, number)
            return otherwise
        return found

    def _contact(self, told: Mapping[str, Any]) -> str:
        value = told.get("contact", "")
        if isinstance(value, str) and len(value) <= 200 and value.isascii() and (value.isprintable() or not value):
            return value.strip()
        self._tell("contact is no address in ASCII", 'contact = "desk@example.org", or a page that tells', "contact", None)
        return ""

    def _unknown(self, told: Mapping[str, Any], known: frozenset[str], number: int | None) -> None:
        for key in sorted(told.keys() - known):
            self._tell(f"nothing is called {key} here", f"there are: {', '.join(sorted(known))}", key, number)

    def _twice(self, feeds: tuple[Feed, ...]) -> None:
        first: dict[str, int] = {}
        for number, feed in enumerate(feeds):
            if feed.address and first.setdefault(feed.address, number) != number:
                self._tell("this feed is listed twice", "leave one of them out", "address", number)

    def _tell(self, words: str, hint: str, key: str, number: int | None) -> None:
        place = f"{self._place}:{self._line(key, number)}"
        self.problems.append(Problem("feeds", f"{place}: {words}", hint=hint))

    def _line(self, key: str, number: int | None) -> int:
        """The line, from 1, of a key of the feed of this number (None: of the whole file), or else of the feed itself."""
        start = 0 if number is None else self._heads[number] if number < len(self._heads) else 0
        after = [head for head in self._heads if head > start] if number is not None or self._heads[:1] != [0] else []
        end = after[0] if after else len(self._lines)
        for at in range(start, end):
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", self._lines[at]):
                return at + 1
        return start + 1


def _span(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    for unit, length in (("day", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length and seconds % length == 0:
            number = seconds // length
            return f"{number} {unit}{'s' if unit == 'day' and number > 1 else ''}"
    return f"{seconds} s"
