"""Parties: an actor before any alliance."""

from __future__ import annotations

from whoholds.model import Actor, Role, Side

STATE = frozenset({Role.GOV, Role.MIL, Role.COP, Role.SPY, Role.LEG})
ARMED = frozenset({Role.REB, Role.UAF})
_OF_NO_STATE = {
    Role.REB: "rebels",
    Role.UAF: "armed men",
    Role.OPP: "opposition",
    Role.CVL: "civilians",
    Role.REF: "displaced people",
    Role.IGO: "international bodies",
    Role.NGO: "other organisations",
    Role.MED: "media",
    Role.JUD: "courts",
}
"""Roles that do not stand for the state of their country, with what they are called where they have no name."""


def party_of(actor: Actor) -> Side:
    """The actor itself: its state, its organisation, those of its role in its country, or its name.

    States' branches, public prosecutors and peacekeepers sent by a state are that state. Of other roles an organisation
    counts by its name whatever its country, and those without one by country and role ("SYR REB"). The name shown depends on
    the key alone, but for an organisation, which has its own. An actor with nothing told has the empty key.
    """
    organisation = " ".join((actor.organisation or "").split())
    if actor.country and is_state_role(actor):
        return Side(actor.country, actor.country)
    if organisation:
        return Side(organisation.casefold(), organisation)
    if actor.country:
        return of_role(actor.country, actor.role)
    name = bare_name(actor.name)
    return Side(name, name)


def is_state_role(actor: Actor) -> bool:
    """Whether the actor is a branch of a state by its role; of the courts, prosecutors are: they speak for the state."""
    if actor.role is Role.JUD:
        return "prosecutor" in f"{actor.name} {actor.organisation or ''}".casefold()
    return actor.role in STATE


def of_role(country: str, role: Role | None) -> Side:
    """Those of a role in a country who have no name; the state itself for its branches, its peacekeepers, and no role."""
    if role in _OF_NO_STATE:
        return Side(f"{country} {role}", f"{_OF_NO_STATE[role]} ({country})")
    return Side(country, country)


def bare_name(name: str) -> str:
    """A name in lower case, with single spaces, without a leading article."""
    return " ".join(name.split()).casefold().removeprefix("the ")
