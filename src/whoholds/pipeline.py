"""The stages in order: a document in, its claims and problems out.

    article -> blocks -> sentences -> times, places, actors -> claims

Every stage is a function of the one before and the document; none looks at a clock, the network or another document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from whoholds.articles import blocks
from whoholds.grammar import read_claims, with_confidence
from whoholds.grounding import Grounding, ground
from whoholds.language import Sentence, parse_many
from whoholds.model import Claim, Document, Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a document: its claims in text order and what stayed unclear or failed."""

    document: Document
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]


class Reader:
    """Reads documents one after another; the language model and the gazetteer are loaded once, at the first document."""

    def read(self, document: Document) -> Reading:
        """The claims of one document; none, with a problem, for a text in another language."""
        return next(self.read_many([document]))

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """A reading for each document, in input order, produced batch by batch."""
        for document, sentences in _parsed(documents):
            grounds = ground(document, sentences)
            claims, problems = read_claims(document, sentences, grounds)
            yield Reading(document, tuple(with_confidence(claims)), (*foreign(document), *grounds.problems, *problems))

    def ground(self, document: Document) -> Grounding:
        """The times, places and actors of one document."""
        return next(self.ground_many([document]))

    def ground_many(self, documents: Iterable[Document]) -> Iterator[Grounding]:
        """The grounding of each document, in input order, produced batch by batch."""
        for document, sentences in _parsed(documents):
            grounds = ground(document, sentences)
            yield replace(grounds, problems=(*foreign(document), *grounds.problems))


def _parsed(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Sentence]]]:
    return parse_many((document, [] if foreign(document) else blocks(document)) for document in documents)


def foreign(document: Document) -> tuple[Problem, ...]:
    """The problem of a document that is not in English; none when it is or its language is not known."""
    if document.language in (None, "en"):
        return ()
    message = f"the text is not in English (it looks like '{document.language}'); no claims were read"
    return (Problem("language", message, hint="whoholds reads English only; translate it first"),)
