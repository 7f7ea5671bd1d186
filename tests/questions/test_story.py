"""The stories that the register is for, read from reports by the reader itself: five places, their duties and disputes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from tests.questions import reports
from whoholds.model import Standing, State
from whoholds.questions import PlaceError, Register
from whoholds.questions.difference import Clock


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    """All reports, read once."""
    with Register(":memory:") as opened:
        assert sum(added.claims for added in opened.add(reports.ALL)) > 20
        yield opened


def holder(register: Register, place: str, day: str, **known: str) -> str | None:
    holding = register.who(place, day, **known).holding
    return holding.holder.key if holding and holding.holder else None


@pytest.mark.parametrize(("day", "expected"), [("2020-11-14", "ARM"), ("2020-11-20", "ARM"), ("2020-11-26", "AZE")])
def test_kalbajar_as_published_by_each_day(register: Register, day: str, expected: str) -> None:
    answer = register.who("Kalbajar", day, published_by=day)
    assert answer.holding
    assert answer.holding.holder
    assert answer.holding.holder.key == expected
    assert answer.supporting
    assert max(word.said for word in answer.supporting) <= date.fromisoformat(day)


def test_kalbajar_was_conceded_by_the_side_that_lost_it(register: Register) -> None:
    answer = register.who("Kalbajar", "2020-11-26")
    assert answer.holding
    assert answer.holding.standing is Standing.CONCEDED
    assert answer.holding.begin.not_before == answer.holding.begin.not_after == date(2020, 11, 25)
    quotes = {word.claim.evidence.quote for word in answer.supporting}
    assert "Armenian forces lost control of the Kalbajar district on Wednesday" in quotes


def test_nobody_knew_of_the_handover_before_it_was_published(register: Register) -> None:
    assert holder(register, "Kalbajar", "2020-11-26", published_by="2020-11-24") == "ARM"


def test_the_duty_due_15_moved_to_25_met_on_25(register: Register) -> None:
    (duty,) = [
        duty
        for duty in register.due("2020-11-26", all=True).duties
        if duty.undertaking.site and duty.undertaking.site.name == "Kalbajar"
    ]
    assert [deadline.due and deadline.due.edtf for deadline in duty.undertaking.deadlines] == ["2020-11-15", "2020-11-25"]
    assert duty.turn.state is State.MET_ON_TIME
    assert duty.turn.since == date(2020, 11, 25)
    assert (duty.late, duty.after_first) == (0, 10)
    moved = duty.undertaking.deadlines[1]
    assert moved.asked_by
    assert moved.asked_by.key == "ARM"
    assert moved.reason


@pytest.mark.parametrize(
    ("day", "state", "late"),
    [("2020-11-14", State.PENDING, -1), ("2020-11-20", State.PENDING, -5), ("2020-11-25", State.MET_ON_TIME, 0)],
)
def test_the_state_of_the_duty_on_each_day(register: Register, day: str, state: State, late: int) -> None:
    (duty,) = [
        duty
        for duty in register.due(day, all=True).duties
        if duty.undertaking.site and duty.undertaking.site.name == "Kalbajar"
    ]
    assert (duty.turn.state, duty.late) == (state, late)


def test_overdue_for_whoever_had_not_heard_of_the_delay(register: Register) -> None:
    (duty,) = register.due("2020-11-20", party="Armenia", agreement="truce", published_by="2020-11-14").duties[:1]
    assert duty.turn.state is State.OVERDUE
    assert duty.late == 5


def test_lachin_district_and_city_change_on_different_dates(register: Register) -> None:
    assert holder(register, "Lachin district", "2021-06-01") == "AZE"
    assert holder(register, "Lachin city", "2021-06-01") == "ARM"
    assert holder(register, "the city of Lachin", "2022-09-01") == "AZE"
    begun = [chapter.holding.begin.not_before for chapter in register.history("Lachin city").chapters]
    assert begun[-1] == date(2022, 8, 26)


def test_lachin_alone_is_two_places(register: Register) -> None:
    with pytest.raises(PlaceError) as raised:
        register.who("Lachin", "2021-06-01")
    features = {site.place.feature for site in raised.value.sites if site.place}
    assert features == {"A", "P"}
    assert all(holder(register, site.key, "2022-09-01") == "AZE" for site in raised.value.sites)


def test_bakhmut_claimed_and_denied_on_the_same_day(register: Register) -> None:
    answer = register.who("Bakhmut", "2023-05-20")
    assert answer.holding
    assert answer.holding.standing is Standing.DISPUTED
    assert answer.holding.holder
    assert answer.holding.holder.key == "RUS"
    assert [word.claim.factuality.value for word in answer.opposing] == ["denied"]
    assert {word.said for word in (*answer.supporting, *answer.opposing)} == {date(2023, 5, 20)}


def test_palmyra_flips_four_times_though_one_source_names_the_wrong_month(register: Register) -> None:
    flips = [
        (chapter.holding.holder and chapter.holding.holder.key, chapter.holding.begin.not_after)
        for chapter in register.history("Palmyra").chapters
        if chapter.holding.begin.not_after
    ]
    assert [day for _, day in flips] == [date(2015, 5, 20), date(2016, 3, 27), date(2016, 12, 11), date(2017, 3, 2)]
    assert [key for key, _ in flips][1::2] == ["SYR", "SYR"]
    second = register.history("Palmyra").chapters[-3]
    assert any("April 2016" in word.claim.evidence.quote for word in (*second.supporting, *second.opposing))


def test_two_names_of_one_city_are_one_place(register: Register) -> None:
    one, other = register.who("Severodonetsk", "2022-07-01"), register.who("Sievierodonetsk", "2022-07-01")
    assert one == other
    assert one.holding
    assert one.holding.standing is Standing.CONCEDED
    assert {word.claim.where.name for word in one.supporting if word.claim.where} == {"Severodonetsk", "Sievierodonetsk"}


def test_what_changed_in_november(register: Register) -> None:
    found = register.diff("2020-11-20", "2020-11-26")
    assert [(shift.site.name, shift.kind) for shift in found.shifts] == [("Kalbajar", "hand")]
    known = register.diff("2020-11-20", "2020-11-26", clock=Clock.PUBLISHED)
    assert [(shift.site.name, shift.kind) for shift in known.shifts] == [("Kalbajar", "hand")]


def test_every_finding_walks_back_to_words(register: Register) -> None:
    assert list(register.check()) == []


def test_any_order_of_reports_gives_the_same_findings(register: Register) -> None:
    shuffled = list(reports.ALL)
    random.Random(6).shuffle(shuffled)
    with Register(":memory:") as other:
        for document in shuffled:
            list(other.add([document]))
            other.settle()  # derived step by step, as over months
        for day in ("2016-06-01", "2020-11-26", "2023-06-01"):
            assert _plain(other, day) == _plain(register, day)
        assert {one.undertaking.id for one in other.due("2024-01-01", all=True).duties} == {
            one.undertaking.id for one in register.due("2024-01-01", all=True).duties
        }


def _plain(register: Register, day: str) -> list[tuple[object, ...]]:
    return [(plot.site.key, plot.holder, plot.standing, plot.begin, plot.told) for plot in register.map(day).plots]
