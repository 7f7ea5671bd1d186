"""The schema of a register and its versions: numbered files of SQL, each run once, in order, in one transaction."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import LiteralString

from psycopg import sql

from whoholds.register.postgres.connection import Link
from whoholds.register.store import StoreError

_FOLDER = files("whoholds.register.postgres").joinpath("migrations")
_HISTORY = """
CREATE TABLE IF NOT EXISTS migrations (
    number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())
"""


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Number and name of every migration, in order: `0001_register.sql` is number 1."""
    names = sorted(file.name for file in _FOLDER.iterdir() if file.name[:4].isdigit())
    return tuple((int(name[:4]), name) for name in names)


def prepare(link: Link, *, create: bool, readonly: bool) -> None:
    """Bring the schema up to date; with `create` make it where there is none. Raises StoreError where it cannot be used."""
    version = _version(link)
    newest = migrations()[-1][0]
    if version > newest:
        raise StoreError(
            f"{link.address.shown} was written by a newer whoholds (schema {version}, this one knows {newest})",
            "update whoholds; nothing was changed",
        )
    if version == newest:
        return
    if version == 0 and not create:
        raise StoreError(f"there is no register at {link.address.shown}", "whoholds add makes one")
    if readonly:
        raise StoreError(
            f"{link.address.shown} was written by an older whoholds (schema {version})", "open it once for writing to update it"
        )
    _migrate(link)


def writable(link: Link) -> bool:
    """Whether the user may write to the register here and now."""
    row = link.one(
        "SELECT has_table_privilege('entries', 'INSERT'), pg_is_in_recovery(), current_setting('transaction_read_only')"
    )
    return row is not None and bool(row[0]) and not row[1] and row[2] == "off"


def layers(link: Link) -> bool:
    """Make the layers for a GIS where PostGIS is there and they are not, if the user may; whether PostGIS is there."""
    found = link.one(
        "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis'),"
        " EXISTS (SELECT FROM pg_views WHERE schemaname = %s AND viewname = 'holdings')",
        [link.address.schema],
    )
    postgis, made = found or (False, False)
    if postgis and not made:
        with suppress(StoreError), link.transaction():  # the register does without
            link.ask(_read("layers.sql"))
    return bool(postgis)


def _version(link: Link) -> int:
    """The number of the last migration; 0 where there is no register. Raises StoreError where something else is there."""
    # Tables are asked, not `to_regclass`: that may answer from before another writer let go of the lock.
    row = link.one(
        "SELECT coalesce(bool_or(relname = 'migrations'), false), count(*) > 0 FROM pg_class"
        " WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = %s)",
        [link.address.schema],
    )
    ours, used = row or (False, False)
    if ours:
        last = link.one(sql_in(link, "SELECT max(number) FROM {}.migrations"))
        return last[0] or 0 if last else 0
    if used:
        raise StoreError(
            f"the schema {link.address.schema!r} holds other tables: it is not a register", "name another one: ?schema=…"
        )
    return 0


def sql_in(link: Link, statement: LiteralString) -> sql.Composed:
    """A statement with the schema's name in the place of `{}`."""
    return sql.SQL(statement).format(sql.Identifier(link.address.schema))


def _migrate(link: Link) -> None:
    with link.writing():
        if not link.ask("SELECT 1 FROM pg_namespace WHERE nspname = %s", [link.address.schema]):
            link.ask(sql_in(link, "CREATE SCHEMA {}"))
        version = _version(link)  # somebody else may have been first
        link.ask(sql_in(link, "SET LOCAL search_path TO {}, public"))
        link.ask(_HISTORY)
        for number, name in migrations():
            if number > version:
                link.ask(_read(name))
                link.ask("INSERT INTO migrations (number, name) VALUES (%s, %s)", [number, name])


def _read(name: str) -> LiteralString:
    return _FOLDER.joinpath(name).read_text(encoding="utf-8")
