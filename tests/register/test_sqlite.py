"""The register as a file: made whole, recognised, brought up to date, read by others, scrubbed, and shared by writers."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.register.stories import ASSERTED, DENIED, ENTERED, FILED, KALBAJAR, at
from whoholds.model import Asserted, Bounds, Document, Erased, Filed, Holding, Side, Standing, site_of
from whoholds.register import open_store
from whoholds.register.memory import MemoryStore
from whoholds.register.sqlite import SQLiteStore, opening
from whoholds.register.sqlite.migrating import applied, migrate, migrations, newest
from whoholds.register.sqlite.point import gpkg_point
from whoholds.register.store import EVERYTHING, Sought, StoreError, Wanted

HOLDING = Holding(
    site=site_of(KALBAJAR.where),  # type: ignore[arg-type]
    holder=Side("AZE", "Azerbaijan"),
    begin=Bounds(date(2020, 11, 25), date(2020, 11, 25)),
    end=Bounds(None, None),
    told=date(2020, 11, 25),
    standing=Standing.CLAIMED,
    supporting=(KALBAJAR.id,),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.gpkg"


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    with SQLiteStore(path) as opened:
        opened.append([*FILED, *ASSERTED], by="tester", at=at(0))
        opened.settle("control", opened.stale("control"), gone=[], found=[HOLDING])
        yield opened


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


# Opening


def test_a_register_is_made_only_when_asked_for(path: Path) -> None:
    with pytest.raises(StoreError, match="there is no register"):
        open_store(str(path))
    assert list(path.parent.iterdir()) == []
    open_store(str(path), create=True).close()
    assert [file.name for file in path.parent.iterdir()] == [path.name], "nothing is left beside it"
    with open_store(str(path)) as store:
        assert store.writable
        assert store.locator == str(path)


@pytest.mark.parametrize("name", ["", ".", "no such folder/register.gpkg"])
def test_where_no_register_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError) as caught:
        open_store(name, create=True)
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def geopackage(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("pragma application_id = 1196444487")
        connection.execute("create table gpkg_contents (x)")


def database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (x)")


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_text("Dear all,\n" * 100), id="text"),
        pytest.param(lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(50)), id="a few bytes"),
        pytest.param(database, id="another program's database"),
        pytest.param(geopackage, id="another program's GeoPackage"),
    ],
)
@pytest.mark.parametrize("create", [True, False])
def test_a_foreign_file_is_refused_and_left_as_it_was(path: Path, write: object, create: bool) -> None:
    write(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a register") as caught:
        open_store(str(path), create=create)
    assert caught.value.hint
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_truncated_register_is_refused_and_left_as_it_was(store: SQLiteStore, path: Path, keep: float) -> None:
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(StoreError, match="truncated") as caught:
        open_store(str(path))
    assert "copy" in caught.value.hint
    assert path.read_bytes() == whole[: int(len(whole) * keep)]


def test_a_register_of_a_newer_version_is_refused(store: SQLiteStore, path: Path) -> None:
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("insert into migration values (99, 'of tomorrow', '')")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        open_store(str(path))
    assert path.read_bytes() == before


def test_reading_only(store: SQLiteStore, path: Path) -> None:
    store.close()
    with open_store(str(path), readonly=True) as reader:
        assert not reader.writable
        assert len(list(reader.entries())) == len(FILED) + len(ASSERTED)
        assert list(reader.verify()) == []
        with pytest.raises(StoreError, match="reading only"):
            reader.append([Filed(DENIED)], by="x")
        with pytest.raises(StoreError, match="reading only"):
            reader.settle("control", [], gone=[], found=[])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the root user may write everywhere")
def test_a_file_in_a_folder_that_may_not_be_written_to(store: SQLiteStore, path: Path) -> None:
    store.close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with open_store(str(path)) as reader:
            assert not reader.writable
            assert reader.search("kalbajar")
    finally:
        path.parent.chmod(0o755)


def test_a_program_killed_while_it_makes_a_register_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    making = "for n in range(25): open_store(f'{sys.argv[1]}/{n}', create=True)"
    script = f"import sys\nfrom whoholds.register import open_store\n{making}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    program = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], env=environment)
    while not list(tmp_path.iterdir()):
        assert program.poll() is None
    program.kill()
    program.wait()
    for number in range(25):
        open_store(str(tmp_path / str(number)), create=True).close()


# Migrations


def test_steps_are_numbered_from_one_without_gaps() -> None:
    assert [migration.number for migration in migrations()] == list(range(1, newest() + 1))
    assert all(migration.statements and migration.name for migration in migrations())


def older(path: Path, full: Path, number: int) -> None:
    """Make a register of an earlier schema that holds what `full` holds, as far as it has tables for it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("begin")
    migrate(connection, number)
    connection.execute("commit")
    connection.execute("attach ? as full", (str(full),))
    tables = "author entry document filing site site_name claim derivation judgement withdrawal affiliation".split()
    if number >= 2:
        tables += ["side", "finding", "finding_body", "basis"]
        connection.execute("delete from stale")
    for table in tables:
        columns = ", ".join(row[1] for row in connection.execute(f"pragma main.table_info({table})"))
        connection.execute(f"insert into main.{table} ({columns}) select {columns} from full.{table}")
    if number >= 3:
        connection.execute("insert into words (rowid, body) select id, indexed_words(body) from document")
    assert applied(connection) == number
    connection.close()


@pytest.mark.parametrize("number", range(1, newest() + 1))
def test_a_register_of_an_earlier_schema_is_brought_up_to_date(store: SQLiteStore, path: Path, number: int) -> None:
    old = path.with_name("old.gpkg")
    older(old, path, number)
    with open_store(str(old)) as opened:
        assert list(opened.entries()) == list(store.entries())
        assert list(opened.testimony(Wanted())) == list(store.testimony(Wanted()))
        assert opened.search("lachin") == store.search("lachin")
        assert list(opened.verify()) == []
        if number == 1:
            assert EVERYTHING in opened.stale("control") & opened.stale("event") & opened.stale("obligation")
            opened.settle("control", [EVERYTHING], gone=[], found=[HOLDING])
        assert list(opened.held(date(2020, 12, 1))) == list(store.held(date(2020, 12, 1))) != []
    assert schema(old) == schema(path)


def schema(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    geometry = connection.execute("select key, geom from site order by key").fetchall()
    tables = connection.execute("select name, sql from sqlite_schema where name not like 'words_%' order by name").fetchall()
    connection.close()
    return [*geometry, *tables]


def test_an_older_register_that_may_not_be_written_to_is_refused(store: SQLiteStore, path: Path) -> None:
    old = path.with_name("old.gpkg")
    older(old, path, 2)
    with pytest.raises(StoreError, match="older version"):
        open_store(str(old), readonly=True)


# GeoPackage


def test_a_point_is_geopackage_binary() -> None:
    point = gpkg_point(40.1, 46.0)
    assert point is not None
    magic, version, flags, srs, order, kind, x, y = struct.unpack("<2sBBiBIdd", point)
    assert (magic, version, flags, srs, order, kind, x, y) == (b"GP", 0, 1, 4326, 1, 1, 46.0, 40.1)
    assert gpkg_point(None, None) is None


def test_the_file_has_what_the_standard_asks_for(store: SQLiteStore, path: Path) -> None:
    assert path.read_bytes()[68:72] == b"GPKG"
    connection = sqlite3.connect(path)
    assert connection.execute("pragma user_version").fetchone() == (10300,)
    assert {row[0] for row in connection.execute("select srs_id from gpkg_spatial_ref_sys")} >= {-1, 0, 4326}
    for table, kind in connection.execute("select table_name, data_type from gpkg_contents").fetchall():
        columns = {row[1] for row in connection.execute(f"pragma table_info({table})")}
        assert ("geom" in columns) == (kind == "features")
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    connection.close()


def test_other_programs_open_its_layers(store: SQLiteStore, path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    store.close()
    layers = dict(pyogrio.list_layers(path))
    assert layers == {"place": "Point", "holding": "Point", "incident": "Point", "report": None}
    fields = pyogrio.read_info(path, layer="holding")
    assert fields["crs"] == "EPSG:4326"
    names = list(fields["fields"])
    _, _, geometry, values = pyogrio.raw.read(path, layer="holding")
    row = dict(zip(names, (column[0] for column in values), strict=True))
    assert (row["site"], row["holder"], str(row["begin"])[:10], row["last"]) == ("geonames:585514", "AZE", "2020-11-25", None)
    assert struct.unpack("<dd", bytes(geometry[0])[-16:]) == (46.0367, 40.1068)
    assert len(pyogrio.raw.read(path, layer="place")[2]) == 3
    assert len(pyogrio.raw.read(path, layer="report", read_geometry=False)[3][0]) == len(FILED)


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


# Others


def test_lone_surrogates_break_nothing(path: Path) -> None:
    document = Document(
        text="half \ud83d of a pair", name="\udc00.txt", url="\ud800", outlet="a\0b", credits=("\udfff",), title="\ud800"
    )
    claim = replace(KALBAJAR, evidence=document.span(5, 6), where=None, derivation=None)
    with SQLiteStore(path) as store, MemoryStore() as memory:
        for one in (store, memory):
            one.append([Filed(document), Asserted(claim)], by="\ud800", at=at(0))
        assert list(store.entries()) == list(memory.entries())
        assert store.document(document.id) == document
        assert next(store.filings(url="\ud800")).document == next(store.filings(name="\udc00.txt")).document == document
        assert store.search("half pair") == memory.search("half pair") != ()
        assert list(store.verify()) == []


def test_a_closed_store_says_so(store: SQLiteStore) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.entry(1)


def test_findings_come_in_pages(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.register.sqlite.findings._PAGE", 2)
    found = [replace(HOLDING, told=date(2021, 1, number)) for number in range(1, 6)]
    store.settle("control", [], gone=[HOLDING.id], found=found)
    assert list(store.findings(Sought(kind="holding"))) == sorted(found, key=lambda finding: finding.id)


def test_testimony_comes_in_pages(store: SQLiteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(store.testimony(Wanted()))
    monkeypatch.setattr("whoholds.register.views.PAGE", 3)
    assert list(store.testimony(Wanted())) == whole
    assert list(store.testimony(Wanted(kinds=["control"]))) == [one for one in whole if one.claim.kind == "control"]


def test_the_way_out_is_told_for_every_error_of_sqlite(path: Path) -> None:
    for code, words in (
        (sqlite3.SQLITE_CORRUPT, "damaged"),
        (sqlite3.SQLITE_IOERR, "read or written"),
        (sqlite3.SQLITE_READONLY, "written to"),
    ):
        error = sqlite3.OperationalError("x")
        error.sqlite_errorcode = code
        with pytest.raises(StoreError, match=words) as caught, opening.told(path):
            raise error
        assert caught.value.hint
