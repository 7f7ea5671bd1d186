"""Files that are there whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from whoholds.corpora.keeping import clear_drafts, keep_json, kept_lines, lines, locked, read_json


def test_a_file_that_is_not_finished_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a" / "00000.jsonl.gz"
    with pytest.raises(LookupError), kept_lines(path) as file:
        file.write(b"1\n")
        raise LookupError
    assert list(path.parent.iterdir()) == []


def test_an_error_leaves_what_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    keep_json(path, {"a": 1})
    with pytest.raises(LookupError), kept_lines(path) as file:
        file.write(b"2\n")
        raise LookupError
    assert read_json(path) == {"a": 1}


def test_compressed_lines_tell_no_time_and_no_name(tmp_path: Path) -> None:
    found = []
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        with kept_lines(tmp_path / name) as file:
            file.write(b'{"a": "\xc3\xa9"}\n[]\n')
        found.append((tmp_path / name).read_bytes())
        time.sleep(0.01)
    assert found[0] == found[1]
    assert found[0][4:8] == bytes(4)  # the time of RFC 1952
    assert list(lines(tmp_path / "a.jsonl.gz")) == [{"a": "é"}, []]


def test_halves_of_surrogate_pairs_are_kept(tmp_path: Path) -> None:
    keep_json(tmp_path / "a.json", ["\ud800", "é"])
    assert read_json(tmp_path / "a.json") == ["\ud800", "é"]


def test_drafts_of_killed_processes_are_cleared(tmp_path: Path) -> None:
    (tmp_path / ".draft-00000.jsonl-7-ab").write_bytes(b"half")
    (tmp_path / "00000.jsonl").write_bytes(b"whole")
    clear_drafts([tmp_path, tmp_path / "missing"])
    assert [path.name for path in tmp_path.iterdir()] == ["00000.jsonl"]


def test_a_lock_ends_with_the_process_that_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    holding = (
        f"import fcntl, time; file = open({str(path)!r}, 'ab'); fcntl.flock(file, fcntl.LOCK_EX); print(1, flush=True); "
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", holding], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with locked(path) as ours:
            assert not ours
        other.kill()
        other.wait()
        with locked(path) as ours:
            assert ours
