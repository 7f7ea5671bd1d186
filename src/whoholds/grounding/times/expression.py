"""Time expressions: what TIMEX3 says about the words, and the time they stand for as EDTF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whoholds.model import Derivation, Span, When


class Kind(StrEnum):
    """TIMEX3's types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Relation(StrEnum):
    """The preposition or conjunction right before the expression, as far as it bounds the time; others are NONE."""

    NONE = ""
    SINCE = "since"
    UNTIL = "until"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    FROM = "from"
    TO = "to"
    BETWEEN = "between"
    AND = "and"
    WITHIN = "within"
    FOR = "for"
    DURING = "during"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a duration counts from, by its words, and how far: an ISO 8601 duration, with a minus where it counts back."""

    span: Span
    offset: str

    def holds(self, span: Span) -> bool:
        """Whether some words lie within the anchor's."""
        return self.span.start <= span.start and span.end <= self.span.end


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Words that tell a time: `value` is TIMEX3's, `when` the EDTF of the expression itself, leaving `relation` aside.

    `when` is None for sets, for what could not be resolved, and for durations, except those hung on a known day ("the past
    week", "for two years" of what still goes on, "within 30 days"), whose whole stretch it is. `anchor` is what a duration
    counts from by its words ("within 14 days of the ceasefire"); where they tell a day, `when` is counted from it.
    """

    span: Span
    kind: Kind
    value: str
    when: When | None
    relation: Relation
    derivation: Derivation
    anchor: Anchor | None = None
