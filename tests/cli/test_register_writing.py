"""Entering into a register on the command line: reports by the folder, verdicts, hand-written claims, erasure."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.cli.reports import written
from tests.questions import reports
from whoholds.cli import app
from whoholds.cli.register_progress import Progress
from whoholds.questions import Register

SOURCE = Path(__file__).parent.parent.parent / "src"
NOTE = """\
# Call with the mayor, 12 November 2020: the last soldiers left Kalbajar this morning.

2020-11-12 control Kalbajar district (AZ 40.1068 46.0367): Armenian forces [ARM MIL] loses
  said by mayor of Kalbajar [ARM GOV]; actual
  from note.txt "the last soldiers left Kalbajar this morning"

always alliance: Hill Guard [AZE UAF "Hill Guard"] with Armenia [ARM GOV]
  because "its men wear the army's badges"
"""
runner = CliRunner()


def run(*arguments: str | Path, stdin: str | None = None) -> Any:
    return runner.invoke(app, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)


def log(register: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("log", register, "--json").stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "reports", (reports.ENTRY, reports.YEREVAN))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "war.whoholds"


@pytest.fixture
def claim(register: Path, folder: Path) -> dict[str, Any]:
    run("add", register, folder)
    told: dict[str, Any] = json.loads(run("who", register, "Kalbajar", "--on", "2020-11-26", "--json").stdout)
    return dict(told["supporting"][0])


def test_a_folder_is_added_once(register: Path, folder: Path) -> None:
    result = run("add", register, folder)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 new documents; ")
    entries = len(log(register))
    again = run("add", register, folder, folder / reports.ENTRY.name)
    assert again.exit_code == 0
    assert again.stdout == "0 new documents; 3 known; 0 claims\n"
    assert len(log(register)) == entries


def test_names_in_a_folder_are_paths_within_it(register: Path, tmp_path: Path) -> None:
    for day in ("25", "26"):
        (tmp_path / "in" / day).mkdir(parents=True)
        (tmp_path / "in" / day / "1.txt").write_text(f"Rebels captured Goma on January {day}, 2025.", encoding="utf-8")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG")
    run("add", register, tmp_path / "in")
    assert [entry["document"]["name"] for entry in log(register) if entry["kind"] == "filed"] == ["25/1.txt", "26/1.txt"]


def test_bad_files_are_told_and_the_rest_goes_on(register: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "bare").mkdir()
    result = run("add", register, folder, tmp_path / "none.txt", tmp_path / "bare")
    assert result.exit_code == 1
    assert result.stdout.startswith("2 new documents; ")
    assert result.stdout.endswith("; 4 could not be read\n")
    for name in ("empty.txt", "picture.txt", "none.txt", "bare"):
        assert name in result.stderr
    assert "bare: holds no report" in result.stderr
    assert "Traceback" not in result.output


def test_a_text_in_another_language_is_filed_and_told(register: Path, tmp_path: Path) -> None:
    report = tmp_path / "de.txt"
    report.write_text(
        "Die Armee hat am Mittwoch die Stadt eingenommen, sagte ein Sprecher des Ministeriums. Die Kämpfe dauerten an, und "
        "die Bewohner flohen in die umliegenden Dörfer, wie Augenzeugen berichteten.",
        encoding="utf-8",
    )
    result = run("add", register, report)
    assert result.exit_code == 1
    assert "not in English" in result.stderr
    assert [entry["kind"] for entry in log(register)] == ["filed"]


def test_records_and_json(register: Path) -> None:
    lines = [
        {"id": "a", "text": "Rebels captured Goma on Monday.", "published": "2025-01-28", "outlet": "Lake News"},
        {"id": "b"},
    ]
    stdin = "".join(json.dumps(line) + "\n" for line in lines)
    result = run("add", register, "--jsonl", "-", "--json", stdin=stdin)
    assert result.exit_code == 1
    (told,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (told["name"], told["became"], told["claims"]) == ("a", "new", 1)
    assert '"text"' in result.stderr
    assert run("add", register, "--jsonl", "-", stdin=stdin.splitlines()[0]).stdout == "0 new documents; 1 known; 0 claims\n"


def test_a_day_given_is_the_anchor(register: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Rebels captured Goma on Monday.", encoding="utf-8")
    run("add", register, report, "--published", "2025-01-28")
    assert run("who", register, "Goma").stdout.splitlines()[1].endswith(log_holding(register))
    assert "since 2025-01-27" in run("who", register, "Goma").stdout


def log_holding(register: Path) -> str:
    told = json.loads(run("who", register, "Goma", "--json").stdout)
    return str(told["holding"]["id"])


def test_reading_again(register: Path, folder: Path) -> None:
    run("add", register, folder)
    entries = len(log(register))
    result = run("add", register, "--again", "--by", "whoholds 99")
    assert result.exit_code == 0
    assert result.stdout == "0 new documents; 2 read again; 0 claims\n"
    assert len(log(register)) == entries
    assert run("add", register.with_name("none"), "--again").exit_code == 1


def test_killed_and_resumed(register: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(96):
        text = f"Report {number}\n\nJanuary 28, 2025\n\nRebels captured the town of Goma on Monday, post {number} said."
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "whoholds", "add", str(register), str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as adding:
        while adding.poll() is None and not _size(register):
            time.sleep(0.02)
        adding.send_signal(signal.SIGKILL)
    before = len([entry for entry in log(register) if entry["kind"] == "filed"])
    assert run("check", register).exit_code == 0
    result = run("add", register, folder)
    assert result.exit_code == 0
    assert 0 < before < 96
    assert result.stdout.startswith(f"{96 - before} new documents; {before} known; ")
    filed = [entry["document"]["id"] for entry in log(register) if entry["kind"] == "filed"]
    asserted = [entry["claim"]["id"] for entry in log(register) if entry["kind"] == "asserted"]
    assert (len(filed), len(asserted)) == (len(set(filed)), len(set(asserted))) == (96, len(asserted))
    assert run("check", register).exit_code == 0


def _size(register: Path) -> int:
    """How many entries a register has; 0 where there is none yet."""
    if not register.exists():
        return 0
    with Register(register, create=False, readonly=True) as opened:
        return opened.size()


def test_interrupted(register: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(self: Progress, claims: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "step", interrupt)
    result = run("add", register, folder)
    assert result.exit_code == 130
    assert "stopped; 1 document kept, the same command goes on from here" in result.stderr
    monkeypatch.undo()
    assert run("add", register, folder).stdout == "0 new documents; 2 known; 0 claims\n"


def test_lines_in_a_pipe_tell_how_far_it_is(register: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.cli.register_progress._EVERY", 0.0)
    lines = run("add", register, folder).stderr.splitlines()
    assert lines[0].startswith("whoholds: 1 of 2 documents, ")
    assert " a second" in lines[0]
    assert "left" in lines[0]


def test_a_claim_is_shown_before_it_is_judged(register: Path, claim: dict[str, Any]) -> None:
    result = run("judge", register, claim["id"][:8])
    assert result.exit_code == 0
    told = json.loads(run("judge", register, claim["id"], "--json").stdout)
    assert f"words {told['words']}" in result.stdout
    assert claim["quote"] in result.stdout
    assert "^^^" in result.stdout


def test_judging(register: Path, claim: dict[str, Any]) -> None:
    words = json.loads(run("judge", register, claim["id"], "--json").stdout)["words"]
    result = run("judge", register, claim["id"], "reject", "--words", words, "--because", "misread", "--by", "ann")
    assert result.exit_code == 0
    assert f"ann rejected {claim['id']}: misread" in result.stdout
    assert json.loads(run("trace", register, claim["id"], "--json").stdout)["standing"] is False
    again = run("judge", register, claim["id"], "reject", "--words", words, "--because", "misread", "--by", "ann")
    assert again.stdout == "nothing was entered: it stands already\n"
    entry = log(register)[-1]["entry"]
    assert run("withdraw", register, entry, "--because", "it was right after all").exit_code == 0
    assert json.loads(run("trace", register, claim["id"], "--json").stdout)["standing"] is True


def test_words_that_were_not_seen(register: Path, claim: dict[str, Any]) -> None:
    entries = len(log(register))
    result = run("judge", register, claim["id"], "accept", "--words", "0" * 16, "--because", "checked")
    assert result.exit_code == 1
    assert "are not those with the hash" in result.stderr
    assert len(log(register)) == entries


def test_editing(register: Path, claim: dict[str, Any], tmp_path: Path) -> None:
    words = json.loads(run("judge", register, claim["id"], "--json").stdout)["words"]
    shown = run("trace", register, claim["id"]).stdout.splitlines()
    notation = "\n".join(line for line in shown[1:4]).replace("2020-11-25 control", "2020-11-24 control")
    edit = tmp_path / "edit.txt"
    edit.write_text(notation, encoding="utf-8")
    how = ("--words", words, "--because", "the day before")
    result = run("judge", register, claim["id"], "edit", "--with", edit, *how)
    assert result.exit_code == 0, result.output
    assert "instead: 2020-11-24 control" in result.stdout
    edit.write_text(notation.replace("loses", "looses"), encoding="utf-8")
    result = run("judge", register, claim["id"], "edit", "--with", edit, *how)
    assert result.exit_code == 1
    assert "'looses' cannot stand here" in result.stderr
    assert "^^^^^^" in result.stderr
    assert f"nothing of {edit} was entered" in result.stderr


def test_writing(register: Path, claim: dict[str, Any], tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text(NOTE, encoding="utf-8")
    result = run("write", register, note, "--published", "2020-11-12", "--by", "ann")
    assert result.exit_code == 0, result.output
    assert [entry["kind"] for entry in log(register)][-3:] == ["filed", "asserted", "allied"]
    assert "always alliance: Hill Guard" in result.stdout
    assert "note.txt:1" in run("history", register, "Kalbajar").stdout
    assert run("write", register, note, "--published", "2020-11-12").stdout == "nothing was entered: it stands already\n"


def test_writing_what_cannot_be_read(register: Path, claim: dict[str, Any], tmp_path: Path) -> None:
    entries = len(log(register))
    note = tmp_path / "note.txt"
    note.write_text(NOTE.replace("loses", "looses"), encoding="utf-8")
    result = run("write", register, note)
    assert result.exit_code == 1
    assert f"{note}:3: " in result.stderr
    assert "looses" in result.stderr
    result = run("write", register, note, "--json")
    assert json.loads(result.stdout)["problems"][0]["code"] == "notation"
    for bad in (tmp_path / "none.txt", tmp_path):
        result = run("write", register, bad)
        assert result.exit_code == 1
        assert str(bad) in result.stderr
    (tmp_path / "latin.txt").write_bytes(b"# caf\xe9")
    assert "not UTF-8" in run("write", register, tmp_path / "latin.txt").stderr
    assert len(log(register)) == entries


def test_erasing(register: Path, claim: dict[str, Any]) -> None:
    refused = run("erase", register, claim["document"][:12], "--because", "court order")
    assert refused.exit_code == 2
    result = run("erase", register, claim["document"][:12], "--because", "court order", "--yes", "--by", "ann")
    assert result.exit_code == 0
    assert "ann erased document" in result.stdout
    assert claim["quote"] not in run("log", register, "--json").stdout
    assert claim["quote"].encode() not in register.read_bytes()
    assert run("check", register).exit_code == 0
    again = run("add", register, register.parent / "reports")
    assert again.exit_code == 1
    assert "was erased from the register and stays out" in again.stderr
    assert "1 erased before and left out" in again.stdout
    assert "could not be read" not in again.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "r"),
        ("add", "r", ""),
        ("add", "r", "a.txt", "--jsonl", "b"),
        ("add", "r", "a.txt", "--published", "soon"),
        ("judge", "r", "abcd", "maybe"),
        ("judge", "r", "abcd", "accept", "--words", "00"),
        ("judge", "r", "abcd", "accept", "--because", "x"),
        ("judge", "r", "abcd", "accept", "--because", "x", "--words", "00", "--with", "f"),
        ("write", "r", ""),
        ("withdraw", "r", "1"),
        ("withdraw", "r", "0", "--because", "x"),
        ("erase", "r", "abcd", "--yes"),
    ],
)
def test_what_is_typed_wrongly(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Invalid value" in result.stderr


@pytest.mark.parametrize(
    "command", ["judge r abcd", "write r note.txt", "withdraw r 1 --because x", "erase r abcd --because x --yes"]
)
def test_a_register_that_is_not_there_is_not_made(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    result = run(*command.split())
    assert result.exit_code == 1
    assert not (tmp_path / "r").exists()
