"""`whoholds code` on the command line: what it prints, its exit status, and the ways out it tells."""

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

from tests.cli.reports import STORY, written
from whoholds.cli import app

SOURCE = Path(__file__).parent.parent.parent / "src"
runner = CliRunner()


def code(*arguments: str | Path) -> Any:
    return runner.invoke(app, ["code", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    return written(folder / "reports", STORY)


@pytest.fixture(scope="module")
def out(reports: Path) -> Path:
    folder = reports.parent / "out"
    result = code(reports, reports.parent / "missing.jsonl", "--out", folder, "--workers", "1")
    assert result.exit_code == 1
    assert result.stdout.startswith("8 documents; 8 relevant; 8 read; ")
    assert f"claims are in {folder}" in result.stdout.replace("\n    ", "")
    assert "1 set aside: 1 missing" in result.stderr
    assert "missing.jsonl" in result.stderr
    return folder


def same(out: Path, *more: str | Path) -> Any:
    reports = out.parent / "reports"
    return code(reports, reports.parent / "missing.jsonl", "--out", out, *more)


def test_a_finished_run_says_so(out: Path) -> None:
    result = same(out)
    assert result.exit_code == 1
    assert "is finished; nothing was left to do" in result.stdout


def test_the_summary_as_json(out: Path) -> None:
    result = same(out, "--json")
    summary = json.loads(result.stdout)
    assert summary == json.loads((out / "summary.json").read_text("utf-8"))
    assert (summary["read"], summary["set_aside"]["reasons"]) == (8, {"missing": 1})


def test_what_was_read_goes_into_a_register_afterwards(out: Path, tmp_path: Path) -> None:
    register = tmp_path / "war.whoholds"
    result = same(out, "--register", register)
    assert "8 new documents in the register" in result.stdout
    told = runner.invoke(app, ["who", str(register), "Kalbajar", "--on", "2020-11-26"])
    assert "Azerbaijan" in told.stdout
    assert "8 known" in same(out, "--register", register).stdout


def test_other_terms_are_refused(out: Path) -> None:
    result = same(out, "--all")
    assert result.exit_code == 1
    assert "all was False and is now True" in result.stderr
    assert "--out" in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_of_something_else_is_refused(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", "utf-8")
    result = code(reports, "--out", tmp_path)
    assert result.exit_code == 1
    assert "is not the folder of a run: it holds letters.txt" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_a_file_in_the_place_of_the_folder_is_told(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", "utf-8")
    result = code(reports, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "out" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--published", "Tuesday"], "is no day"),
        (["--column", "text"], "is no FIELD=NAME"),
        (["--column", "colour=c"], "is no FIELD=NAME"),
        (["--column", "text=a", "--column", "text=b"], "is told twice"),
        (["--format", "xml"], "is none of jsonl, parquet"),
        (["--as", "papyrus"], "is none of"),
    ],
)
def test_wrong_use(reports: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    result = code(reports, "--out", tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


def test_ctrl_c_stops_and_the_same_command_goes_on(reports: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whoholds", "code", str(reports), "--out", str(tmp_path / "out"), "--workers", "1"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as stopped:
        while not (tmp_path / "out" / "plan.jsonl").exists():
            assert stopped.poll() is None
            time.sleep(0.02)
        stopped.send_signal(signal.SIGINT)
        _, told = stopped.communicate(timeout=30)
    assert stopped.returncode == 130
    assert "the same command goes on from here" in told
    assert "Traceback" not in told
    result = code(reports, "--out", tmp_path / "out", "--workers", "1")
    assert result.exit_code == 0
    assert "8 read" in result.stdout


def test_what_is_no_report_is_told_and_is_no_failure(tmp_path: Path) -> None:
    reports = written(tmp_path / "reports", STORY[:1])
    (reports / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    result = code(reports, reports, "--out", tmp_path / "out", "--workers", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 document; 1 relevant; 1 read; ")
    assert "reports is named already" in result.stderr.replace("\n", "")
    assert "1 file was passed over: .png (1)" in result.stderr.replace("\n", "")
    assert "reading 1 document\n" in result.stderr
    assert "set aside" not in result.stderr
    assert (tmp_path / "out" / "aside.jsonl").read_bytes() == b""
    (reports / "notes.odd").write_text("A report, maybe.", "utf-8")
    assert code(reports, "--out", tmp_path / "other", "--workers", "1").exit_code == 1


def test_a_column_told_right_goes_into_the_same_folder(tmp_path: Path) -> None:
    table = tmp_path / "export.csv"
    table.write_text('Body,Day\n"Azerbaijani troops entered Kalbajar, the army said.",2020-11-25\n', "utf-8")
    wrong = code(table, "--out", tmp_path / "out", "--workers", "1", "--column", "text=Bdoy")
    assert wrong.exit_code == 1
    assert 'no column "Bdoy"' in wrong.stderr
    right = code(table, "--out", tmp_path / "out", "--workers", "1", "--column", "text=Body", "--column", "published=Day")
    assert right.exit_code == 0
    assert right.stdout.startswith("1 document; ")


def test_the_summary_as_json_tells_what_the_register_took(out: Path, tmp_path: Path) -> None:
    told = json.loads(same(out, "--json", "--register", tmp_path / "war.whoholds").stdout)["register"]
    assert (told["new"], told["known"], told["reprints"]) == (8, 0, 0)
    assert told["claims"] > 8


def test_the_example_in_the_docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = SOURCE.parent
    news = tmp_path / "news"
    news.mkdir()
    for name in ("reports.jsonl", "handover.html", "ceasefire.txt"):
        (news / name).write_bytes((root / "examples" / name).read_bytes())
    first = (root / "examples" / "reports.jsonl").read_text("utf-8").splitlines()[0]
    reprint = first.replace("meridian-", "coast-").replace("Meridian Wire", "Coast Daily")
    (news / "reprint.jsonl").write_text(f"{reprint}\n", "utf-8")
    (news / "logo.gif").write_bytes(b"GIF89a")
    (news / "empty.txt").touch()
    monkeypatch.chdir(tmp_path)
    result = code("news", "--out", "run", "--register", "war.whoholds", "--workers", "1")
    told = [line for line in result.output.splitlines() if not line.startswith("whoholds: ")]
    page = (root / "docs" / "archives.md").read_text("utf-8")
    assert result.exit_code == 1
    assert "\n".join(told) in page


@pytest.mark.parametrize("address", ["foo", "tcp://foo", "tcp://foo:", "http://foo:1/x y"])
def test_an_address_of_no_scheduler_is_wrong_use(address: str, tmp_path: Path) -> None:
    result = code("a.txt", "--out", tmp_path / "out", "--dask", address)
    assert result.exit_code == 2
    assert "tcp://host:8786" in result.stderr
    assert not (tmp_path / "out").exists()
