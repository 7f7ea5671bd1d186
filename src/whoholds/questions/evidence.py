"""The words that an answer rests on: claims with who said them, where, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from whoholds.model import Claim, Document, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.voices import voice_of
from whoholds.register.store import Known, Store, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A claim as an answer cites it: by whose voice, in which document (its name then, "" where not told) and on which line."""

    testimony: Testimony
    voice: str
    document: str
    line: int

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.testimony.claim

    @property
    def said(self) -> date:
        """The day it was said."""
        return self.testimony.said

    @property
    def outlet(self) -> str | None:
        """The first outlet that published it, where told."""
        return next(iter(self.testimony.outlets), None)


def words_of(store: Store, claims: Collection[str], *, known: Known, sides: Sides) -> tuple[Word, ...]:
    """The claims with these ids that stand in a state of knowledge, by the day said; none for no ids."""
    if not claims:
        return ()
    return cited(store, store.testimony(Wanted(claims=claims, known=known)), sides)


def cited(store: Store, testimony: Iterable[Testimony], sides: Sides) -> tuple[Word, ...]:
    """Testimony as an answer cites it, by the day said, then as it was recorded."""
    documents: dict[str, Document | None] = {}
    words = [_word(store, told, sides, documents) for told in testimony]
    return tuple(sorted(words, key=lambda word: (word.said, word.testimony.entry, word.claim.id)))


def _word(store: Store, told: Testimony, sides: Sides, documents: dict[str, Document | None]) -> Word:
    id = told.claim.evidence.document
    if id not in documents:
        documents[id] = store.document(id)
    document = documents[id]
    line = document.line_of(told.claim.evidence.start) if document else 0
    return Word(testimony=told, voice=voice_of(told, sides).name, document=told.name, line=line)
