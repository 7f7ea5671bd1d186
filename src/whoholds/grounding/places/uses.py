"""What a toponym does in its sentence, and what beside it says where it lies."""

from __future__ import annotations

from whoholds.grounding import countries
from whoholds.grounding.places.lexicon import lexicon
from whoholds.grounding.places.mention import Mention
from whoholds.language import Token
from whoholds.model import Use

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
_DIVISION = 4.0  # prominence of what can contain, and of states of federations
_STATE = 5.5
_MODIFIERS = frozenset({"compound", "amod", "nmod"})


def mark_uses(mentions: list[Mention]) -> None:
    """Set the use of each mention of a sentence that is no demonym."""
    for mention in mentions:
        if mention.use is not Use.DEMONYM:
            mention.use = _use(mention)


def _use(mention: Mention) -> Use:
    head, words = mention.head, lexicon()
    governor = head.head
    if governor is None or mention.dateline:
        return Use.LITERAL
    if head.deprel in ("nmod:poss", "nmod") and _possessive(mention):
        land = governor.lower in words.ground or governor.lower in words.features or governor.entity == "LOC"
        return Use.METONYM if _governs(mention) and not land else Use.LITERAL
    if _backs(mention) or (_governs(mention) and _party(head)):
        return Use.METONYM
    if head.deprel in _SUBJECTS or (head.deprel == "conj" and governor.deprel in _SUBJECTS):
        verb = governor if head.deprel in _SUBJECTS else governor.head
        return Use.METONYM if _governs(mention) and verb is not None and verb.lemma in words.verbs else Use.LITERAL
    if head.deprel in _MODIFIERS and governor.i > mention.last and head.child("case") is None:
        return Use.LITERAL if governor.lower in words.features or governor.upos == "PROPN" else Use.MODIFIER
    addressed = head.deprel == "obj" and governor.lemma in words.addressed
    if (head.deprel == "obl:agent" or addressed) and _governs(mention):
        return Use.METONYM
    return Use.LITERAL


def _backs(mention: Mention) -> bool:
    """Whether a participle joined by a hyphen makes it a government: "Washington-backed", not "Beijing-based"."""
    tokens, after = mention.sentence.tokens, mention.last + 1
    joined = after + 1 < len(tokens) and tokens[after].text == "-" and tokens[after].start == mention.end
    return joined and tokens[after + 1].lower in lexicon().backings and _governs(mention)


def _party(head: Token) -> bool:
    """Whether the word is one of those who talk or quarrel ("talks between Kyiv and Moscow"), or a source ("according to")."""
    first = head.head if head.deprel == "conj" and head.head is not None else head
    case = first.child("case")
    governor = first.head
    if case is None or governor is None:
        return False
    if case.lower == "according" or any(token.lower == "according" for token in case.children):
        return True
    tokens = [token.lower for token in (case, *case.children)]
    return governor.lemma in lexicon().dealings and bool({"between", "with", "against"} & set(tokens))


def _possessive(mention: Mention) -> bool:
    tokens = mention.sentence.tokens
    return mention.last + 1 < len(tokens) and tokens[mention.last + 1].lower in ("'s", "’s", "'", "’")


def _governs(mention: Mention) -> bool:
    """Whether the name can stand for a government: a country's or a capital's."""
    if mention.candidates and mention.candidates[0].is_country:
        return True
    return countries.by_capital(mention.name) is not None


def _may_contain(outer: Mention, inner: Mention) -> bool:
    """Whether "inner, outer" can be a place and where it lies, rather than a list of countries or of states."""
    if not any(item.place.feature == "A" and item.prominence > _DIVISION for item in outer.candidates[:4]):
        return False
    if not inner.candidates or not outer.candidates:
        return False
    large = inner.candidates[0]
    level = outer.candidates[0].is_country
    if large.is_country:
        return not level and len(inner.candidates) > 1
    return level or large.place.feature != "A" or large.prominence < _STATE


def join_containers(mentions: list[Mention]) -> None:
    """Pair names with what follows them after a comma or in brackets: "Arlington, Va.", "Goma, Congo"."""
    words = lexicon()
    for mention, after in zip(mentions, [*mentions[1:], None], strict=False):
        tokens = mention.sentence.tokens
        gap = mention.last + 1
        if mention.container or gap >= len(tokens) or tokens[gap].text not in (",", "("):
            continue
        if after is not None and after.first == gap + 1 and after.use is not Use.DEMONYM:
            if _may_contain(after, mention):
                mention.container = after
        elif gap + 1 < len(tokens):
            word = tokens[gap + 1]
            if (word.text.isupper() and len(word.text) == 2) or word.lower.replace(".", "") in words.abbreviations:
                mention.state = word.text
