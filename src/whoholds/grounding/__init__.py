"""Words to times, places and actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whoholds.grounding.actors import ActorContext
from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.places import PlaceResolver, resolver_for
from whoholds.grounding.times import TimeExpression, find_times
from whoholds.language import Sentence
from whoholds.model import Actor, Document, Problem, Where


@dataclass(frozen=True, slots=True)
class Grounding:
    """What the words of a document stand for: times and places in text order, and the resolvers that know its context."""

    document: Document
    times: tuple[TimeExpression, ...]
    places: tuple[Where, ...]
    place_resolver: PlaceResolver
    actor_context: ActorContext
    problems: tuple[Problem, ...]

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor mentioned, in text order."""
        return tuple(self.actor_context.mentions())


def ground(document: Document, sentences: Sequence[Sentence]) -> Grounding:
    """Ground every time, place and actor of a document; nothing is found in no sentences."""
    times, time_problems = find_times(document, sentences)
    resolver = resolver_for(document, sentences, gazetteer())
    actors = ActorContext(document, sentences, resolver.places)
    problems = (*time_problems, *resolver.problems, *actors.problems())
    return Grounding(document, tuple(times), tuple(resolver.places), resolver, actors, problems)


__all__ = ["Grounding", "TimeExpression", "ground"]
