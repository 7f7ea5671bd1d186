"""Duties on a day: their order, their lateness, whom they concern."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.questions.build import KALBAJAR, LACHIN, say
from whoholds.model import State
from whoholds.questions import Register
from whoholds.questions.due import Duty


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        owed = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
        say(
            opened,
            f"2020-11-10 obligation {KALBAJAR}: set {owed}",
            "due 2020-11-15",
            'under "truce of November"',
            on="2020-11-10",
        )
        say(
            opened,
            f"2020-11-10 obligation {LACHIN}: set {owed}",
            "due 2020-12-01",
            'under "truce of November"',
            on="2020-11-10",
        )
        say(
            opened,
            "2021-02-01 obligation Goma (CD -1.67409 29.22845 #216281): set withdraw by M23 [COD REB M23]".replace(
                "M23]", '"M23"]'
            ),
            "due 2021-02-10",
            "under roadmap",
            on="2021-02-01",
        )
        say(opened, f"2020-12-04 obligation {LACHIN}: met {owed}", 'under "truce of November"', on="2020-12-04")
        yield opened


def told(duties: tuple[Duty, ...]) -> list[tuple[str, State, int | None]]:
    return [(duty.undertaking.site.name if duty.undertaking.site else "", duty.turn.state, duty.late) for duty in duties]


def test_overdue_first(register: Register) -> None:
    assert told(register.due("2020-11-20").duties) == [("Kalbajar", State.OVERDUE, 5), ("Lachin", State.PENDING, -11)]


def test_what_is_done_is_left_out_unless_asked_for(register: Register) -> None:
    assert told(register.due("2020-12-20").duties) == [("Kalbajar", State.OVERDUE, 35)]
    assert told(register.due("2020-12-20", all=True).duties) == [
        ("Kalbajar", State.OVERDUE, 35),
        ("Lachin", State.MET_LATE, 3),
    ]


def test_by_agreement_and_party(register: Register) -> None:
    day = "2021-03-01"
    assert [site for site, _, _ in told(register.due(day, agreement="roadmap").duties)] == ["Goma"]
    assert [site for site, _, _ in told(register.due(day, agreement="November TRUCE", all=True).duties)] == [
        "Kalbajar",
        "Lachin",
    ]
    assert [site for site, _, _ in told(register.due(day, party="Azerbaijan").duties)] == ["Kalbajar"]
    assert [site for site, _, _ in told(register.due(day, party="ARM").duties)] == ["Kalbajar"]
    assert [site for site, _, _ in told(register.due(day, party="M23").duties)] == ["Goma"]
    assert register.due(day, party="Bolivia").duties == ()


def test_nothing_is_known_before_it_is_told(register: Register) -> None:
    assert register.due("2020-11-09", all=True).duties == ()
    assert register.due("2020-11-20", published_by="2020-11-09", all=True).duties == ()


def test_without_a_day_it_is_the_latest_known(register: Register) -> None:
    answer = register.due()
    assert answer.latest
    assert str(answer.day) == "2021-02-01"


def test_words_are_of_the_day_asked_for(register: Register) -> None:
    (duty,) = [duty for duty in register.due("2020-11-20").duties if duty.turn.state is State.PENDING]
    assert [str(word.said) for word in duty.supporting] == ["2020-11-10"]


def test_overdue_by_the_calendar_alone_is_told(register: Register) -> None:
    (goma,) = register.due("2021-03-01", agreement="roadmap").duties
    assert (goma.turn.state, goma.silent) == (State.OVERDUE, True)
    with Register(":memory:") as other:
        owed = "withdraw by M23 [COD REB]"
        place = "Goma (CD -1.67409 29.22845 #216281)"
        say(other, f"2021-02-01 obligation {place}: set {owed}", "due 2021-02-10", "under roadmap", on="2021-02-01")
        say(other, f"2021-02-01 obligation {place}: set {owed}", "due 2021-02-10", "under roadmap", on="2021-02-12")
        (told_since,) = other.due("2021-03-01").duties
    assert (told_since.turn.state, told_since.silent) == (State.OVERDUE, False)


def test_put_off_to_a_day_not_told_has_no_deadline_in_force() -> None:
    with Register(":memory:") as opened:
        owed = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
        say(opened, f"2020-11-10 obligation {LACHIN}: set {owed}", "due 2020-12-01", "under truce", on="2020-11-10")
        say(opened, f"2020-11-26 obligation {LACHIN}: extended {owed}", "due ?, was 2020-12-01", "under truce", on="2020-11-26")
        (duty,) = opened.due("2021-03-01").duties
        assert (duty.due, duty.late, duty.turn.state) == (None, None, State.PENDING)
        assert duty.after_first == 90
        (before,) = opened.due("2020-11-20").duties
        assert before.late == -11


def test_an_instrument_that_is_not_there_lists_those_that_are(register: Register) -> None:
    assert register.due("2021-03-01", agreement="Minsk", all=True).instruments == ("roadmap", "truce of November")
    assert register.due("2021-03-01", agreement="truce", party="M23").instruments == ()
    assert register.due("2021-03-01", party="Bolivia").instruments == ()
