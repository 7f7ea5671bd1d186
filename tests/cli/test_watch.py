"""The command: what it tells, its exit status, and that it ends cleanly and goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.articles.web import Web, says, serving
from tests.corpora.watching.site import entry, feed_of, page, paths
from whoholds.cli.app import app
from whoholds.cli.watching_running import beside
from whoholds.questions import Register

HERE = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        for number in range(3):
            found.answers[f"/{number}"] = says(page(number))
        found.answers["/feed"] = feed_of(*(entry(number, web=found) for number in range(3)))
        yield found


@pytest.fixture
def folder(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a list of one feed, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    listed(tmp_path, web.at("/feed"))
    return tmp_path


def listed(folder: Path, *addresses: str) -> None:
    feeds = "".join(f'[[feed]]\nname = "Wire {number}"\naddress = "{address}"\n' for number, address in enumerate(addresses))
    (folder / "new.toml").write_text(f'pause = "0 s"\n{feeds}')
    (folder / "new.toml").replace(folder / "feeds.toml")  # a watch never sees half of it


def watch(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["watch", "feeds.toml", "--register", "r.db", "--once", "--allow-private", *arguments])


def test_once(web: Web, folder: Path) -> None:
    done = watch()
    assert done.exit_code == 0, done.output
    (line,) = done.stdout.splitlines()
    assert " Wire 0: 3 new of 3; 3 read, " in line
    assert "claims; again at " in line
    assert (folder / "r.db.watch").exists()
    with Register(folder / "r.db", create=False) as register:
        documents = list(register.documents())
    assert [document.outlet for document in documents] == ["Wire 0"] * 3
    assert {document.url for document in documents} == {web.at(f"/{number}") for number in range(3)}
    again = watch()
    assert (again.exit_code, again.stdout) == (0, "")
    assert "nothing is due before 20" in again.stderr
    assert len(paths(web)) == 4


def test_json(web: Web, folder: Path) -> None:
    web.answers["/1"] = says(b"", status=404)
    done = watch("--json", "--state", "elsewhere")
    assert done.exit_code == 1
    *entries, poll = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["event"], one["fate"], one["became"]) for one in entries] == [
        ("entry", "taken", "new"),
        ("entry", "failed", None),
        ("entry", "taken", "new"),
    ]
    assert entries[0]["claims"] > 0
    assert [problem["code"] for problem in entries[1]["problems"]] == ["status"]
    assert (poll["event"], poll["new"], poll["fates"], poll["failed"]) == ("poll", 3, {"failed": 1, "taken": 2}, False)
    assert "answered 404" in done.stderr
    assert (folder / "elsewhere").exists()


def test_a_feed_that_fails_does_not_stop_the_others(web: Web, folder: Path) -> None:
    listed(folder, web.at("/none"), "http://nowhere.invalid/feed", web.at("/feed"))
    done = watch()
    assert done.exit_code == 1
    assert sorted(line.split(" ", 2)[2].partition(";")[0] for line in done.stdout.splitlines()) == [
        "Wire 0: failed, 1 time in a row",
        "Wire 1: failed, 1 time in a row",
        "Wire 2: 3 new of 3",
    ]
    assert "answered 404" in done.stderr
    assert "nothing on the network is called nowhere.invalid" in done.stderr


def test_without_leave_private_addresses_are_not_asked(web: Web, folder: Path) -> None:
    done = CliRunner().invoke(app, ["watch", "feeds.toml", "--register", "r.db", "--once"])
    assert done.exit_code == 1
    assert "not on the public network" in done.stderr
    assert web.asked == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("[[feed]\n", "feeds.toml:1: this is no TOML"),
        ("[[feed]]\nname = 'a'", "feeds.toml:1: the feed has no address"),
        ("", "no feed"),
    ],
)
def test_a_list_that_is_wrong(folder: Path, words: str, told: str) -> None:
    (folder / "feeds.toml").write_text(words)
    done = watch()
    assert done.exit_code == 1
    assert told in done.stderr
    assert "\n    " in done.stderr  # the way out
    assert not (folder / "r.db").exists()


def test_what_cannot_be_used(folder: Path) -> None:
    for arguments, told in (
        (["none.toml", "--register", "r.db"], "none.toml cannot be read"),
        (["feeds.toml", "--register", ":memory:"], "does not last"),
        (["feeds.toml", "--register", "r.db", "--state", "feeds.toml"], "feeds.toml cannot be used"),
        (["feeds.toml", "--register", "no/r.db"], "no/r.db"),
        (["feeds.toml", "--register", "r.db", "--state", "r.db"], "r.db is in use, perhaps by another watch"),
    ):
        done = CliRunner().invoke(app, ["watch", *arguments, "--once"])
        assert done.exit_code == 1, done.output
        assert told in done.stderr
        assert "Traceback" not in done.output
    assert CliRunner().invoke(app, ["watch", "feeds.toml"]).exit_code == 2


def test_the_memory_of_a_database_is_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    found = beside("postgresql://desk:secret@example.org/register")
    assert found is not None
    assert "secret" not in str(found)
    assert found != beside("postgresql://desk:secret@example.org/other")
    assert found.parent.is_dir()
    assert beside("some/r.db") == Path("some/r.db.watch")
    assert beside(":memory:") is None


def started(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "whoholds", "watch", "feeds.toml", "--register", "r.db", "--allow-private"]
    return subprocess.Popen(command, cwd=folder, env=HERE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stopped_while_a_feed_hangs(web: Web, folder: Path, running: subprocess.Popen[str], number: signal.Signals) -> None:
    web.answers["/hanging"] = lambda handler: sleep(30)
    listed(folder, web.at("/hanging"))
    until = monotonic() + 40
    while "/hanging" not in paths(web) and monotonic() < until:
        sleep(0.05)
    began = monotonic()
    running.send_signal(number)
    _, told = running.communicate(timeout=30)
    assert monotonic() - began < 10  # of the twenty seconds that a page may take
    assert (running.returncode, told) == (0, "whoholds: stopped; the same command goes on from here\n")


def test_the_list_is_read_again_and_a_signal_ends_it(web: Web, folder: Path) -> None:
    with started(folder) as running:
        assert running.stdout is not None
        assert "3 new of 3" in running.stdout.readline()
        web.answers["/other"] = feed_of()
        listed(folder, web.at("/feed"), web.at("/other"))
        assert " Wire 1: 0 new of 0; again at " in running.stdout.readline()
        stopped_while_a_feed_hangs(web, folder, running, signal.SIGTERM)
    web.answers["/hanging"] = feed_of(entry(0, web=web))
    assert " Wire 0: 1 new of 1" in watch().stdout


def test_control_c_ends_it(web: Web, folder: Path) -> None:
    web.answers["/feed"] = feed_of()
    with started(folder) as running:
        assert running.stdout is not None
        assert "0 new of 0" in running.stdout.readline()
        stopped_while_a_feed_hangs(web, folder, running, signal.SIGINT)
