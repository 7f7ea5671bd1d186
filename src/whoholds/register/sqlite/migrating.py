"""The schema of a register file, by numbered steps: `migrations/0001-….sql` and so on, each applied once and in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from whoholds.model import Site
from whoholds.register.codec import decode, unpack_text
from whoholds.register.sqlite.around import within_text
from whoholds.register.sqlite.point import gpkg_point
from whoholds.register.words import indexed

APPLICATION = 0x47504B47  # "GPKG"
VERSION = 10300  # of GeoPackage
_OWN = "create table migration (number integer primary key, name text not null, applied text not null)"


class Migration(NamedTuple):
    """A step: its number, its name, and its statements."""

    number: int
    name: str
    statements: tuple[str, ...]


@cache
def migrations() -> tuple[Migration, ...]:
    """All steps, in order."""
    found = []
    for path in files(__package__).joinpath("migrations").iterdir():
        if path.name.endswith(".sql"):
            number, _, name = path.name.removesuffix(".sql").partition("-")
            found.append(Migration(int(number), name, tuple(_statements(path.read_text(encoding="utf-8")))))
    return tuple(sorted(found))


def newest() -> int:
    """The number of the last step."""
    return migrations()[-1].number


def applied(connection: sqlite3.Connection) -> int:
    """The number of the last step applied to a file; 0 for no register. Raises sqlite3.Error for what cannot be read."""
    if not connection.execute("select 1 from sqlite_schema where name = 'migration' and type = 'table'").fetchone():
        return 0
    return int(connection.execute("select coalesce(max(number), 0) from migration").fetchone()[0])


def migrate(connection: sqlite3.Connection, upto: int | None = None) -> None:
    """Apply the steps that a file lacks, up to a number, in the transaction that is open. Raises sqlite3.Error."""
    lend_functions(connection)
    done = applied(connection)
    if not done:
        connection.execute(f"pragma application_id = {APPLICATION}")
        connection.execute(f"pragma user_version = {VERSION}")
        connection.execute(_OWN)
    for migration in migrations():
        if done < migration.number <= (upto or newest()):
            for statement in migration.statements:
                connection.execute(statement)
            row = (migration.number, migration.name, datetime.now(UTC).isoformat(timespec="seconds"))
            connection.execute("insert into migration values (?, ?, ?)", row)


def lend_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that migrations call."""
    connection.create_function("gpkg_point", 2, gpkg_point, deterministic=True)
    connection.create_function("site_within", 1, lambda body: within_text(decode(Site, body)), deterministic=True)
    connection.create_function("indexed_words", 1, lambda body: indexed(unpack_text(body)), deterministic=True)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
