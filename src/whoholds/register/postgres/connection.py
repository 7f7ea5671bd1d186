"""A connection that comes back: opened when first used and again after it was lost, with failures in words for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import Any, LiteralString

import psycopg
from psycopg import errors, sql

from whoholds.register.postgres.address import Address
from whoholds.register.store import StoreError

PATIENCE = 60  # seconds that a writer waits for another one; a bulk load commits far more often
_LOCK = 0x77686F68  # "whoh": sets our advisory locks apart from those of other programs in the database
Connection = psycopg.Connection[tuple[Any, ...]]
Row = tuple[Any, ...]


class Link:
    """A connection to a register's schema; threads take turns, and nobody gets between a transaction's statements."""

    def __init__(self, address: Address, patience: float = PATIENCE) -> None:
        self.address, self._patience = address, patience
        self._connection: Connection | None = None
        self._closed = False
        self._turn = RLock()
        self._inside = 0  # transactions that are open, one in the other

    def close(self) -> None:
        """Let go of it for good."""
        self._closed = True
        if self._connection is not None:
            self._connection.close()

    def ask(self, query: LiteralString | sql.Composed, values: Sequence[object] | Mapping[str, object] = ()) -> list[Row]:
        """The rows of a query."""
        with self._turn, self.explained():
            cursor = self._open().execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def one(self, query: LiteralString | sql.Composed, values: Sequence[object] | Mapping[str, object] = ()) -> Row | None:
        """The first row of a query."""
        rows = self.ask(query, values)
        return rows[0] if rows else None

    def copy(self, statement: LiteralString, rows: Sequence[Sequence[object]]) -> None:
        """Write many rows."""
        with self._turn, self.explained(), self._open().cursor() as cursor, cursor.copy(statement) as copying:
            for row in rows:
                copying.write_row(row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what was written is undone where an error comes out of the block."""
        with self._turn, self.explained(), self._open().transaction():
            self._inside += 1
            try:
                yield
            finally:
                self._inside -= 1

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads that see one moment of the register."""
        with self.transaction():
            self.ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction in which nobody else writes to this register: another writer waits, and is told after a minute."""
        with self.transaction():
            self.ask("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, self.address.schema])
            yield

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Failures of the database in words for people."""
        try:
            yield
        except psycopg.Error as error:
            raise explain(error, self.address) from error

    def _open(self) -> Connection:
        if self._closed:
            raise StoreError(f"{self.address.shown} was closed")
        if self._inside and self._connection is not None:
            return self._connection  # never another one in the middle of a transaction, even when this one was lost
        if self._connection is None or self._connection.closed:
            self._connection = connect(self.address, self._patience)
        return self._connection


def connect(address: Address, patience: float) -> Connection:
    """A new connection, in UTC, whose names without a schema are the register's, and that waits so long for a lock."""
    given = psycopg.conninfo.conninfo_to_dict(address.conninfo)
    conninfo = psycopg.conninfo.make_conninfo(
        address.conninfo,
        connect_timeout=given.get("connect_timeout", 10),
        application_name=given.get("application_name", "whoholds"),
    )
    connection = psycopg.connect(conninfo, autocommit=True)
    try:
        connection.execute("SELECT set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO, YMD', false)")
        path = f'"{address.schema}", public'  # public is where PostGIS lives
        connection.execute(
            "SELECT set_config('search_path', %s, false), set_config('lock_timeout', %s, false)",
            [path, f"{patience * 1000:.0f}ms"],
        )
    except BaseException:
        connection.close()
        raise
    return connection


_REFUSALS = (  # libpq gives words alone when it cannot connect; in another language the general hint is shown
    ("password authentication failed", "the password is wrong", "check the password in ~/.pgpass or PGPASSWORD"),
    ("no password supplied", "a password is needed", "put it in ~/.pgpass or PGPASSWORD"),
    ("no pg_hba.conf entry", "the server does not let this user in from here", "ask its administrator (pg_hba.conf)"),
    ("authentication failed", "the server does not know this user", "name another user in the address"),
    ("too many clients", "the server has no connection left", "try again later"),
    (r'role ".*" does not exist', "there is no such user", "name another user in the address"),
    (r'database ".*" does not exist', "there is no such database", "create it first: createdb NAME"),
    ("the database system is", "the server is starting or stopping", "try again in a moment"),
    ("could not translate host name", "there is no such host", "check the host in the address"),
    ("timeout expired", "the server does not answer", "check the host, the port and the firewall"),
    ("Connection refused", "no server answers there", "start PostgreSQL, or check the host and the port"),
    ("No such file", "no server answers there", "start PostgreSQL, or check the host and the port"),
)


def explain(error: psycopg.Error, address: Address) -> StoreError:
    """What a failure of the database means to the user of a register."""
    words = address.hide(" ".join(str(error).split()))
    where = address.shown
    match error:
        case errors.LockNotAvailable():
            return StoreError(f"another program is writing to {where}", "wait until it is done, then run this again")
        case errors.InsufficientPrivilege():
            return StoreError(f"{where}: the user may not do this ({words})", "ask for the right, or connect as the owner")
        case errors.ReadOnlySqlTransaction():
            return StoreError(f"{where} takes no entries: the database is read-only", "connect to the primary server")
        case errors.DiskFull() | errors.OutOfMemory():
            return StoreError(f"the server of {where} is full ({words})", "nothing was written; free space and run this again")
        case errors.UndefinedTable() | errors.UndefinedColumn() | errors.InvalidSchemaName():
            return StoreError(
                f"{where} is not a register of whoholds ({words})", "name another schema in the address: ?schema=…"
            )
        case psycopg.ProgrammingError() if error.sqlstate is None:
            return StoreError(
                f"the address of the database cannot be read ({words})", "postgresql://user@host/database?schema=name"
            )
        case psycopg.OperationalError() if error.sqlstate is None:
            for mark, meaning, hint in _REFUSALS:
                if re.search(mark, words):
                    return StoreError(f"cannot connect to {where}: {meaning}", hint)
            return StoreError(f"the connection to {where} failed ({words})", "nothing is lost; run this again")
    if (error.sqlstate or "")[:3] in ("57P", "080"):
        return StoreError(f"the connection to {where} was lost ({words})", "nothing of this call was written; run this again")
    return StoreError(f"{where}: the database failed ({words})", "nothing of this call was written")
