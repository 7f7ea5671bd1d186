"""What the formats of event coding share: the actors of an incident as its claims tell them, and its days and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from whoholds.model import Actor, Event, Incident, Role
from whoholds.questions.evidence import Word

Actors = tuple[Actor, ...]


def parties(words: Sequence[Word]) -> tuple[Actors, Actors]:
    """The doers and the undergoers that the claims of an incident name, each country, role and organisation once.

    Those of a name alone are left out where others of the same part have a code. Empty where none is named.
    """
    events = [word.claim.matter for word in words if isinstance(word.claim.matter, Event)]
    return _once(actor for one in events for actor in one.actors), _once(actor for one in events for actor in one.recipients)


def days(incident: Incident) -> tuple[date, date] | None:
    """The first and the last day that an incident can have been on; where one is open the other for both, None for none."""
    first, last = incident.when.not_before, incident.when.not_after
    either = first or last
    return (first or either, last or either) if either else None


def _once(actors: Iterable[Actor]) -> Actors:
    found: dict[tuple[str | None, Role | None, str | None], Actor] = {}
    bare: dict[str, Actor] = {}
    for actor in actors:
        if actor.country or actor.role or actor.organisation:
            found.setdefault((actor.country, actor.role, actor.organisation), actor)
        else:
            bare.setdefault(actor.name, actor)
    return tuple(found.values()) or tuple(bare.values())
