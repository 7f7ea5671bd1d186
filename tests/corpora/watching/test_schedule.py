"""When a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from whoholds.corpora.watching.schedule import after_answer, after_failures, is_due

NOW = datetime(2024, 3, 2, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("max_age", "again", "minutes"),
    [
        (None, None, 30),
        (60, None, 30),
        (3_600, None, 60),
        (10**12, None, 24 * 60),
        (0, timedelta(minutes=5), 30),
        (None, timedelta(minutes=95), 95),
    ],
)
def test_after_an_answer(max_age: int | None, again: timedelta | None, minutes: int) -> None:
    found = after_answer(NOW, HALF_AN_HOUR, max_age=max_age, again=again and NOW + again)
    assert found == NOW + timedelta(minutes=minutes)


def test_failures_double_the_time_up_to_a_day() -> None:
    hours = [(after_failures(NOW, HALF_AN_HOUR, number) - NOW).total_seconds() / 3_600 for number in range(1, 9)]
    assert hours == [0.5, 1, 2, 4, 8, 16, 24, 24]
    assert after_failures(NOW, HALF_AN_HOUR, 10_000) == NOW + timedelta(days=1)
    assert after_failures(NOW, timedelta(days=3), 4) == NOW + timedelta(days=3)
    assert after_failures(NOW, HALF_AN_HOUR, 1, again=NOW + timedelta(hours=7)) == NOW + timedelta(hours=7)


def test_a_clock_that_is_put_back_keeps_no_feed_waiting_for_years() -> None:
    now, hour = datetime(2024, 3, 2, 12, tzinfo=UTC), timedelta(hours=1)
    assert is_due(now, now, hour)
    assert not is_due(now + timedelta(days=30), now, hour)
    assert is_due(now + timedelta(days=16 * 365), now, hour)
    assert not is_due(now + timedelta(days=60), now, timedelta(days=60))
