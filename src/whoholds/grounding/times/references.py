"""Rules for the vague times of TIMEX3: now, recently, the future, and in histories the adjectives that place things in time."""

from __future__ import annotations

import re

from whoholds.grounding.times import readings
from whoholds.grounding.times.context import Context
from whoholds.grounding.times.lexicon import fold, lexicon
from whoholds.grounding.times.rule import Result, Rules
from whoholds.language.sentence import Token

rule = Rules()

_ATTRIBUTES = {
    "former": "PAST_REF",
    "formerly": "PAST_REF",
    "recent": "PAST_REF",
    "future": "FUTURE_REF",
    "present": "PRESENT_REF",
}
_AHEAD_BEFORE = re.compile(r"(?:\b(?:will|shall|may|might|could|can|is to|are to)|['’]ll)\s(?:very\s)?$")
_AHEAD_AFTER = re.compile(r"\s(?:will|may|could)\b")
_PLURAL_FOLLOWS = re.compile(r"\s(?:days|weeks|months|years|decades|times|past)\b")


@rule(
    "now and then",
    r"{references}",
    "@references past recent future near foreseeable coming time",
)
def _reference(match: re.Match[str], context: Context) -> Result:
    tokens = context.sentence.at(match.start(), match.end()) if context.sentence else []
    if tokens and tokens[0].lower == "the" and tokens[-1].deprel == "amod":  # "the future minister"
        return None
    return readings.reference(lexicon().references[fold(match[0])], None if context.narrative else context.published)


@rule(
    "soon",
    r"soon",
    "soon",
)
def _soon(match: re.Match[str], context: Context) -> Result:
    """Of what is to come ("will soon end"); what "soon" followed in a story is no time of its own."""
    ahead = _AHEAD_BEFORE.search(context.before(match.start())) or _AHEAD_AFTER.match(context.text, match.end())
    return readings.reference("FUTURE_REF", None) if ahead else None


@rule(
    "current",
    r"(?:(?:present|modern)[\s-]day|current)",
    "current present modern",
)
def _current(match: re.Match[str], context: Context) -> Result:
    return readings.reference("PRESENT_REF", None if context.narrative else context.published)


def _attributive(token: Token) -> bool:
    return token.deprel in ("amod", "advmod")


@rule(
    "former, future",
    r"formerly|former|recent|future|present",
    "former formerly recent future present",
)
def _attribute(match: re.Match[str], context: Context) -> Result:
    """TIDES has these adjectives among its triggers; in news they belong to titles ("the former minister") and are left."""
    if not context.narrative or (match[0] == "former" and context.text[match.end() : match.end() + 1] != " "):
        return None
    tokens = context.sentence.at(match.start(), match.end()) if context.sentence else []
    if not tokens or not _attributive(tokens[0]) or _PLURAL_FOLLOWS.match(context.text, match.end()):
        return None
    return readings.reference(_ATTRIBUTES[match[0].lower()], None)
