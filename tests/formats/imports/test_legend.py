"""Legends: whose side a polygon is."""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.formats.imports.legend import Contested, LeftOut, Legend, LegendError, Unknown, legend_line, legend_lines
from whoholds.model import Actor


def name_of(legend: Legend, value: str) -> str | None:
    meaning = legend.meaning(value)
    return meaning.country or meaning.organisation or meaning.name if isinstance(meaning, Actor) else None


def test_values_parts_and_patterns() -> None:
    legend = Legend([("occupied", "Russia"), ("liberated*", "Ukraine"), ("status.unknown", "contested"), ("*islands*", "-")])
    assert name_of(legend, "OCCUPIED") == "RUS"
    assert name_of(legend, "Окуповано /// Occupied /// status.occupied") == "RUS"
    assert name_of(legend, "x /// Liberated 23.03 /// y") == "UKR"
    assert isinstance(legend.meaning("? /// Unknown /// status.unknown"), Contested)
    assert isinstance(legend.meaning("Some islands"), LeftOut)
    assert isinstance(legend.meaning("Ukraine"), Unknown)  # a legend that is given is all there is
    assert isinstance(legend.meaning(""), Unknown)


def test_polygons_without_a_value() -> None:
    assert name_of(Legend([("", "Russia")]), "") == "RUS"
    assert isinstance(Legend([("", "Russia")]).meaning("x"), Unknown)
    assert name_of(Legend([("*", "Russia")]), "") == "RUS"


def test_without_a_legend_names_tell() -> None:
    assert name_of(Legend(), "Armenia") == "ARM"
    assert name_of(Legend(), "Wagner Group") == "Wagner Group"
    assert isinstance(Legend().meaning("contested"), Contested)
    assert isinstance(Legend().meaning("occupied"), Unknown)
    assert isinstance(Legend().meaning(""), Unknown)


def test_a_party_that_no_table_has() -> None:
    assert name_of(Legend([("green", "Hill people")]), "green") == "Hill people"


@pytest.mark.parametrize("content", ['"occupied" = "Russia"', '[sides]\n"occupied" = "Russia"\n'])
def test_files(tmp_path: Path, content: str) -> None:
    path = tmp_path / "sides.toml"
    path.write_text(content, encoding="utf-8-sig")
    assert legend_lines(path) == [("occupied", "Russia")]


@pytest.mark.parametrize("content", ["", "occupied", "occupied = 3", "sides = 3", '"a" = " "'])
def test_files_that_tell_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "sides.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LegendError):
        legend_lines(path)


def test_lines_as_typed() -> None:
    assert legend_line("a=b=Russia") == ("a=b", "Russia")
    assert legend_line("=Russia") == ("", "Russia")
    for wrong in ("occupied", "occupied=", "occupied= "):
        with pytest.raises(LegendError):
            legend_line(wrong)
