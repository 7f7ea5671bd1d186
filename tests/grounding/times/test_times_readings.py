"""Calendar arithmetic, at its edges."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grounding.times import readings
from whoholds.model import When


@pytest.mark.parametrize(
    ("day", "count", "unit", "shifted"),
    [
        (date(2020, 3, 31), -1, "M", date(2020, 2, 29)),
        (date(2020, 2, 29), 1, "Y", date(2021, 2, 28)),
        (date(2020, 11, 25), -2, "W", date(2020, 11, 11)),
        (date(2020, 11, 25), 1, "CE", date(2120, 11, 25)),
        (date(1, 1, 1), -1, "D", None),
        (date(2020, 1, 1), -3000, "Y", None),
        (date(2020, 1, 1), 10**30, "D", None),
    ],
)
def test_shift(day: date, count: int, unit: str, shifted: date | None) -> None:
    assert readings.shift(day, count, unit) == shifted


@given(day=st.dates())
def test_a_period_covers_its_day(day: date) -> None:
    for reading in (readings.day(day), readings.week(day), readings.month(day.year, day.month), readings.year(day.year)):
        if reading.edtf:
            when = When(reading.edtf)
            assert when.begin.not_before is not None
            assert when.end.not_after is not None
            assert when.begin.not_before <= day <= when.end.not_after


def test_winter_runs_into_the_next_year() -> None:
    assert readings.season(2019, "WI").edtf == "2019-12/2020-02"


def test_weekend_is_that_of_the_week() -> None:
    assert readings.weekend(date(2020, 11, 25)).edtf == "2020-11-28/2020-11-29"


@pytest.mark.parametrize(
    ("count", "unit", "value"),
    [(3, "M", "P3M"), (None, "W", "PXW"), (2, "TH", "PT2H"), (1, "F", "P2W"), (0.25, "CE", "P25Y"), (0.5, "TH", "PT30M")],
)
def test_duration_values(count: float | None, unit: str, value: str) -> None:
    assert readings.duration(count, unit).value == value
