"""The words that an answer rests on: claims with who said them, where, and when."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.model import Claim, Testimony
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
    cited = tuple(testimony)
    texts = store.texts({told.claim.evidence.document for told in cited})
    lines = {id: _beginnings(text) for id, text in texts.items()}
    words = [_word(told, sides, lines.get(told.claim.evidence.document, ())) for told in cited]
    return tuple(sorted(words, key=lambda word: (word.said, word.testimony.entry, word.claim.id)))


def _word(told: Testimony, sides: Sides, lines: Sequence[int]) -> Word:
    line = bisect_right(lines, told.claim.evidence.start)
    return Word(testimony=told, voice=voice_of(told, sides).name, document=told.name, line=line)


def _beginnings(text: str) -> list[int]:
    """Where each line begins: a long text is not to be gone through for every claim."""
    return [0, *(found.end() for found in re.finditer("\n", text))]
