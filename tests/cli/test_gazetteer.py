"""`whoholds gazetteer` as it is run: what it prints where, what it exits with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.grounding.gazetteer.dumps import dump_line, write
from tests.grounding.gazetteer.small import ENTRIES
from whoholds.cli import app
from whoholds.grounding.gazetteer import cache, lookup, sources
from whoholds.grounding.gazetteer.added import adding, folder

SOURCE = Path(__file__).parent.parent.parent / "src"
runner = CliRunner()


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small embedded gazetteer, and nothing added."""
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WHOHOLDS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sources, "entries", lambda: iter(ENTRIES))
    cache.index_path()
    lookup.gazetteer.cache_clear()
    yield
    lookup.gazetteer.cache_clear()


def run(*arguments: str | Path) -> Any:
    lookup.gazetteer.cache_clear()  # as in a new process
    return runner.invoke(app, ["gazetteer", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return write(tmp_path / "SY.txt", [dump_line(7, "Tall Kabir", others="Tel Kebir,تل كبير", population=3100)])


def test_added_used_listed_removed(dump: Path) -> None:
    assert run("find", "Tall Kabir").exit_code == 1
    result = run("add", dump)
    assert result.exit_code == 0
    assert result.stdout.startswith("added sy: 1 place under 2 names, from SY.txt of ")
    assert "CC BY 4.0" in result.stdout
    assert result.stderr == ""
    found = json.loads(run("find", "Tel Kebir", "--json").stdout)
    assert found["name"] == "Tel Kebir"
    (place,) = found["places"]
    assert (place["geonameid"], place["gazetteers"], place["as"]) == (7, ["sy"], "alternate")
    assert place["other_names"] == ["تل كبير"]
    listed = run("list").stdout
    assert [line.split()[0] for line in listed.splitlines()[:3]] == ["gazetteer", "embedded", "sy"]
    assert run("remove", "sy").stdout == "removed sy\n"
    assert run("find", "Tall Kabir").exit_code == 1


def test_what_is_added_is_read(dump: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Rebels entered the town of Tall Kabir on Monday.", encoding="utf-8")

    def place() -> Any:
        lookup.gazetteer.cache_clear()
        told = json.loads(runner.invoke(app, ["ground", "--json", str(report)], catch_exceptions=False).stdout)
        return next((place["geonameid"] for place in told["places"] if "Kabir" in place["text"]), None)

    assert place() is None
    run("add", dump)
    assert place() == 7


def test_again_replaces(dump: Path) -> None:
    run("add", dump)
    write(dump, [dump_line(8, "Other")])
    assert run("add", dump).stdout.startswith("replaced sy: 1 place")
    assert run("find", "Tall Kabir").exit_code == 1


def test_refused_with_line_numbers(dump: Path) -> None:
    run("add", dump)
    write(dump, [dump_line(8, "Other"), "bad", *(dump_line(9, lat="x") for _ in range(30))])
    result = run("add", dump)
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert lines[0] == f"{dump}:2: 1 column, not 19"
    assert lines[20:] == [
        "... and 11 more",
        f"whoholds: {dump} was not added: 31 bad lines of 32; the 'sy' added before stays in use",
        "    mend these lines, or leave them out with --skip-bad",
    ]
    assert run("find", "Tall Kabir").exit_code == 0


def test_bad_lines_left_out(dump: Path) -> None:
    write(dump, [dump_line(8, "Other"), "bad"])
    result = run("add", "--skip-bad", dump)
    assert result.exit_code == 1
    assert result.stdout.startswith("added sy: 1 place")
    assert f"{dump}:2: 1 column, not 19" in result.stderr
    assert "sy.skipped.txt" in result.stderr
    assert "1 bad line was left out" in run("list").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add"], "FILE"),
        (["add", ""], "empty"),
        (["add", "x.csv", "--name", "../x"], "--name"),
        (["add", "x.csv", "--name", "embedded"], "--name"),
        (["add", "x.csv", "--country", "Atlantis"], "--country"),
        (["remove"], "NAME"),
        (["find"], "NAME"),
        (["sort"], "sort"),
    ],
)
def test_wrong_use(arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["add", "none.txt"], "none.txt: no such file"),
        (["add", "."], ".: is a directory"),
        (["remove", "none"], "there is no added gazetteer 'none'"),
        (["remove", "embedded"], "'embedded' cannot be"),
        (["find", "Qqqq"], "no gazetteer has 'Qqqq'"),
        (["find", "Херсон"], "Latin script"),
        (["find", ""], "no gazetteer has ''"),
    ],
)
def test_what_cannot_be_done(arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert result.stderr.splitlines()[-1].startswith("    ")


def test_a_data_folder_that_cannot_be_written(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    result = run("add", dump)
    assert result.exit_code == 1
    assert "WHOHOLDS_DATA" in result.stderr


def test_a_draft_that_cannot_be_written(dump: Path) -> None:
    folder.draft_of("sy").mkdir(parents=True)
    result = run("add", dump)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr and "WHOHOLDS_DATA" in result.stderr


def test_a_damaged_one_is_listed_and_can_be_removed(dump: Path) -> None:
    run("add", dump)
    folder.path_of("sy").write_bytes(b"not an index")
    result = run("list")
    assert result.exit_code == 1
    assert "sy: not in use, it is damaged" in result.stdout
    assert json.loads(run("list", "--json").stdout)["gazetteers"][1]["reason"]
    found = run("find", "Goma")
    assert found.exit_code == 0
    assert "'sy' cannot be used" in found.stderr
    assert run("remove", "sy").exit_code == 0
    assert run("list").exit_code == 0


def test_list_as_json(dump: Path) -> None:
    run("add", dump, "--name", "Syria")
    embedded, syria = json.loads(run("list", "--json").stdout)["gazetteers"]
    assert embedded["places"] == len(ENTRIES)
    assert (syria["name"], syria["kind"], syria["places"], syria["source"]) == ("syria", "geonames", 1, str(dump))
    assert "CC BY" in syria["licence"]


def test_a_table_with_a_country_told(tmp_path: Path) -> None:
    table = write(tmp_path / "posts.csv", ["name,lat,lon,note", "Post 7,34.5,36.2,x"])
    result = run("add", table, "--country", "Syria")
    assert result.exit_code == 0
    assert "columns not used: note" in result.stdout
    assert "CC BY" not in result.stdout
    assert "SY" in run("find", "Post 7").stdout


def test_a_name_of_many_lines_is_shown_safely(tmp_path: Path) -> None:
    table = write(tmp_path / "posts.csv", ["name,lat,lon", '"Post\x1b[31m7",34.5,x'])
    result = run("add", table)
    assert "\x1b" not in result.stdout + result.stderr
    run("add", write(table, ["name,lat,lon", '"Po\x1b[31mst",34.5,1']))
    assert "\x1b" not in run("find", "Po\x1b[31mst").stdout


def test_progress_in_a_pipe_is_a_line_now_and_then(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from whoholds.cli import progress

    monkeypatch.setattr(progress, "_WORTH_TELLING", 0)
    monkeypatch.setattr(adding, "BATCH", 10)
    write(dump, [dump_line(i, f"Town {i}") for i in range(1, 1000)])
    lines = run("add", dump).stderr.splitlines()
    assert 10 <= len(lines) <= 12
    assert lines[0].startswith("whoholds: SY.txt: 10 % read, ")
    assert lines[-1] == "whoholds: SY.txt: sorting names, 999 places"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_and_gone_on_with(tmp_path: Path, how: signal.Signals) -> None:
    table = tmp_path / "posts.csv"
    with table.open("w") as file:
        file.write("name,lat,lon\n")
        file.writelines(f"Post {i},1,2\n" for i in range(30_000))
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from whoholds.grounding.gazetteer.added import adding; adding.BATCH = 500;"
        "from whoholds.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "gazetteer", "add", str(table)], env=environment, stderr=subprocess.PIPE, text=True
    )
    draft = folder.draft_of("posts")
    while process.poll() is None and not (draft.exists() and draft.stat().st_size > 200_000):
        time.sleep(0.01)
    process.send_signal(how)
    _, told = process.communicate()
    assert process.returncode == (130 if how == signal.SIGINT else -signal.SIGKILL)
    assert ("the same command goes on" in told) == (how == signal.SIGINT)
    assert "posts: unfinished" in run("list").stdout
    result = run("add", table)
    assert result.exit_code == 0
    assert "goes on where the last try stopped" in result.stderr
    assert result.stdout.startswith("added posts: 30,000 places under 30,000 names")


def test_help_names_every_command() -> None:
    told = run("--help").stdout
    assert all(command in told for command in ("add", "list", "remove", "find"))
