"""Tense: whether the clause around some words looks back or ahead, read from its Universal Dependencies tree."""

from __future__ import annotations

from enum import Enum

from whoholds.language.sentence import Sentence, Token

_AHEAD_MODALS = frozenset({"will", "'ll", "’ll", "wo", "shall", "would", "may", "might", "could", "should", "must", "can"})
_AHEAD_VERBS = frozenset(
    {
        "agree",
        "aim",
        "ask",
        "be",
        "call",
        "decide",
        "demand",
        "expect",
        "have",
        "hope",
        "intend",
        "need",
        "oblige",
        "order",
        "plan",
    }
    | {
        "pledge",
        "prepare",
        "promise",
        "propose",
        "require",
        "schedule",
        "seek",
        "set",
        "slate",
        "threaten",
        "urge",
        "vow",
        "want",
    }
)
# What is told in the present of things to come, by the calendar.
_SCHEDULED = frozenset(
    {
        "arrive",
        "begin",
        "close",
        "come",
        "convene",
        "end",
        "expire",
        "fly",
        "leave",
        "meet",
        "open",
        "reopen",
        "resume",
        "start",
        "travel",
    }
)
_MOVES = frozenset({"adjourn", "delay", "extend", "postpone", "prolong", "push", "put", "renew", "suspend"})  # to a later day
_STATIVE = frozenset({"have", "be", "need", "want", "intend", "hope"})
_AHEAD_ADJECTIVES = frozenset(
    {"due", "likely", "ready", "scheduled", "expected", "planned", "set", "slated", "supposed", "unlikely"}
)
_PREDICATES = frozenset({"VERB", "AUX"})
_AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})


class Tense(Enum):
    """Where a clause looks; UNKNOWN where no tree tells."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    UNKNOWN = "unknown"


def tense_at(sentence: Sentence, start: int, end: int) -> Tense:
    """The tense of the nearest clause that governs the words at characters `start` to `end`.

    What hangs on a noun ("declared a dividend payable December 7") need not share the past of the verb above it: UNKNOWN.
    """
    tokens = sentence.at(start, end)
    if not tokens:
        return Tense.UNKNOWN
    inside = set(map(id, tokens))
    token: Token | None = next((token for token in tokens if token.head is None or id(token.head) not in inside), tokens[0])
    through_noun = False
    for _ in range(len(sentence.tokens)):
        if token is None:
            break
        if token.upos in _PREDICATES or token.child("cop", "aux") or token.lower in _AHEAD_ADJECTIVES:
            found = _tense_of(token)
            return Tense.UNKNOWN if through_noun and found is Tense.PAST else found
        through_noun = through_noun or id(token) not in inside
        token = token.head
    return Tense.UNKNOWN


def orders_at(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the verb that governs the words asks, plans or agrees what is to come ("called a strike from Sunday")."""
    tokens = sentence.at(start, end)
    for token in [tokens[0], *tokens[0].ancestors()] if tokens else []:
        if token.upos == "VERB":
            return token.lemma in _AHEAD_VERBS or token.lemma in _MOVES
    return False


def perfect_at(sentence: Sentence, start: int, end: int) -> Token | None:
    """The auxiliary of a perfect ("have", "has", "had") in the clause that governs the words, or None."""
    tokens = sentence.at(start, end)
    for token in [tokens[0], *tokens[0].ancestors()] if tokens else []:
        if token.upos in _PREDICATES or token.child("cop"):
            return next((child for child in token.children if child.lemma == "have" and child.deprel == "aux"), None)
    return None


def _tense_of(verb: Token) -> Tense:
    auxiliaries = [child for child in verb.children if child.deprel in _AUXILIARIES]
    if any(child.lower in _AHEAD_MODALS for child in auxiliaries):  # "should have started" looks back
        return Tense.PAST if any(child.lemma == "have" for child in auxiliaries) else Tense.FUTURE
    if _is_infinitive(verb, auxiliaries):
        return _tense_of_infinitive(verb)
    looks_ahead = verb.lower in _AHEAD_ADJECTIVES or verb.lower in ("expects", "plans", "intends")
    looks_ahead = looks_ahead or any(child.lower == "due" for child in verb.children)
    if verb.tag == "VBG" and any(child.lemma == "go" for child in auxiliaries):
        return Tense.FUTURE
    tags = {child.tag for child in auxiliaries} or {verb.tag}
    if "VBD" in tags:
        return Tense.PAST
    if looks_ahead:
        return Tense.FUTURE
    if verb.tag in ("VBZ", "VBP") and not auxiliaries and verb.lemma in _SCHEDULED:  # "the truce starts on Monday"
        return Tense.FUTURE
    if verb.tag == "VBN":  # "has signed", "an accord signed on Monday"
        return Tense.PRESENT if any(child.lemma == "be" for child in auxiliaries) else Tense.PAST
    if verb.tag == "VBG" and not auxiliaries and verb.head is not None and verb.head.upos in _PREDICATES:
        return _tense_of(verb.head)
    return Tense.PRESENT


def _is_infinitive(verb: Token, auxiliaries: list[Token]) -> bool:
    if verb.tag == "VB":
        return True
    return any(child.deprel == "mark" and child.lower == "to" for child in verb.children) or any(
        child.tag == "VB" for child in auxiliaries
    )


def _tense_of_infinitive(verb: Token) -> Tense:
    """That of its governor, unless the governor looks ahead ("agreed to leave by Sunday") or it hangs on a noun ("a plan to").

    What was due in the past ("had to leave by Sunday", "had been expected to meet on Monday") may lie on either side: UNKNOWN.
    """
    governor = verb.head
    if any(child.tag == "VBD" and child.deprel in _AUXILIARIES for child in verb.children):  # "they were to be out by May"
        return Tense.UNKNOWN
    if any(child.lemma == "be" and child.deprel in _AUXILIARIES for child in verb.children):  # "a summit is to take place"
        return Tense.FUTURE
    if governor is None:
        return Tense.FUTURE
    if governor.upos not in _PREDICATES and governor.head is not None and _is_past(governor.head):
        above = governor.head  # "launched an offensive to retake the city on Feb. 19"
        return Tense.FUTURE if _looks_ahead(above) else Tense.UNKNOWN
    past_aid = any(child.tag == "VBD" for child in governor.children if child.deprel in _AUXILIARIES)
    if past_aid or (governor.tag == "VBD" and governor.lemma in _STATIVE):
        return Tense.UNKNOWN if _looks_ahead(governor) else _tense_of(governor)
    return Tense.FUTURE if _looks_ahead(governor) else _tense_of(governor)


def _is_past(verb: Token) -> bool:
    """Whether a verb is a simple past, active or passive ("was withdrawn")."""
    return verb.tag == "VBD" or any(child.tag == "VBD" and child.deprel in _AUXILIARIES for child in verb.children)


def _looks_ahead(governor: Token) -> bool:
    return governor.upos not in _PREDICATES or governor.lemma in _AHEAD_VERBS or governor.lower in _AHEAD_ADJECTIVES
