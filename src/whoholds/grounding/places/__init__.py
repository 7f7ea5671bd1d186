"""Toponyms of a document, found and resolved to places in its context."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places.resolver import Choice, PlaceResolver
from whoholds.language import Sentence
from whoholds.model import Document, Problem, Where


def resolver_for(document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> PlaceResolver:
    """The places of a document, and the means to resolve further names in its context."""
    return PlaceResolver(document, sentences, gazetteer)


def find_places(document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> tuple[list[Where], list[Problem]]:
    """The toponyms of a document in text order, none overlapping, and what stayed unclear; nothing in no sentences."""
    resolver = resolver_for(document, sentences, gazetteer)
    return resolver.places, resolver.problems


__all__ = ["Choice", "PlaceResolver", "find_places", "resolver_for"]
