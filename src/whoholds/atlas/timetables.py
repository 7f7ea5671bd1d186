"""Timetables at hand: one for each state of knowledge that is looked at, kept in step with the register.

A timetable is renewed by whoever asks first after entries came in, which takes a moment where these are a few reports. Where
all of it has to be made anew (after a folder of reports, or an entry on sides) that is done beside. Until it is done everybody
else is given the one from before, which tells by `seq` how old it is. That is safe as long as nothing since takes anything
back: after an erasure, a withdrawal or a verdict nobody is given the older one, and whoever asks waits.

To make an earlier state of knowledge can take long. One is made at a time; where several wait already, BusyError tells to come
back.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from fastapi import HTTPException

from whoholds.model import Allied, Erased, Judged, Parted, Withdrawn
from whoholds.questions import Register
from whoholds.questions.ground import last_entry
from whoholds.questions.occurring import Occurrences
from whoholds.questions.timetable import Timetable
from whoholds.register.store import EVERYTHING_KNOWN, Known

MOST = 6
"""States of knowledge kept besides everything known; each takes some 30 MB for 30,000 places and 300,000 spans."""

_WAITING = 4  # who may wait at once for states of knowledge that are not at hand
_FEW = 500  # entries that are taken account of while whoever asks waits


class BusyError(HTTPException):
    """Too many states of knowledge are being made; come back in some seconds."""

    def __init__(self) -> None:
        words = "other states of knowledge are being made; ask again in a few seconds"
        super().__init__(503, words, headers={"Retry-After": "5"})


class _News(Enum):
    NONE = auto()
    FEW = auto()  # a few reports
    MANY = auto()  # all is made anew, and nothing is taken back
    TAKEN_BACK = auto()


class _Kept:
    """What is at hand of one state of knowledge; `lock` is held by whoever makes its timetable, `counting` its incidents."""

    def __init__(self) -> None:
        self.lock, self.counting = threading.Lock(), threading.Lock()  # two: incidents take longer, and the map shows without
        self.timetable: Timetable | None = None
        self.occurrences: Occurrences | None = None


class Timetables:
    """The timetables of a register, used from many threads."""

    def __init__(self, register: Register, *, most: int = MOST) -> None:
        self._register, self._most = register, most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Known, _Kept] = OrderedDict()
        self._heavy = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_WAITING)

    def timetable(self, known: Known = EVERYTHING_KNOWN) -> Timetable:
        """The timetable of a state of knowledge. Raises BusyError, and StoreError where the register cannot be read."""
        kept = self._at_hand(known)
        old = kept.timetable
        if old is None:
            return self._first(known, kept)
        news = self._news(old)
        if news is _News.NONE:
            return old
        if news is not _News.TAKEN_BACK and kept.lock.locked():
            return old
        if news is _News.MANY:
            threading.Thread(target=self._renewed, args=(kept, old), daemon=True).start()
            return old
        return self._renewed(kept, old)

    def occurrences(self, known: Known = EVERYTHING_KNOWN) -> Occurrences:
        """The incidents of a state of knowledge. Raises as `timetable` does."""
        kept = self._at_hand(known)
        old = kept.occurrences
        if old and last_entry(self._register.store, old.seq) == old.seq:
            return old
        with self._turn() if old is None and not known.all else kept.counting:
            kept.occurrences = self._register.occurrences(
                published_by=known.published_by, recorded_by=known.recorded_by, earlier=kept.occurrences
            )
            return kept.occurrences

    def _at_hand(self, known: Known) -> _Kept:
        with self._lock:
            kept = self._kept.setdefault(known, _Kept())
            self._kept.move_to_end(known)
            past = [one for one in self._kept if not one.all]
            for one in past[: max(0, len(past) - self._most)]:
                del self._kept[one]
            return kept

    def _first(self, known: Known, kept: _Kept) -> Timetable:
        """A timetable that is not at hand; that of an earlier state of knowledge comes out of everything known."""
        if known.all:  # wanted by everybody: whoever comes while it is made waits, and nobody is sent away
            with kept.lock:
                kept.timetable = kept.timetable or self._asked(known, None)
                return kept.timetable
        everything = self.timetable()
        with self._turn(), kept.lock:
            kept.timetable = self._asked(known, kept.timetable or everything)
            return kept.timetable

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for one's turn to make what takes long. Raises BusyError where too many wait."""
        if not self._waiting.acquire(blocking=False):
            raise BusyError
        try:
            with self._heavy:
                yield
        finally:
            self._waiting.release()

    def _renewed(self, kept: _Kept, old: Timetable) -> Timetable:
        with kept.lock:
            if kept.timetable is None or self._news(kept.timetable) is not _News.NONE:
                kept.timetable = self._asked(old.known, kept.timetable or old)
            return kept.timetable

    def _asked(self, known: Known, earlier: Timetable | None) -> Timetable:
        return self._register.timetable(published_by=known.published_by, recorded_by=known.recorded_by, earlier=earlier)

    def _news(self, old: Timetable) -> _News:
        """What came in after a timetable."""
        store = self._register.store
        seq = last_entry(store, old.seq)
        if seq == old.seq:
            return _News.NONE
        many = seq - old.seq > _FEW
        for entry in store.entries(after=old.seq):
            if isinstance(entry.act, Erased | Judged | Withdrawn):
                return _News.TAKEN_BACK
            many = many or isinstance(entry.act, Allied | Parted)
        return _News.MANY if many else _News.FEW


__all__ = ["MOST", "BusyError", "Timetables"]
