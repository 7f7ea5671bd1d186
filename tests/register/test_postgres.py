"""What is PostgreSQL's own: schemas and versions, limits, integrity, tables for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.register.asking import settle
from tests.register.conftest import open_at, schema_url
from tests.register.databases import schema_of, superuser
from tests.register.faulty import batch, report
from tests.register.findings import HOLDING, settled
from tests.register.server import UnavailableError, programs
from tests.register.stories import ASSERTED, ENTERED, FILED, KALBAJAR, at
from tests.register.strategies import outline
from whoholds.model import Asserted, Document, Erased, Filed, Where
from whoholds.register import open_store
from whoholds.register.store import Known, Sought, Store, StoreError, Wanted

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

from whoholds.register.postgres import schema as schemas  # noqa: E402

# Schemas and versions


def test_two_registers_live_in_one_database(postgres: str) -> None:
    one, other = schema_url(postgres), schema_url(postgres)
    with open_at(one) as first, open_at(other) as second:
        first.append([Filed(ENTERED), Asserted(KALBAJAR)], by="x", at=at(0))
        assert list(second.entries()) == []
        second.append(FILED, by="x", at=at(0))
        assert [entry.seq for entry in second.entries()] == [1, 2, 3, 4]
        assert len(list(first.entries())) == 2


def test_migrations_are_numbered_without_gaps_and_run_once(url: str, postgres: str) -> None:
    assert [number for number, _ in schemas.migrations()] == list(range(1, len(schemas.migrations()) + 1))
    open_at(url).close()
    open_at(url).close()
    with superuser(postgres) as connection:
        rows = connection.execute(f"SELECT number, name FROM {schema_of(url)}.migrations ORDER BY number").fetchall()
    assert rows == list(schemas.migrations())


def test_a_register_of_an_older_version_is_brought_up_to_date(url: str, postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_at(url) as store:
        store.append([*FILED, *ASSERTED], by="x", at=at(0))
        before = list(store.entries())
    newer = (*schemas.migrations(), (len(schemas.migrations()) + 1, "9999_notes.sql"))
    read = schemas._read
    monkeypatch.setattr(schemas, "migrations", lambda: newer)
    monkeypatch.setattr(schemas, "_read", lambda name: "CREATE TABLE notes (x int)" if name == "9999_notes.sql" else read(name))
    with pytest.raises(StoreError) as caught:
        open_store(url, readonly=True)
    assert "older" in caught.value.message
    with open_store(url) as store:
        assert list(store.entries()) == before
    with superuser(postgres) as connection:
        assert connection.execute(f"SELECT count(*) FROM {schema_of(url)}.notes").fetchone() == (0,)


def test_holdings_of_the_first_schema_are_brought_up_to_date(url: str, postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_at(url) as store:
        settled(store)
        once = replace(HOLDING, retold=HOLDING.told)
        store.settle("control", [], gone=[HOLDING.id], found=[once])
        before = list(store.held(date(2020, 11, 30)))
    with superuser(postgres) as connection:
        connection.execute(f"ALTER TABLE {schema_of(url)}.findings DROP COLUMN retold")
        _without_outlines(connection, schema_of(url))
        connection.execute(f"DELETE FROM {schema_of(url)}.migrations WHERE number > 1")
    with open_store(url) as store:
        assert list(store.held(date(2020, 11, 30))) == before
        assert once in list(store.findings(Sought(kind="holding")))


def test_outlines_find_room_in_a_register_of_the_second_schema(url: str, postgres: str) -> None:
    with open_at(url) as store:
        settled(store)
        before = list(store.entries())
    with superuser(postgres) as connection:
        _without_outlines(connection, schema_of(url))
        connection.execute(f"DELETE FROM {schema_of(url)}.migrations WHERE number > 2")
    with open_store(url) as store:
        assert list(store.entries()) == before
        added = store.append([outline("Kalbajar", "geonames:585514")], by="ann")
        assert store.outlines() == added
        assert list(store.verify()) == []


def _without_outlines(connection: Any, schema: str) -> None:
    connection.execute(f"DROP TABLE {schema}.outlines")
    connection.execute(f"DROP INDEX {schema}.entries_outlined")


def test_a_migration_that_fails_changes_nothing(url: str, postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "migrations", lambda: ((1, "0001_register.sql"), (2, "0002_broken.sql")))
    read = schemas._read
    monkeypatch.setattr(schemas, "_read", lambda name: "CREATE TABEL" if name == "0002_broken.sql" else read(name))
    with pytest.raises(StoreError):
        open_store(url, create=True)
    with superuser(postgres) as connection:
        assert connection.execute("SELECT to_regnamespace(%s)", [schema_of(url)]).fetchone() == (None,)


def test_layers_are_made_only_where_postgis_is(url: str, postgres: str) -> None:
    open_at(url).close()
    with superuser(postgres) as connection:
        (postgis,) = connection.execute("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'").fetchone()
        (views,) = connection.execute("SELECT count(*) FROM pg_views WHERE schemaname = %s", [schema_of(url)]).fetchone()
    assert views == (3 if postgis else 0)


# What PostgreSQL has limits for


def filed(store: Store, text: str, **told: Any) -> Document:
    document = Document(text=text, **told)
    store.append([Filed(document)], by="x", at=at(0))
    assert store.document(document.id) == document
    return document


def test_words_names_and_addresses_of_any_length(url: str) -> None:
    with open_at(url) as store:
        long = "x" * 9000
        filed(store, f"word {long} {'y' * 400}", name=long, url=f"https://example.org/{long}", outlet=long)
        assert [hit.words for hit in store.search(long)] == [long]
        assert store.search("x" * 8999) == ()
        assert len(list(store.filings(url=f"https://example.org/{long}"))) == len(list(store.filings(name=long))) == 1
        document = filed(store, "at the place")
        claim = replace(KALBAJAR, evidence=document.span(0, 2), said_by=(), where=Where(name=long + " Hill"), derivation=None)
        store.append([Asserted(claim)], by="x", at=at(0))
        assert [site.name for site in store.sites_called(f"{long} HILL")] == [long + " Hill"]
        assert len(store.stale("control")) == 1


def test_a_document_of_very_many_words(url: str) -> None:
    with open_at(url) as store:
        text = " ".join(f"wort{number:x}" for number in range(60_000))
        document = filed(store, text)
        assert [hit.document for hit in store.search("wort1 worte000")] == [document.id]
        assert list(store.verify()) == []


def test_characters_that_no_column_takes(url: str) -> None:
    with open_at(url) as store:
        filed(store, "nul \0 and half \ud800 a pair", name="\0", title="\udfff", url="\0", credits=("\0",))
        assert len(store.search("half pair")) == 1
        assert len(list(store.filings(name="\0"))) == 1
        assert store.ids_like("\0") == ()
        assert list(store.verify()) == []


# Integrity and erasure


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ("UPDATE documents SET text = text || '!' WHERE number = 1", "hash"),
        ("UPDATE claims SET claim = claim + 1 WHERE entry = (SELECT min(entry) FROM claims)", "hanging"),
        ("DELETE FROM claims WHERE entry = (SELECT min(entry) FROM claims)", "hanging"),
        ("DELETE FROM lexemes", "hanging"),
        ("UPDATE entries SET struck = true WHERE seq = 1", "withdrawal"),
        ("UPDATE entries SET recorded_at = recorded_at - interval '1 day' WHERE seq = 3", "instants"),
        ("DELETE FROM stale; DELETE FROM claims WHERE entry = 11; DELETE FROM entries WHERE seq = 11", "numbers"),
    ],
)
def test_what_was_altered_outside_is_found(url: str, postgres: str, damage: str, code: str) -> None:
    with open_at(url) as store:
        store.append([*FILED, *ASSERTED], by="x", at=at(0))
        with superuser(postgres) as connection:
            connection.execute(f"SET search_path TO {schema_of(url)}")
            connection.execute(damage)
        assert code in {problem.code for problem in store.verify()}


def test_nothing_of_an_erased_document_is_left_in_the_tables(url: str, postgres: str) -> None:
    secret = Document(text="Zyxwvut entered Qwertyuiop.", name="zyxwvut.txt", outlet="Zyxwvut Wire", credits=("Zyxwvut",))
    claim = replace(KALBAJAR, evidence=secret.span(0, 7), said_by=(), where=Where(name="Qwertyuiop"), derivation=None)
    with open_at(url) as store:
        store.append([*FILED, *ASSERTED, Filed(secret), Asserted(claim)], by="x", at=at(0))
        store.append([Erased(secret.id, "a court")], by="counsel", at=at(1))
        assert list(store.verify()) == []
        settle(store)  # till then the keys of what must be derived again are noted
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
    with superuser(postgres) as connection:
        connection.execute(f"SET search_path TO {schema_of(url)}")
        for (table,) in connection.execute(tables, [schema_of(url)]).fetchall():
            (rows,) = connection.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t").fetchone()
            assert "zyxwvut" not in rows.lower(), table
            assert "qwertyuiop" not in rows.lower(), table


def test_claims_can_be_asked_in_sql(url: str, postgres: str) -> None:
    with open_at(url) as store:
        store.append([*FILED, *ASSERTED], by="x", at=at(0))
    with superuser(postgres) as connection:
        connection.execute(f"SET search_path TO {schema_of(url)}")
        rows = connection.execute(
            "SELECT s.name, c.kind, lower(c.described) FROM claims c JOIN sites s ON s.number = c.site"
            " WHERE c.described && daterange('2020-11-25', '2020-11-25', '[]') ORDER BY c.entry"
        ).fetchall()
    assert rows[0] == ("Kalbajar", "control", date(2020, 11, 25))


# Scale and the fixture


def test_testimony_comes_in_pages(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from whoholds.register import views

    monkeypatch.setattr(views, "PAGE", 7)
    with open_at(url) as store:
        acts = [act for number in range(9) for act in batch(number)]
        store.append(acts, by="x", at=at(0))
        claims = [testimony.entry for testimony in store.testimony(Wanted())]
        assert claims == sorted(claims)
        assert len(claims) > 14
        known = Wanted(known=Known(recorded_by=at(0)))
        assert [testimony.entry for testimony in store.testimony(known)] == claims


def test_reports_of_the_job_differ() -> None:
    assert len({report(number)[0].id for number in range(30)}) == 30


def test_missing_programs_are_a_reason_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.glob", lambda self, pattern: iter(()))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnavailableError, match="not installed"):
        programs()
