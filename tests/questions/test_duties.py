"""Keeping undertakings in step: the short way for places gives what the long way gives."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, KALBAJAR, LACHIN, LACHIN_CITY, claim_of, say
from whoholds.model import Rejected
from whoholds.questions import Register, duties
from whoholds.register.store import EVERYTHING_KNOWN, Sought

OWED = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
PLACES = (KALBAJAR, LACHIN, LACHIN_CITY)


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def agree(register: Register) -> None:
    register.settle()
    kept = {one.id: one for one in register.store.findings(Sought(kind="undertaking"))}
    fresh = {one.id: one for one in duties.all_undertakings(register.store, register.sides(), EVERYTHING_KNOWN)}
    assert kept == fresh


@pytest.mark.parametrize("seed", range(6))
def test_random_histories(register: Register, seed: int) -> None:
    chance = random.Random(seed)
    claims: list[str] = []
    for number in range(14):
        day = f"2020-{chance.randint(10, 12)}-{chance.randint(10, 28)}"
        place = chance.choice(PLACES)
        head, *details = chance.choice(
            [
                (f"{day} obligation {place}: set {OWED}", "due 2020-11-15", "under truce"),
                (f"{day} obligation {place}: extended {OWED}", "due 2020-11-25, was 2020-11-15", "under truce"),
                (f"{day} obligation {place}: met {OWED}",),
                (f"{day} control {place}: {AZERBAIJAN} gains from {ARMENIA}",),
                (f"{day} control {place}: {ARMENIA} holds",),
                (f"{day} event {place}: RETREAT by {ARMENIA}",),
                (f"{day} event {place}: AGREE by Armenia [ARM GOV], Azerbaijan [AZE GOV]",),
            ]
        )
        claims.append(claim_of(say(register, head, *details, on=day, outlet=f"Outlet {number}")))
        if chance.random() < 0.25:
            shown = register.shown(chance.choice(claims))
            register.judge(shown.testimony.claim.id, Rejected(), because="test", words=shown.words, by="ann")
        agree(register)


def test_a_place_without_a_duty_reads_no_obligations(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    say(register, f"2020-11-10 obligation {KALBAJAR}: set {OWED}", "due 2020-11-15", on="2020-11-10")
    register.settle()
    monkeypatch.setattr(duties, "affected", None)
    say(register, f"2022-08-26 control {LACHIN_CITY}: {AZERBAIJAN} gains", on="2022-08-26")
    agree(register)


def test_a_duty_in_a_town_is_settled_without_all_others(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    say(register, f"2022-08-01 obligation {LACHIN_CITY}: set {OWED}", "due 2022-08-25", on="2022-08-01")
    register.settle()
    monkeypatch.setattr(duties, "affected", None)
    say(register, f"2022-08-26 control {LACHIN_CITY}: {AZERBAIJAN} gains from {ARMENIA}", on="2022-08-26")
    agree(register)
    (duty,) = register.due("2022-09-01", all=True).duties
    assert (duty.turn.state.value, duty.late) == ("met late", 1)
