"""The register as a file: scrubbed, shared by writers, and damaged."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.register.files import filled_file
from tests.register.stories import ASSERTED, DENIED, ENTERED, FILED, KALBAJAR, at
from whoholds.model import Asserted, Document, Erased, Filed
from whoholds.register import open_store
from whoholds.register.sqlite import SQLiteStore
from whoholds.register.store import StaleError, StoreError, Wanted


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    with filled_file(path) as opened:
        yield opened


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


# Erasure


def test_erased_words_are_gone_from_the_bytes_of_the_file(path: Path) -> None:
    secret = Document(text="Zorblaxian informant Quuxlethorpe lives in Vrimbulton. " * 3, name="Quuxlethorpe.txt")
    claim = replace(KALBAJAR, evidence=secret.span(0, 54), derivation=None)
    with SQLiteStore(path) as store:
        store.append([*FILED, Filed(secret), Asserted(claim), *ASSERTED], by="x", at=at(0))
        for word in (b"Quuxlethorpe", b"quuxlethorpe", b"vrimbulton"):
            assert word in bytes_of(path)
        body = store._database.one("select body from claim order by entry limit 1")
        text = store._database.one("select body from document where hash = :id", id=secret.id)
        assert body and text
        assert body[0] in bytes_of(path)
        assert text[0] in bytes_of(path)
        store.append([Erased(secret.id, "law")], by="counsel", at=at(1))
        left = bytes_of(path)
        for gone in (b"uuxlethorpe", b"rimbulton", b"orblaxian", body[0], text[0]):
            assert gone not in left
        assert store.search("vrimbulton") == ()
        assert store.search("kalbajar")
        assert list(store.verify()) == []
    assert b"uuxlethorpe" not in bytes_of(path)


def test_an_erasure_that_a_reader_held_up_is_finished_when_the_register_is_opened_next(store: SQLiteStore, path: Path) -> None:
    text = store._database.one("select body from document where hash = :id", id=ENTERED.id)
    assert text
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin")
    other.execute("select count(*) from entry").fetchone()
    store._database.run("pragma busy_timeout = 50")
    with pytest.raises(StoreError, match="erasure is entered"):
        store.append([Erased(ENTERED.id, "law")], by="counsel", at=at(1))
    assert store.document(ENTERED.id) is None
    other.close()
    store.close()
    with SQLiteStore(path) as again:
        assert list(again.verify()) == []
        assert text[0] not in bytes_of(path)
        assert not again._database.rows("select 1 from stale where kind = 'scrub'")


# Writers


def test_a_second_writer_waits_and_then_is_told(store: SQLiteStore, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("begin immediate")
    store._database.run("pragma busy_timeout = 50")
    with pytest.raises(StoreError, match="somebody else is writing"):
        store.append([Filed(replace(DENIED, url="https://example.org/again"))], by="x", at=at(1))
    waiting = threading.Timer(0.2, other.rollback)
    waiting.start()
    store._database.run("pragma busy_timeout = 5000")
    assert len(store.append([Filed(replace(DENIED, url="https://example.org/again"))], by="x", at=at(1))) == 1
    waiting.join()
    other.close()


def test_threads_share_a_store(store: SQLiteStore) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                document = Document(text=f"Report {number} of {turn}.", url=f"https://example.org/{number}/{turn}")
                store.append([Filed(document)], by=f"thread {number}")
                assert store.document(document.id) == document
                assert len(list(store.testimony(Wanted()))) == len(ASSERTED)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(store.verify()) == []
    assert len(list(store.entries())) == len(FILED) + len(ASSERTED) + 20


def test_a_full_disk_is_told_and_nothing_is_half_written(store: SQLiteStore) -> None:
    before = list(store.entries())
    pages = store._database.one("pragma page_count")
    assert pages
    store._database.run(f"pragma max_page_count = {pages[0]}")
    acts = [Filed(Document(text=os.urandom(9000).hex(), name=str(number))) for number in range(20)]
    with pytest.raises(StoreError, match="disk is full") as caught:
        store.append(acts, by="x", at=at(1))
    assert "room" in caught.value.hint
    assert list(store.entries()) == before
    assert list(store.verify()) == []
    store._database.run("pragma max_page_count = 1000000")
    assert len(store.append(acts, by="x", at=at(1))) == 20


def test_what_is_stale_again_since_it_was_asked_for_stays_stale(store: SQLiteStore, path: Path) -> None:
    keys = store.stale("event")
    with SQLiteStore(path) as other:
        other.append([Filed(replace(ENTERED, outlet="Another"))], by="x", at=at(1))
    with pytest.raises(StaleError):
        store.settle("event", keys, gone=[], found=[])
    assert store.stale("event") == keys
    store.settle("event", keys, gone=[], found=[])
    assert store.stale("event") == frozenset()


# Damage


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("delete from entry where seq = 3", "numbers"),
        ("update document set body = (select body from document where id = 2) where id = 1", "hash"),
        ("update claim set document = 2 where entry = 5", "quote"),
        ("update claim set id = id + 1 where entry = 5", "hash"),
        ("update claim set body = x'00' where entry = 5", "damaged"),
        ("delete from claim where entry = 5", "no-act"),
        ("update finding set holder = 77", "dangling"),
        ("insert into basis values (1, (select id from finding))", "no-claim"),
        ("delete from words_docsize where id = 1", "words"),
        ("update entry set recorded_at = recorded_at - 1 where seq = 4", "instants"),
    ],
)
def test_damage_is_found(store: SQLiteStore, path: Path, statement: str, code: str) -> None:
    store.close()
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with open_store(str(path)) as damaged:
        assert code in {problem.code for problem in damaged.verify()}


def test_bytes_overwritten_are_found_or_refused(store: SQLiteStore, path: Path) -> None:
    store.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 3 : len(content) // 3 + 9000] = os.urandom(9000)
    path.write_bytes(content)
    try:
        with open_store(str(path)) as damaged:
            assert list(damaged.verify()) != []
    except StoreError as error:
        assert error.message
