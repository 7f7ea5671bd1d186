"""Writers of a PostgreSQL register that wait, die, or lose their connection."""

from __future__ import annotations

import os
import random
import signal
import threading
import time

import pytest

from tests.register.conftest import open_at, schema_url
from tests.register.databases import superuser
from tests.register.faulty import batch, digest, job, look, work, write
from tests.register.processes import finished, forked
from tests.register.stories import ENTERED, KALBAJAR, at
from whoholds.model import Asserted, Filed
from whoholds.register import MEMORY, open_store
from whoholds.register.store import StoreError

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

from whoholds.register.postgres import PostgresStore  # noqa: E402

OURS = "FROM pg_stat_activity WHERE application_name = 'whoholds' AND datname = current_database()"


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
    lasts, chance = time.monotonic() - begun, random.Random(6)
    for _ in range(8):
        child = forked(lambda: work(url))
        time.sleep(lasts * chance.random() / 2)
        os.kill(child, signal.SIGKILL)
        finished(child)
        look(url, whole)
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
