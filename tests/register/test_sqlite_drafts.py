"""What programs leave that are killed while they make a register, and what becomes of it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.register.processes import finished, forked
from tests.register.stories import FILED, at
from whoholds.register import open_store
from whoholds.register.sqlite import drafts, opening
from whoholds.register.store import StoreError


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def making(path: Path, name: str, instead: Callable[..., object]) -> int:
    """The id of a process that makes a register, and comes to do something else at this step."""

    def make() -> None:
        setattr(drafts if hasattr(drafts, name) else opening, name, instead)
        open_store(str(path), create=True).close()

    return forked(make)


def fill_and_die(draft: Path) -> None:
    draft.write_bytes(b"half of a register")
    draft.with_name("draft-journal").write_bytes(b"and its journal")
    die()


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if file != path)


def test_a_draft_that_a_killed_program_left_is_removed_when_the_register_is_made(path: Path) -> None:
    assert finished(making(path, "_fill", fill_and_die)) == -signal.SIGKILL
    assert len(beside(path)) == 1
    with open_store(str(path), create=True) as store:
        assert beside(path) == [name for name in beside(path) if name.startswith(path.name)], "its log alone"
        assert store.append(FILED, by="x", at=at(0))
    assert list(path.parent.iterdir()) == [path]


def test_a_register_that_was_made_keeps_what_is_in_it_when_its_draft_is_removed(path: Path) -> None:
    assert finished(making(path, "_clear", lambda folder: die())) == -signal.SIGKILL
    left = beside(path)
    assert len(left) == 1
    assert path.stat().st_nlink == 2, "the draft is the register under another name"
    with open_store(str(path), readonly=True):
        assert beside(path)[:1] == left, "who only reads removes nothing"
    with open_store(str(path)) as store, open_store(str(path)) as other:
        store.append(FILED, by="x", at=at(0))
        assert len(list(other.entries())) == len(FILED)
    assert list(path.parent.iterdir()) == [path]
    with open_store(str(path)) as store:
        assert list(store.verify()) == []


def test_a_draft_in_use_stays_and_of_two_programs_one_wins(path: Path) -> None:
    inlet, outlet = os.pipe()
    fill = opening._fill

    def fill_and_wait(draft: Path) -> None:
        fill(draft)
        os.close(outlet)
        os.read(inlet, 1)

    outlet_of_child = making(path, "_fill", fill_and_wait)
    until = time.monotonic() + 20
    while not list(path.parent.glob(".*.new/draft")) and time.monotonic() < until:
        time.sleep(0.01)
    with open_store(str(path), create=True) as store:
        store.append(FILED, by="x", at=at(0))
        assert len(list(path.parent.glob(".*.new/draft"))) == 1
    os.close(outlet)  # the other goes on
    os.close(inlet)
    assert finished(outlet_of_child) == 0
    assert list(path.parent.iterdir()) == [path]
    with open_store(str(path)) as store:
        assert len(list(store.entries())) == len(FILED)


def test_where_folders_cannot_be_locked_a_draft_counts_as_left_after_an_hour(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path, *, wait: bool) -> int:
        raise OSError("no locks here")

    monkeypatch.setattr(drafts, "_lock", refuse)
    open_store(str(path), create=True).close()
    assert beside(path) == []
    young, old = (path.with_name(f".{path.name}.abcdef0{number}.new") for number in range(2))
    for folder in (young, old):
        folder.mkdir()
        (folder / "draft").write_bytes(b"x")
    hour = time.time() - 3700
    os.utime(old, (hour, hour))
    open_store(str(path)).close()
    assert beside(path) == [young.name]


def test_what_is_no_draft_of_this_register_stays(path: Path) -> None:
    others = [f".{path.name}.new", f".{path.name}.mine.new", f".{path.name}.abcdefgh.old", ".other.gpkg.abcdefgh.new"]
    for name in others:
        path.with_name(name).mkdir()
    file, notes = path.with_name(f".{path.name}.abcdefgh.new"), path.with_name(f".{path.name}.hgfedcba.new")
    file.write_text("a file")
    notes.mkdir()
    (notes / "notes.txt").write_text("somebody's")
    open_store(str(path), create=True).close()
    open_store(str(path)).close()
    assert beside(path) == sorted([*others, file.name, notes.name])
    assert (notes / "notes.txt").read_text() == "somebody's"


def test_a_draft_taken_for_abandoned_before_it_is_locked_is_begun_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock, taken = drafts._lock, []

    def late(folder: Path, *, wait: bool) -> int | None:
        if not taken:
            taken.append(folder)
            drafts.sweep(path)
            assert not folder.exists()
        return lock(folder, wait=wait)

    monkeypatch.setattr(drafts, "_lock", late)
    open_store(str(path), create=True).close()
    assert len(taken) == 1
    assert list(path.parent.iterdir()) == [path]


def test_a_register_of_a_long_name_can_be_made(tmp_path: Path) -> None:
    path = tmp_path / ("𐎠" * 60 + ".db")  # 243 bytes; with `-journal` 251, and more than 255 is too many
    open_store(str(path), create=True).close()
    assert list(tmp_path.iterdir()) == [path]


def test_a_register_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be made"):
        opening.make(tmp_path / "none" / "register.gpkg")
