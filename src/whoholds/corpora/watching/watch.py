"""The watch: which feeds are due, several polled at a time (never two of one host), and what they find handed on in order.

The polls run in threads that end with the program; what they find comes to the one that called, which alone writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, Queue
from threading import Event, Thread
from urllib.parse import urlsplit

from whoholds.corpora.watching.feedlist import Feed
from whoholds.corpora.watching.pace import Clock, StoppingError
from whoholds.corpora.watching.polling import Found, Polled, Polling
from whoholds.corpora.watching.schedule import is_due
from whoholds.corpora.watching.state import State

_LONGEST_WAIT = 1.0  # seconds, after which the list is looked at again
_GLANCE = 0.2  # seconds after which a signal that came is noticed


@dataclass(frozen=True, slots=True)
class Broken:
    """A poll that ended in an error of the program, not of the feed."""

    feed: Feed
    error: BaseException


class Watch:
    """Polls feeds with `workers` threads; used by one."""

    def __init__(self, polling: Polling, state: State, clock: Clock, stopping: Event, *, workers: int = 4) -> None:
        self._polling = polling
        self._state = state
        self._clock = clock
        self._stopping = stopping
        self._asked: Queue[Feed] = Queue()
        self._found: Queue[Found | Broken] = Queue(maxsize=100)
        self._at_work: dict[str, str] = {}  # address of a feed: its host
        for number in range(workers):
            Thread(target=self._work, name=f"watch-{number}", daemon=True).start()

    def once(self, feeds: Sequence[Feed], list_digest: str) -> Iterator[Found]:
        """What the feeds that are due have; ends when each was polled once. Raises StoppingError."""
        waiting = [feed for feed in feeds if self._is_due(feed, list_digest)]
        while waiting or self._at_work:
            started = self._start(waiting)
            waiting = [feed for feed in waiting if feed not in started]
            found = self._next(_LONGEST_WAIT)
            if found:
                yield found

    def due(self, feeds: Sequence[Feed], list_digest: str) -> Iterator[Found | None]:
        """What the feeds have that are due now, and come due; None after a second without anything. Raises StoppingError.

        Never ends by itself: who calls may look at the list again at any None and begin anew with other feeds.
        """
        while True:
            self._start([feed for feed in feeds if self._is_due(feed, list_digest)])
            yield self._next(_LONGEST_WAIT)

    def _is_due(self, feed: Feed, list_digest: str) -> bool:
        told = self._state.feed(feed.address)
        due = is_due(told.due, self._clock.now(), feed.every)
        return due and told.gone != list_digest and feed.address not in self._at_work

    def _start(self, feeds: Sequence[Feed]) -> set[Feed]:
        """Polls of those whose hosts are free."""
        started = set()
        for feed in feeds:
            host = urlsplit(feed.address).netloc.casefold()
            if host not in self._at_work.values():
                self._at_work[feed.address] = host
                self._asked.put(feed)
                started.add(feed)
        return started

    def _next(self, seconds: float) -> Found | None:
        for _ in range(max(1, round(seconds / _GLANCE))):
            if self._stopping.is_set():
                raise StoppingError
            try:
                found = self._found.get(timeout=_GLANCE)
            except Empty:
                continue
            if isinstance(found, Broken):
                raise found.error
            if isinstance(found, Polled):
                self._at_work.pop(found.feed.address, None)
            return found
        return None

    def _work(self) -> None:
        while True:
            feed = self._asked.get()
            try:
                for found in self._polling.poll(feed):
                    self._found.put(found)
            except StoppingError:
                return
            except BaseException as error:  # told where it is seen
                self._found.put(Broken(feed, error))
