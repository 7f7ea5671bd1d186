"""Whether a mention is an actor where it stands, or only tells where: "in Minsk", "fled the country", "the road to Kabul".

A country, a seat of government and "the country" stand for a government as who does, undergoes, owns or is dealt with; behind a
preposition of place, as part of a place's name and where somebody goes, leaves, takes or holds them they are ground.
"""

from __future__ import annotations

from whoholds.grounding.actors.names import Kind
from whoholds.grounding.actors.phrases import Phrase
from whoholds.grounding.actors.tables import RoleWords, role_words
from whoholds.grounding.actors.told import Reading
from whoholds.language.sentence import Token

LOCATIVE = frozenset(
    "in near at inside across into around outside from throughout to toward towards within beyond via through off".split()
)
_BUILT = LOCATIVE - {"from", "to", "toward", "towards", "through", "via"}  # of these a ministry may also be dealt with
_SKIPPED = frozenset({"DET", "ADV", "NUM"})
_DEALING = frozenset({"by", "with", "against", "between", "among", "for", "as", "like", "than"})
_CHAINED = ("conj", "appos", "nmod", "nmod:unmarked", "parataxis", "list")
_LONGEST_CHAIN = 12  # names in a row, all behind one preposition


def is_whereabouts(phrase: Phrase, reading: Reading) -> bool:
    """Whether a phrase with this reading tells only where, and is no actor."""
    words = role_words()
    noun = phrase.head.lower
    if reading.kind in ("country", "seat"):
        return _is_ground(phrase, reading.kind == "seat", words)
    if reading.kind in ("known", "people"):
        placed = phrase.head.entity == "LOC" and phrase.own in phrase.hits and phrase.head.tag != "NNPS"
        placed &= reading.kind == "known" or not phrase.determiner  # "the Rohingya" are people
        return placed and _is_ground(phrase, phrase.own == phrase.last, words)
    if reading.kind != "role":
        return False
    if noun in words.sets["lands"]:
        return _is_hyphened(phrase) or _names_land(phrase) or _is_ground(phrase, True, words) or not _is_dealt_with(phrase)
    if noun in words.sets["districts"]:
        return _names_land(phrase)
    before, _ = _preposition(phrase)
    return noun in words.sets["premises"] and before is not None and before.lower in _BUILT


def is_land(reading: Reading) -> bool:
    """Whether a reading is a country, whether by its name, its seat, its people or a noun like "the country"."""
    lands = reading.kind == "role" and reading.key in role_words().sets["lands"]
    return lands or reading.kind in ("country", "seat", "people")


def _is_hyphened(phrase: Phrase) -> bool:
    """Whether it is but the first half of a compound: "state-run"."""
    after = phrase.sentence.tokens[phrase.last + 1 : phrase.last + 2]
    return bool(after) and after[0].text == "-" and not phrase.head.space_after


def _names_land(phrase: Phrase) -> bool:
    """Whether what stands behind "of" makes it no country's government: "state of Borno", "state of emergency"."""
    if phrase.link != "of" or phrase.complement is None:
        return False
    hit = phrase.hits.get(phrase.complement.last)
    named = phrase.complement.head.entity == "LOC" or phrase.head.lower in role_words().sets["lands"]
    return named and not (hit and hit.kind is Kind.COUNTRY)


def _is_dealt_with(phrase: Phrase) -> bool:
    """Whether "the country" stands where an actor stands, not in an adjunct: "into a country", "countries around"."""
    before, _ = _preposition(phrase)
    return before is None or before.lower in _DEALING or before.lower == "of"


def _is_ground(phrase: Phrase, town: bool, words: RoleWords) -> bool:
    """Whether a country, or the seat of one where `town`, is ground here."""
    sets = words.sets
    if _is_held(phrase) or (town and _is_titled(phrase)):
        return True
    before, direct = _preposition(phrase)
    if before is None:
        return _is_taken(phrase.head, town, words)
    noun = phrase.sentence.tokens[before.i - 1].lower if before.i else ""
    if before.lower == "of":
        return noun in sets["sites"] or (town and noun in sets["takings"])
    if before.lower in ("between", "with"):
        return noun in sets["ways"]
    if before.lower == "on":
        return town and noun in sets["arms"] | sets["takings"]
    if before.lower == "to":
        verb = phrase.head.head
        return noun not in sets["acts"] and (verb is None or verb.lemma not in sets["giving"])
    if before.lower == "from" and not direct:  # "officials from Russia, Ukraine and Turkey"
        return noun not in words.heads and noun not in words.agents
    return before.lower in LOCATIVE


def _is_held(phrase: Phrase) -> bool:
    """Whether a hyphenated participle tells who holds it: "rebel-held Donetsk"."""
    tokens = phrase.sentence.tokens
    return phrase.own <= phrase.last - 2 and tokens[phrase.last - 1].upos == "VERB" and tokens[phrase.last - 2].text == "-"


def _is_titled(phrase: Phrase) -> bool:
    """Whether a noun of places stands before its name: "the capital Sanaa"."""
    hit = phrase.hits.get(phrase.last)
    return hit is not None and hit.first > 0 and phrase.sentence.tokens[hit.first - 1].lower in role_words().sets["sites"]


def _is_taken(head: Token, town: bool, words: RoleWords) -> bool:
    """Whether it is the ground that a verb is about: "left Libya", "captured Kabul", "Kabul fell"."""
    first = head
    for _ in range(_LONGEST_CHAIN):
        if first.deprel != "conj" or first.head is None:
            break
        first = first.head
    verb = first.head
    if verb is None:
        return False
    if first.deprel == "obj":
        return verb.lemma in words.sets["moves"] or (town and verb.lemma not in words.sets["addressing"])
    if first.deprel == "nsubj:pass":
        return town and verb.lemma in words.sets["taking"]
    return town and first.deprel == "nsubj" and verb.lemma == "fall"


def _preposition(phrase: Phrase) -> tuple[Token | None, bool]:
    """The preposition before a phrase, or before the row of names that it goes on, and whether it stands right before it."""
    tokens = phrase.sentence.tokens
    k = phrase.first - 1
    while k >= 0 and tokens[k].upos in _SKIPPED:
        k -= 1
    if k >= 0 and (tokens[k].upos == "ADP" or tokens[k].lower in LOCATIVE):
        return tokens[k], True
    head = phrase.head
    for _ in range(_LONGEST_CHAIN):
        if head.head is None or not head.deprel.startswith(_CHAINED) or (head.deprel != "conj" and head.entity != "LOC"):
            break
        head = head.head
        if head.entity != "LOC":  # names go on with names: "in pipes, and Malaysia offered help" is not in Malaysia
            break
        cases = [case for case in head.all("case") if case.i < head.i < phrase.first and case.upos == "ADP"]
        if cases:
            return cases[0], False
    return None, False
