"""What holds of undertakings whatever is told: no order, no doubles, deadlines in order, a state on every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.duties import heard_of_duties
from whoholds.model import Factuality, Obligation, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import derive_undertakings

_SIDES = Sides()


@settings(max_examples=30, deadline=None)
@given(heard_of_duties, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_and_doubles_change_nothing(heard: list[Testimony], chance: object) -> None:
    found = derive_undertakings(heard, _SIDES)
    shuffled = [*heard, *(replace(item, entry=item.entry + 10**6) for item in heard[:3])]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert derive_undertakings(shuffled, _SIDES) == found


@settings(max_examples=30, deadline=None)
@given(heard_of_duties)
def test_deadlines_follow_each_other(heard: list[Testimony]) -> None:
    for undertaking in derive_undertakings(heard, _SIDES):
        since = [deadline.since for deadline in undertaking.deadlines]
        assert since == sorted(since)
        assert [deadline for deadline in undertaking.deadlines if not deadline.superseded] == [
            deadline for deadline in undertaking.deadlines if not deadline.rival
        ][-1:]
        assert all(deadline.supporting for deadline in undertaking.deadlines)
        assert not undertaking.deadlines or not undertaking.deadlines[0].rival


@settings(max_examples=30, deadline=None)
@given(heard_of_duties)
def test_turns_are_in_order_and_a_state_stands_on_every_day_from_the_first(heard: list[Testimony]) -> None:
    for undertaking in derive_undertakings(heard, _SIDES):
        since = [turn.since for turn in undertaking.turns]
        assert since
        assert since == sorted(set(since))
        states = [turn.state for turn in undertaking.turns]
        assert all(one is not other for one, other in pairwise(states))
        assert undertaking.on(since[0] - timedelta(days=1)) is None
        for number in range(120):
            assert undertaking.on(since[0] + timedelta(days=number)) is not None


@settings(max_examples=30, deadline=None)
@given(heard_of_duties)
def test_every_claim_that_counts_stands_in_one_undertaking(heard: list[Testimony]) -> None:
    found = derive_undertakings(heard, _SIDES)
    told = {item.claim.id: item.claim for item in heard}
    homes = [
        claim
        for undertaking in found
        for claim in (*undertaking.supporting, *undertaking.opposing)
        if isinstance(told[claim].matter, Obligation)
    ]
    assert len(homes) == len(set(homes))
    counting = {
        id for id, claim in told.items() if claim.factuality is Factuality.ACTUAL and isinstance(claim.matter, Obligation)
    }
    assert counting <= set(homes)
    assert len({undertaking.id for undertaking in found}) == len(found)


@settings(max_examples=30, deadline=None)
@given(heard_of_duties)
def test_what_is_planned_or_possible_changes_nothing(heard: list[Testimony]) -> None:
    certain = [item for item in heard if item.claim.factuality in (Factuality.ACTUAL, Factuality.DENIED)]
    assert derive_undertakings(heard, _SIDES) == derive_undertakings(certain, _SIDES)
