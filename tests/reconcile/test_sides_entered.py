"""Affiliations from a register's entries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from whoholds.model import Act, Actor, Allied, Entry, Parted, Role, When, Withdrawn
from whoholds.reconcile.sides import Sides, affiliations_of
from whoholds.reconcile.sides.entered import entry_of

WAGNER = Actor(name="Wagner", country="RUS", role=Role.UAF, organisation="Wagner Group")
RUSSIA = Actor(name="Russia", country="RUS", role=Role.GOV)
BELARUS = Actor(name="Belarus", country="BLR", role=Role.GOV)
DAY = date(2023, 7, 1)


def entries(*acts: Act) -> list[Entry]:
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return [Entry(k + 1, begin + timedelta(hours=k), "somebody", act) for k, act in enumerate(acts)]


def side(*acts: Act, day: date = DAY) -> str:
    return Sides(affiliations_of(entries(*acts))).side_of(WAGNER, day).key


def test_a_period_covers_all_days_that_it_can_have() -> None:
    (told,) = affiliations_of(entries(Allied(WAGNER, RUSSIA, When("2014/2023-06"), "paid")))
    assert (told.first, told.last, told.apart, told.source) == (date(2014, 1, 1), date(2023, 6, 30), False, "entry 1")
    (told,) = affiliations_of(entries(Parted(WAGNER, RUSSIA, When("2023-06-23"), "mutiny")))
    assert (told.first, told.last, told.apart) == (date(2023, 6, 23), date(2023, 6, 23), True)
    (told,) = affiliations_of(entries(Allied(WAGNER, RUSSIA, None, "")))
    assert (told.first, told.last) == (None, None)
    (told,) = affiliations_of(entries(Allied(WAGNER, RUSSIA, When("2014/.."), "")))
    assert (told.first, told.last) == (date(2014, 1, 1), None)


def test_the_number_of_an_entry_is_read_back() -> None:
    (told,) = affiliations_of(entries(Withdrawn(9, ""), Allied(WAGNER, RUSSIA, None, "")))
    assert entry_of(told) == 2


def test_the_later_entry_counts() -> None:
    with_russia, with_belarus = Allied(WAGNER, RUSSIA, None, ""), Allied(WAGNER, BELARUS, When("2023-06-25/.."), "")
    assert side(with_russia, with_belarus) == "BLR"
    assert side(with_belarus, with_russia) == "RUS"
    assert side(with_russia, with_belarus, day=date(2023, 6, 24)) == "RUS"


def test_a_parting_counts_until_a_later_alliance() -> None:
    allied, parted = Allied(WAGNER, RUSSIA, None, ""), Parted(WAGNER, RUSSIA, None, "")
    assert side(allied, parted) == "wagner group"
    assert side(parted, allied) == "RUS"


def test_withdrawing_restores_and_withdrawing_the_withdrawal_too() -> None:
    allied, other = Allied(WAGNER, RUSSIA, None, ""), Allied(WAGNER, BELARUS, None, "")
    assert side(allied, other, Withdrawn(2, "wrong")) == "RUS"
    assert side(allied, other, Withdrawn(2, "wrong"), Withdrawn(3, "right after all")) == "BLR"
    assert side(allied, Withdrawn(1, "wrong")) == "wagner group"


def test_order_and_repetition_of_entries_do_not_matter() -> None:
    told = entries(Allied(WAGNER, RUSSIA, None, ""), Withdrawn(1, ""), Parted(WAGNER, BELARUS, None, ""))
    assert affiliations_of(reversed(told)) == affiliations_of(told) == affiliations_of([*told, *told])
    assert affiliations_of([]) == ()
