"""What befalls files: programs killed, disks full, two writers, damage."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.register.faulty import batch, digest, full, look, work, write
from tests.register.processes import finished, forked, told
from tests.register.stories import ENTERED, FILED, at
from whoholds.model import Filed
from whoholds.register import open_store
from whoholds.register.sqlite import opening
from whoholds.register.store import StoreError

KILLS = int(os.environ.get("WHOHOLDS_FAULTS", "25"))  # 300 and more for a long run
ROOT = Path(__file__).parent.parent.parent


def program(*arguments: object, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run one of the programs of `faulty`."""
    command = [sys.executable, "-m", "tests.register.faulty", *map(str, arguments)]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, cwd=ROOT, env=environment)


# Programs that die


def test_a_program_killed_at_any_moment_leaves_a_register_that_can_be_gone_on_with(tmp_path: Path) -> None:
    done = program("kills", tmp_path, KILLS, 6, timeout=60 + KILLS * 5)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"killed {KILLS} times" in done.stdout.splitlines()[-1]


@pytest.mark.skipif("WHOHOLDS_FAULTS" not in os.environ, reason="takes seconds for each: set WHOHOLDS_FAULTS to run it")
def test_whoholds_add_killed_at_any_moment_is_completed_by_running_it_again(tmp_path: Path) -> None:
    pytest.importorskip("whoholds.cli.register", reason="whoholds add is not there")
    times = max(3, KILLS // 5)
    done = program("adds", tmp_path, times, 6, timeout=60 + times * 30)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"killed {times} times" in done.stdout.splitlines()[-1]


def test_a_log_cut_short_by_a_dying_machine_loses_the_last_appends_only(tmp_path: Path, whole: list[object]) -> None:
    path = tmp_path / "register.gpkg"

    def work_and_die() -> None:
        store = open_store(str(path), create=True)
        for number in range(6):
            store.append(batch(number), by="worker")
        os._exit(0)

    assert finished(forked(work_and_die)) == 0
    log = Path(f"{path}-wal").read_bytes()
    assert len(log) > 20_000, "what was appended is in the log"
    chance = random.Random(6)
    seen = set()
    for length in (0, 1, 31, 32, 33, len(log) - 1, len(log), *(chance.randrange(len(log)) for _ in range(8))):
        copy = tmp_path / f"cut-{length}.gpkg"
        shutil.copy(path, copy)
        Path(f"{copy}-wal").write_bytes(log[:length])
        seen.add(look(copy, whole))
    assert len(seen) > 3


# Disks that are full


@pytest.mark.parametrize("kib", [40, 100, 160, 200, 260, 330])
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path, whole: list[object], kib: int) -> None:
    path = tmp_path / "register.gpkg"
    refused = told(lambda: full(path, kib * 1024), root=True)
    assert "full" in str(refused["refused"]) or "room" in str(refused["hint"]), refused
    if path.exists():
        look(path, whole)
    work(path)
    with open_store(str(path)) as store:
        assert digest(store) == whole


def test_a_small_file_system_that_runs_full(tmp_path: Path, whole: list[object]) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can mount a file system")
    place = tmp_path / "small"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", place], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        path = place / "register.gpkg"
        with pytest.raises(StoreError) as caught:
            work(path)
        assert "full" in caught.value.message or "room" in caught.value.hint
        look(path, whole)
        subprocess.run(["mount", "-o", "remount,size=50m", place], check=True, capture_output=True)
        work(path)
        with open_store(str(path)) as store:
            assert digest(store) == whole
    finally:
        subprocess.run(["umount", place], check=True, capture_output=True)


# Two writers


def test_writers_at_once_take_turns(tmp_path: Path) -> None:
    path, times = tmp_path / "register.gpkg", 12
    writers = [forked(lambda name=name: write(path, name, times)) for name in ("one", "two", "three")]  # type: ignore[misc]
    assert [finished(writer) for writer in writers] == [0, 0, 0]
    with open_store(str(path)) as store:
        assert list(store.verify()) == []
        entries = list(store.entries())
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        filed = [entry.act.document.id for entry in entries if isinstance(entry.act, Filed)]
        assert len(filed) == len(set(filed)) == 3 * times + times, "their own, and the shared ones once"
        assert sum(entry.kind == "asserted" for entry in entries) == 3 * times
        assert len({entry.by for entry in entries}) == 3


def test_a_writer_in_the_way_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT", 0.2)
    path = tmp_path / "register.gpkg"
    with open_store(str(path), create=True) as store:
        store.append(FILED, by="x", at=at(0))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(StoreError) as caught:
            store.append([Filed(ENTERED), *batch(1)], by="x")
        assert "writing" in caught.value.message
        assert len(list(store.entries())) == len(FILED), "reading goes on"
        other.execute("rollback")
        other.close()
        assert store.append(batch(1), by="x")


def test_damaged_bytes_never_end_in_a_traceback(calm: Path, tmp_path: Path) -> None:
    """SQLite has no checksums, so not every flipped bit can be found; but whatever is found is told in words."""
    whole = bytearray(calm.read_bytes())
    chance = random.Random(6)
    found = 0
    for number in range(40):
        damaged = bytearray(whole)
        start = chance.randrange(100, len(whole))
        damaged[start : start + 8] = chance.randbytes(min(8, len(whole) - start))
        path = tmp_path / f"damaged-{number}.gpkg"
        path.write_bytes(damaged)
        try:
            with open_store(str(path)) as store:
                found += bool(list(store.verify()))
        except StoreError:
            found += 1
        path.unlink()
    assert found > 3
