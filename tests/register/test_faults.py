"""What befalls files: programs killed, disks full, two writers, files cut short and files of other programs."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.register.faulty import batch, digest, finished, forked, full, look, work, write
from tests.register.stories import ENTERED, FILED, at
from whoholds.model import Filed
from whoholds.register import open_store
from whoholds.register.sqlite import opening
from whoholds.register.store import StoreError

KILLS = int(os.environ.get("WHOHOLDS_FAULTS", "25"))  # 300 and more for a long run
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: a killed program does not mind, and nothing waits for the disk."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    made = Path(tempfile.mkdtemp(prefix="whoholds-faults-", dir=shared))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in which the job was done undisturbed."""
    path = tmp_path_factory.mktemp("calm") / "calm.gpkg"
    work(path)
    return path


@pytest.fixture(scope="module")
def whole(calm: Path) -> list[object]:
    """What the job makes when it is not disturbed."""
    with open_store(str(calm)) as store:
        return digest(store)


def program(*arguments: object, timeout: float = 600) -> subprocess.CompletedProcess[str]:
    """Run one of the programs of `faulty`."""
    command = [sys.executable, "-m", "tests.register.faulty", *map(str, arguments)]
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, cwd=ROOT, env=environment)


# Programs that die


def test_a_program_killed_at_any_moment_leaves_a_register_that_can_be_gone_on_with(folder: Path) -> None:
    done = program("kills", folder, KILLS, 6, timeout=60 + KILLS * 5)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"killed {KILLS} times" in done.stdout.splitlines()[-1]


@pytest.mark.skipif("WHOHOLDS_FAULTS" not in os.environ, reason="takes seconds for each: set WHOHOLDS_FAULTS to run it")
def test_whoholds_add_killed_at_any_moment_is_completed_by_running_it_again(folder: Path) -> None:
    pytest.importorskip("whoholds.cli.register", reason="whoholds add is not there")
    times = max(3, KILLS // 5)
    done = program("adds", folder, times, 6, timeout=60 + times * 30)
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"killed {times} times" in done.stdout.splitlines()[-1]


def test_a_log_cut_short_by_a_dying_machine_loses_the_last_appends_only(folder: Path, whole: list[object]) -> None:
    path = folder / "register.gpkg"

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
        copy = folder / f"cut-{length}.gpkg"
        shutil.copy(path, copy)
        Path(f"{copy}-wal").write_bytes(log[:length])
        seen.add(look(copy, whole))
    assert len(seen) > 3


# Disks that are full


@pytest.mark.parametrize("kib", [40, 100, 160, 200, 260, 330])
def test_a_full_disk_is_told_and_loses_nothing(folder: Path, whole: list[object], kib: int) -> None:
    path = folder / "register.gpkg"
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


# Rights


def unprivileged() -> None:
    """Become nobody: rights do not bind root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that nobody can reach too."""
    made = Path(tempfile.mkdtemp(prefix="whoholds-rights-"))
    made.chmod(0o777)
    yield made
    for path in (made, *made.rglob("*")):
        path.chmod(0o777)
    shutil.rmtree(made)


def told(run: Callable[[], object], *, root: bool = False) -> dict[str, object]:
    """What another process (root or not) told of doing this: what it returned, or why the store refused."""
    inlet, outlet = os.pipe()

    def tell() -> None:
        if not root:
            unprivileged()
        try:
            answer: dict[str, object] = {"answer": run()}
        except StoreError as error:
            answer = {"refused": error.message, "hint": error.hint}
        except BaseException as error:
            answer = {"raised": repr(error)}
        os.write(outlet, json.dumps(answer).encode())

    child = forked(tell)
    os.close(outlet)
    with os.fdopen(inlet) as pipe:
        text = pipe.read()
    assert finished(child) == 0
    answer: dict[str, object] = json.loads(text)
    assert "raised" not in answer, answer
    return answer


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


# Two writers


def test_writers_at_once_take_turns(folder: Path) -> None:
    path, times = folder / "register.gpkg", 12
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


# Files cut short, and files of others


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
