"""What a watch finds, kept: documents in the register, then what was seen in the memory, so that nothing is lost between.

A program that is killed between the two finds the documents again, and the register knows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from whoholds.corpora.watching.feedlist import Feed
from whoholds.corpora.watching.polling import Fate, Found, Item, Polled
from whoholds.corpora.watching.state import State
from whoholds.model import Document
from whoholds.questions import Register
from whoholds.questions.adding import Added

_TOGETHER = 16  # documents that are read together


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is settled and remembered; `added` is what became of its document, None where there was none to read."""

    item: Item
    added: Added | None = None


@dataclass(frozen=True, slots=True)
class PollKept:
    """A poll whose entries are all kept, with how many of them had which fate, and the claims that entered."""

    polled: Polled
    fates: Counter[Fate]
    claims: int


@dataclass(slots=True)
class _Waiting:
    items: list[Item] = field(default_factory=list)
    fates: Counter[Fate] = field(default_factory=Counter)
    claims: int = 0


class Keeping:
    """Keeps what is found; for one thread, that of the register."""

    def __init__(self, register: Register, state: State) -> None:
        self._register = register
        self._state = state
        self._waiting: dict[str, _Waiting] = {}

    def keep(self, found: Found) -> Iterator[Kept | PollKept]:
        """What was kept by now. Raises StoreError and StateError where it cannot be."""
        of = self._waiting.setdefault(found.feed.address, _Waiting())
        if isinstance(found, Item):
            of.items.append(found)
            if sum(item.document is not None for item in of.items) >= _TOGETHER:
                yield from self._flushed(found.feed, of)
            return
        yield from self._flushed(found.feed, of)
        del self._waiting[found.feed.address]
        if of.claims:
            self._register.settle()
        self._state.keep_feed(found.feed.address, found.remembered)
        yield PollKept(found, of.fates, of.claims)

    def rest(self) -> Iterator[Kept | PollKept]:
        """What still waits of polls that were cut off, kept; their feeds are polled anew."""
        for of in self._waiting.values():
            if of.items:
                yield from self._flushed(of.items[0].feed, of)
        self._waiting.clear()

    def _flushed(self, feed: Feed, of: _Waiting) -> Iterator[Kept]:
        items, of.items = of.items, []
        told: dict[str, list[Added]] = {}
        for added in self._added(items):
            told.setdefault(added.document.id, []).append(added)
            of.claims += added.claims
        self._state.keep_items(feed.address, {item.entry.key: item.seen for item in items})
        for item in items:
            of.fates[item.fate] += 1
            yield Kept(item, told[item.document.id].pop(0) if item.document else None)

    def _added(self, items: Iterable[Item]) -> Iterator[Added]:
        documents: list[Document] = [item.document for item in items if item.document]
        return self._register.add(documents) if documents else iter(())
