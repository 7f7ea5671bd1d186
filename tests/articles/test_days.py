"""Days as written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.articles import parse_day
from whoholds.articles.days import find_day


@given(st.dates(min_value=date(1, 1, 1)))
def test_iso_days_come_back(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "words", ["2020-11-25T14:05:00+04:00", "2020-11-25T23:59Z", "2020-11-25 10:00:00.123 UTC", " 2020-11-25 "]
)
def test_the_day_of_a_date_and_time_is_the_one_written(words: str) -> None:
    assert parse_day(words) == date(2020, 11, 25)


@pytest.mark.parametrize(
    "words", ["", "2020-13-45", "2020-02-30", "0000-01-01", "25/11/2020", "2020-11", "2020-11-25x", "20201125", "today"]
)
def test_anything_else_is_no_day(words: str) -> None:
    assert parse_day(words) is None


@given(st.text())
def test_no_words_raise(words: str) -> None:
    assert parse_day(words) is None or words.strip()[:4].isdigit()
    find_day(words)


@pytest.mark.parametrize(
    "words",
    ["Nov. 25, 2020", "November 25 2020", "25th of November, 2020", "25 Nov 2020", "Sept 1 or 25-Nov-2020", "25.11.2020"],
)
def test_full_dates_are_found(words: str) -> None:
    assert find_day(words) == date(2020, 11, 25)


def test_a_year_given_completes_a_date() -> None:
    assert find_day("Nov. 25", year=2020) == date(2020, 11, 25)
    assert find_day("Nov. 25") is None
