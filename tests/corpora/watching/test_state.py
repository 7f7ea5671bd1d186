"""The memory of a watch: whole after any end, and for one watch at a time."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from whoholds.articles.answers import Validators
from whoholds.corpora.watching.state import NEVER, Remembered, Rules, Seen, State, StateError

HERE = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
AT = datetime(2024, 3, 2, 12, 30, tzinfo=UTC)
A = Remembered(due=AT, failures=3, validators=Validators(etag='"a"'), moved="https://example.org/b", gone="digest")


def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    with State(tmp_path / "m") as state:
        assert state.feed("a") == NEVER
        assert state.items("a", ["x"]) == {}
        assert state.robots("o") is None
        state.keep_feed("a", A)
        state.keep_items("a", {"x": Seen("1"), "y": Seen("2", 4)})
        state.keep_items("a", {"x": Seen("3")})
        state.keep_robots("o", Rules(AT, True, "User-agent: *"))
    with State(tmp_path / "m") as state:
        assert state.feed("a") == A
        assert state.feed("b") == NEVER
        assert state.items("a", ["x", "y", "z", "x"]) == {"x": Seen("3"), "y": Seen("2", 4)}
        assert state.items("b", ["x"]) == {}
        assert state.robots("o") == Rules(AT, True, "User-agent: *")


def test_one_watch_at_a_time(tmp_path: Path) -> None:
    with State(tmp_path / "m"):
        with pytest.raises(StateError, match="in use, perhaps by another watch"):
            State(tmp_path / "m")
        other = "import sys; from whoholds.corpora.watching.state import *; from pathlib import Path; State(Path(sys.argv[1]))"
        found = subprocess.run([sys.executable, "-c", other, str(tmp_path / "m")], capture_output=True, text=True, env=HERE)
        assert "in use, perhaps by another watch" in found.stderr
    State(tmp_path / "m").__exit__(None, None, None)


def test_a_watch_that_is_killed_leaves_a_memory(tmp_path: Path) -> None:
    killed = (
        "import os, sys; from pathlib import Path; from whoholds.corpora.watching.state import *\n"
        "s = State(Path(sys.argv[1])); s.keep_items('a', {'x': Seen('1')})\n"
        "s._db.execute('begin'); s._db.execute(\"insert into items values ('a', 'y', '1', 0)\"); os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", killed, str(tmp_path / "m")], env=HERE).returncode == -9
    with State(tmp_path / "m") as state:
        assert state.items("a", ["x", "y"]) == {"x": Seen("1")}


def test_files_that_are_no_memory_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("some words, and more of them, to be long enough for a head of a database " * 20)
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("create table mine (a)")
    other.close()
    for path in (tmp_path / "text", tmp_path / "other", tmp_path, tmp_path / "no" / "m"):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(StateError) as told:
            State(path)
        assert str(path) in told.value.message
        assert told.value.hint
        assert before == (path.read_bytes() if path.is_file() else b"")
