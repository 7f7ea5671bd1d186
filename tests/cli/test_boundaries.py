"""`whoholds boundaries` on the command line: what is printed, what is entered, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.formats.test_boundaries import KALBAJAR, LACHIN, collection, feature
from whoholds.cli import app
from whoholds.questions import Register

runner = CliRunner()


def run(*arguments: str | Path) -> Any:
    return runner.invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "war.whoholds"
    Register(path).close()
    return path


@pytest.fixture
def districts(tmp_path: Path) -> Path:
    path = tmp_path / "districts.geojson"
    path.write_text(collection(feature("Kalbajar", KALBAJAR), feature("Lachin", LACHIN), feature("lake", LACHIN)))
    return path


def test_adding_listing_and_removing(register: Path, districts: Path) -> None:
    added = run("boundaries", "add", register, districts, "--source", "a survey of 2020", "--by", "ann")
    assert added.exit_code == 0
    assert added.stdout == "3 new outlines: 2 of places, 1 without a place\n"
    assert "feature 3 (lake) was taken without a place" in added.stderr
    again = run("boundaries", "add", register, districts, "--source", "a survey of 2020")
    assert (again.exit_code, again.stdout) == (0, "0 new outlines\n")
    listed = run("boundaries", "list", register)
    assert listed.exit_code == 0
    assert [line.split()[:2] for line in listed.stdout.splitlines()] == [
        ["entry", "name"],
        ["1", "Kalbajar"],
        ["2", "Lachin"],
        ["3", "lake"],
    ]
    assert "A:40.1068,46.0367" in listed.stdout, "no claim names it yet, so it is told by its key"
    told = json.loads(run("boundaries", "list", register, "--json").stdout)
    assert [(one["by"], one["source"], one["geometry"]["type"]) for one in told] == [("ann", "a survey of 2020", "Polygon")] * 3
    assert "1 " in run("log", register).stdout
    removed = run("boundaries", "remove", register, "3", "--because", "dried up")
    assert (removed.exit_code, removed.stdout) == (0, "1 outline removed\n")
    assert run("boundaries", "remove", register, "--source", "a survey of 2020").stdout == "2 outlines removed\n"
    assert "no outlines" in run("boundaries", "list", register).stdout
    assert "dried up" in run("log", register).stdout
    assert run("check", register).exit_code == 0


def test_what_was_listed_before(register: Path, districts: Path) -> None:
    run("boundaries", "add", register, districts)
    assert "no outlines" in run("boundaries", "list", register, "--recorded-by", "2019-12-31").stdout


def test_a_bad_file_does_not_keep_the_others_out(register: Path, districts: Path, tmp_path: Path) -> None:
    empty, gone = tmp_path / "empty.kml", tmp_path / "gone.gpkg"
    empty.write_text("")
    added = run("boundaries", "add", register, empty, districts, gone)
    assert added.exit_code == 1
    assert "3 new outlines" in added.stdout
    assert "empty.kml: is empty" in added.stderr
    assert "gone.gpkg: cannot be read: no such file" in added.stderr
    told = json.loads(run("boundaries", "add", register, empty, "--json").stdout)
    assert [problem["code"] for problem in told["problems"]] == ["empty"]


def test_the_names_of_a_file(register: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(collection(feature(None, KALBAJAR, bezirk="Kalbajar")).replace('"name": null, ', ""))
    refused = run("boundaries", "add", register, path)
    assert refused.exit_code == 1
    assert "name one with --name-field" in refused.stderr
    assert run("boundaries", "add", register, path, "--name-field", "bezirk").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("add", "none.whoholds", "x.geojson"), 1),
        (("list", "none.whoholds"), 1),
        (("remove", "none.whoholds", "1"), 1),
        (("remove", "{register}", "1"), 1),
        (("remove", "{register}", "--source", "nobody"), 1),
        (("remove", "{register}"), 2),
        (("remove", "{register}", "0"), 2),
        (("add", "{register}", ""), 2),
        (("add", "{register}"), 2),
    ],
)
def test_what_cannot_be_done_is_told(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("boundaries", *(argument.format(register=register) for argument in arguments))
    assert result.exit_code == status
    assert result.stderr
    assert "Traceback" not in result.output
