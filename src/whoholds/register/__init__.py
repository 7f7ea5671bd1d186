"""The register: entries that are only ever added, behind one protocol (`store`), kept in one of three places.

- `memory`: the reference, for tests and notebooks;
- `sqlite`: one file, which is a GeoPackage at the same time;
- `postgres`: a database for a team.

What stores share, so that they cannot differ: `ledger` (how acts become entries), `knowledge` (what stands in a state of
knowledge), `views` (testimony), `kept` (findings), `words` (search), `codec` (bytes), `checking` (integrity).
"""

from __future__ import annotations

from pathlib import Path

from whoholds.model import site_of
from whoholds.register.memory import MemoryStore
from whoholds.register.store import (
    EVERYTHING,
    EVERYTHING_KNOWN,
    SCHEMES,
    Box,
    ConflictError,
    Filing,
    Held,
    Hit,
    Known,
    Situate,
    Sought,
    StaleError,
    Store,
    StoreError,
    Wanted,
)

MEMORY = ":memory:"


def open_store(locator: str, *, situate: Situate = site_of, create: bool = False, readonly: bool = False) -> Store:
    """The register at a path, at an address (`postgresql://…`), or a new one in memory (`:memory:`).

    With `create` it is made where there is none. `situate` tells the sites of claims that are appended. Raises StoreError where
    there is no register, or one that cannot be opened.
    """
    if locator == MEMORY:
        return MemoryStore(situate=situate)
    if locator.startswith(tuple(f"{scheme}://" for scheme in SCHEMES)):
        return _postgres(locator, situate, create, readonly)
    from whoholds.register.sqlite import SQLiteStore  # only now: SQLite's modules take time to load

    return SQLiteStore(Path(locator), situate=situate, create=create, readonly=readonly)


def _postgres(locator: str, situate: Situate, create: bool, readonly: bool) -> Store:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise StoreError(
            "a register in PostgreSQL needs psycopg, which is not installed", "pip install 'psycopg[binary]'"
        ) from None
    from whoholds.register.postgres import PostgresStore

    return PostgresStore(locator, situate=situate, create=create, readonly=readonly)


__all__ = [
    "EVERYTHING",
    "EVERYTHING_KNOWN",
    "Box",
    "ConflictError",
    "Filing",
    "Held",
    "Hit",
    "Known",
    "MemoryStore",
    "Situate",
    "Sought",
    "StaleError",
    "Store",
    "StoreError",
    "Wanted",
    "open_store",
]
