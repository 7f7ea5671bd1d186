"""What a locator opens."""

from __future__ import annotations

import builtins
from datetime import timedelta
from typing import Any

import pytest

from tests.register.stories import FILED, at
from whoholds.register import MemoryStore, StoreError, open_store


def test_a_register_in_memory_is_new_each_time() -> None:
    with open_store(":memory:") as store:
        store.append(FILED, by="x", at=at(0))
        assert isinstance(store, MemoryStore)
        assert (store.locator, store.writable) == (":memory:", True)
    assert list(open_store(":memory:").entries()) == []


def test_without_psycopg_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".")[0] == "psycopg":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(StoreError, match="psycopg") as caught:
        open_store("postgresql://localhost/register")
    assert "pip install" in caught.value.hint


def test_an_instant_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        open_store(":memory:").append(FILED, by="x", at=at(0).replace(tzinfo=None))


def test_a_clock_that_goes_back_stops_nothing() -> None:
    instants = iter([at(5), at(3)])
    store = MemoryStore(clock=lambda: next(instants))
    store.append(FILED[:1], by="x")
    (entry,) = store.append(FILED[1:2], by="x")
    assert entry.recorded_at == at(5) + timedelta(microseconds=1)
    assert len(list(store.entries(until=at(5)))) == 1, "what was known at the last entry's instant stays what it was"
    (third,) = store.append(FILED[2:3], by="x", at=entry.recorded_at)
    assert third.recorded_at == entry.recorded_at
