"""Stretches of time counted from a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import lengths
from whoholds.model import Offset
from whoholds.reconcile.undertakings.offsets import counted, in_words


@pytest.mark.parametrize(
    ("day", "length", "expected"),
    [
        ("2020-10-23", "P90D", "2021-01-21"),
        ("2020-10-23", "P3M", "2021-01-23"),
        ("2020-01-31", "P1M", "2020-02-29"),
        ("2020-02-29", "P1Y", "2021-02-28"),
        ("2020-02-29", "-P1Y6M", "2018-08-29"),
        ("2020-12-01", "-P2W", "2020-11-17"),
        ("2020-12-01", "PT72H", "2020-12-04"),
        ("2020-12-01", "PT1H", "2020-12-02"),
        ("2020-12-01", "P0D", "2020-12-01"),
        ("9999-12-30", "P2D", None),
        ("0001-01-01", "-P1M", None),
    ],
)
def test_counted(day: str, length: str, expected: str | None) -> None:
    found = counted(date.fromisoformat(day), length)
    assert (found and found.isoformat()) == expected


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), lengths)
def test_what_counts_back_is_never_later(day: date, length: str) -> None:
    found = counted(day, length)
    assert found is None or (found <= day if length.startswith("-") else found >= day)


def test_in_words() -> None:
    assert in_words(Offset("P14D", "the ceasefire")) == "P14D after the ceasefire"
    assert in_words(Offset("-P6M", "its expiry")) == "P6M before its expiry"
