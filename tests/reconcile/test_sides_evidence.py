"""What claims tell of sides: only who is named as standing behind men without a name."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from whoholds.model import Actor, Affiliation, Change, Claim, Control, Event, EventType, Role, Span, When
from whoholds.model.testimony import Testimony as Told
from whoholds.reconcile.sides import Sides, affiliations_from

BACKED = "rebels backed by Rwanda"


def country_named(words: str) -> str | None:
    return {"Rwanda": "RWA", "Rwandan": "RWA", "Uganda": "UGA"}.get(words)


def rebels(name: str, organisation: str | None = None) -> Actor:
    return Actor(name=name, country="COD", role=Role.REB, organisation=organisation)


def said(name: str, outlet: str, day: int, *, organisation: str | None = None, when: str | None = None) -> Told:
    words = f"{name} seized Goma"
    claim = Claim(
        matter=Control(change=Change.GAINS, holder=rebels(name, organisation)),
        evidence=Span(f"{day:064}", 0, len(words), words),
        when=When(when) if when else None,
    )
    published = date(2012, 11, day)
    return Told(claim=claim, said=published, recorded_at=datetime(2026, 1, 1, tzinfo=UTC), entry=day, outlets=(outlet,))


def told(*testimony: Told) -> tuple[Affiliation, ...]:
    return affiliations_from(testimony, country_named=country_named)


def test_two_outlets_that_tell_a_backer_make_the_unnamed_comparable() -> None:
    (found,) = told(said(BACKED, "Wire", 20, when="2012-11-18"), said("Rwandan-backed rebels", "Post", 22))
    assert (found.member.country, found.member.role, found.side.country) == ("COD", Role.REB, "RWA")
    assert (found.first, found.last) == (date(2012, 11, 18), date(2012, 11, 22))
    sides = Sides([found], country_named=country_named)
    assert sides.side_of(rebels("the rebels"), date(2012, 11, 20)).key == "RWA"
    assert sides.side_of(rebels("the rebels"), date(2012, 11, 23)).key == "COD REB"


def test_one_outlet_is_not_enough() -> None:
    assert told(said(BACKED, "Wire", 20), said(BACKED, "Wire", 22)) == ()


def test_two_backers_or_an_organisation_leave_it_open() -> None:
    both = said(BACKED, "Wire", 20), said(BACKED, "Post", 21)
    assert told(*both)
    assert told(*both, said("rebels backed by Uganda", "Wire", 22)) == ()
    assert told(*both, said("M23 rebels", "Wire", 22, organisation="M23")) == ()
    assert told() == affiliations_from(both) == ()  # without names of countries nothing is told


def test_agreements_and_joint_deeds_tell_nothing() -> None:
    words = "they agreed"
    for kind in (EventType.AGREE, EventType.COOPERATE, EventType.SUPPORT, EventType.MOBILIZE):
        event = Event(type=kind, actors=(rebels("rebels"), Actor(name="Rwanda", country="RWA", role=Role.GOV)))
        claim = Claim(matter=event, evidence=Span("0" * 64, 0, len(words), words))
        at = datetime(2026, 1, 1, tzinfo=UTC)
        testimony = [
            Told(claim=claim, said=date(2012, 1, 1), recorded_at=at, entry=k, outlets=(outlet,))
            for k, outlet in enumerate("ab")
        ]
        assert told(*testimony) == ()


@given(
    st.permutations([said(BACKED, o, d) for o, d in (("Wire", 20), ("Post", 21), ("Sun", 22))] + [said("rebels", "Sun", 23)])
)
def test_order_does_not_matter(testimony: list[Told]) -> None:
    (found,) = told(*testimony)
    assert (found.first, found.last) == (date(2012, 11, 20), date(2012, 11, 22))
    assert found.source == min(each.claim.id for each in testimony if "backed" in each.claim.evidence.quote)
