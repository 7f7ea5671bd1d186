"""The three stores, each where one can open it, and a PostgreSQL of our own."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import psycopg

from tests.register.faulty import digest, work
from tests.register.server import UnavailableError, private_server
from whoholds.model import site_of
from whoholds.register import MEMORY, open_store
from whoholds.register.store import Situate, Store

TABLES = (
    "stale",
    "findings",
    "names",
    "claims",
    "sites",
    "lexemes",
    "filings",
    "outlines",
    "entries",
    "documents",
)  # in this order
KINDS = ("memory", "sqlite", "postgresql")
_numbers = itertools.count(1)
Opener = Callable[..., Store]
MEMORY_FOLDER = Path("/dev/shm")


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A folder in memory where there is one: a program that is killed does not mind, and nothing waits for the disk."""
    with tempfile.TemporaryDirectory(
        prefix="whoholds-", dir=MEMORY_FOLDER if os.access(MEMORY_FOLDER, os.W_OK) else None, ignore_cleanup_errors=True
    ) as made:
        yield Path(made)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder for one test."""
    with folder_in_memory() as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a register can be made."""
    return tmp_path / "register.gpkg"


@pytest.fixture(scope="session")
def calm() -> Iterator[Path]:
    """A register in which the job was done undisturbed."""
    with folder_in_memory() as made:
        path = made / "calm.gpkg"
        work(path)
        yield path


@pytest.fixture(scope="session")
def whole(calm: Path) -> list[object]:
    """What the job makes when it is not disturbed."""
    with open_store(str(calm)) as store:
        return digest(store)


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


@pytest.fixture
def url(postgres: str) -> str:
    """An address of a schema that nobody has used."""
    return schema_url(postgres)


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
        if "WHOHOLDS_TEST_POSTGRES" in os.environ:  # one of our own goes away with all that is in it
            _drop(connection)


def _drop(connection: psycopg.Connection) -> None:
    ours = "SELECT nspname FROM pg_namespace WHERE nspname LIKE %s"
    for (schema,) in connection.execute(ours, [f"test_{os.getpid()}_%"]).fetchall():
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
