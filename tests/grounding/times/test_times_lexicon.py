"""Numbers, ordinals and spelled years."""

from __future__ import annotations

import pytest

from whoholds.grounding.times.lexicon import fold, number, ordinal, spelled_year, unit


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("a", 1),
        ("five", 5),
        ("twenty-five", 25),
        ("a hundred", 100),
        ("a hundred and five", 105),
        ("two thousand", 2000),
        ("a dozen", 12),
        ("a couple of", 2),
        ("two and a half", 2.5),
        ("half a", 0.5),
        ("half an", 0.5),
        ("1,500", 1500),
        ("several", None),
        ("a few", None),
    ],
)
def test_number(words: str, value: float | None) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("nineteen ninety-four", 1994),
        ("nineteen oh five", 1905),
        ("two thousand", 2000),
        ("two thousand and three", 2003),
        ("twenty twelve", 2012),
        ("nineteen", None),
    ],
)
def test_spelled_year(words: str, year: int | None) -> None:
    assert spelled_year(words) == year


def test_ordinals_units_and_folding() -> None:
    assert [ordinal("third"), ordinal("21st")] == [3, 21]
    assert [unit("Weeks"), unit("centuries"), unit("hour")] == ["W", "CE", "TH"]
    assert fold("New  Year’s-Day") == "new year's day"
    with pytest.raises(KeyError):
        unit("parsecs")
