"""One register file's connections: one for each thread, writes one at a time."""

from __future__ import annotations

import json
import sqlite3
import threading
import weakref
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoholds.register.sqlite import opening
from whoholds.register.store import StoreError

Row = tuple[Any, ...]


class _Link:
    """A thread's connection; it is closed when the thread has ended. `turn` is held while a statement runs."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.turn = connection, threading.Lock()
        weakref.finalize(self, connection.close)


class Database:
    """Runs statements. Parameters are `:name`; `(:*name)` stands for any number of values, of which there may be very many."""

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.path, self.readonly = path, readonly
        self._local = threading.local()
        self._links: weakref.WeakSet[_Link] = weakref.WeakSet()
        self._writing = threading.RLock()
        self._closed = False

    def _connection(self) -> sqlite3.Connection:
        return self._link().connection

    def _link(self) -> _Link:
        if self._closed:
            raise StoreError(f"{self.path} is closed")
        link: _Link | None = getattr(self._local, "link", None)
        if link is None:
            link = _Link(opening.connect(self.path, readonly=self.readonly))
            self._local.link = link
            self._links.add(link)
        return link

    def rows(self, statement: str, **values: object) -> list[Row]:
        """All rows of a statement. Raises StoreError."""
        with opening.told(self.path):
            link = self._link()
            with link.turn:
                return link.connection.execute(_spread(statement, values), values).fetchall()

    def one(self, statement: str, **values: object) -> Row | None:
        """The first row of a statement. Raises StoreError."""
        with opening.told(self.path):
            link = self._link()
            with link.turn:
                row: Row | None = link.connection.execute(_spread(statement, values), values).fetchone()
            return row

    def run(self, statement: str, **values: object) -> int:
        """Run a statement and give the row id that it inserted last. Raises StoreError."""
        with opening.told(self.path):
            link = self._link()
            with link.turn:
                return link.connection.execute(_spread(statement, values), values).lastrowid or 0

    def many(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """Run a statement with `?` for values for each of the rows. Raises StoreError."""
        if rows:
            with opening.told(self.path):
                self._connection().executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; another writer is waited for a few seconds. Raises StoreError."""
        with self._writing, opening.told(self.path):
            connection = self._connection()
            connection.execute("begin immediate")
            try:
                yield
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:  # a full disk has rolled it back already
                    connection.execute("rollback")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads in it see one state of the register."""
        with opening.told(self.path):
            connection = self._connection()
            own = not connection.in_transaction
            if own:
                connection.execute("begin")
            try:
                yield
            finally:
                if own:
                    connection.execute("rollback")  # nothing was written

    def upgrade(self) -> None:
        """Bring the schema up to date, all or nothing. Raises StoreError."""
        with self._writing, opening.told(self.path):
            opening.upgrade(self._connection())

    def close(self) -> None:
        """Close the connections of all threads; a statement that runs in another is stopped first.

        SQLite does not survive that a connection is closed under a running statement.
        """
        self._closed = True
        for link in list(self._links):
            while not link.turn.acquire(timeout=0.01):
                link.connection.interrupt()
            link.connection.close()
            link.turn.release()


def _spread(statement: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        if isinstance(value, Collection) and not isinstance(value, str | bytes):
            statement = statement.replace(f"(:*{name})", f"(select value from json_each(:{name}))")
            values[name] = json.dumps(list(value))
    return statement
