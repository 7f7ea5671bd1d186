"""Hypothesis strategies for duties: obligations, some vague and some at a place, and what sets them off or shows them kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

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
    key_of,
)

_FIRST = date(2020, 11, 1)


def _site(number: int, name: str, lat: float, lon: float, feature: str, within: tuple[str, ...], radius_m: int = 5000) -> Site:
    place = Place(name=name, lat=lat, lon=lon, country="AZ", feature=feature, geonameid=number, radius_m=radius_m)
    return Site(key_of(place), name, place, within)


_ACTORS = (
    Actor(name="Armenia", country="ARM", role=Role.GOV),
    Actor(name="Baku", country="AZE", role=Role.GOV),
    Actor(name="rebels", country="ARM", role=Role.REB),
    Actor(name="the mission", role=Role.IGO),
)
SITES = (
    _site(1, "Kalbajar", 40.1, 46.0, "A", ("geonames:9",)),
    _site(2, "Zar", 40.3, 45.9, "P", ("geonames:1", "geonames:9")),
    _site(3, "Lachin", 39.6, 46.5, "A", ("geonames:9",)),
    _site(4, "Karvachar", 40.1022, 46.0365, "P", ("geonames:9",)),
    _site(5, "Istisu", 39.94, 45.97, "P", ("geonames:1", "geonames:9")),
    _site(9, "Azerbaijan", 40.4, 47.6, "A", (), radius_m=250_000),
    Site("name:the northern road", "the northern road"),
    Site("name:northern highway", "northern highway"),
)
"""Districts, places in one of them and near it, their country, and places known by name only."""

DOCUMENTS = [Document(text=f"report {number} " + "x" * 400) for number in range(5)]
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
_controls = st.builds(
    Control, change=st.sampled_from(Change), holder=st.sampled_from(_ACTORS), former=st.none() | st.sampled_from(_ACTORS)
)
_events = st.builds(Event, type=st.sampled_from([EventType.AGREE, EventType.RETREAT]), actors=_actors)
_matters = st.one_of(_obligations, _obligations, _obligations, _controls, _events)


@st.composite
def duty_testimony(draw: st.DrawFn, *, control: bool = False) -> Testimony:
    """One claim that bears on duties, or only one of who holds a place."""
    number = draw(st.integers(0, 4))
    document = DOCUMENTS[number]
    start = draw(st.integers(0, 300))
    site = draw(st.none() | st.sampled_from(SITES))
    claim = Claim(
        matter=draw(_controls if control else _matters),
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


heard_of_duties = st.lists(duty_testimony(), max_size=14, unique_by=lambda told: told.claim.id)
"""What is told of duties at some places and at none, in no order; several claims share a document."""
