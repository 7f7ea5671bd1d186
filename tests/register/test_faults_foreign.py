"""Files cut short, and files of other programs: refused and left as they are."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from whoholds.register import open_store
from whoholds.register.store import StoreError


def untouched(path: Path) -> None:
    """Opening it is refused with words for people, and leaves it, and its folder, as they were."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    for readonly in (False, True):
        with pytest.raises(StoreError) as caught:
            open_store(str(path), create=True, readonly=readonly).close()
        assert path.name in caught.value.message
        assert caught.value.hint
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside


def test_a_file_cut_short_is_refused_and_left_as_it_is(calm: Path, tmp_path: Path) -> None:
    whole = calm.read_bytes()
    chance = random.Random(6)
    page = int.from_bytes(whole[16:18], "big")
    edges = [0, 1, 15, 16, 99, 100, 101, page - 1, page, page + 1, len(whole) // 2, len(whole) - page, len(whole) - 1]
    for length in (*edges, *(chance.randrange(len(whole)) for _ in range(15))):
        path = tmp_path / "cut.gpkg"
        path.write_bytes(whole[:length])
        untouched(path)


def foreign_sqlite(path: Path, application: int, *statements: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


FOREIGN: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("who holds what\n" * 100),
    "page": lambda path: path.write_text("<!doctype html><title>not a register</title>" + "x" * 9000),
    "zeros": lambda path: path.write_bytes(bytes(8192)),
    "noise": lambda path: path.write_bytes(random.Random(6).randbytes(50_000)),
    "magic": lambda path: path.write_bytes(b"SQLite format 3\0" + random.Random(7).randbytes(50_000)),
    "sqlite": lambda path: foreign_sqlite(
        path, 0, "CREATE TABLE entry (seq INTEGER PRIMARY KEY)", "INSERT INTO entry VALUES (1)"
    ),
    "geopackage": lambda path: foreign_sqlite(
        path,
        0x47504B47,
        "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT)",
        "CREATE TABLE roads (fid INTEGER PRIMARY KEY, geom BLOB)",
    ),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_of_something_else_is_refused_and_left_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.gpkg"
    FOREIGN[kind](path)
    untouched(path)


def test_a_folder_and_a_missing_folder_are_no_registers(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "such" / "register.gpkg"):
        with pytest.raises(StoreError) as caught:
            open_store(str(path), create=True)
        assert caught.value.message
        assert caught.value.hint


def test_a_register_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        open_store(str(tmp_path / "register.gpkg"))
    assert list(tmp_path.iterdir()) == []
