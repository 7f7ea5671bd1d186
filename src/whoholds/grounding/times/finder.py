"""Finding: the rules tried at every word that one of them can start with, the longest reading kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from whoholds.grounding.times import clock, dates, durations, feasts, periods, references, relative, seasons
from whoholds.grounding.times.anchors import anchor_after, resolved
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.expression import Kind, TimeExpression
from whoholds.grounding.times.narrative import is_narrative
from whoholds.grounding.times.readings import Piece, Reading
from whoholds.grounding.times.relations import approximator, relation_before
from whoholds.grounding.times.rule import DETERMINERS, Resolver, Rule
from whoholds.language.sentence import Sentence
from whoholds.model import Derivation, Document, Problem, When

_WORD = re.compile(r"[a-z]+|\d+")
_NEXT_WORD = re.compile(r"\s{1,2}['’]?([a-z]+|\d)")
_BACK = re.compile(r"\b(?:earlier|ago|previous(?:ly)?|before|last|preceding)\b", re.IGNORECASE)
_LONGEST_NAME = 9  # characters of a time word that can be a name ("September")
_DATING = re.compile(r"\b(?:in|by|on|until|since|before|after|from|late|early|last|next)\s$")
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_NAMES = frozenset({"PERSON", "ORG", "LOC", "NORP"})


@dataclass(frozen=True, slots=True)
class _Compiled:
    name: str
    pattern: re.Pattern[str]
    resolve: Resolver


@cache
def _by_first_word() -> dict[str, tuple[_Compiled, ...]]:
    index: dict[str, list[_Compiled]] = {}
    for rule in all_rules():
        compiled = _Compiled(rule.name, rule.compiled(), rule.resolve)
        for word in rule.first_words():
            index.setdefault(word, []).append(compiled)
    return {word: tuple(rules) for word, rules in index.items()}


def all_rules() -> list[Rule]:
    """Every rule, family by family."""
    families = (dates, clock, feasts, periods, seasons, relative, references, durations)
    return [rule for family in families for rule in family.rule.all]


def find_times(document: Document, sentences: Sequence[Sentence]) -> tuple[list[TimeExpression], list[Problem]]:
    """The time expressions in the sentences, in text order and not overlapping.

    Relative ones are resolved against `document.published`; where it is None they keep a value with X's and no `when`, and one
    Problem says so. No sentences give no expressions.
    """
    context = Context(document, narrative=is_narrative(document))
    lowered = _lowered(document.text)
    found: list[TimeExpression] = []
    position = 0
    for sentence in sentences:
        if sentence.tokens:
            context.enter(sentence)
            position = _read_sentence(document, lowered, sentence, max(position, sentence.start), context, found)
    return resolved(found), _problems(context, found)


def _lowered(text: str) -> str:
    """The text in lower case, as long as it was."""
    lowered = text.lower()
    return (
        lowered if len(lowered) == len(text) else "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    )


def _problems(context: Context, found: list[TimeExpression]) -> list[Problem]:
    if not context.lacking:
        return []
    first = next((expression.span for expression in found if expression.when is None and "X" in expression.value), None)
    return [
        Problem(
            "no-publication-date",
            "the document has no day of publication, so relative times were left open",
            first,
            "give its day: --published 2020-11-25, or published in the record",
        )
    ]


def _read_sentence(
    document: Document, lowered: str, sentence: Sentence, position: int, context: Context, found: list[TimeExpression]
) -> int:
    """Add the expressions from `position` on; returns where the last one ends."""
    text, rules_of, end = document.text, _by_first_word().get, sentence.end
    for match in _WORD.finditer(lowered, position, end):
        word = match[0]
        if word in DETERMINERS:
            following = _NEXT_WORD.match(lowered, match.end(), end)
            word = following[1] if following else word
        rules = rules_of("#" if word[0] <= "9" else word)
        if rules and match.start() >= position:
            read = _longest(rules, text, match.start(), end, context)
            if read:
                position = _keep(document, sentence, context, found, *read)
    return position


def _longest(
    rules: tuple[_Compiled, ...], text: str, start: int, end: int, context: Context
) -> tuple[str, tuple[Piece, ...]] | None:
    candidates = [(match.end(), match, rule) for rule in rules if (match := rule.pattern.match(text, start, end))]
    candidates.sort(key=lambda candidate: -candidate[0])
    for _, match, rule in candidates:
        context.grounds = {}
        result = rule.resolve(match, context)
        if isinstance(result, Reading):
            return rule.name, (Piece(match.start(), match.end(), result),)
        if result:
            return rule.name, result
    return None


def _keep(
    document: Document, sentence: Sentence, context: Context, found: list[TimeExpression], rule: str, pieces: tuple[Piece, ...]
) -> int:
    """Add expressions for the pieces and return where to read on."""
    for piece in pieces:
        if _is_name(document, sentence, piece):
            return piece.end
        expression = _expression(document, rule, piece, found, context.grounds, listed=piece is not pieces[0])
        counted = piece.reading.counted or (piece.reading.value if piece.reading.kind is Kind.DURATION else "")
        if counted and (anchor := anchor_after(document, sentence, counted, piece.end)):
            expression = replace(expression, anchor=anchor)
        found.append(expression)
        context.tell(piece.reading, piece.start, piece.end, back=bool(_BACK.search(expression.span.quote)))
    return pieces[-1].end


def _is_name(document: Document, sentence: Sentence, piece: Piece) -> bool:
    """Whether the words are part of a longer name ("Theresa May", "Black September"), or a name alone ("April said")."""
    if piece.end - piece.start > _LONGEST_NAME:
        return False
    named = [token for token in sentence.at(piece.start, piece.end) if token.entity in _NAMES]
    if not named:
        return False
    first, last = named[0], named[-1]
    weekday = first.lower in _WEEKDAYS and first is last
    after = sentence.tokens[last.i + 1] if last.i + 1 < len(sentence.tokens) else None
    if (not first.entity_start and not weekday) or (
        after is not None and after.entity == last.entity and not after.entity_start
    ):
        return True
    if first.text[0].isdecimal() or weekday:
        return False
    return not _DATING.search(document.text, max(0, piece.start - 12), piece.start)


def _expression(
    document: Document, rule: str, piece: Piece, found: list[TimeExpression], grounds: dict[str, str], *, listed: bool
) -> TimeExpression:
    text, reading, start = document.text, piece.reading, piece.start
    last_end = found[-1].span.end if found else None
    edtf = reading.edtf
    if found_before := approximator(text, last_end or 0, start):
        before, about = found_before
        counted = (reading.kind is Kind.DURATION and rule != "<n>-<unit>") or rule.startswith("<n> <units>")
        if (counted and not text.startswith("the ", start)) or (about and reading.kind is Kind.DATE):
            start = before
        if about and edtf and reading.kind is Kind.DATE and edtf[-1].isdecimal() and "/" not in edtf:
            edtf += "~"
    span = document.span(start, piece.end)
    when = When(edtf, span) if edtf else None
    derivation = Derivation(
        rule, span, edtf or reading.value, tuple(Derivation(name, value=value) for name, value in grounds.items())
    )
    relation = relation_before(text, start, last_end, listed=listed)
    return TimeExpression(
        span=span, kind=reading.kind, value=reading.value, when=when, relation=relation, derivation=derivation
    )
