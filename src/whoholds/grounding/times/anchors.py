"""Anchors: what a duration counts from ("within 14 days of the ceasefire"), kept by name until its day is known.

The words after "of", "from", "after", "before" or "following" are kept with the offset from them. Where they tell a day
themselves ("two weeks after the signing on 10 November"), the duration becomes a date at once; else whoever learns the day
can count from it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from whoholds.grounding.times import readings
from whoholds.grounding.times.expression import Anchor, Kind, Relation, TimeExpression
from whoholds.language.sentence import Sentence, Token
from whoholds.model import Derivation, Document, When

_COUNTED_FROM = re.compile(
    r"(?:\s(?P<way>of|from(?: and including)?|after|before|following|prior to)|,?\s(?:starting|beginning|counted|counting)"
    r"\s(?:from|on|with))\s",
    re.IGNORECASE,
)
_BACK = frozenset({"before", "prior to"})
_EXACT = re.compile(r"P(T?)(\d+)([A-Z]+)$")
_ARTICLED = re.compile(r"(?:the|its|their|his|her|this|that|these|those|a|an|any|each|such)\s|[A-Z]|\d")
_UNPARSED_END = re.compile(r"[,.;:()\n]|\s(?:and|but|or|to|in|on|by|at|will|would|shall|must|was|were|is|are|had|has|have)\s")
_OUTSIDE = frozenset({"punct", "acl:relcl", "parataxis", "conj", "cc"})


def anchor_after(document: Document, sentence: Sentence, value: str, end: int) -> Anchor | None:
    """What the exact duration that ends at character `end` counts from; None where the words after it name nothing.

    "three days of talks" counts nothing: after "of" only what is introduced by an article, a name or a number does.
    """
    text = document.text
    found = _COUNTED_FROM.match(text, end, sentence.end)
    if found is None or not _EXACT.match(value):
        return None
    way = (found["way"] or "from").lower()
    start = found.end()
    if way == "of" and not (_ARTICLED.match(text, start) and _limits(text, sentence.start, end)):
        return None
    last = _end_of_named(sentence, found.start(), start)
    if last is None or last <= start:
        return None
    return Anchor(document.span(start, last), f"-{value}" if way in _BACK else value)


def _limits(text: str, first: int, end: int) -> bool:
    """Whether "within" comes before it: "within a day of the attack" is a limit, "two years of the war" a stretch."""
    return re.search(r"\bwithin\s[^,.;]{1,30}$", text[max(first, end - 40) : end], re.IGNORECASE) is not None


def _end_of_named(sentence: Sentence, preposition: int, start: int) -> int | None:
    """Where the phrase or clause ends that the preposition at a character introduces and whose first word is at `start`."""
    tokens = sentence.at(preposition, start)
    head = tokens[-1].head if tokens else None
    if head is not None and head.start >= start:
        return _last_of(head, start)
    inside = sentence.at(start, sentence.end)
    if not inside:
        return None
    text_end = inside[-1].end
    if any(token.head is not None for token in inside):
        return None
    words = " ".join(token.text for token in inside)
    cut = _UNPARSED_END.search(words)
    if cut is None:
        return text_end
    kept = len(words[: cut.start()].split())
    return inside[kept - 1].end if kept else None


def _last_of(head: Token, start: int) -> int:
    """The end of what a word governs from `start` on, without relative clauses, coordinates and the like."""
    last, left = head.end, [head]
    while left:
        token = left.pop()
        last = max(last, token.end)
        left.extend(child for child in token.children if child.deprel not in _OUTSIDE and child.start >= start)
    return last


def resolved(found: list[TimeExpression]) -> list[TimeExpression]:
    """The expressions with those dated whose anchor's words hold a day."""
    return [_dated(expression, found) if expression.anchor and not expression.when else expression for expression in found]


def _is_day(time: TimeExpression) -> bool:
    """Whether it tells a day; a part of the day told alone ("before daybreak") is of a day taken from elsewhere."""
    return time.kind is Kind.DATE and time.when is not None and time.when.grain == "day" and not time.value.endswith("_REF")


def _dated(expression: TimeExpression, found: list[TimeExpression]) -> TimeExpression:
    assert expression.anchor
    inside = [other for other in found if expression.anchor.holds(other.span) and _is_day(other)]
    exact = _EXACT.match(expression.anchor.offset.removeprefix("-"))
    if not inside or exact is None:
        return expression
    told = inside[0].when
    day = told.begin.not_before if told else None
    back = expression.anchor.offset.startswith("-")
    letters = exact[1] + exact[3]
    target = day and readings.shift(day, -int(exact[2]) if back else int(exact[2]), letters)
    if day is None or target is None:
        return expression
    if expression.relation is Relation.WITHIN:
        edtf = readings.stretch(target, day) if back else readings.stretch(day, target)
    else:
        edtf = readings.at_grain(target, "D" if letters in ("W", "M", "Y") else letters, exact=True).edtf
    if edtf is None:
        return expression
    grounds = Derivation("counted from", inside[0].span, inside[0].value)
    derivation = replace(expression.derivation, parts=(*expression.derivation.parts, grounds))
    return replace(expression, when=When(edtf, expression.span), derivation=derivation)
