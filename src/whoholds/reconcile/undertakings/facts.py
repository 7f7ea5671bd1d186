"""What a claim of an obligation says, in the terms in which claims are compared: sides, days as numbers, kinds of duty.

Days are proleptic Gregorian ordinals (`date.toordinal`), both ends of a span of days inclusive, None where not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from whoholds.model import Action, Actor, Factuality, Obligation, Offset, Side, Site, Span, Step, Testimony, When, site_of
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.instruments import Instrument, instrument

FAMILIES = {Action.WITHDRAW: Action.HAND_OVER, Action.EXCHANGE: Action.RELEASE}
"""Actions that texts tell of one duty: a place handed over is withdrawn from, prisoners exchanged are released."""

ON_GROUND = frozenset({Action.HAND_OVER, Action.OPEN, Action.DEMINE, Action.DEPLOY, Action.OTHER})
"""Families of duties that are about a place: one paper lays down several, each at a place of its own."""

_TOGETHER = frozenset({"parties", "sides", "belligerents", "factions", "rivals", "foes", "both"})
_COUNTRY_WIDE_M = 150_000  # radius of an area with nothing around it that is taken for a country


class Days(NamedTuple):
    """A span of days, both ends inclusive; an end that is not told is None."""

    first: int | None
    last: int | None

    def meets(self, other: Days) -> bool:
        """Whether a day can lie in both."""
        before = self.last is not None and other.first is not None and self.last < other.first
        after = self.first is not None and other.last is not None and other.last < self.first
        return not before and not after

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.first is not None and self.first == self.last


@dataclass(frozen=True, slots=True)
class Fact:
    """An obligation claim made comparable. `told` is when the step was taken, `said` when that was published.

    `lands` are the countries of those who owe it; `together` is whether they are told only as all of there ("the parties").
    """

    claim: str
    family: Action
    duty: Obligation
    factuality: Factuality
    obligors: frozenset[str]
    beneficiaries: frozenset[str]
    lands: frozenset[str]
    together: bool
    site: Site | None
    due: Days | None
    due_was: Days | None
    told: Days | None
    said: int
    instrument: Instrument
    evidence: Span
    testimony: Testimony

    @property
    def step(self) -> Step:
        """The step that it tells of."""
        return self.duty.step

    @property
    def offset(self) -> Offset | None:
        """What its deadline is counted from."""
        return self.duty.due_after if self.duty.due is None else None

    @property
    def taken(self) -> int:
        """The day by which the step was taken: the last it can have been taken on as told, else the day it was said."""
        return self.said if self.told is None or self.told.last is None else self.told.last

    @property
    def order(self) -> tuple[int, str]:
        """By the day said, then by claim: an order that does not hang on who came first."""
        return self.said, self.claim


def family_of(action: Action) -> Action:
    """The action that stands for all that texts tell of one duty."""
    return FAMILIES.get(action, action)


def days_of(when: When | None) -> Days | None:
    """The first day it can begin on and the last it can end on; None for no time."""
    if when is None:
        return None
    return _days(when.edtf)


@lru_cache(maxsize=8192)
def _days(edtf: str) -> Days:
    when = When(edtf)
    return Days(_ordinal(when.begin.not_before), _ordinal(when.end.not_after))


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def place_of(testimony: Testimony) -> Site | None:
    """The site of a testimony; where none was worked out, that of the claim's words."""
    if testimony.site is not None:
        return testimony.site
    return None if testimony.claim.where is None else site_of(testimony.claim.where)


def wide(site: Site) -> bool:
    """Whether a site is as good as a country: an area with nothing around it."""
    place = site.place
    return place is not None and not site.within and place.feature in "AL" and place.radius_m >= _COUNTRY_WIDE_M


def is_vague(site: Site | None) -> bool:
    """Whether a claim with this site can be of duties at any place: it names none, a country, or one known by name only."""
    return site is None or site.place is None or wide(site)


def words_of(site: Site) -> frozenset[str]:
    """The beginnings of the words of a name: "coast road" and "coastal highway" share one."""
    return frozenset(word[:5] for word in site.name.casefold().split() if len(word) > 4)


def sides_of(actors: tuple[Actor, ...], day: date, sides: Sides) -> dict[str, Side]:
    """The sides of actors on a day by their keys."""
    return {side.key: side for side in (sides.side_of(actor, day) for actor in actors)}


def collective(actor: Actor) -> bool:
    """Whether an actor is all the parties of a country: "the sides", "South Sudan's feuding parties"."""
    words = actor.name.casefold().split()
    return actor.organisation is None and actor.role is None and bool(words) and words[-1] in _TOGETHER


def day_of_sides(testimony: Testimony) -> date:
    """The day on which a claim's actors count as whose side: the first day told of, but not after it was said."""
    when = testimony.claim.when
    told = when.begin.not_before if when is not None else None
    return testimony.said if told is None else min(told, testimony.said)


def fact_of(testimony: Testimony, sides: Sides, id: str | None = None) -> Fact | None:
    """The fact of an obligation claim; None for a claim of another kind. `id` is the claim's, where it has been worked out."""
    claim = testimony.claim
    duty = claim.matter
    if not isinstance(duty, Obligation):
        return None
    day = day_of_sides(testimony)
    told = days_of(claim.when)
    if duty.step in (Step.SET, Step.SOUGHT) and told is not None and told.last is None:
        told = None  # "since 1994": a state, not a step
    return Fact(
        claim=id or claim.id,
        family=family_of(duty.action),
        duty=duty,
        factuality=claim.factuality,
        obligors=frozenset(sides_of(duty.obligors, day, sides)),
        beneficiaries=frozenset(sides_of(duty.beneficiaries, day, sides)),
        lands=frozenset(actor.country for actor in duty.obligors if actor.country),
        together=bool(duty.obligors) and all(map(collective, duty.obligors)),
        site=place_of(testimony),
        due=days_of(duty.due),
        due_was=days_of(duty.due_was),
        told=told,
        said=testimony.said.toordinal(),
        instrument=instrument(duty.agreement),
        evidence=claim.evidence,
        testimony=testimony,
    )
