"""What holds of undertakings whatever is told: no order, no doubles, deadlines in order, a state on every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.model import (
    Action,
    Actor,
    Change,
    Claim,
    Control,
    Document,
    Event,
    EventType,
    Factuality,
    Obligation,
    Offset,
    Place,
    Role,
    Site,
    Step,
    Testimony,
    When,
    Where,
)
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import block_keys, derive_undertakings, neighbourhood

_SIDES = Sides()
_FIRST = date(2020, 11, 1)
_ACTORS = (
    Actor(name="Armenia", country="ARM", role=Role.GOV),
    Actor(name="Baku", country="AZE", role=Role.GOV),
    Actor(name="rebels", country="ARM", role=Role.REB),
    Actor(name="the mission", role=Role.IGO),
)
_SITES = (
    Site("geonames:1", "Kalbajar", Place(name="Kalbajar", lat=40.1, lon=46.0, country="AZ", feature="A", geonameid=1), ("c",)),
    Site(
        "geonames:2", "Zar", Place(name="Zar", lat=40.3, lon=45.9, country="AZ", feature="P", geonameid=2), ("geonames:1", "c")
    ),
    Site("geonames:3", "Lachin", Place(name="Lachin", lat=39.6, lon=46.5, country="AZ", feature="A", geonameid=3), ("c",)),
    Site("name:the road", "the road"),
)
_DOCUMENTS = [Document(text=f"report {number} " + "x" * 400) for number in range(5)]
_days = st.integers(0, 60).map(lambda number: _FIRST + timedelta(days=number))
_whens = _days.map(lambda day: When(day.isoformat())) | st.sampled_from([When("2020-11"), When("2020-11-16/2020-11-22")])
_actors = st.lists(st.sampled_from(_ACTORS), max_size=2, unique=True).map(tuple)
_offsets = st.builds(Offset, st.sampled_from(["P14D", "P1M", "-P3D"]), st.sampled_from(["the truce", "the signing", "day D"]))
_obligations = st.builds(
    Obligation,
    step=st.sampled_from([*Step, Step.SET, Step.SET, Step.EXTENDED]),
    action=st.sampled_from([Action.HAND_OVER, Action.WITHDRAW, Action.CEASE_FIRE, Action.DISARM, Action.OTHER]),
    obligors=_actors,
    beneficiaries=_actors,
    due=st.none() | _whens,
    due_was=st.none() | _whens,
    due_after=st.none() | _offsets,
    agreement=st.sampled_from([None, "accord", "Minsk deal", "statement of 9 November 2020"]),
)
_matters = st.one_of(
    _obligations,
    _obligations,
    _obligations,
    st.builds(
        Control, change=st.sampled_from(Change), holder=st.sampled_from(_ACTORS), former=st.none() | st.sampled_from(_ACTORS)
    ),
    st.builds(Event, type=st.sampled_from([EventType.AGREE, EventType.RETREAT]), actors=_actors),
)


@st.composite
def _testimony(draw: st.DrawFn) -> Testimony:
    number = draw(st.integers(0, 4))
    document = _DOCUMENTS[number]
    start = draw(st.integers(0, 300))
    site = draw(st.none() | st.sampled_from(_SITES))
    claim = Claim(
        matter=draw(_matters),
        evidence=document.span(start, start + draw(st.integers(1, 20))),
        said_by=draw(_actors),
        factuality=draw(st.sampled_from([Factuality.ACTUAL, Factuality.ACTUAL, Factuality.ACTUAL, *Factuality])),
        when=draw(st.none() | _whens),
        where=site and Where(name=site.name, place=site.place),
    )
    return Testimony(
        claim=claim,
        said=_FIRST + timedelta(days=number * 15),
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
        entry=draw(st.integers(1, 10**6)),
        outlets=(f"outlet {number}",),
        site=site,
    )


_heard = st.lists(_testimony(), max_size=12, unique_by=lambda item: item.claim.id)


@settings(max_examples=30, deadline=None)
@given(_heard, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_and_doubles_change_nothing(heard: list[Testimony], chance: object) -> None:
    found = derive_undertakings(heard, _SIDES)
    shuffled = [*heard, *(replace(item, entry=item.entry + 10**6) for item in heard[:3])]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert derive_undertakings(shuffled, _SIDES) == found


@settings(max_examples=30, deadline=None)
@given(_heard)
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
@given(_heard)
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
@given(_heard)
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
@given(_heard)
def test_what_is_planned_or_possible_changes_nothing(heard: list[Testimony]) -> None:
    certain = [item for item in heard if item.claim.factuality in (Factuality.ACTUAL, Factuality.DENIED)]
    assert derive_undertakings(heard, _SIDES) == derive_undertakings(certain, _SIDES)


@settings(max_examples=30, deadline=None)
@given(_heard, st.data())
def test_deriving_a_neighbourhood_again_is_deriving_everything(heard: list[Testimony], data: st.DataObject) -> None:
    changed = data.draw(st.lists(st.sampled_from(heard), max_size=2)) if heard else []
    kept = [item for item in heard if item not in changed]
    around = neighbourhood(changed, kept, _SIDES)
    ids = {item.claim.id for item in around}
    before = derive_undertakings(heard, _SIDES)
    touched = ids | {item.claim.id for item in changed}
    elsewhere = [found for found in before if not touched & {*found.supporting, *found.opposing}]
    again = (*elsewhere, *derive_undertakings(around, _SIDES))
    assert sorted(again, key=lambda found: found.id) == list(derive_undertakings(kept, _SIDES))


@settings(max_examples=60, deadline=None)
@given(_testimony())
def test_claims_of_duties_that_count_have_blocks(item: Testimony) -> None:
    counts = item.claim.factuality in (Factuality.ACTUAL, Factuality.DENIED)
    if isinstance(item.claim.matter, Obligation):
        assert bool(block_keys(item, _SIDES)) is counts
