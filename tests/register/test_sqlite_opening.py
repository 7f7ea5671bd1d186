"""Files of registers: made whole, recognised, refused, read."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register.files import filled_file
from tests.register.stories import ASSERTED, DENIED, FILED
from whoholds.model import Filed
from whoholds.register import open_store
from whoholds.register.sqlite import SQLiteStore
from whoholds.register.store import StoreError


@pytest.fixture
def store(path: Path) -> Iterator[SQLiteStore]:
    with filled_file(path) as opened:
        yield opened


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


def test_closing_stops_what_another_thread_is_reading(tmp_path: Path) -> None:
    """A connection closed under a running statement takes the whole process with it."""
    from threading import Event, Thread

    from whoholds.register.sqlite.database import Database

    with SQLiteStore(tmp_path / "war.whoholds"):
        pass
    database, begun, told = Database(tmp_path / "war.whoholds", readonly=False), Event(), list[str]()

    def read() -> None:
        begun.set()
        try:
            database.rows("with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n")
        except StoreError as error:
            told.append(error.message)

    thread = Thread(target=read)
    thread.start()
    begun.wait()
    time.sleep(0.1)
    database.close()
    thread.join(5)
    assert not thread.is_alive()
    assert len(told) == 1
