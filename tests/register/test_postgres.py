"""What is PostgreSQL's own: addresses, rights, refusals, schemas, versions, writers that wait, connections that are lost."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest

from tests.register.asking import settle
from tests.register.conftest import open_at, schema_url
from tests.register.faulty import batch, digest, finished, forked, job, look, report, work, write
from tests.register.server import GUARDED, PASSWORD, UnavailableError, programs
from tests.register.stories import ASSERTED, ENTERED, FILED, KALBAJAR, at
from whoholds.model import Asserted, Document, Erased, Filed, Where
from whoholds.register import MEMORY, open_store
from whoholds.register.store import Known, Store, StoreError, Wanted

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

from whoholds.register.postgres import PostgresStore  # noqa: E402
from whoholds.register.postgres import schema as schemas  # noqa: E402
from whoholds.register.postgres.address import address_of  # noqa: E402
from whoholds.register.postgres.connection import explain  # noqa: E402

OURS = "FROM pg_stat_activity WHERE application_name = 'whoholds' AND datname = current_database()"


@pytest.fixture
def url(postgres: str) -> str:
    """An address of a schema that nobody has used."""
    return schema_url(postgres)


def schema_of(url: str) -> str:
    return address_of(url).schema


@contextmanager
def superuser(server: str) -> Iterator[Any]:
    with psycopg.connect(server, autocommit=True) as connection:
        yield connection


def private(server: str) -> None:
    """Skip where the server is not our own: what a stranger's server answers to wrong passwords is its own affair."""
    if "whoholds-pg-" not in server:
        pytest.skip("the server is not one that the tests started")


# Addresses


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        ("postgresql://user:s3cret@host:5432/db", "postgresql://user@host:5432/db"),
        ("postgres://user:s3c%40ret@host/db?schema=war", "postgres://user@host/db?schema=war"),
        ("postgresql://host/db?user=me&password=s3cret&sslmode=require", "postgresql://host/db?user=me&sslmode=require"),
        ("postgresql:///db?host=/tmp/run", "postgresql:///db?host=%2Ftmp%2Frun"),
        ("postgresql://", "postgresql://"),
        ("postgresql://us%20er:a:b@[::1]:5433/d%20b", "postgresql://us%20er@[::1]:5433/d%20b"),
    ],
)
def test_an_address_is_shown_without_its_password(locator: str, shown: str) -> None:
    address = address_of(locator)
    assert address.shown == shown
    assert "s3c" not in repr(address)
    given = psycopg.conninfo.conninfo_to_dict(address.conninfo)
    assert "schema" not in given
    assert address.hide(f"wrong: {given.get('password', '')}") == ("wrong: …" if "password" in given else "wrong: ")


@pytest.mark.parametrize(
    "locator",
    ["sqlite:///x", "postgresql://h/d?schema=Robert'); drop", "postgresql://h/d?schema=", "postgresql://[::1/d", "postgresql"],
)
def test_what_is_no_address_is_told(locator: str) -> None:
    with pytest.raises(StoreError) as caught:
        address_of(locator)
    assert caught.value.hint


def test_an_option_that_libpq_does_not_know_is_told(postgres: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(f"{postgres}&pasword=s3cret&no_such_option=1", create=True)
    assert "cannot be read" in caught.value.message


# Refusals


def test_a_server_that_is_not_there() -> None:
    for locator in ("postgresql://user:s3cret@127.0.0.1:1/db", "postgresql://user:s3cret@/db?host=/nonexistent"):
        with pytest.raises(StoreError) as caught:
            open_store(locator, create=True)
        assert "no server answers" in caught.value.message
        assert "s3cret" not in caught.value.message + caught.value.hint
        assert "s3cret" not in str(caught.value)


def test_a_database_and_a_user_that_are_not_there(postgres: str) -> None:
    private(postgres)
    for there, wrong, meaning in (("/postgres?", "/no_such_db?", "database"), ("tester@", "no_such_user@", "user")):
        with pytest.raises(StoreError) as caught:
            open_store(postgres.replace(there, wrong), create=True)
        assert f"no such {meaning}" in caught.value.message
        assert caught.value.hint


def test_a_wrong_password_and_none(postgres: str) -> None:
    private(postgres)
    with superuser(postgres) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {GUARDED}")
        connection.execute(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")
    try:
        for login, told in ((f"{GUARDED}:wr0ng@", "password is wrong"), (f"{GUARDED}@", "password is needed")):
            with pytest.raises(StoreError) as caught:
                open_store(postgres.replace("tester@", login), create=True)
            assert told in caught.value.message
            assert "wr0ng" not in caught.value.message + caught.value.hint
            assert ".pgpass" in caught.value.hint
        right = postgres.replace("tester@", f"{GUARDED}:{quote(PASSWORD)}@")
        with pytest.raises(StoreError) as caught:
            open_store(right, create=True)  # let in, but it may not make a schema
        assert "may not do this" in caught.value.message
        assert PASSWORD not in caught.value.message
    finally:
        with superuser(postgres) as connection:
            connection.execute(f"DROP ROLE {GUARDED}")


def test_a_register_is_not_made_unasked(url: str, postgres: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert "no register" in caught.value.message
    with superuser(postgres) as connection:
        assert connection.execute("SELECT to_regnamespace(%s)", [schema_of(url)]).fetchone() == (None,)


def test_a_schema_of_something_else_is_refused_and_left_as_it_is(url: str, postgres: str) -> None:
    schema = schema_of(url)
    with superuser(postgres) as connection:
        connection.execute(
            f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.entries (x int); INSERT INTO {schema}.entries VALUES (1)"
        )
        with pytest.raises(StoreError) as caught:
            open_store(url, create=True)
        assert "not a register" in caught.value.message
        assert connection.execute(f"SELECT x FROM {schema}.entries").fetchall() == [(1,)]
        assert connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [schema]).fetchone() == (1,)


def test_a_register_of_a_newer_version_is_refused(url: str, postgres: str) -> None:
    open_at(url).close()
    with superuser(postgres) as connection:
        connection.execute(f"INSERT INTO {schema_of(url)}.migrations (number, name) VALUES (999, '0999_future.sql')")
    for readonly in (False, True):
        with pytest.raises(StoreError) as caught:
            open_store(url, create=True, readonly=readonly)
        assert "newer" in caught.value.message


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        ("LockNotAvailable", "another program is writing"),
        ("InsufficientPrivilege", "may not do this"),
        ("ReadOnlySqlTransaction", "read-only"),
        ("DiskFull", "is full"),
        ("UndefinedTable", "not a register"),
        ("AdminShutdown", "was lost"),
        ("ConnectionFailure", "was lost"),
        ("NumericValueOutOfRange", "the database failed"),
    ],
)
def test_failures_are_told_in_words_without_passwords(error: str, meaning: str) -> None:
    address = address_of("postgresql://user:s3cret@host/db")
    told = explain(getattr(psycopg.errors, error)("it said s3cret"), address)
    assert meaning in told.message
    assert told.hint
    assert "postgresql://user@host/db" in told.message
    assert "s3cret" not in told.message + told.hint


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
    newer = (*schemas.migrations(), (2, "0002_notes.sql"))
    read = schemas._read
    monkeypatch.setattr(schemas, "migrations", lambda: newer)
    monkeypatch.setattr(schemas, "_read", lambda name: "CREATE TABLE notes (x int)" if name == "0002_notes.sql" else read(name))
    with pytest.raises(StoreError) as caught:
        open_store(url, readonly=True)
    assert "older" in caught.value.message
    with open_store(url) as store:
        assert list(store.entries()) == before
    with superuser(postgres) as connection:
        assert connection.execute(f"SELECT count(*) FROM {schema_of(url)}.notes").fetchone() == (0,)


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


# Rights


def test_a_reader_reads_and_cannot_write(url: str, postgres: str) -> None:
    private(postgres)
    schema, role = schema_of(url), f"reader_{schema_of(url)}"
    with open_at(url) as store:
        store.append([*FILED, *ASSERTED], by="x", at=at(0))
        before = digest(store)
    with superuser(postgres) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {role}")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}")
    try:
        with open_store(url.replace("tester@", f"{role}@")) as store:
            assert not store.writable
            assert digest(store) == before
            assert list(store.verify()) == []
            with pytest.raises(StoreError) as caught:
                store.append([Filed(replace(ENTERED, name="other"))], by="reader")
            assert "only be read" in caught.value.message
            with pytest.raises(StoreError):
                store.settle("control", [], gone=[], found=[])
    finally:
        with superuser(postgres) as connection:
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_colleague_with_rights_to_the_tables_writes(url: str, postgres: str) -> None:
    private(postgres)
    schema, role = schema_of(url), f"writer_{schema_of(url)}"
    open_at(url).close()
    with superuser(postgres) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {schema} TO {role}")
        connection.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}")
    try:
        with open_store(url.replace("tester@", f"{role}@"), create=True) as store:
            assert store.writable
            store.append([*FILED, *ASSERTED], by="colleague", at=at(0))
            settle(store)
            store.append([Erased(ENTERED.id, "a court")], by="colleague", at=at(1))
            assert list(store.verify()) == []
    finally:
        with superuser(postgres) as connection:
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_opened_for_reading_it_takes_nothing(url: str) -> None:
    open_at(url).close()
    with open_store(url, readonly=True) as store:
        assert not store.writable
        with pytest.raises(StoreError):
            store.append([Filed(ENTERED)], by="x")


# Writers and connections


def test_a_second_writer_waits(url: str) -> None:
    with open_at(url) as one, open_at(url) as other:
        link = one._link  # type: ignore[attr-defined]
        began, waited = threading.Event(), []

        def second() -> None:
            began.wait(10)
            start = time.monotonic()
            other.append([Filed(ENTERED)], by="other")
            waited.append(time.monotonic() - start)

        thread = threading.Thread(target=second)
        thread.start()
        with link.writing():
            began.set()
            time.sleep(0.3)
        thread.join(20)
        assert waited
        assert waited[0] >= 0.25
        assert [entry.by for entry in one.entries()] == ["other"]


def test_a_writer_that_waits_too_long_is_told(url: str) -> None:
    with open_at(url) as one, PostgresStore(url, patience=0.05) as other:
        with one._link.writing(), pytest.raises(StoreError) as caught:  # type: ignore[attr-defined]
            other.append([Filed(ENTERED)], by="other")
        assert "another program is writing" in caught.value.message
        assert len(other.append([Filed(ENTERED)], by="other")) == 1


def test_writers_at_once_take_turns(url: str) -> None:
    times = 6
    writers = [forked(lambda name=name: write(url, name, times)) for name in ("one", "two", "three")]  # type: ignore[misc]
    assert [finished(writer) for writer in writers] == [0, 0, 0]
    with open_store(url) as store:
        assert list(store.verify()) == []
        entries = list(store.entries())
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        filed = [entry.act.document.id for entry in entries if isinstance(entry.act, Filed)]
        assert len(filed) == len(set(filed)) == 4 * times
        assert len({entry.by for entry in entries}) == 3


def test_a_connection_that_was_lost_is_opened_again(url: str, postgres: str) -> None:
    with open_at(url) as store:
        store.append([Filed(ENTERED)], by="x", at=at(0))
        with superuser(postgres) as connection:
            connection.execute(f"SELECT pg_terminate_backend(pid) {OURS}")
        with pytest.raises(StoreError) as caught:
            list(store.entries())
        assert "run this again" in caught.value.hint
        assert len(list(store.entries())) == 1
        assert len(store.append([Asserted(KALBAJAR)], by="x", at=at(1))) == 1


def test_a_program_killed_at_any_moment_leaves_a_register_that_can_be_gone_on_with(url: str, postgres: str) -> None:
    with open_store(MEMORY) as store:
        job(store)
        whole = digest(store)
    open_at(url).close()
    begun = time.monotonic()
    work(schema_url(postgres))
    lasts, chance, seen = time.monotonic() - begun, random.Random(6), set()
    for _ in range(8):
        child = forked(lambda: work(url))
        time.sleep(lasts * chance.random() / 2)
        os.kill(child, signal.SIGKILL)
        finished(child)
        seen.add(look(url, whole))
    assert len(seen) > 1
    work(url)
    with open_store(url) as store:
        assert digest(store) == whole


def test_a_call_that_is_cut_off_leaves_nothing_behind(url: str, postgres: str) -> None:
    with open_at(url) as store:
        store.append(batch(0), by="x", at=at(0))
        before = list(store.entries())
        with pytest.raises(StoreError), store._link.writing():  # type: ignore[attr-defined]
            store._link.ask("INSERT INTO stale VALUES ('control', 'half a call', 1)")  # type: ignore[attr-defined]
            with superuser(postgres) as connection:
                connection.execute(f"SELECT pg_terminate_backend(pid) {OURS}")
            store._link.ask("SELECT 1")  # type: ignore[attr-defined]
        assert list(store.entries()) == before
        assert "half a call" not in store.stale("control")
        assert list(store.verify()) == []


def test_a_closed_store_says_so(url: str) -> None:
    store = open_at(url)
    store.close()
    with pytest.raises(StoreError) as caught:
        store.entry(1)
    assert "closed" in caught.value.message


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
