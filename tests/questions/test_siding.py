"""Sides of a register: the table, entries, and what claims tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.questions.build import BAKHMUT, say
from whoholds.model import Actor
from whoholds.questions import Register
from whoholds.questions.siding import actor_called
from whoholds.register.store import Known

APART = '2023-05-01/.. alliance: Wagner [RUS UAF "Wagner Group"] apart from Russia [RUS GOV]\n  because "the boss says so"\n'
DAY = "2023-05-20"


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def side(register: Register, name: str) -> str:
    standpoint = register.affiliations(DAY, name).standpoint
    assert standpoint
    return standpoint.side.key


def test_the_table_stands_without_any_entry(register: Register) -> None:
    assert side(register, "Wagner") == "RUS"
    assert register.affiliations(DAY, "Wagner").held


def test_an_entry_goes_before_the_table_and_can_be_taken_back(register: Register) -> None:
    (entry,) = register.write(APART, name="sides.txt", by="ann").entries
    assert side(register, "Wagner") != "RUS"
    register.withdraw(entry.seq, because="rumour", by="ann")
    assert side(register, "Wagner") == "RUS"


def test_an_entry_changes_what_is_held(register: Register) -> None:
    head = f'2023-05-20 control {BAKHMUT}: Wagner [RUS UAF "Wagner Group"] gains'
    say(register, head, on="2023-05-20")
    assert _holder(register) == "RUS"
    register.write(APART, name="sides.txt", by="ann")
    assert _holder(register) == "wagner group"
    before = min(entry.recorded_at for entry in register.store.sides()) - timedelta(microseconds=1)
    assert _holder(register, before) == "RUS"  # as the register told then


def test_what_was_entered_later_was_not_known_then(register: Register) -> None:
    before = datetime(2020, 1, 1, tzinfo=UTC)
    register.write(APART, name="sides.txt", by="ann")
    wagner = actor_called("Wagner")
    day = datetime.fromisoformat(DAY).date()
    assert register.sides(Known(None, before)).side_of(wagner, day).key == "RUS"


def test_what_claims_tell_is_entered_only_when_asked(register: Register) -> None:
    for outlet in ("Example Wire", "Other Post"):
        head = 'undated event Goma (CD -1.67409 29.22845 #216281): ASSAULT by "rebels backed by Rwanda" [COD REB]'
        say(register, head, on="2023-05-19", outlet=outlet)
    found = list(register.told_sides())
    assert [(one.member.country, one.side.country) for one in found] == [("COD", "RWA")]
    assert register.store.sides() == ()
    register.enter(found, by="ann")
    assert list(register.told_sides()) == []
    assert len(register.store.sides()) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Armenia", ("ARM", None)),
        ("ARM", ("ARM", None)),
        ("Wagner", (None, "Wagner Group")),
        ("some band", (None, None)),
    ],
)
def test_actors_as_they_are_typed(words: str, expected: tuple[str | None, str | None]) -> None:
    actor = actor_called(words)
    assert isinstance(actor, Actor)
    assert (actor.country, actor.organisation) == expected


def _holder(register: Register, recorded_by: datetime | None = None) -> str | None:
    holding = register.who("Bakhmut", DAY, recorded_by=recorded_by).holding
    return holding.holder.key if holding and holding.holder else None
