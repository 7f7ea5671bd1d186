"""Toponyms in a sentence, from its entities, the gazetteer and the words around.

An entity of label LOC is a place whatever the gazetteer says. Outside entities, the longest run of capitalised words that the
gazetteer knows is one if it is prominent enough for how much the words around it speak for a place: a preposition or a feature
word asks little, a sentence start asks much. People's adjectives ("Syrian") are places used as demonyms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places.mention import Mention
from whoholds.grounding.places.scan import Scan
from whoholds.language import Sentence
from whoholds.model import Document, Use

_MENTIONS_OF_NATION = 2
_SHARE_OF_NATION = 0.12
_TOWNS_LIKE_SURNAMES = frozenset({"US", "GB", "CA", "AU", "IE", "NZ"})  # there, half the surnames are towns


def find(
    document: Document, sentences: Sequence[Sentence], gazetteer: Gazetteer, before: Sequence[Mention]
) -> list[list[Mention]]:
    """The mentions of each sentence in text order, none overlapping; those of `before` (datelines) are kept among them.

    A name once found is found wherever the document writes it, except in a person's full name.
    """
    people = _people_of(sentences)
    scans = [Scan(document, sentence, gazetteer, people) for sentence in sentences]
    known: dict[str, set[str]] = {}
    for scan in scans:
        scan.keep(before)
        scan.run()
        for mention in scan.found:
            if mention.candidates and not mention.candidates[0].edits and mention.use is not Use.DEMONYM:
                known.setdefault(mention.name.split(" ", 1)[0].split("-", 1)[0], set()).add(mention.name)
    sure = frozenset(name for scan in scans for name in scan.sure_unknown())
    nations = _nations(scans)
    for scan in scans:
        scan.take_unknown(known, sure)
        scan.again(known)
        scan.names_of(nations)
        scan.found.sort(key=lambda mention: mention.start)
    return [scan.found for scan in scans]


def _people_of(sentences: Iterable[Sentence]) -> frozenset[str]:
    """The words of every person's name of two or more words."""
    return frozenset(
        token.text
        for sentence in sentences
        for entity in sentence.entities
        if entity.label == "PERSON" and entity.last > entity.first
        for token in sentence.tokens[entity.first : entity.last + 1]
    )


def _nations(scans: Sequence[Scan]) -> frozenset[str]:
    """The countries the document is about: those of a good part of the places found so far."""
    counted = Counter(mention.candidates[0].place.country for scan in scans for mention in scan.found if mention.candidates)
    least = max(_MENTIONS_OF_NATION, _SHARE_OF_NATION * counted.total())
    return frozenset(nation for nation, count in counted.items() if nation and count >= least) - _TOWNS_LIKE_SURNAMES
