"""The commands as they are run: what they print where, what they exit with."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from whoholds import notation
from whoholds.articles import load
from whoholds.cli import app

REPORT = """\
Army enters Kalbajar

The Azerbaijani army has entered the Kalbajar region, Azerbaijan's defence ministry said on Wednesday.

Protesters clashed with police in Yerevan on Saturday, killing at least 14 people.
"""
SOURCE = Path(__file__).parent.parent.parent / "src"
KEYS = ["id", "claims", "problems"]
runner = CliRunner()


def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Any:
    return runner.invoke(app, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    lines = [
        json.dumps({"id": "one", "text": REPORT, "published": "2020-11-25"}),
        "{not json",
        "",
        json.dumps({"id": "three"}),
        json.dumps({"id": "four", "text": "Rebels left Goma on Saturday."}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_read_prints_the_notation(report: Path) -> None:
    result = run("read", "--published", "2020-11-25", report)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    document, _ = load(report)
    assert document
    claims, problems = notation.parse(result.stdout, documents=[document])
    assert problems == []
    assert claims
    assert all(document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote for claim in claims)
    assert result.stdout.startswith("document report.txt\n")
    counted = re.search(r"^# (\d+) claims?: .*$", result.stdout, re.M)
    assert counted
    assert int(counted[1]) == len(claims)


def test_read_json_of_one_file_is_one_object(report: Path) -> None:
    result = run("read", "--json", "--published", "2020-11-25", report)
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    assert told["id"] == "report.txt"
    assert [claim["quote"] for claim in told["claims"]] == [
        REPORT[claim["quote_start"] : claim["quote_end"]] for claim in told["claims"]
    ]
    assert {"MOBILIZE", "ASSAULT"} <= {claim.get("type") for claim in told["claims"]}
    assert result.stderr == ""


def test_read_json_of_several_files_is_a_line_each(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Rebels left Goma.", encoding="utf-8")
    result = run("read", "--json", report, tmp_path / "none.txt", other)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in told] == ["report.txt", str(tmp_path / "none.txt"), "other.txt"]
    assert told[1]["claims"] == []
    assert told[1]["problems"][0]["code"] == "missing"
    assert result.exit_code == 1


def test_files_of_one_name_are_told_apart(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "folder" / "report.txt"
    other.parent.mkdir()
    other.write_text("Rebels left Goma.", encoding="utf-8")
    told = [json.loads(line) for line in run("read", "--json", report, other).stdout.splitlines()]
    assert [one["id"] for one in told] == [str(report), str(other)]


def test_jsonl_keeps_order_and_goes_on_after_bad_records(records: Path) -> None:
    result = run("read", "--jsonl", records)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in told] == ["one", f"{records}:2", f"{records}:4", "four"]
    assert all(list(one) == KEYS for one in told)
    assert [problem["code"] for one in told[1:3] for problem in one["problems"]] == ["record", "record"]
    assert told[0]["claims"]
    assert result.exit_code == 1


def test_published_stands_in_for_records_without_a_day() -> None:
    line = json.dumps({"id": "x", "text": "Rebels left Goma on Saturday."})
    (dated,) = json.loads(run("ground", "--jsonl", "-", "--published", "2020-11-25", stdin=line).stdout)["times"]
    (undated,) = json.loads(run("ground", "--jsonl", "-", stdin=line).stdout)["times"]
    assert (dated["edtf"], undated["edtf"]) == ("2020-11-21", None)


def test_standard_input(report: Path) -> None:
    by_name = json.loads(run("read", "--json", report).stdout)
    piped = json.loads(run("read", "--json", "-", stdin=REPORT).stdout)
    assert piped["id"] == "<stdin>"
    assert piped["claims"] == by_name["claims"]


def test_ground_json(report: Path) -> None:
    told = json.loads(run("ground", "--json", "--published", "2020-11-25", report).stdout)
    assert list(told) == ["id", "times", "places", "actors", "problems"]
    assert {time["text"]: time["edtf"] for time in told["times"]}["Wednesday"] == "2020-11-25"
    kalbajar = next(place for place in told["places"] if place["text"] == "Kalbajar")
    assert (round(kalbajar["lat"]), round(kalbajar["lon"]), kalbajar["country"]) == (40, 46, "AZ")
    assert ("AZE", "MIL") in {(actor["country"], actor["role"]) for actor in told["actors"]}
    assert {tuple(time) for time in told["times"]} == {("start", "end", "text", "type", "value", "edtf")}
    assert tuple(kalbajar) == (
        *("start", "end", "text", "name", "lat", "lon", "country", "geonameid", "feature", "use", "alternatives"),
    )
    assert {tuple(actor) for actor in told["actors"]} == {("start", "end", "text", "country", "role", "organisation")}
    for one in (*told["times"], *told["places"], *told["actors"]):
        assert REPORT[one["start"] : one["end"]] == one["text"]


def test_ground_prints_tables(report: Path) -> None:
    result = run("ground", "--published", "2020-11-25", report)
    assert result.exit_code == 0
    heads = [line.split()[0] for line in result.stdout.splitlines() if line[:1].isalpha()]
    assert heads == ["document", "times", "places", "actors"]
    assert re.search(r"^  3 +\[\d+:\d+\] +Wednesday +DATE +2020-11-25 +2020-11-25$", result.stdout, re.M)


def test_explain_prints_the_derivation_under_each_claim(report: Path) -> None:
    result = run("explain", "--published", "2020-11-25", report)
    assert re.search(r'^  # .*\n  #   .*"entered"', result.stdout, re.M)
    document, _ = load(report)
    assert document
    explained, read = result.stdout, run("read", "--published", "2020-11-25", report).stdout
    assert notation.parse(explained) == notation.parse(read)


def test_problems_point_at_the_words_and_inform(report: Path) -> None:
    result = run("read", report)
    assert result.exit_code == 0
    place, quoted, carets, *_ = result.stderr.splitlines()
    assert place.startswith(f"{report}:3: ")
    assert quoted[carets.index("^") : carets.rindex("^") + 1] in REPORT
    assert run("read", "--quiet", report).stderr == ""
    assert run("read", "-q", report).stdout == result.stdout


def test_a_file_that_is_missing_is_told_and_the_rest_is_read(report: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none.txt"
    result = run("read", missing, report)
    assert result.exit_code == 1
    assert f"{missing}: " in result.stderr
    assert "document report.txt" in result.stdout


def test_another_language_fails_and_gives_no_claims(tmp_path: Path) -> None:
    path = tmp_path / "bericht.txt"
    path.write_text("Die Armee ist am Mittwoch in die Stadt eingerückt, teilte das Ministerium mit. " * 5, encoding="utf-8")
    result = run("read", path)
    assert result.exit_code == 1
    assert "not in English" in result.stderr
    assert "# no claims" in result.stdout


USAGE = {
    "no day": (["read", "--published", "2020-13-45", "x.txt"], "'2020-13-45' is no day"),
    "no files": (["read"], "name a file to read"),
    "records and files": (["read", "--jsonl", "in.jsonl", "x.txt"], "leave FILES out"),
    "no such option": (["read", "--colour", "x.txt"], "--colour"),
    "no such command": (["reed"], "reed"),
    "explain nothing": (["explain"], "FILE"),
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.values(), ids=USAGE)
def test_usage_errors(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_records_that_cannot_be_opened(tmp_path: Path) -> None:
    result = run("read", "--jsonl", tmp_path / "none.jsonl")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["code"] == "missing"


def test_version_and_help() -> None:
    assert re.fullmatch(r"whoholds \S.*\n", run("--version").stdout)
    for command in ("read", "ground", "explain"):
        assert command in run("--help").stdout
        assert "--published" in run(command, "--help").stdout


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "whoholds", *arguments]


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}


def test_help_needs_neither_the_pipeline_nor_colour() -> None:
    check = (
        "import sys; from whoholds.cli import app; from typer.testing import CliRunner;"
        "before = set(sys.modules); CliRunner().invoke(app, ['read', '--help']);"
        "print([m for m in ('onnxruntime', 'rich', 'lark', 'whoholds.pipeline', 'whoholds.grammar') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", check], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_closed_pipe_is_no_error(report: Path) -> None:
    with subprocess.Popen(
        program("read", "-q", str(report)), env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def heed_interrupts() -> None:
    """Undo what shells do to jobs in the background, which are started deaf to interrupts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupt_leaves_what_was_printed(records: Path) -> None:
    with subprocess.Popen(
        program("read", "--jsonl", "-"),
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=heed_interrupts,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        line = json.dumps({"id": "x", "text": "Rebels left Goma on Saturday."}).encode() + b"\n"
        process.stdin.write(line * 400)  # more than are read ahead
        process.stdin.flush()
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        assert process.stderr.read() == b""
    assert json.loads(first)["id"] == "x"
    assert rest == b"" or rest.endswith(b"\n")
    assert process.returncode == 130


def test_a_file_without_a_name_is_wrong_use() -> None:
    for arguments in (("read", ""), ("read", "--jsonl", ""), ("explain", "")):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "the name of a file is empty" in result.stderr


def test_an_empty_file_of_records(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"")
    result = run("read", "--jsonl", tmp_path / "in.jsonl")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert problem["code"] == "empty"


def test_names_of_files_cannot_steer_the_terminal(tmp_path: Path) -> None:
    result = run("read", f"{tmp_path}/a\n\x1b[31mb\u202e")
    assert result.exit_code == 1
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr
    assert f"{tmp_path}/a ·[31mb: there is no file" in result.stderr


def whoholds(redirect: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a shell runs it, with the redirections given."""
    program = [sys.executable, "-m", "whoholds", *map(str, arguments)]
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirect}', "sh", *program],
        env={**os.environ, "PYTHONPATH": str(SOURCE), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize(
    ("redirect", "arguments", "message"),
    [
        ("<&-", ("read", "-"), "<stdin>: is closed"),
        ("<&-", ("read", "-", "--jsonl", "-"), "leave FILES out"),
        (">&-", ("ground", "nosuch.txt"), "whoholds: standard output is closed"),
        (">/dev/full", ("read", "--json", "nosuch.txt"), "whoholds: standard output cannot be written: no space left"),
        ("2>&-", ("read", "nosuch.txt"), ""),
    ],
)
def test_closed_and_full_streams(redirect: str, arguments: tuple[str, ...], message: str) -> None:
    if "/dev/full" in redirect and not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    result = whoholds(redirect, *arguments)
    assert result.returncode in (1, 2)
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_model_that_is_not_there(report: Path) -> None:
    result = whoholds("", "read", report, WHOHOLDS_MODEL=str(report.parent / "none"))
    assert result.returncode == 1
    assert result.stderr.startswith(f"whoholds: there is no language model {report.parent / 'none'}\n")


def test_a_damaged_index(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(reader: object, documents: object) -> Any:
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr("whoholds.pipeline.Reader.read_many", damaged)
    result = run("read", report)
    assert result.exit_code == 1
    assert "index is damaged" in result.stderr
    assert "delete it" in result.stderr


def test_claims_of_little_confidence_can_be_left_out(report: Path) -> None:
    every = json.loads(run("read", "--json", "--published", "2020-11-25", report).stdout)["claims"]
    assert every
    assert all(0 < claim["confidence"] < 1 for claim in every)
    middle = sorted(claim["confidence"] for claim in every)[-1]
    kept = json.loads(run("read", "--json", "--published", "2020-11-25", "--min-confidence", middle, report).stdout)["claims"]
    assert kept == [claim for claim in every if claim["confidence"] >= middle]
    assert "no claims" in run("explain", "--min-confidence", "1", report).stdout


def test_confidence_is_told_with_its_reasons(report: Path) -> None:
    printed = run("explain", "--published", "2020-11-25", report).stdout
    assert re.search(r"#\s+confidence\s+0\.\d\d", printed)


@pytest.mark.parametrize("wrong", ["1.5", "-1", "much"])
def test_a_confidence_that_is_no_probability_is_refused(report: Path, wrong: str) -> None:
    result = run("read", "--min-confidence", wrong, report)
    assert result.exit_code == 2
    assert "--min-confidence" in result.stderr
