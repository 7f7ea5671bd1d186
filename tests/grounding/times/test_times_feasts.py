"""Movable feasts against published calendars."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grounding.times.reading import times_in
from whoholds.grounding.times.feasts import feasts_near
from whoholds.grounding.times.lexicon import lexicon


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("w+0", date(2024, 3, 31)),
        ("w-2", date(2022, 4, 15)),
        ("o+0", date(2024, 5, 5)),
        ("h10-1", date(2021, 5, 13)),
        ("h12-10", date(2021, 7, 20)),
        ("h9", date(2021, 4, 13)),
    ],
)
def test_known_days(rule: str, day: date) -> None:
    assert day in [feast.first for feast in feasts_near(rule, day.year)]


def test_ramadan_lasts_a_month_and_may_come_twice_a_year() -> None:
    feasts = list(feasts_near("h9", 2030))
    assert all((feast.last - feast.first).days == 29 and not feast.exact for feast in feasts)
    assert sum(feast.first.year == 2030 for feast in feasts) == 2


@given(year=st.integers(1, 9999), rule=st.sampled_from(sorted(lexicon().feasts.values())))
def test_feasts_lie_near_their_year_in_order(year: int, rule: str) -> None:
    feasts = list(feasts_near(rule, year))
    assert all(abs(feast.first.year - year) <= 1 and feast.first <= feast.last for feast in feasts)
    assert feasts == sorted(feasts, key=lambda feast: feast.first)


def test_the_nearest_feast_is_meant() -> None:
    found = {time.span.quote: time.value for time in times_in("fighting at Easter", date(2021, 4, 6))}
    assert found == {"Easter": "2021-04-04"}
