"""Watching feeds from the command line: until Ctrl-C or SIGTERM, or once; an end loses nothing."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import FrameType

from whoholds.cli.register_running import FAILED, failed, opened, told
from whoholds.cli.watching_telling import Teller, instant
from whoholds.corpora.extracting import document_of
from whoholds.corpora.parts import Options
from whoholds.corpora.records import Record
from whoholds.corpora.relevance import RELEVANT, relevance
from whoholds.corpora.watching.asking import Manners, Polite
from whoholds.corpora.watching.feedlist import FeedList, load
from whoholds.corpora.watching.keeping import Keeping
from whoholds.corpora.watching.pace import StoppingError, Turns, WallClock
from whoholds.corpora.watching.polling import Found, Polling
from whoholds.corpora.watching.state import State, StateError
from whoholds.corpora.watching.watch import Watch
from whoholds.model import Document, Problem

Handler = Callable[[int, FrameType | None], object] | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command was asked to do; `state` None is beside the register."""

    feeds: Path
    register: str
    state: Path | None
    once: bool
    workers: int
    allow_private: bool
    as_json: bool


@told
def run(asked: Asked) -> int:
    """Watch; 0 where nothing went wrong or it was stopped, 1 where with `once` something did."""
    listed = load(asked.feeds)
    if not isinstance(listed, FeedList):
        for problem in listed:
            failed(problem.message, problem.hint)
        return FAILED
    path = asked.state or beside(asked.register)
    if path is None:
        return failed(f"the register {asked.register} does not last", "name a file or a database")
    with opened(asked.register, create=True) as register:
        if not register.store.writable:
            return failed(f"{register.store.locator} cannot be written", "check who may write to it and to its folder")
        try:
            with State(path) as state, _stopped_by_signals() as stopping:
                return _Watching(asked, listed, Keeping(register, state), state, stopping).run()
        except StateError as error:
            return failed(error.message, error.hint)


def beside(register: str) -> Path | None:
    """The file of the memory: beside a register that is a file, in the user's folder for a database; None for memory."""
    if register == ":memory:":
        return None
    if "://" not in register:
        return Path(f"{register}.watch")
    from platformdirs import user_state_path

    digest = hashlib.sha256(register.encode()).hexdigest()[:16]  # it may have a password in it
    return user_state_path("whoholds", appauthor=False, ensure_exists=True) / f"{digest}.watch"


@contextmanager
def _stopped_by_signals() -> Iterator[Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second of them ends the program as ever."""
    stopping = Event()
    before: dict[signal.Signals, Handler] = {}

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, stop)
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Watching:
    """A watch at work."""

    def __init__(self, asked: Asked, listed: FeedList, keeping: Keeping, state: State, stopping: Event) -> None:
        clock = WallClock(stopping)
        self._asked = asked
        self._listed = listed
        self._keeping = keeping
        self._state = state
        self._polite = Polite(self._manners(), state, clock, Turns(clock))
        self._polling = Polling(
            self._polite, state, clock, list_digest=listed.digest, extract=_extracted, relevant=_is_relevant
        )
        self._watch = Watch(self._polling, state, clock, stopping, workers=asked.workers)
        self._teller = Teller(as_json=asked.as_json)
        self._changed = self._mark()

    def run(self) -> int:
        try:
            if self._asked.once:
                self._take(self._watch.once(self._listed.feeds, self._listed.digest))
                self._none_due()
            else:
                self._go_on()
        except StoppingError:
            for kept in self._keeping.rest():
                self._teller.tell(kept)
            sys.stderr.write("whoholds: stopped; the same command goes on from here\n")
            return 0
        return FAILED if self._teller.failures else 0

    def _go_on(self) -> None:
        while True:
            for found in self._watch.due(self._listed.feeds, self._listed.digest):
                if found:
                    self._take([found])
                if self._mark() != self._changed:
                    self._read_list()
                    break

    def _take(self, found: Iterator[Found] | list[Found]) -> None:
        for one in found:
            for kept in self._keeping.keep(one):
                self._teller.tell(kept)

    def _read_list(self) -> None:
        """The list as it is now; where it cannot be read, the one before goes on."""
        self._changed = self._mark()
        listed = load(self._asked.feeds)
        if isinstance(listed, FeedList):
            self._listed = listed
            self._polling.list_digest = listed.digest
            self._polite.manners = self._manners()
            return
        for problem in listed:
            failed(problem.message, problem.hint)
        sys.stderr.write("whoholds: the list as it was before goes on\n")

    def _manners(self) -> Manners:
        of = self._listed
        return Manners(contact=of.contact, pause=of.pause, allow_private=self._asked.allow_private)

    def _mark(self) -> tuple[int, int]:
        try:
            told = self._asked.feeds.stat()
        except OSError:
            return (0, 0)
        return told.st_mtime_ns, told.st_size

    def _none_due(self) -> None:
        if self._teller.polls or self._asked.as_json:
            return
        asked_again = [self._state.feed(feed.address) for feed in self._listed.feeds]
        due = [told.due for told in asked_again if told.gone != self._listed.digest]
        words = f"nothing is due before {instant(min(due))}" if due else "all feeds are gone; change the list to ask them again"
        sys.stderr.write(f"whoholds: {words}\n")


def _extracted(record: Record) -> tuple[Document | None, list[Problem]]:
    return document_of(record, Options())


def _is_relevant(document: Document) -> bool:
    return relevance(document) >= RELEVANT
