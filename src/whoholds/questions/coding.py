"""A claim as one coder's coding: the fields by which it is compared with another's."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.model import Actor, Claim, Control, Count, Event, Obligation, Testimony
from whoholds.questions.agreement import Level
from whoholds.reconcile.sides import Sides

NEAR_KM = 50.0
"""Points that are at most so far apart are in one place: the rule by which whoholds' own reading is scored."""

Days = tuple[date | None, date | None]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A claim, with what is compared: `what` happened, its `days`, site and point, and the keys of the sides of its `parties`.

    `days` are the first and the last it can have been on, None for a claim without a time.
    """

    claim: Claim
    what: str
    days: Days | None
    site: str | None
    place: str | None
    point: Point | None
    parties: frozenset[str]

    @classmethod
    def of(cls, told: Testimony, sides: Sides) -> Self:
        """The coding that testimony is."""
        claim = told.claim
        day = (claim.when and (claim.when.begin.not_before or claim.when.end.not_after)) or told.said
        place = claim.where.place if claim.where else None
        return cls(
            claim=claim,
            what=_what(claim),
            days=(claim.when.begin.not_before, claim.when.end.not_after) if claim.when else None,
            site=told.site.key if told.site else None,
            place=told.site.name if told.site else None,
            point=(place.lat, place.lon) if place else None,
            parties=frozenset(sides.side_of(actor, day).key for actor in _parties(claim)),
        )

    @property
    def summary(self) -> str:
        """What it says, in short."""
        where = f" in {self.place}" if self.place else ""
        return f"{self.what}{where}{f', {_days(self.days)}' if self.days else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of codings: its value (None where not told), whether two agree, how far they are apart, how alpha compares them.

    Without a `level` it is a looser reading of the field before it, which has one.
    """

    name: str
    value: Callable[[Coding], Any]
    level: Level | None = Level.NOMINAL
    agree: Callable[[Any, Any], bool] = lambda one, other: bool(one == other)
    apart: Callable[[Any, Any], float] | None = None
    scaled: Callable[[Any], Hashable] = lambda value: value
    shown: Callable[[Any], str] = str


def likeness(one: Coding, other: Coding) -> float:
    """How many of four things two codings have in common: what it is, the days, the place, a party.

    The same place, and more parties in common, count a hundredth more, to choose between pairs that are else as alike.
    """
    days = one.days is not None and other.days is not None and _touch(one.days, other.days)
    same = one.site is not None and one.site == other.site
    place = same or (one.point is not None and other.point is not None and _km(one.point, other.point) <= NEAR_KM)
    shared = one.parties & other.parties
    share = len(shared) / len(one.parties | other.parties) if shared else 0.0
    return (one.what == other.what) + days + place + bool(shared) + 0.01 * (same + share)


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields by which claims of a kind are compared."""
    common = (_DATE, _DAYS, _PLACE, _SITE, _PARTIES, _A_PARTY)
    return (Field(name=_NAMES[kind], value=lambda coding: coding.what), *common, *(_NUMBERS if kind == "event" else ()), _FACT)


def _touch(one: Days, other: Days) -> bool:
    first, last = date.min, date.max
    return (one[0] or first) <= (other[1] or last) and (other[0] or first) <= (one[1] or last)


def _km(one: Point, other: Point) -> float:
    return kilometres(*one, *other)


def _what(claim: Claim) -> str:
    match claim.matter:
        case Event():
            return claim.matter.type.value
        case Control():
            return claim.matter.change.value
        case Obligation():
            return f"{claim.matter.step.value} {claim.matter.action.value}"


def _parties(claim: Claim) -> tuple[Actor, ...]:
    match claim.matter:
        case Event():
            return (*claim.matter.actors, *claim.matter.recipients)
        case Control():
            return tuple(actor for actor in (claim.matter.holder, claim.matter.former) if actor)
        case Obligation():
            return (*claim.matter.obligors, *claim.matter.beneficiaries)


def _days(days: Days) -> str:
    first, last = days
    return str(first) if first == last else f"{first or '..'} to {last or '..'}"


def _middle(days: Days) -> float:
    told = [day.toordinal() for day in days if day]
    return sum(told) / len(told)


def _of_count(what: str) -> Callable[[Coding], Count | None]:
    def value(coding: Coding) -> Count | None:
        return getattr(coding.claim.matter, what, None)

    return value


def _best(count: Count) -> float:
    """The middle of a range, or the end that is told."""
    told = [end for end in (count.low, count.high) if end is not None]
    return sum(told) / len(told)


def _meet(one: Count, other: Count) -> bool:
    return all(a.low is None or b.high is None or a.low <= b.high for a, b in ((one, other), (other, one)))


def _counted(count: Count) -> str:
    if count.low == count.high:
        return str(count.low)
    return f"{'' if count.low is None else count.low} to {'' if count.high is None else count.high}".strip()


_NAMES = {"event": "type", "control": "change", "obligation": "step and action"}
_DATE = Field(
    name="date",
    value=lambda coding: coding.days,
    level=Level.INTERVAL,
    apart=lambda one, other: abs(_middle(one) - _middle(other)),
    scaled=_middle,
    shown=_days,
)
_DAYS = Field(name="date, a day in common", value=lambda coding: coding.days, level=None, agree=_touch)
_PLACE = Field(
    name="place, within 50 km",
    value=lambda coding: coding.point,
    level=Level.DISTANCE,
    agree=lambda one, other: _km(one, other) <= NEAR_KM,
    apart=_km,
    shown=lambda point: f"{point[0]:.4f} {point[1]:.4f}",
)
_SITE = Field(name="place, the same", value=lambda coding: coding.site)
_PARTIES = Field(
    name="actors",
    value=lambda coding: coding.parties or None,
    scaled=lambda parties: tuple(sorted(parties)),
    shown=lambda parties: ", ".join(sorted(parties)),
)
_A_PARTY = Field(
    name="actors, one in common", value=lambda coding: coding.parties or None, level=None, agree=lambda a, b: bool(a & b)
)
_FACT = Field(name="factuality", value=lambda coding: coding.claim.factuality.value)
_NUMBERS = tuple(
    Field(
        name=what,
        value=_of_count(what),
        level=Level.RATIO,
        agree=_meet,
        apart=lambda one, other: abs(_best(one) - _best(other)),
        scaled=_best,
        shown=_counted,
    )
    for what in ("killed", "injured")
)
