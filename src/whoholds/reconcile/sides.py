"""Who counts as whose side on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from whoholds.model import Actor, Affiliation, Role, Side

_STATE = frozenset({Role.GOV, Role.MIL, Role.COP, Role.SPY, Role.LEG, Role.JUD})
_ARMED = frozenset({Role.REB, Role.UAF})


def party_of(actor: Actor) -> Side:
    """The actor itself, before any alliance: its state, its organisation, the armed groups of its country, or its name."""
    if actor.organisation and actor.role not in _STATE:
        return Side(actor.organisation.casefold(), actor.organisation)
    if actor.country and actor.role in _ARMED:
        return Side(f"{actor.country} {actor.role}", actor.name)
    if actor.country:
        return Side(actor.country, actor.country)
    name = actor.organisation or " ".join(actor.name.split())
    return Side(name.casefold(), name)


class Sides:
    """Alliances over time, from affiliations in any order."""

    def __init__(self, affiliations: Iterable[Affiliation] = ()) -> None:
        self._affiliations = tuple(affiliations)

    def side_of(self, actor: Actor, day: date) -> Side:
        """The side on which an actor counts on a day."""
        return party_of(actor)
