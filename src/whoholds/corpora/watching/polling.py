"""One poll of a feed: what is new in it, fetched and made a document, one after the other.

A poll tells what it finds as it goes: Item for each entry that is settled, Polled in the end. It changes nothing but what
it is told to remember of robots.txt; who keeps what it tells, keeps the state, so that a poll that is cut off loses nothing
but its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from whoholds.articles.answers import NO_VALIDATORS
from whoholds.articles.asking import SAVE
from whoholds.articles.fetching import FEEDS, PDF, TYPES, Declined, Fetched, Unchanged, own_address
from whoholds.corpora.records import Raw, Record, Told, Written
from whoholds.corpora.watching.asking import Polite
from whoholds.corpora.watching.entries import Entry, entries_of
from whoholds.corpora.watching.feedlist import Feed
from whoholds.corpora.watching.pace import Clock
from whoholds.corpora.watching.schedule import after_answer, after_failures
from whoholds.corpora.watching.state import Remembered, Seen, State
from whoholds.model import Document, Problem

MOST_TRIES = 5
_MOVED_BACK = 3  # failures at an address that was moved to, after which the one of the list is asked again
_IN_VAIN = 3  # pages in a row that could not be had, after which the others are left for the next poll
_ENOUGH = (429, 503)
_BRIEFLY = frozenset({"slow", "unreachable", "unknown", "packing", "robots-unknown", "tls"})

Extract = Callable[[Record], tuple[Document | None, list[Problem]]]
Relevant = Callable[[Document], bool]


class Fate(StrEnum):
    """What becomes of an entry."""

    TAKEN = "taken"  # a document, to be read
    UNWANTED = "unwanted"  # by the words to include and exclude
    IRRELEVANT = "irrelevant"
    FOREIGN = "foreign"  # in a language that is not read
    FAILED = "failed"  # not to be had; for good
    LATER = "later"  # not to be had now


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry that is settled: what becomes of it, its document if it is TAKEN, and how it is to be remembered."""

    feed: Feed
    entry: Entry
    fate: Fate
    seen: Seen
    document: Document | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether its host says that it has been asked enough."""
        return any(isinstance(problem, Declined) and problem.status in _ENOUGH for problem in self.problems)

    @property
    def again(self) -> datetime | None:
        """When its host wants to be asked again, if it says so."""
        return next((problem.again for problem in self.problems if isinstance(problem, Declined)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """The end of a poll: how many entries the feed has, how many are new, and how many of these wait for the next poll."""

    feed: Feed
    at: datetime
    remembered: Remembered
    entries: int = 0
    new: int = 0
    left: int = 0
    unchanged: bool = False
    failed: bool = False
    problems: tuple[Problem, ...] = ()


Found = Item | Polled


class Polling:
    """Polls feeds; for many threads. `list_digest` is that of the list of feeds, under which one may be found to be gone.

    It may be replaced meanwhile.
    """

    def __init__(
        self, polite: Polite, state: State, clock: Clock, *, list_digest: str, extract: Extract, relevant: Relevant
    ) -> None:
        self._polite = polite
        self._state = state
        self._clock = clock
        self.list_digest = list_digest
        self._extract = extract
        self._relevant = relevant

    def poll(self, feed: Feed) -> Iterator[Found]:
        """What a feed has that is new. Raises StoppingError when the watch is to stop."""
        before = self._state.feed(feed.address)
        found = self._polite.get(before.moved or feed.address, types=FEEDS | TYPES, known=before.validators)
        match found:
            case Problem():
                yield self._failed(feed, before, found)
            case Unchanged():
                due = after_answer(self._clock.now(), feed.every, max_age=found.max_age)
                told = Remembered(due=due, validators=found.validators, moved=found.moved or before.moved)
                yield Polled(feed=feed, at=self._clock.now(), remembered=told, unchanged=True)
            case Fetched():
                yield from self._read(feed, before, found)

    def _failed(self, feed: Feed, before: Remembered, problem: Problem) -> Polled:
        now, failures = self._clock.now(), before.failures + 1
        again = problem.again if isinstance(problem, Declined) else None
        due = after_failures(now, feed.every, failures, again=again)
        moved = "" if failures >= _MOVED_BACK else before.moved
        told = replace(before, due=due, failures=failures, moved=moved)
        if problem.code == "private":
            problem = replace(
                problem, hint="with --allow-private addresses inside your network and of this machine are asked, too"
            )
        elif problem.hint == SAVE:
            problem = replace(problem, hint="check its address in the list of feeds; it is asked again")
        if isinstance(problem, Declined) and problem.status == 410:
            told = replace(told, gone=self.list_digest)
            hint = "it is not asked for again until the list of feeds is changed"
            problem = Problem("gone", f"{feed.address} is gone for good (410)", hint=hint)
        return Polled(feed=feed, at=now, remembered=told, failed=True, problems=(problem,))

    def _read(self, feed: Feed, before: Remembered, found: Fetched) -> Iterator[Found]:
        entries = entries_of(found)
        if isinstance(entries, Problem):
            yield self._failed(feed, before, entries)
            return
        known = self._state.items(feed.address, (entry.key for entry in entries.all))
        new = [entry for entry in entries.all if _is_new(known.get(entry.key), entry.stamp(full=feed.full))]
        again: datetime | None = None
        waiting, in_vain = len(new), 0
        for entry in new[: feed.most]:
            item = self._item(feed, entry, known.get(entry.key), found)
            waiting -= item.fate is not Fate.LATER
            in_vain = in_vain + 1 if item.fate is Fate.LATER else 0
            yield item
            if item.enough or in_vain == _IN_VAIN:
                again = item.again
                break
        due = after_answer(self._clock.now(), feed.every, max_age=found.max_age, again=again)
        # With validators, the next answer could be that nothing has changed, and what waits would wait for ever.
        validators = NO_VALIDATORS if waiting or entries.problems else found.validators
        yield Polled(
            feed=feed,
            at=self._clock.now(),
            remembered=Remembered(due=due, validators=validators, moved=found.moved or before.moved),
            entries=len(entries.all),
            new=len(new),
            left=waiting,
            problems=entries.problems,
        )

    def _item(self, feed: Feed, entry: Entry, before: Seen | None, of: Fetched) -> Item:
        """An entry settled, or left for later."""
        stamp = entry.stamp(full=feed.full)
        if not _is_wanted(feed, entry):
            return Item(feed=feed, entry=entry, fate=Fate.UNWANTED, seen=Seen(stamp))
        record = self._record(feed, entry, of)
        if isinstance(record, Problem):
            return _not_had(feed, entry, record, before, stamp)
        document, problems = self._extract(record)
        if document is None:
            fate, told = Fate.FAILED, tuple(problems)
            return Item(feed=feed, entry=entry, fate=fate, seen=Seen(stamp), problems=told)
        document = _provided(document, feed, record)
        fate = self._fate(document)
        taken = document if fate is Fate.TAKEN else None
        told = tuple(problems) if taken else ()
        return Item(feed=feed, entry=entry, fate=fate, seen=Seen(stamp), document=taken, problems=told)

    def _fate(self, document: Document) -> Fate:
        if document.language not in (None, "en"):
            return Fate.FOREIGN
        return Fate.TAKEN if self._relevant(document) else Fate.IRRELEVANT

    def _record(self, feed: Feed, entry: Entry, of: Fetched) -> Record | Problem:
        """The report that an entry stands for: its page, or what the feed says itself."""
        at = of.retrieved.date()
        published = entry.published if entry.published and entry.published <= at + timedelta(days=1) else None
        told = Told(title=entry.title or None, outlet=feed.name, author=entry.author, published=published, retrieved=at)
        name = entry.title[:200] or entry.link[:200] or feed.name
        if not feed.full:
            return Written(
                place=entry.link or feed.address, name=name, text=entry.text, told=replace(told, url=entry.link or None)
            )
        if not entry.link:
            return Problem("link", "the entry leads nowhere", hint="with full = false the feed's own text is taken")
        page = self._polite.get(entry.link, types=TYPES | PDF)
        if isinstance(page, Problem):
            return page
        if isinstance(page, Unchanged):
            raise AssertionError("a page that was asked for without validators")
        told = replace(told, title=None, author=None, retrieved=page.retrieved.date())
        return Raw(place=page.url, name=name, data=page.data, content_type=page.content_type, charset=page.charset, told=told)


def _is_new(before: Seen | None, stamp: str) -> bool:
    """Whether an entry is to be looked at: it is new, has changed, or could not be had so far."""
    return before is None or before.stamp != stamp or 0 < before.tries < MOST_TRIES


def _is_wanted(feed: Feed, entry: Entry) -> bool:
    words = f"{entry.title}\n{entry.text}"
    return (not feed.include or _has(words, feed.include)) and not _has(words, feed.exclude)


def _has(words: str, phrases: tuple[str, ...]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", words, re.IGNORECASE) for phrase in phrases)


def _not_had(feed: Feed, entry: Entry, problem: Problem, before: Seen | None, stamp: str) -> Item:
    """An entry whose page could not be fetched: for good, or until the next poll."""
    tries = (before.tries if before and before.stamp == stamp else 0) + 1
    passing = problem.code in _BRIEFLY
    if isinstance(problem, Declined):
        passing = problem.status in (408, 425, 429) or problem.status >= 500
        tries -= problem.status in _ENOUGH and tries > 1  # waiting as it was told to is no try
    later = passing and tries < MOST_TRIES
    seen = Seen(stamp, tries) if passing else Seen(stamp)
    return Item(feed=feed, entry=entry, fate=Fate.LATER if later else Fate.FAILED, seen=seen, problems=(problem,))


def _provided(document: Document, feed: Feed, record: Record) -> Document:
    """A document with its language as the feed has it if it does not tell, and at an address that is its own."""
    url = own_address(record.place, document.url) if isinstance(record, Raw) else document.url
    return replace(document, language=document.language or feed.language, url=url)
