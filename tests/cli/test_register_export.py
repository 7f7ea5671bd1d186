"""`whoholds export` on the command line: the right format, never half a file, nothing overwritten by chance."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.formats.exported import war
from whoholds.cli import app
from whoholds.formats import exports
from whoholds.questions import Register

runner = CliRunner()


def run(*arguments: str | Path) -> Any:
    return runner.invoke(app, ["export", *(str(argument) for argument in arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "war.whoholds"
    with Register(path) as opened:
        war(opened)
    return path


def holders(result: Any) -> list[tuple[str, str]]:
    features = json.loads(result.stdout)["features"]
    return [(one["properties"]["name"], one["properties"]["holder"]) for one in features]


def test_a_text_format_is_printed(register: Path) -> None:
    result = run(register, "geojson")
    assert result.exit_code == 0
    assert ("Kalbajar", "ARM") in holders(result)
    assert result.stderr == ""


def test_of_a_day_of_a_place_as_known_then(register: Path) -> None:
    assert holders(run(register, "geojson", "--on", "2020-11-26", "--in", "Kalbajar")) == [("Kalbajar", "AZE")]
    then = run(register, "geojson", "--on", "2020-11-26", "--in", "Kalbajar", "--published-by", "2020-11-24")
    assert holders(then) == [("Kalbajar", "ARM")]
    assert holders(run(register, "geojson", "--recorded-by", "2001-01-01")) == []
    period = run(register, "csv", "--what", "incidents", "--from", "2023-06-01", "--to", "2023-06-30")
    assert len(period.stdout.splitlines()) == 2 + 1


def test_the_ending_chooses_the_format(register: Path, tmp_path: Path) -> None:
    result = run(register, "--out", tmp_path / "war.kml")
    assert result.exit_code == 0
    assert (tmp_path / "war.kml").read_text(encoding="utf-8").startswith("<?xml")
    assert "3 holdings" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["war.kml"]


def test_a_file_that_is_there_is_overwritten_only_by_force(register: Path, tmp_path: Path) -> None:
    out = tmp_path / "war.csv"
    out.write_text("mine", encoding="utf-8")
    refused = run(register, "--out", out)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert out.read_text(encoding="utf-8") == "mine"
    assert run(register, "--out", out, "--force").exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("finding,")


def test_an_export_that_fails_leaves_what_was_there(register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "war.geojson"
    out.write_text("mine", encoding="utf-8")

    def broken(reign: object) -> dict[str, Any]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exports.geojson, "reign_feature", broken)
    result = run(register, "--out", out, "--force")
    assert result.exit_code == 1
    assert out.read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["war.geojson"]


def test_the_register_itself_is_never_overwritten(register: Path, tmp_path: Path) -> None:
    before = register.read_bytes()
    link = tmp_path / "link.gpkg"
    link.symlink_to(register)
    for out in (register, link):
        result = run(register, "gpkg", "--out", out, "--force")
        assert result.exit_code == 1
        assert "register itself" in result.stderr
    assert register.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["shapefile"], "no format"),
        ([], "name the format"),
        (["--out", "war.xlsx"], "does not end like"),
        (["--out", ""], "empty"),
        (["geojson", "--on", "2020-11-26", "--from", "2020-11-25"], "one or the other"),
        (["geojson", "--from", "2020-11-26", "--to", "2020-11-25"], "lies before"),
        (["geojson", "--on", "someday"], "no day"),
    ],
)
def test_wrong_use_is_told(register: Path, arguments: list[str], words: str) -> None:
    result = run(register, *arguments)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["gpkg"], "--out"),
        (["kml", "--what", "duties"], "cannot hold duties"),
        (["kml", "--what", "nonsense"], "cannot hold nonsense"),
        (["geojson", "--in", "Atlantis"], "Atlantis"),
        (["geojson", "--out", "/nowhere/at/all/war.geojson"], "no folder"),
        (["geojson", "--out", "."], "no file"),
    ],
)
def test_what_cannot_be_done_is_told(register: Path, arguments: list[str], words: str) -> None:
    result = run(register, *arguments)
    assert result.exit_code == 1
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_there_is_no_register(tmp_path: Path) -> None:
    result = run(tmp_path / "none.whoholds", "geojson", "--out", tmp_path / "a.geojson")
    assert result.exit_code == 1
    assert "there is no" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_left_out_is_told(register: Path) -> None:
    result = run(register, "acled")
    assert "2 incidents left out" in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize("ending", ["gpkg", "parquet"])
def test_a_format_that_is_a_file(register: Path, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("pyogrio", reason="pyogrio is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    out = tmp_path / f"war.{ending}"
    assert run(register, "--out", out).exit_code == 0
    assert run(register, "--out", out, "--force", "--what", "incidents").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
