"""The index file: made once, whole or not at all, wherever it can be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.grounding.gazetteer.small import ENTRIES
from whoholds.grounding.gazetteer import Entry, Gazetteer, cache, sources


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(sources, "entries", lambda: iter(ENTRIES))
    return tmp_path


def test_made_once_with_a_note(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = cache.index_path()
    assert path.parent == folder / "cache"
    assert f"{len(ENTRIES)} places" in capsys.readouterr().err

    def unwanted() -> Iterator[Entry]:
        raise AssertionError("made twice")

    monkeypatch.setattr(sources, "entries", unwanted)
    assert cache.index_path() == path
    assert capsys.readouterr().err == ""
    assert Gazetteer.open().lookup("Aleppo")[0].country == "SY"


def test_nothing_is_left_of_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[Entry]:
        yield ENTRIES[0]
        raise KeyError("latitude")

    monkeypatch.setattr(sources, "entries", broken)
    with pytest.raises(KeyError):
        cache.index_path()
    assert list((folder / "cache").iterdir()) == []


def test_an_unwritable_folder_falls_back_to_the_temporary_one(folder: Path) -> None:
    (folder / "cache").write_text("a file where the folder should be")
    path = cache.index_path()
    assert path.is_relative_to(folder / "temporary")
    assert cache.index_path() == path


def test_another_edition_is_another_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cache.index_path()
    monkeypatch.setattr(cache, "version", lambda library: "0")
    assert cache.index_path() != first


@pytest.mark.parametrize("kept", [0, 10, 100, 8192])
def test_a_file_cut_off_is_made_anew(folder: Path, kept: int) -> None:
    path = cache.index_path()
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])
    assert cache.index_path() == path
    assert path.stat().st_size == len(whole)
    assert Gazetteer.open().lookup("Aleppo")[0].country == "SY"


def test_the_chosen_folder_is_filled_though_the_temporary_one_is(folder: Path) -> None:
    (folder / "cache").write_text("a file where the folder should be")
    cache.index_path()
    (folder / "cache").unlink()
    assert cache.index_path().parent == folder / "cache"


def test_a_temporary_folder_that_others_can_write_is_not_trusted(folder: Path) -> None:
    (folder / "cache").write_text("a file where the folder should be")
    path = cache.index_path()
    path.parent.chmod(0o777)
    with pytest.raises(OSError, match="WHOHOLDS_CACHE"):
        cache.index_path()
