"""Asking a register on the command line: what is printed, for people and as JSON, and the exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.cli.reports import STORY, written
from whoholds.cli import app

SOURCE = Path(__file__).parent.parent.parent / "src"
runner = CliRunner()


def run(*arguments: str | Path) -> Any:
    return runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("register")
    path = folder / "war.whoholds"
    result = run("add", path, written(folder / "reports", STORY))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("8 new documents; ")
    return path


def asked(register: Path, command: str, *arguments: str) -> Any:
    result = run(command, register, *arguments, "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("day", "holder"), [("2020-11-14", "Armenia"), ("2020-11-20", "Armenia"), ("2020-11-26", "Azerbaijan")]
)
def test_who(register: Path, day: str, holder: str) -> None:
    result = run("who", register, "Kalbajar", "--on", day, "--published-by", day)
    assert result.exit_code == 0
    first, second, *_ = result.stdout.splitlines()
    assert first.startswith("Kalbajar (area, AZ 40.1068 46.0367) on ")
    assert second.startswith(f"  {holder}, ")
    assert f"as published by {day}" in result.stdout
    told = asked(register, "who", "Kalbajar", "--on", day, "--published-by", day)
    assert told["holding"]["holder"]["key"] == holder[:3].upper().replace("AZE", "AZE")
    assert told["published_by"] == day
    assert all(word["said"] <= day for word in told["supporting"])


def test_who_quotes_the_words_and_where_they_stand(register: Path) -> None:
    lines = run("who", register, "Kalbajar", "--on", "2020-11-26").stdout.splitlines()
    at = lines.index('      "Armenian forces lost control of the Kalbajar district on Wednesday"')
    assert "Armenia's defence ministry" in lines[at - 1]
    assert "highland-2020-11-25.txt:5" in lines[at - 1]


def test_who_says_which_day_it_took(register: Path) -> None:
    assert "no day was asked for: 2020-11-25 is the last one" in run("who", register, "Kalbajar").stdout
    assert asked(register, "who", "Kalbajar")["latest"] is True


def test_who_says_otherwise(register: Path) -> None:
    lines = run("who", register, "Bakhmut", "--on", "2023-05-20").stdout.splitlines()
    assert "  Russia, disputed; since 2023-05-20" in lines[1]
    against = lines[lines.index("  told otherwise by") + 1]
    assert "Ukraine's military, denied" in against


def test_who_inherits_and_says_so(register: Path) -> None:
    result = run("who", register, "Kalbajar city", "--on", "2020-11-26")
    assert "told of Kalbajar (A:40.1068,46.0367), in which it lies" in result.stdout


def test_who_of_two_places_lists_them_with_their_keys(register: Path) -> None:
    result = run("who", register, "Lachin", "--on", "2021-06-01")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "'Lachin' can mean 2 places" in result.stderr
    keys = [line.split()[-1] for line in result.stderr.splitlines()[2:]]
    assert len(keys) == 2
    holders = {asked(register, "who", key, "--on", "2021-06-01")["holding"]["holder"]["key"] for key in keys}
    assert holders == {"AZE", "ARM"}


def test_who_of_a_place_nobody_told_of(register: Path) -> None:
    result = run("who", register, "Reykjavik")
    assert result.exit_code == 1
    assert "no claim is about 'Reykjavik'" in result.stderr
    assert "the gazetteer has Reykjavík" in result.stderr


def test_who_of_a_place_of_whose_control_nothing_is_told(register: Path) -> None:
    result = run("who", register, "Azerbaijan")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.startswith("Azerbaijan (area, AZ ")
    assert second == "  nothing is known of who holds it"
    assert "on that day" in run("who", register, "Azerbaijan", "--on", "2020-11-26").stdout


def test_who_without_a_place_is_the_map(register: Path) -> None:
    result = run("who", register, "--on", "2021-06-01")
    head, *rows, foot = result.stdout.splitlines()
    assert head.split() == ["place", "holder", "standing", "since", "first", "told", "key"]
    assert [row.split()[:2] for row in rows] == [["Kalbajar", "Azerbaijan"], ["Lachin", "Azerbaijan"], ["Lachin", "Armenia"]]
    assert foot == "# 3 places on 2021-06-01"
    places = asked(register, "who", "--on", "2021-06-01")["places"]
    assert [(place["site"]["name"], place["holder"]["key"]) for place in places] == [
        ("Kalbajar", "AZE"),
        ("Lachin", "AZE"),
        ("Lachin", "ARM"),
    ]


def test_history(register: Path) -> None:
    told = asked(register, "history", "Lachin city")
    assert [one["holder"]["key"] for one in told["holdings"]] == ["ARM", "AZE"]
    assert told["holdings"][-1]["begin"] == {"not_before": "2022-08-26", "not_after": "2022-08-26"}
    text = run("history", register, "Lachin city").stdout
    assert text.index("Armenia, claimed") < text.index("Azerbaijan, claimed; since 2022-08-26")


def test_due(register: Path) -> None:
    result = run("due", register, "--on", "2020-11-26", "--all")
    assert "met 10 days after the first deadline, on the day of the deadline in force (2020-11-25)" in result.stdout
    assert "moved to 2020-11-25" in result.stdout
    assert "asked for by Armenia" in result.stdout
    assert result.stdout.splitlines()[-1] == "# 2 duties on 2020-11-26: 1 pending, 1 met on time"
    told = asked(register, "due", "--on", "2020-11-26", "--all", "--party", "Armenia")
    assert {duty["state"]: duty["after_first"] for duty in told["duties"]}["met on time"] == 10


def test_due_says_what_is_inferred(register: Path) -> None:
    result = run("due", register, "--on", "2020-12-05", "--all")
    assert "outcome inferred from who holds or left the place" in result.stdout


def test_due_by_what_had_been_published(register: Path) -> None:
    result = run("due", register, "--on", "2020-11-20", "--published-by", "2020-11-14")
    assert result.stdout.startswith("overdue: hand over Kalbajar by Armenia to Azerbaijan")
    assert "5 days overdue" in result.stdout


def test_incidents(register: Path) -> None:
    told = asked(register, "incidents", "--from", "2020-11-10", "--to", "2020-11-10", "--type", "agree")
    assert [one["type"] for one in told["incidents"]] == ["AGREE"]
    result = run("incidents", register, "--in", "Kalbajar", "--from", "2030-01-01")
    assert result.exit_code == 0
    assert result.stdout == "# 0 incidents in Kalbajar from 2030-01-01\n"


def test_search(register: Path) -> None:
    assert "meridian-2020-11-15.txt" in run("search", register, "weather", "conditions").stdout
    hits = asked(register, "search", "weather conditions")
    assert [(hit["name"], hit["words"]) for hit in hits] == [("meridian-2020-11-15.txt", "weather conditions")]
    result = run("search", register, "submarine")
    assert result.exit_code == 1
    assert "no document holds all of: submarine" in result.stderr


def test_trace_leads_from_a_finding_to_the_words_and_back(register: Path) -> None:
    told = asked(register, "who", "Kalbajar", "--on", "2020-11-26")
    finding = asked(register, "trace", told["holding"]["id"])
    assert [word["id"] for word in finding["supporting"]] == [word["id"] for word in told["supporting"]]
    claim = asked(register, "trace", finding["supporting"][0]["id"][:10])
    assert claim["standing"] is True
    assert told["holding"]["id"] in {one["id"] for one in claim["findings"]}
    document = asked(register, "trace", claim["document"])
    assert document["text"][claim["quote_start"] : claim["quote_end"]] == claim["quote"]
    text = run("trace", register, claim["id"]).stdout
    assert "^^^^" in text
    assert "# control: " in text  # how the claim was read
    assert f"for Kalbajar (area, AZ 40.1068 46.0367): Azerbaijan, conceded; since 2020-11-25  {told['holding']['id']}" in text


@pytest.mark.parametrize("id", ["ffffffff", "holding-ffffffffffff", "99999", "no-such.txt"])
def test_trace_of_nothing(register: Path, id: str) -> None:
    result = run("trace", register, id)
    assert result.exit_code == 1
    assert result.stderr.startswith("whoholds: ")


def test_diff(register: Path) -> None:
    result = run("diff", register, "2020-11-20", "2020-11-26")
    assert "Kalbajar: Armenia, " in result.stdout
    assert "-> Azerbaijan, conceded (since 2020-11-25)" in result.stdout
    assert result.stdout.splitlines()[-1] == "# 1 place and 1 duty changed"
    told = asked(register, "diff", "2020-11-20", "2020-11-26", "--published")
    assert [one["change"] for one in told["holdings"]] == ["hand"]
    assert asked(register, "diff", "2020-01-01", "2020-01-02", "--recorded") == {
        "first": "2020-01-01",
        "last": "2020-01-02",
        "clock": "recorded",
        "on": "2020-01-02",
        "holdings": [],
        "duties": [],
    }


def test_sides(register: Path) -> None:
    assert run("sides", register, "Wagner", "--on", "2023-05-20").stdout.startswith("Wagner on 2023-05-20 counts as Russia")
    assert asked(register, "sides", "Wagner", "--on", "2023-05-20")["side"]["key"] == "RUS"
    assert "# 0 alliances told by claims" in run("sides", register, "--told").stdout


def test_check(register: Path) -> None:
    result = run("check", register)
    assert result.exit_code == 0
    assert result.stdout.endswith("entries: all is well\n")
    assert asked(register, "check")["problems"] == []


def test_log(register: Path) -> None:
    lines = run("log", register, "--json").stdout.splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["entry"] for entry in entries] == list(range(1, len(entries) + 1))
    assert {entry["kind"] for entry in entries} == {"filed", "asserted"}
    tail = run("log", register, "--tail", "2").stdout.splitlines()
    assert [line.split()[0] for line in tail] == [str(len(entries) - 1), str(len(entries))]
    assert run("log", register, "--after", str(len(entries))).stdout == ""
    assert run("log", register, "--until", "2020-01-01").stdout == ""


COMMANDS = [
    "who",
    "history X",
    "due",
    "incidents",
    "search x",
    "trace abcd",
    "diff 2020-01-01 2020-01-02",
    "sides",
    "check",
    "log",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_register_that_is_not_there(command: str, tmp_path: Path) -> None:
    name, *arguments = command.split()
    result = run(name, tmp_path / "none.whoholds", *arguments)
    assert result.exit_code == 1
    assert "none.whoholds" in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_no_register_is_refused_and_untouched(command: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Rebels left Goma.", encoding="utf-8")
    name, *arguments = command.split()
    result = run(name, path, *arguments)
    assert result.exit_code == 1
    assert "report.txt" in result.stderr
    assert path.read_text(encoding="utf-8") == "Rebels left Goma."


@pytest.mark.parametrize(
    "arguments",
    [
        ("who", "r", "x", "--on", "yesterday"),
        ("who", "r", "x", "--recorded-by", "soon"),
        ("incidents", "r", "--from", "2020-02-01", "--to", "2020-01-01"),
        ("incidents", "r", "--type", "WAR"),
        ("diff", "r", "2020-01-01", "2020-01-02", "--published", "--recorded"),
        ("diff", "r", "2020-01-01", "2020-01-02", "--on", "2020-01-01"),
        ("diff", "r", "2020-01-01", "today"),
        ("sides", "r", "--enter"),
        ("search", "r", " "),
        ("log", "r", "--until", "never"),
    ],
)
def test_what_is_typed_wrongly(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Invalid value" in result.stderr


def test_a_register_that_cannot_be_written_is_asked_all_the_same(register: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.whoholds"
    copy.write_bytes(register.read_bytes())
    copy.chmod(0o444)
    if os.access(copy, os.W_OK):
        pytest.skip("whoever runs this may write everything")
    assert run("who", copy, "Kalbajar", "--on", "2020-11-26").exit_code == 0
    result = run("add", copy, tmp_path)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_a_closed_pipe_is_no_traceback(register: Path) -> None:
    command = f'{sys.executable} -m whoholds log "{register}" | head -n 1'
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.startswith("1 ")
    assert "Traceback" not in done.stderr


def test_nothing_of_a_document_moves_the_cursor(tmp_path: Path) -> None:
    report = tmp_path / "evil\x1b[2J.txt"
    report.write_text("Rebels captured \x1b[31mGoma\x07 on Monday, the \x9b1A army said.", encoding="utf-8")
    register = tmp_path / "r.whoholds"
    run("add", register, report, "--published", "2025-01-28")
    (entry,) = [json.loads(line) for line in run("log", register, "--json").stdout.splitlines()][:1]
    for command in ("who", "log", "incidents", f"trace {entry['document']['id']}", "search Rebels", "due --all"):
        name, *arguments = command.split()
        result = run(name, register, *arguments)
        assert not set("\x1b\x07\x9b") & set(result.output), command


def test_undated_words_and_silent_duties_say_so(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(
        "Goma falls\n\nM23 rebels captured the city of Goma, residents said.\n", encoding="utf-8"
    )
    register = tmp_path / "one.whoholds"
    assert run("add", register, tmp_path / "note.txt").exit_code == 0
    assert "    undated (taken in " in run("who", register, "Goma").stdout
    assert run("add", register, tmp_path / "note.txt", "--published", "2025-01-27").exit_code == 0
    assert "    2025-01-27 residents" in run("who", register, "Goma").stdout


def test_due_of_an_instrument_that_is_not_there(register: Path) -> None:
    told = run("due", register, "--agreement", "Minsk").stdout
    assert 'no duty is under an instrument called so; there are "' in told
    assert asked(register, "due", "--agreement", "Minsk")["instruments"]
    assert asked(register, "due", "--agreement", "truce", "--all")["instruments"] == []


def test_who_counts_as_whom(register: Path) -> None:
    told = run("who", register, "Bakhmut", "--on", "2023-05-20").stdout
    assert "counted as Russia: actor table" in told
    assert asked(register, "who", "Bakhmut", "--on", "2023-05-20")["counted"]


LARGE = "99999999999999999999999"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("who", "geonames:abc"), 1),
        (("who", "geonames:"), 1),
        (("who", f"geonames:{LARGE}"), 1),
        (("who", "Kalbajar", "--recorded-by", "0001-01-01T00:00:00+14:00"), 2),
        (("log", "--until", "9999-12-31T23:59:59-12:00"), 2),
        (("log", "--after", LARGE), 0),
        (("log", "--tail", LARGE), 0),
        (("trace", LARGE), 1),
        (("search", "Kalbajar", "--limit", LARGE), 0),
        (("search", "Kalbajar", "--limit", LARGE, "--recorded-by", "0001-01-01"), 1),
        (("withdraw", LARGE, "--because", "wrong"), 1),
    ],
)
def test_what_is_out_of_bounds_is_told_in_words(register: Path, arguments: tuple[str, ...], status: int) -> None:
    command, *others = arguments
    result = run(command, register, *others)
    assert result.exit_code == status, result.output
    assert bool(result.stderr) is bool(status)
    assert "Traceback" not in result.output
