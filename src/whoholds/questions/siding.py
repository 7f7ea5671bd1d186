"""The sides of a register: the table of alliances that comes with the program, and what its own entries say.

What claims tell of sides is not taken over silently, since one more claim would then turn findings about places that it does
not speak of. `told_sides` lists it, for whoever wants to enter it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from whoholds.grounding.actors.alliances import alliances, country_named, is_state, organisation_named
from whoholds.model import Actor, Affiliation, Allied, Side, When
from whoholds.reconcile.sides import Sides, affiliations_from, affiliations_of
from whoholds.register.store import Store, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """On whose side an actor counts on a day, and by which affiliations, from itself on."""

    actor: Actor
    side: Side
    why: tuple[Affiliation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliations:
    """Who counts as whose side on a day: all affiliations that hold then, or how one actor counts."""

    day: date
    held: tuple[Affiliation, ...]
    standpoint: Standpoint | None = None


def sides_of(store: Store, *, recorded_by: datetime | None = None) -> Sides:
    """The sides as the register had them at an instant; None for all it has."""
    return Sides(_all(store, recorded_by), country_named=country_named, organisation_named=organisation_named)


def affiliations_on(store: Store, sides: Sides, day: date, actor: Actor | None) -> Affiliations:
    """What holds on a day: every affiliation where no actor is asked for, else those that decide for it."""
    if actor is not None:
        why = sides.why(actor, day)
        return Affiliations(day=day, held=why, standpoint=Standpoint(actor=actor, side=sides.side_of(actor, day), why=why))
    held = [one for one in _all(store, None) if (one.first or date.min) <= day <= (one.last or date.max)]
    return Affiliations(day=day, held=tuple(held))


def told_sides(store: Store) -> Iterator[Allied]:
    """The alliances that the register's claims tell and that it does not have as entries, ready to be entered.

    All testimony is read, which takes a minute for a million claims.
    """
    entered = {(entry.act.member, entry.act.side) for entry in store.sides() if isinstance(entry.act, Allied)}
    found = affiliations_from(store.testimony(Wanted()), country_named=country_named, organisation_named=organisation_named)
    for one in found:
        if (one.member, one.side) not in entered:
            yield Allied(one.member, one.side, _period(one), f"told by claim {one.source} and others")


def actor_called(words: str) -> Actor:
    """An actor as somebody types it: a country ("Armenia", "ARM"), an organisation ("Wagner"), else a bare name."""
    country = words if is_state(words) else country_named(words)
    if country:
        return Actor(name=words, country=country)
    return Actor(name=words, organisation=organisation_named(words))


def _all(store: Store, recorded_by: datetime | None) -> tuple[Affiliation, ...]:
    return (*alliances(), *affiliations_of(store.sides(recorded_by=recorded_by)))


def _period(told: Affiliation) -> When | None:
    if told.first is None and told.last is None:
        return None
    return When(f"{told.first or '..'}/{told.last or '..'}")
