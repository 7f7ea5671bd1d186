"""Floors are read, flattened and broken as they should be."""

from __future__ import annotations

from evaluation import floors


def test_floors_are_numbers_between_nought_and_one() -> None:
    assert floors.load()
    assert all(0.0 < floor <= 1.0 for floor in floors.load().values())


def test_flatten_leaves_out_what_is_no_number() -> None:
    assert dict(floors.flatten({"a": {"b": 0.5, "c": None}, "d": "x", "e": {"f": {"g": 1}}})) == {"a.b": 0.5, "e.f.g": 1}


def test_a_figure_below_its_floor_is_told() -> None:
    [line] = floors.below({"a.f1": 0.399, "b.f1": 0.4}, {"a.f1": 0.4, "b.f1": 0.4, "c.f1": 0.9})
    assert line == "a.f1: 0.399 is below the floor of 0.400"
    assert floors.unmeasured({"a.f1": 0.4}, {"a.f1": 0.4, "c.f1": 0.9}) == ["c.f1"]
