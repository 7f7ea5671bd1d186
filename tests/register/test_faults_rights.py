"""Registers that may not be read, written to or made."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register.processes import told
from tests.register.stories import ENTERED
from whoholds.model import Filed
from whoholds.register import open_store
from whoholds.register.store import StoreError


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that nobody can reach too."""
    made = Path(tempfile.mkdtemp(prefix="whoholds-rights-"))
    made.chmod(0o777)
    yield made
    for path in (made, *made.rglob("*")):
        path.chmod(0o777)
    shutil.rmtree(made)


def read(path: Path) -> tuple[bool, int, list[str]]:
    with open_store(str(path)) as store:
        return store.writable, len(list(store.entries())), [problem.message for problem in store.verify()]


def add(path: Path) -> int:
    with open_store(str(path), create=True) as store:
        return len(store.append([Filed(ENTERED)], by="nobody"))


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o444, 0o555), (0o666, 0o555)])
def test_a_register_that_may_not_be_written_to_is_read(calm: Path, public: Path, file_mode: int, folder_mode: int) -> None:
    path = public / "register.gpkg"
    shutil.copy(calm, path)
    before = path.read_bytes()
    path.chmod(file_mode)
    public.chmod(folder_mode)
    with open_store(str(calm)) as store:
        number = len(list(store.entries()))
    assert told(lambda: read(path)) == {"answer": [False, number, []]}
    refused = told(lambda: add(path))
    assert str(path) in str(refused["refused"])
    assert refused["hint"]
    assert path.read_bytes() == before


def test_a_register_cannot_be_made_where_nobody_may_write(public: Path) -> None:
    public.chmod(0o555)
    refused = told(lambda: add(public / "register.gpkg"))
    assert "register.gpkg" in str(refused["refused"])
    assert refused["hint"]
    assert list(public.iterdir()) == []


def test_a_register_that_may_not_be_read_is_told(calm: Path, public: Path) -> None:
    path = public / "register.gpkg"
    shutil.copy(calm, path)
    path.chmod(0)
    refused = told(lambda: read(path))
    assert "register.gpkg" in str(refused["refused"])


def test_a_register_opened_for_reading_stays_as_it_is(calm: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.gpkg"
    shutil.copy(calm, path)
    before = path.read_bytes()
    with open_store(str(path), readonly=True) as store:
        assert not store.writable
        assert list(store.verify()) == []
        with pytest.raises(StoreError):
            store.append([Filed(ENTERED)], by="x")
        with pytest.raises(StoreError):
            store.settle("control", [], gone=[], found=[])
    assert path.read_bytes() == before
