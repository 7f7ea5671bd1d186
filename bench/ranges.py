"""The rival: a straightforward PostgreSQL table of who held what over which days, with GiST indexes over ranges.

It holds the same data: every claim with its words in one table, every holding that follows from them in another. It derives
nothing: the holdings are given to it, and a correction is two updates by somebody who has worked out what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

_SCHEMA = """
create extension if not exists btree_gist;
create table document (id int primary key, published date, outlet text, words text);
create table claim (
    id bigserial primary key, document int, place text, kind text, change text, holder text, said_by text,
    first date, last date, quote text, detail jsonb);
create table holding (place text, holder text, standing text, valid daterange, supporting text[]);
"""
_INDEXES = """
create index on claim (place);
create index on claim using gist (daterange(first, last, '[]')) where first <= last;
create index on holding using gist (place, valid);
create index on holding using gist (valid);
analyze;
"""
Claimed = tuple[int, str | None, str, str | None, str | None, str | None, date | None, date | None, str, str]
HoldingRow = tuple[str, str | None, str, date | None, date | None, list[str]]


class Ranges:
    """The tables, behind a connection of psycopg."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        connection.autocommit = True
        connection.execute(_SCHEMA)

    def load(self, documents: Iterable[tuple[int, date, str, str]], claims: Iterable[Claimed]) -> None:
        """Copy documents (number, day, outlet, words) and claims in."""
        with self._connection.cursor() as cursor:
            with cursor.copy("copy document from stdin") as copy:
                for row in documents:
                    copy.write_row(row)
            columns = "document, place, kind, change, holder, said_by, first, last, quote, detail"
            with cursor.copy(f"copy claim ({columns}) from stdin") as copy:
                for claim in claims:
                    copy.write_row(claim)

    def load_holdings(self, holdings: Iterable[HoldingRow]) -> None:
        """Copy holdings in (place, holder, standing, first day, day after the last, claims) and make the indexes."""
        with self._connection.cursor() as cursor, cursor.copy("copy holding from stdin") as copy:
            for place, holder, standing, first, after, supporting in holdings:
                valid = f"[{first or ''},{after or ''})"
                copy.write_row((place, holder, standing, valid, supporting))
        self._connection.execute(_INDEXES)

    def who(self, place: str, day: date) -> list[Any]:
        """The holder of a place on a day, with the words of the claims that support it."""
        return self._connection.execute(
            "select h.holder, h.standing, c.quote, d.outlet from holding h"
            " left join claim c on c.place = h.place and c.first <= %(day)s left join document d on d.id = c.document"
            " where h.place = %(place)s and h.valid @> %(day)s",
            {"place": place, "day": day},
        ).fetchall()

    def map(self, day: date) -> list[Any]:
        """Every place's holder on a day."""
        return self._connection.execute("select place, holder, standing from holding where valid @> %s", (day,)).fetchall()

    def correct(self, place: str, day: date, holder: str) -> None:
        """A claim that a place changed hands on a day: the claim, the end of one range and the beginning of another."""
        with self._connection.transaction():
            self._connection.execute(
                "insert into claim (document, place, kind, change, holder, first, last, quote)"
                " values (1, %s, 'control', 'gains', %s, %s, %s, 'the words')",
                (place, holder, day, day),
            )
            self._connection.execute(
                "update holding set valid = daterange(lower(valid), %(day)s)"
                " where place = %(place)s and upper_inf(valid) and (lower_inf(valid) or lower(valid) < %(day)s)",
                {"place": place, "day": day},
            )
            self._connection.execute(
                "insert into holding values (%s, %s, 'claimed', daterange(%s, null), '{}')", (place, holder, day)
            )

    def size(self) -> int:
        """Bytes on disk, indexes included."""
        row = self._connection.execute("select pg_database_size(current_database())").fetchone()
        return int(row[0]) if row else 0
