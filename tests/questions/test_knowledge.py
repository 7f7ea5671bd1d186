"""States of knowledge as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from whoholds.questions.knowledge import day_of, instant_of, known_of
from whoholds.register.store import EVERYTHING_KNOWN, Known

END = datetime(2020, 11, 25, 23, 59, 59, 999_999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (None, None),
        ("2020-11-25", END),
        (date(2020, 11, 25), END),
        ("2020-11-25T12:00", datetime(2020, 11, 25, 12, tzinfo=UTC)),
        ("2020-11-25T12:00+04:00", datetime(2020, 11, 25, 8, tzinfo=UTC)),
        (datetime(2020, 11, 25, 12, tzinfo=timezone(timedelta(hours=4))), datetime(2020, 11, 25, 8, tzinfo=UTC)),
        (datetime(2020, 11, 25, 12), datetime(2020, 11, 25, 12, tzinfo=UTC)),
    ],
)
def test_instants(told: str | date | datetime | None, expected: datetime | None) -> None:
    assert instant_of(told) == expected


def test_knowledge() -> None:
    assert known_of() == EVERYTHING_KNOWN
    assert known_of("2020-11-25", "2020-11-25") == Known(date(2020, 11, 25), END)


def test_the_day_of_an_instant_is_its_day_in_utc() -> None:
    assert day_of(datetime(2020, 11, 25, 1, tzinfo=timezone(timedelta(hours=4)))) == date(2020, 11, 24)
    assert day_of(datetime(2020, 11, 25, 1)) == date(2020, 11, 25)
    assert type(day_of(datetime(2020, 11, 25))) is date


def test_an_instant_outside_the_calendar_is_none() -> None:
    for told in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        with pytest.raises(ValueError, match="outside the years 1 to 9999"):
            instant_of(told)


@pytest.mark.parametrize("told", ["", "yesterday", "2020-13-01", "2020-11-25T25:00"])
def test_what_is_no_day(told: str) -> None:
    with pytest.raises(ValueError):
        day_of(told)
    with pytest.raises(ValueError):
        instant_of(told)
