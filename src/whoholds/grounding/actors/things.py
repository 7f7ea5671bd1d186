"""Nouns of the table of roles that name nobody where they stand: "came into force", "a strong position", "ceasefire regime"."""

from __future__ import annotations

from whoholds.grounding.actors.phrases import Phrase
from whoholds.grounding.actors.tables import role_words
from whoholds.grounding.actors.told import Reading

_UNCOUNTED = frozenset({"", "no", "any", "some", "much"})


def is_thing(phrase: Phrase, noun: str, begin: int, end: int, complement: Reading | None) -> bool:
    """Whether the noun at tokens `begin` to `end` (inclusive) of a phrase names no actor; `complement` is what follows "of"."""
    sets = role_words().sets
    tokens = phrase.sentence.tokens
    if noun in sets["owned"]:
        return not _is_owned(phrase, begin)
    if noun in sets["tasks"]:
        return not phrase.definite and phrase.possessor is None and not _is_qualified(phrase, begin)
    if noun in sets["fronts"] and begin > phrase.own and begin - 1 in phrase.hits:
        return phrase.hits[begin - 1].known is None
    if noun == "authority" and phrase.link == "of" and not phrase.possessor:  # "the authority of the council"
        return True
    if noun in sets["mass"]:
        uncounted = phrase.determiner in _UNCOUNTED or phrase.by_pronoun
        return uncounted and tokens[end].tag in ("NN", "NNP") and not _is_owned(phrase, begin)
    before = tokens[begin - 1] if begin > phrase.own else None
    if noun in sets["orders"]:
        return before is not None and (before.lower in sets["ordered"] or before.lower == "fire")
    if noun in ("body", "bodies"):
        return phrase.link == "of" and complement is not None and complement.role is not None
    if noun == "population" and phrase.determiner == "a":  # "the town has a population of 75,000"
        return True
    return noun in ("side", "sides") and phrase.link == "of" and complement is None and phrase.complement is not None


def _is_qualified(phrase: Phrase, begin: int) -> bool:
    """Whether a name, or a word that gives a role, stands before token `begin`: "the EU mission", "aid mission"."""
    tokens = phrase.sentence.tokens
    return any(k in phrase.hits or tokens[k].lower in role_words().modifiers for k in range(phrase.own, begin))


def _is_owned(phrase: Phrase, begin: int) -> bool:
    """Whether a word before token `begin` tells whose it is: "rebel positions", "the army's camp", "Syrian resistance"."""
    words = role_words()
    if phrase.possessor is not None:
        return True
    tables = (words.heads, words.forces, words.agents, words.modifiers)
    return any(
        k in phrase.hits or any(phrase.sentence.tokens[k].lower in table for table in tables) for k in range(phrase.own, begin)
    )


def is_paired(phrase: Phrase, end: int) -> bool:
    """Whether the noun at token `end` is of both parties of the story: "the two sides", "the warring factions"."""
    sets = role_words().sets
    tokens = phrase.sentence.tokens
    if tokens[end].lower not in sets["sides"]:
        return False
    if tokens[end].lower in sets["parties"] and phrase.determiner == "the" and phrase.own == end:
        return True
    before = {phrase.determiner, *(tokens[k].lower for k in range(phrase.own, end))}
    return bool(before & sets["pairing"])


def is_national(phrase: Phrase, begin: int, possessor: Reading | None) -> bool:
    """Whether the words before token `begin` make it a country's: "Japan's", "Japanese"."""
    if possessor and possessor.kind in ("country", "seat"):
        return True
    return any(phrase.hits[k].country for k in range(phrase.own, begin) if k in phrase.hits)
