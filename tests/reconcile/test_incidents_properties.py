"""What holds of incidents whatever the reports: order, repetition, and deriving only what a new claim touches."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.incident_reports import fetching
from tests.strategies import readings
from whoholds.model import (
    Actor,
    Claim,
    Count,
    Document,
    Event,
    EventType,
    Factuality,
    Incident,
    Place,
    Role,
    Site,
    Testimony,
    When,
    Where,
)
from whoholds.reconcile.incidents import derive_incidents, gather, incidents_around, related
from whoholds.reconcile.incidents.grouping import LARGEST
from whoholds.reconcile.sides import Sides

SIDES = Sides()
RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
DISTRICT = Site(
    "d", "District", Place(name="District", lat=35.95, lon=36.55, country="SY", feature="A", radius_m=20_000), ("c",)
)
TOWN = Site("t", "Town", Place(name="Town", lat=35.9, lon=36.6, country="SY", feature="P"), ("d", "c"))
SUBURB = Site("s", "Suburb", Place(name="Suburb", lat=35.93, lon=36.62, country="SY", feature="P"), ("d", "c"))
COUNTRY = Site("c", "Country", Place(name="Country", lat=35.0, lon=38.5, country="SY", feature="A", radius_m=400_000))
ARMY, FRONT = (
    Actor(name="army", country="SYR", role=Role.MIL),
    Actor(name="Front", country="SYR", role=Role.REB, organisation="Front"),
)
TYPES = [EventType.RETREAT, EventType.CONCEDE, EventType.AGREE, EventType.CONSULT]
WORDS = [
    "jets bombed the market",
    "shells hit a school",
    "the market was bombed",
    "the army shot at it",
    "shelling of the town",
]
WHENS = [
    "2024-03-01",
    "2024-03-02",
    "2024-03-03",
    "2024-03-01/2024-03-02",
    "2024-03",
    "2024-03-02/..",
    "2023-10/..",
    "../2024-03-03",
]


@st.composite
def reports(draw: st.DrawFn) -> list[Testimony]:
    """Testimony of events of a few days and places, from few outlets, often alike; some undated, unplaced, denied, planned."""
    number = draw(st.integers(0, 10**6))
    quotes = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
    document = Document(text=f"{number}" + ". ".join(["", *quotes]), published=date(2024, 3, draw(st.integers(1, 9))))
    found, at = [], len(f"{number}. ")
    for quote in quotes:
        site = draw(st.sampled_from([TOWN, TOWN, SUBURB, DISTRICT, COUNTRY, None]))
        who = st.sampled_from([(), (), (ARMY,), (FRONT,), (ARMY, FRONT)])
        many = st.none() | st.sampled_from([Count(3, 3), Count(8, 8), Count(14, None), Count(24, 99)])
        event = Event(
            type=draw(st.sampled_from([EventType.ASSAULT] * 4 + TYPES)),
            actors=draw(who),
            recipients=draw(who),
            killed=draw(many),
            crowd=draw(many),
        )
        when = draw(st.none() | st.sampled_from(WHENS))
        claim = Claim(
            matter=event,
            evidence=document.span(at, at + len(quote)),
            said_by=draw(st.sampled_from([(), (), (ARMY,), (FRONT,)])),
            factuality=draw(st.sampled_from([Factuality.ACTUAL] * 4 + list(Factuality))),
            when=(when and When(when)) or None,
            where=Where(name=site.name, place=site.place) if site else None,
        )
        outlet = draw(st.sampled_from(["Wire", "Agency", "Daily"]))
        said = document.published
        assert said is not None
        found.append(Testimony(claim=claim, said=said, recorded_at=RECORDED, entry=1, outlets=(outlet,), site=site))
        at += len(quote) + 2
    return found


histories = st.lists(reports(), max_size=8).map(lambda lists: [each for some in lists for each in some])


@given(histories, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_any_order_and_repetition_give_the_same_incidents(history: list[Testimony], chance: random.Random) -> None:
    shuffled = history + [each for each in history if chance.random() < 0.3]
    chance.shuffle(shuffled)
    assert derive_incidents(shuffled, SIDES) == derive_incidents(history, SIDES)


@given(histories)
@settings(max_examples=25, deadline=None)
def test_each_claim_told_as_so_or_perhaps_so_is_in_exactly_one_incident(history: list[Testimony]) -> None:
    told = {each.claim.id for each in history if each.claim.factuality in (Factuality.ACTUAL, Factuality.POSSIBLE)}
    denied = {each.claim.id for each in history if each.claim.factuality is Factuality.DENIED}
    found = derive_incidents(history, SIDES)
    supporting = [id for incident in found for id in incident.supporting]
    opposing = [id for incident in found for id in incident.opposing]
    assert sorted(supporting) == sorted(told)
    assert len(set(opposing)) == len(opposing)
    assert set(opposing) <= denied
    assert len({incident.id for incident in found}) == len(found)


@given(histories)
@settings(max_examples=25, deadline=None)
def test_every_number_shown_has_its_claim_and_every_claim_its_numbers(history: list[Testimony]) -> None:
    told = {each.claim.id: each.claim.matter for each in history}
    for incident in derive_incidents(history, SIDES):
        shown = {(tally.claim, tally.what): tally.count for tally in incident.tallies}
        there = {}
        for id in incident.supporting:
            event = told[id]
            assert isinstance(event, Event)
            counts = {"killed": event.killed, "injured": event.injured, "crowd": event.crowd}
            there.update({(id, what): count for what, count in counts.items() if count is not None})
        assert shown == there


@given(histories, st.data())
@settings(max_examples=40, deadline=None)
def test_deriving_what_a_claim_touches_is_deriving_all_and_looking_there(history: list[Testimony], data: st.DataObject) -> None:
    if not history:
        return
    seed = data.draw(st.sampled_from(history))
    around = gather([seed], fetching(history), SIDES)
    touched = {each.claim.id for each in around}
    everything = derive_incidents(history, SIDES)
    there = tuple(each for each in everything if touched & {*each.supporting, *each.opposing})
    assert derive_incidents(around, SIDES) == there
    assert incidents_around([seed], fetching(history), SIDES) == there
    assert seed.claim.factuality is Factuality.PLANNED or seed.claim.id in touched


@given(histories, st.data())
@settings(max_examples=40, deadline=None)
def test_adding_or_withdrawing_one_claim_changes_only_what_it_touches(history: list[Testimony], data: st.DataObject) -> None:
    if not history:
        return
    seed = data.draw(st.sampled_from(history))
    without = [each for each in history if each.claim.id != seed.claim.id]
    touched = {each.claim.id for each in gather([seed], fetching(history), SIDES)}
    before, after = derive_incidents(without, SIDES), derive_incidents(history, SIDES)
    kept = [incident for incident in before if not touched & {*incident.supporting, *incident.opposing}]
    again = incidents_around([seed], fetching(history), SIDES)
    assert sorted((*kept, *again), key=lambda incident: incident.supporting) == list(after)


@given(histories)
@settings(max_examples=30, deadline=None)
def test_relation_is_mutual_and_never_with_itself(history: list[Testimony]) -> None:
    for a in history[:6]:
        for b in history[:6]:
            assert related(a, b, SIDES) == related(b, a, SIDES)
        assert not related(a, a, SIDES)


@given(st.lists(readings(), max_size=4))
@settings(max_examples=40, deadline=None)
def test_claims_of_any_kind_never_fail(read: list[tuple[Document, list[Claim]]]) -> None:
    testimony = [
        Testimony(claim=claim, said=document.published or date.min, recorded_at=RECORDED, entry=1)
        for document, told in read
        for claim in told
    ]
    testimony = list({each.claim.id: each for each in testimony}.values())  # a text has one day on which it was said
    found = derive_incidents(testimony, SIDES)
    for each in testimony:
        around = gather([each], fetching(testimony), SIDES)
        touched = {one.claim.id for one in around}
        assert derive_incidents(around, SIDES) == tuple(i for i in found if touched & {*i.supporting, *i.opposing})


def test_a_component_larger_than_grouping_takes_is_cut_and_still_told_whole() -> None:
    testimony = []
    for number in range(LARGEST + 40):
        document = Document(text=f"{number}. jets bombed the market in the town")
        event = Event(type=EventType.ASSAULT, killed=Count(number % 4 + 3, number % 4 + 3))
        where = Where(name="Town", place=TOWN.place)
        claim = Claim(matter=event, evidence=document.span(0, len(document.text)), when=When("2024-03-02"), where=where)
        testimony.append(Testimony(claim=claim, said=date(2024, 3, 2), recorded_at=RECORDED, entry=1, site=TOWN))
    found: tuple[Incident, ...] = derive_incidents(testimony, SIDES)
    assert sorted(id for incident in found for id in incident.supporting) == sorted(each.claim.id for each in testimony)
    assert derive_incidents([replace(each) for each in reversed(testimony)], SIDES) == found
