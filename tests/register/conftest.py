"""The three stores, each where one can open it, and a PostgreSQL of our own."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.register.server import UnavailableError, private_server
from whoholds.model import site_of
from whoholds.register import MEMORY, open_store
from whoholds.register.store import Situate, Store

TABLES = ("stale", "findings", "names", "claims", "sites", "lexemes", "filings", "entries", "documents")  # in this order
KINDS = ("memory", "sqlite", "postgresql")
_numbers = itertools.count(1)
Opener = Callable[..., Store]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL where tests may make schemas and databases; skips where there is none.

    `WHOHOLDS_TEST_POSTGRES` names one that runs already; else one is started from the programs that are installed.
    """
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'psycopg[binary]'")
    if given := os.environ.get("WHOHOLDS_TEST_POSTGRES"):
        yield given
        return
    with ExitStack() as stack:
        try:
            url = stack.enter_context(private_server())
        except UnavailableError as error:
            pytest.skip(f"no PostgreSQL: {error}")
        yield url


def schema_url(server: str, name: str = "") -> str:
    """An address of a schema; of one that nobody has used, where no name is given."""
    return f"{server}{'&' if '?' in server else '?'}schema=test_{os.getpid()}_{name or next(_numbers)}"


@pytest.fixture(scope="session")
def postgres_schema(postgres: str) -> Iterator[Callable[[], str]]:
    """Gives the address of an empty register: one and the same, emptied, for making its tables takes a fifth of a second."""
    import psycopg

    url = schema_url(postgres, "again")
    open_at(url).close()
    tables = [f"test_{os.getpid()}_again.{table}" for table in TABLES]

    with psycopg.connect(postgres, autocommit=True) as connection:

        def emptied() -> str:
            connection.execute("; ".join(f"DELETE FROM {table}" for table in tables))
            return url

        yield emptied
        for (schema,) in connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE %s", [f"test_{os.getpid()}_%"]
        ):
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


def open_at(locator: str, situate: Situate = site_of) -> Store:
    """The register there, made if missing."""
    return open_store(locator, situate=situate, create=True)


@pytest.fixture
def sqlite_opener(tmp_path: Path) -> Opener:
    """Opens new SQLite registers."""
    return lambda: open_at(str(tmp_path / f"register-{next(_numbers)}.gpkg"))


@pytest.fixture
def postgres_opener(postgres_schema: Callable[[], str]) -> Opener:
    """Opens empty PostgreSQL registers, one at a time."""
    return lambda: open_at(postgres_schema())


@pytest.fixture(params=KINDS)
def locator(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """What opens one and the same new register again and again: a path, an address, or `:memory:`."""
    if request.param == "postgresql":
        emptied: Callable[[], str] = request.getfixturevalue("postgres_schema")
        return emptied()
    return str(tmp_path / "register.gpkg") if request.param == "sqlite" else MEMORY


@pytest.fixture
def store(locator: str) -> Iterator[Store]:
    """An empty register, once in each kind of store."""
    with open_at(locator) as opened:
        yield opened
