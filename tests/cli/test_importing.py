"""Importing and comparing on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.formats.imports import maps
from tests.formats.imports.events import ACLED, UCDP, exported
from whoholds.cli import app

runner = CliRunner()
EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DAYS: dict[date, maps.Drawn] = {
    date(2023, 5, 19): [],
    date(2023, 5, 20): [("occupied", (37.95, 48.55, 38.05, 48.62))],
    date(2023, 5, 21): [("occupied", (37.95, 48.55, 38.05, 48.62))],
}


def run(*arguments: str | Path) -> Any:
    return runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


def acled(path: Path, *rows: dict[str, str]) -> Path:
    path.write_bytes(exported(*rows))
    return path


class TestControl:
    @pytest.fixture(autouse=True)
    def shapely(self) -> None:
        pytest.importorskip("shapely", reason="maps of control need shapely")

    def test_and_who(self, tmp_path: Path) -> None:
        register, folder = tmp_path / "war.whoholds", maps.write(tmp_path / "maps", DAYS)
        asked = ("import", "control", register, folder, "--map", "Example Map", "--side", "occupied=Russia")
        result = run(*asked, "--against", "Ukraine", "--min-population", "50000")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == "3 new documents; 1 claim\n"
        assert run(*asked, "--against", "Ukraine", "--min-population", "50000").stdout == (
            "0 new documents; 3 known; 0 claims\n"
        )
        told = run("who", register, "Bakhmut", "--on", "2023-05-21").stdout
        assert "Russia, claimed; since 2023-05-20" in told
        assert "Bakhmut (UA 48.5942 37.9989): Russia gains from Ukraine" in told
        assert "Ukraine, claimed" in run("who", register, "Bakhmut", "--on", "2023-05-19").stdout
        assert run("check", register).exit_code == 0

    def test_legend_in_a_file(self, tmp_path: Path) -> None:
        legend = tmp_path / "sides.toml"
        legend.write_text('"occupied" = "Russia"\n', encoding="utf-8")
        folder = maps.write(tmp_path / "maps", DAYS, field="zone")
        asked = ("import", "control", tmp_path / "w", folder, "--map", "M", "--sides", legend, "--holder-field")
        assert "no polygon has a property 'status'" in run(*asked, "status").stderr
        assert run(*asked, "zone").exit_code == 0

    def test_bad_files_are_told_and_the_others_taken(self, tmp_path: Path) -> None:
        folder = maps.write(tmp_path / "maps", DAYS)
        (folder / "2023-05-22.json").write_text("{", encoding="utf-8")
        (folder / "latest.json").write_text("{}", encoding="utf-8")
        result = run("import", "control", tmp_path / "w", folder, "--map", "M", "--side", "occupied=Russia")
        assert result.exit_code == 1
        assert result.stdout.startswith("3 new documents; ")
        assert result.stdout.endswith("; 2 could not be read\n")
        assert "2023-05-22.json: is no JSON" in result.stderr
        assert "latest.json: its name tells no day" in result.stderr

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("--side", "occupied"), "does not tell who holds what"),
            (("--sides", "missing.toml"), "no such file"),
            ((), "whose side are polygons called 'occupied'"),
        ],
    )
    def test_legends_that_do_not_do(self, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
        folder = maps.write(tmp_path / "maps", DAYS)
        result = run("import", "control", tmp_path / "w", folder, "--map", "M", *arguments)
        assert result.exit_code == 1
        assert words in result.stderr

    def test_no_folder(self, tmp_path: Path) -> None:
        result = run("import", "control", tmp_path / "w", tmp_path / "none", "--map", "M")
        assert result.exit_code == 1
        assert "is no folder" in result.stderr

    def test_an_address_for_each_day(self, tmp_path: Path) -> None:
        folder = maps.write(tmp_path / "maps", DAYS)
        asked = ("import", "control", tmp_path / "w", folder, "--map", "M", "--side", "*=Russia", "--url")
        assert run(*asked, "https://map.example/").exit_code == 2
        assert run(*asked, "https://map.example/{day}", "--json").exit_code == 0

    def test_the_example(self, tmp_path: Path) -> None:
        folder = EXAMPLES / "control"
        asked = ("--map", "Example Map", "--sides", folder / "sides.toml", "--against", "Azerbaijan")
        assert run("import", "control", tmp_path / "w", folder, *asked).exit_code == 0
        for day, holder in (("2020-11-14", "Armenia"), ("2020-11-24", "Armenia"), ("2020-11-25", "Azerbaijan")):
            assert f"  {holder}, claimed" in run("who", tmp_path / "w", "Kalbajar city", "--on", day).stdout


def test_acled(tmp_path: Path) -> None:
    register = tmp_path / "war.whoholds"
    file = acled(tmp_path / "acled.csv", ACLED, {**ACLED, "event_date": "soon"}, {**ACLED, "event_id_cnty": "XMP2"})
    result = run("import", "acled", register, file)
    assert result.exit_code == 1
    assert result.stdout == "2 new documents; 2 claims; 1 could not be read\n"
    assert f"{file}:3: 'soon' in event_date is no day" in result.stderr
    assert "ACLED asserted" in run("log", register).stdout
    assert "4 by Harbour Herald; Meridian Wire" in run("incidents", register).stdout


def test_acled_as_json(tmp_path: Path) -> None:
    file = acled(tmp_path / "acled.csv", ACLED)
    result = run("import", "acled", tmp_path / "w", file, "--json", "--by", "ACLED 2023")
    told = json.loads(result.stdout)
    assert (told["name"], told["became"], told["claims"]) == ("XMP1", "new", 1)


def test_ucdp(tmp_path: Path) -> None:
    file = tmp_path / "GEDEvent_v23_1.csv"
    file.write_bytes(exported(UCDP, delimiter=";", encoding="utf-8-sig"))
    result = run("import", "ucdp", tmp_path / "w", file)
    assert (result.exit_code, result.stdout) == (0, "1 new document; 1 claim\n")
    assert "UCDP GED 23.1 asserted" in run("log", tmp_path / "w").stdout


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\x01\x02", exported({"event_id_cnty": "1", "event_date": "x"})])
@pytest.mark.parametrize("command", ["acled", "ucdp"])
def test_files_that_are_none(tmp_path: Path, command: str, content: bytes) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    result = run("import", command, tmp_path / "w", file)
    assert result.exit_code == 1
    assert str(file) in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file(tmp_path: Path) -> None:
    result = run("import", "acled", tmp_path / "w", tmp_path / "none.csv")
    assert result.exit_code == 1
    assert "no such file" in result.stderr


def test_standard_input(tmp_path: Path) -> None:
    result = runner.invoke(app, ["import", "acled", str(tmp_path / "w"), "-"], input=exported(ACLED), catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, "1 new document; 1 claim\n")


def test_many_faults_are_counted(tmp_path: Path) -> None:
    file = acled(tmp_path / "acled.csv", *[{**ACLED, "latitude": "x"}] * 80)
    result = run("import", "acled", tmp_path / "w", file)
    assert result.stderr.count("is not a number") == 50
    assert "80 could not be read" in result.stdout


class TestCompare:
    @pytest.fixture
    def register(self, tmp_path: Path) -> Path:
        rows = [{**ACLED, "event_id_cnty": f"XMP{number}", "fatalities": str(number)} for number in range(1, 4)]
        run("import", "acled", tmp_path / "war", acled(tmp_path / "a.csv", *rows))
        return tmp_path / "war"

    def test_with_a_person(self, register: Path) -> None:
        note = register.parent / "note.txt"
        head = "2023-05-20 event Bakhmut (UA 48.5942 37.9989 #713174): ASSAULT by Russian forces [RUS MIL]"
        events = [
            f'{head}\n  killed {number}\n  own voice; actual\n  from XMP{number} "clashed in Bakhmut"\n' for number in (1, 2)
        ]
        note.write_text("\n".join(events), encoding="utf-8")
        written = run("write", register, note, "--by", "ann")
        assert written.exit_code == 0, written.output
        result = run("compare", register, "--coder", "ACLED", "--with", "ann", "--errors", "2")
        assert result.exit_code == 0
        assert "ACLED and ann: claims of kind event" in result.stdout
        assert "3 documents coded by ACLED, 2 of them by both" in result.stdout
        assert "ACLED: 3 claims, 2 paired (67 %), 0 without a counterpart, 1 where ann has none" in result.stdout
        assert "actors in XMP1" in result.stdout
        told = json.loads(run("compare", register, "--with", "ann", "--json").stdout)
        assert [one["share"] for one in told["fields"] if one["field"] == "killed"] == [1.0]

    def test_with_the_reader(self, register: Path) -> None:
        nothing = run("compare", register)
        assert "no document was coded by both" in nothing.stdout
        result = run("compare", register, "--read", "--json")
        told = json.loads(result.stdout)
        assert (told["first"]["coder"], told["second"]["coder"]) == ("ACLED", "whoholds")
        assert told["documents"] == 3
        assert told["first"]["paired"] >= 2
        size = len(run("log", register).stdout.splitlines())
        assert json.loads(run("compare", register, "--read", "--json").stdout) == told
        assert len(run("log", register).stdout.splitlines()) == size

    def test_nobody_to_compare(self, register: Path) -> None:
        result = run("compare", register, "--coder", "carl")
        assert result.exit_code == 1
        assert "ACLED (3)" in result.stderr

    def test_wrong_use(self, register: Path) -> None:
        assert run("compare", register, "--kind", "weather").exit_code == 2
        assert run("compare", register, "--read", "--other", register).exit_code == 2

    def test_another_register(self, register: Path) -> None:
        run("import", "acled", register.parent / "other", acled(register.parent / "b.csv", ACLED), "--by", "ben")
        result = run("compare", register, "--with", "ben", "--other", register.parent / "other")
        assert "1 of them by both" in result.stdout
