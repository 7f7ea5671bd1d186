"""The thread: when and where the things told so far happened, for what is told without time or place of its own.

It holds what each predicate was found to tell, in the order of reading. A place is taken up within a paragraph only: a new
one may change the scene.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.language import Sentence, Token
from whoholds.model import When, Where

_REACH = 500  # characters over which a place is taken up; paragraphs of news are shorter, those of books are not


@dataclass(frozen=True, slots=True)
class Told:
    """What one predicate told: its sentence, head, time and place as far as found, and if the place was carried over to it."""

    sentence: Sentence
    head: Token
    when: When | None
    where: Where | None
    carried: bool


@dataclass(slots=True)
class Thread:
    """The things told so far in one document."""

    told: list[Told] = field(default_factory=list)
    tables: list[Where] = field(default_factory=list)  # where things were signed or talked over
    dealt: tuple[When, Sentence] | None = None

    def deal(self, sentence: Sentence, when: When | None) -> None:
        """Note the day on which a deal was made or a duty moved."""
        if when is not None and when.grain == "day":
            self.dealt = when, sentence

    def day_of_deal(self, sentence: Sentence) -> When | None:
        """The day of the deal told last, in this paragraph or the one before; None when none was."""
        if self.dealt is None or self.dealt[1].paragraph < sentence.paragraph - 1:
            return None
        return self.dealt[0]

    def note(self, sentence: Sentence, head: Token, when: When | None, where: Where | None, *, carried: bool = False) -> None:
        """Add what a predicate told; a place that no gazetteer knows (a road, a front) is no scene for what comes after."""
        where = where if where is not None and where.place is not None else None
        self.told.append(Told(sentence, head, when, where, carried))

    def time_at(self, head: Token) -> When | None:
        """The time told with a word as its predicate; None when none was."""
        return next((told.when for told in reversed(self.told) if told.head is head and told.when is not None), None)

    def time_in_paragraph(self, sentence: Sentence) -> When | None:
        """The time told last in the sentences of the paragraph before this one; None when none was."""
        for told in reversed(self.told):
            if told.sentence is sentence:
                continue
            if told.sentence.paragraph != sentence.paragraph:
                return None
            if told.when is not None:
                return told.when
        return None

    def last_time(self, sentence: Sentence) -> When | None:
        """The time told last before a sentence; None when none was."""
        return next(
            (told.when for told in reversed(self.told) if told.sentence is not sentence and told.when is not None), None
        )

    def last_day(self, sentence: Sentence) -> When | None:
        """The day told last before a sentence, in its paragraph or the one before; None when none was."""
        for told in reversed(self.told):
            if told.sentence.paragraph < sentence.paragraph - 1:
                return None
            if told.sentence is not sentence and told.when is not None:
                return told.when if told.when.grain == "day" and "/" not in told.when.edtf else None
        return None

    def place_before(self, head: Token, sentence: Sentence) -> Where | None:
        """The place told last before a word of the same sentence; None when none was."""
        for told in reversed(self.told):
            if told.sentence is not sentence:
                return None
            if told.where is not None and told.head.i < head.i:
                return told.where
        return None

    def place_in_paragraph(self, sentence: Sentence) -> Where | None:
        """The place told last in the sentences of the paragraph before this one; None when none was."""
        for told in reversed(self.told):
            if told.sentence is sentence:
                continue
            if told.sentence.paragraph != sentence.paragraph or sentence.start - told.sentence.end > _REACH:
                return None
            if told.where is not None:
                return told.where
        return None

    def places(self) -> list[Where]:
        """The places told so far, in text order, as often as they were told; those carried over are not told again."""
        return [told.where for told in self.told if told.where is not None and not told.carried]
