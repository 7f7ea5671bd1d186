"""Addresses of PostgreSQL, servers that refuse, and rights."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest

from tests.register.asking import settle
from tests.register.conftest import open_at
from tests.register.databases import private, schema_of, superuser
from tests.register.faulty import digest
from tests.register.server import GUARDED, PASSWORD
from tests.register.stories import ASSERTED, ENTERED, FILED, at
from whoholds.model import Erased, Filed
from whoholds.register import open_store
from whoholds.register.store import StoreError

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

from whoholds.register.postgres.address import address_of  # noqa: E402
from whoholds.register.postgres.connection import explain  # noqa: E402

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
