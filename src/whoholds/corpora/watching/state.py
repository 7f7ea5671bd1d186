"""What is remembered of feeds: a SQLite file beside the register. Each change is on the disk whole, or not at all.

Of a feed: its validators, when it is asked again, failures in a row, where it moved, and whether it is gone. Of its items:
which were taken, in which state (`stamp`), or how often that was tried. One watch a file at a time: SQLite's own lock keeps
another out, and is gone with the process that held it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

from whoholds.articles.answers import NO_VALIDATORS, Validators

_TABLES = """
create table if not exists feeds (address text primary key, due real not null, failures integer not null, etag text,
    last_modified text, moved text, gone text) strict;
create table if not exists items (feed text not null, key text not null, stamp text not null, tries integer not null,
    primary key (feed, key)) strict, without rowid;
create table if not exists robots (origin text primary key, until real not null, allowed integer not null, rules text not null)
    strict;
"""
_VERSION = 1


class StateError(Exception):
    """The file cannot be used: `message` why, `hint` the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A feed as it stands: due at an instant (UTC), `failures` in a row so far.

    `moved` is where permanent redirects led, "" nowhere. `gone` is the digest of the list of feeds under which it was found to
    be gone for good; "" where it is not.
    """

    due: datetime
    failures: int = 0
    validators: Validators = NO_VALIDATORS
    moved: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as it was when it was taken; with `tries` above 0 it was not, and that often it was tried."""

    stamp: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """A robots.txt file: its words, and until when (UTC) they count. Not `allowed`: nothing may be asked for
    now, and `words` tell why.
    """

    until: datetime
    allowed: bool
    words: str


NEVER = Remembered(due=datetime.fromtimestamp(0, UTC))
"""A feed of which nothing is known: due."""


class State:
    """The memory in a file; for many threads. Raises StateError where the file cannot be used or another watch uses it."""

    def __init__(self, path: Path) -> None:
        self._lock = RLock()
        self._path = path
        try:
            self._open(path)
        except sqlite3.Error as error:
            raise _unusable(path, error) from None

    def _open(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute("pragma locking_mode = exclusive")
            self._db.execute("begin exclusive")
            (version,) = self._db.execute("pragma user_version").fetchone()
            others = self._db.execute("select count(*) from sqlite_master").fetchone()[0]
            if version not in (0, _VERSION) or (version == 0 and others):
                raise StateError(f"{path} is no memory of a watch, or one of a later version", "name another file with --state")
            for statement in _TABLES.split(";")[:-1]:
                self._db.execute(statement)
            self._db.execute(f"pragma user_version = {_VERSION}")
            self._db.execute("commit")
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        """The memory itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def feed(self, address: str) -> Remembered:
        """What is remembered of a feed; NEVER for one that was never asked."""
        words = "select due, failures, etag, last_modified, moved, gone from feeds where address = ?"
        (row,) = self._read(words, [(address,)])
        if row is None:
            return NEVER
        due, failures, etag, modified, moved, gone = row
        validators = Validators(etag=etag, last_modified=modified)
        instant = datetime.fromtimestamp(due, UTC)
        return Remembered(due=instant, failures=failures, validators=validators, moved=moved or "", gone=gone or "")

    def keep_feed(self, address: str, told: Remembered) -> None:
        """Remember a feed."""
        of = told.validators
        row = (address, told.due.timestamp(), told.failures, of.etag, of.last_modified, told.moved, told.gone)
        self._write("insert or replace into feeds values (?, ?, ?, ?, ?, ?, ?)", [row])

    def items(self, feed: str, keys: Iterable[str]) -> dict[str, Seen]:
        """What is remembered of those of the items that were ever looked at."""
        words = "select stamp, tries from items where feed = ? and key = ?"
        asked = list(dict.fromkeys(keys))
        found = self._read(words, [(feed, key) for key in asked])
        return {key: Seen(*row) for key, row in zip(asked, found, strict=True) if row}

    def keep_items(self, feed: str, seen: Mapping[str, Seen]) -> None:
        """Remember items, all or none."""
        rows = [(feed, key, told.stamp, told.tries) for key, told in seen.items()]
        self._write("insert or replace into items values (?, ?, ?, ?)", rows)

    def robots(self, origin: str) -> Rules | None:
        """The robots.txt file of an origin (scheme, host and port), as it was when it was last fetched."""
        (row,) = self._read("select until, allowed, rules from robots where origin = ?", [(origin,)])
        return Rules(datetime.fromtimestamp(row[0], UTC), bool(row[1]), row[2]) if row else None

    def keep_robots(self, origin: str, told: Rules) -> None:
        """Remember a robots.txt file."""
        row = (origin, told.until.timestamp(), int(told.allowed), told.words)
        self._write("insert or replace into robots values (?, ?, ?, ?)", [row])

    def _read(self, question: str, of: Iterable[tuple[str, ...]]) -> list[tuple[Any, ...] | None]:
        """The first row, or None, of each question."""
        with self._lock:
            try:
                return [self._db.execute(question, one).fetchone() for one in of]
            except sqlite3.Error as error:
                raise _unusable(self._path, error) from None

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        with self._lock:
            try:
                self._db.execute("begin")
                self._db.executemany(statement, rows)
                self._db.execute("commit")
            except sqlite3.Error as error:
                if self._db.in_transaction:
                    self._db.execute("rollback")
                raise _unusable(self._path, error) from None


def _unusable(path: Path, error: sqlite3.Error) -> StateError:
    if "locked" in str(error):
        return StateError(f"{path} is in use, perhaps by another watch", "stop that one, or name another file with --state")
    return StateError(f"{path} cannot be used: {error}", "check the file and its folder, or name another with --state")
