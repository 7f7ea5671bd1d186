"""A toponym in its sentence, before it is resolved."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.grounding.gazetteer import Candidate
from whoholds.language import Sentence, Token
from whoholds.model import Use


@dataclass(slots=True, eq=False)
class Mention:
    """Tokens `first` to `last` (inclusive) of a sentence that name a place, what they can mean and how they are used.

    `name` is the name to look up, without "the"; `start` and `end` are its characters (half-open). `feature` is the class
    that a feature word beside it tells ("" for none), `container` the mention after a comma that says where it is, `dateline`
    whether it opens a report. `candidates` is empty for names that no gazetteer knows.
    """

    sentence: Sentence
    first: int
    last: int
    name: str
    start: int
    end: int
    candidates: tuple[Candidate, ...] = ()
    use: Use = Use.LITERAL
    feature: str = ""
    container: Mention | None = None
    state: str = ""
    dateline: bool = False

    @property
    def head(self) -> Token:
        """The token of the span that governs the others: the one whose head stands outside."""
        tokens = self.sentence.tokens[self.first : self.last + 1]
        return next(
            (token for token in tokens if token.head is None or not self.first <= token.head.i <= self.last), tokens[-1]
        )
