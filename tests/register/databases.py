"""Looks at the tests' PostgreSQL from outside of any register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

from whoholds.register.postgres.address import address_of  # noqa: E402


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
