"""Relations: the words right before an expression that bound or blur its time."""

from __future__ import annotations

import re
from functools import cache

from whoholds.grounding.times.classes import one_of
from whoholds.grounding.times.expression import Relation
from whoholds.grounding.times.lexicon import fold, lexicon

_REACH = 24  # characters before an expression in which its preposition is looked for
_MORE_OR_LESS = (
    *("nearly", "almost", "about", "around", "approximately", "roughly", "some", "over", "under", "another", "at least"),
    *("at most", "more than", "less than", "fewer than", "up to", "as many as", "an additional"),
)
_ABOUT = frozenset({"about", "around", "approximately", "roughly"})
_JOINED = re.compile(
    r"\s?(?:(?P<dash>[-–—/])|,?\s?\b(?P<word>and|to|or|until|till|through)\b(?:\s(?:on|in|the|early|late))*)\s?", re.IGNORECASE
)
_APPROXIMATE = re.compile(rf"\b({one_of(_MORE_OR_LESS)})\s$", re.IGNORECASE)


def approximator(text: str, floor: int, start: int) -> tuple[int, bool] | None:
    """Where a word like "nearly" right before `start` begins and whether it means "about"; None where there is none."""
    match = _APPROXIMATE.search(text, max(floor, start - 16), start)
    return (match.start(), match[1].lower() in _ABOUT) if match else None


def relation_before(text: str, start: int, last_end: int | None, *, listed: bool) -> Relation:
    """The relation of the expression at `start`; `last_end` ends the one before it, `listed` says both are of one list."""
    if last_end is not None:
        if listed and text[last_end:start].strip() == ",":
            return Relation.AND
        if joined := _JOINED.fullmatch(text, last_end, start):
            word = (joined["word"] or "to").lower()
            return Relation.AND if word in ("and", "or") else Relation.TO if word == "to" else Relation.UNTIL
    match = _preposition().search(text, max(0, start - _REACH), start)
    return Relation(lexicon().relations[fold(match[1])]) if match else Relation.NONE


@cache
def _preposition() -> re.Pattern[str]:
    between = r"(?:\s(?:on|in|at|about|around|early|late|the|nearly|almost|more than|at least))*"
    return re.compile(rf"\b({one_of(lexicon().relations)}){between}\s$", re.IGNORECASE)
