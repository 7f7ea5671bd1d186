"""Differences: on the ground, in the news, in the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.questions.build import ARMENIA, KALBAJAR, kalbajar, say
from whoholds.questions import Register
from whoholds.questions.difference import Clock


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        owed = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
        say(opened, f"2020-11-10 obligation {KALBAJAR}: set {owed}", "due 2020-11-25", on="2020-11-10")
        yield opened


def test_on_the_ground(register: Register) -> None:
    found = register.diff("2020-11-26", "2020-11-20")  # in any order
    assert (str(found.first), str(found.last)) == ("2020-11-20", "2020-11-26")
    assert [(shift.site.name, shift.kind) for shift in found.shifts] == [("Kalbajar", "hand")]
    (moved,) = found.moved
    assert moved.before
    assert moved.after
    assert (moved.before.state.value, moved.after.state.value) == ("pending", "met on time")


def test_nothing_between_a_day_and_itself(register: Register) -> None:
    found = register.diff("2020-11-26", "2020-11-26")
    assert found.shifts == ()
    assert found.moved == ()


def test_in_the_news_of_one_day(register: Register) -> None:
    found = register.diff("2020-11-25", "2020-11-26", clock=Clock.PUBLISHED, on="2020-11-26")
    (shift,) = found.shifts
    assert shift.kind == "standing"
    assert shift.before
    assert shift.after
    assert (shift.before.standing.value, shift.after.standing.value) == ("claimed", "conceded")


def test_in_the_register(register: Register) -> None:
    today = datetime.now(UTC).date()
    found = register.diff("2020-01-01", today, clock=Clock.RECORDED, on="2020-11-26")
    assert [(shift.site.name, shift.kind) for shift in found.shifts] == [("Kalbajar", "new")]
    assert [moved.before for moved in found.moved] == [None]


def test_what_is_known_later_does_not_change_what_was_known(register: Register) -> None:
    before = register.diff("2020-11-20", "2020-11-26", clock=Clock.PUBLISHED)
    say(register, f"2020-11-25 control {KALBAJAR}: {ARMENIA} holds", on="2021-05-05", outlet="Late Post")
    assert register.diff("2020-11-20", "2020-11-26", clock=Clock.PUBLISHED) == before
