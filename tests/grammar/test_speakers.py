"""Speakers: who is said to say what stands where in a sentence."""

from __future__ import annotations

import pytest

from tests.grammar.build import clause_of, parsed, word
from whoholds.grammar.mood import mood
from whoholds.grammar.speakers import scopes, speaker_heads

_ATTACKED = "Rebels/NNS/nsubj>2 attacked/VBD/{0} Bor/NNP/obj>2"

# sentence, predicate, heads of the speakers nearest the outlet first
SPEAKERS = {
    "none": (_ATTACKED.format("root>0"), "attacked", []),
    "governing": (
        "Juba/NNP/nsubj>2 said/VBD/root>0 that/IN/mark>5 rebels/NNS/nsubj>5 attacked/VBD/ccomp>2 Bor/NNP/obj>5",
        "attacked",
        ["Juba"],
    ),
    "final": (
        "Rebels/NNS/nsubj>2 attacked/VBD/ccomp>7 Bor/NNP/obj>2 ,/,/punct>7 the/DT/det>6 army/NN/nsubj>7 said/VBD/root>0",
        "attacked",
        ["army"],
    ),
    "final, tied wrong": (
        "Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2 ,/,/punct>2 the/DT/det>6 army/NN/nsubj>7 said/VBD/parataxis>2",
        "attacked",
        ["army"],
    ),
    "inserted": (
        "Armed/JJ/amod>2 rebels/NNS/nsubj>7 ,/,/punct>5 witnesses/NNS/nsubj>5 said/VBD/parataxis>7 ,/,/punct>5 "
        "attacked/VBD/root>0 Bor/NNP/obj>7 early/RB/advmod>7 on/IN/case>11 Friday/NNP/obl>7 with/IN/case>13 guns/NNS/obl>7",
        "attacked",
        ["witnesses"],
    ),
    "inverted": (
        "Rebels/NNS/nsubj>2 attacked/VBD/ccomp>5 Bor/NNP/obj>2 ,/,/punct>5 said/VBD/root>0 the/DT/det>7 army/NN/nsubj>5",
        "attacked",
        ["army"],
    ),
    "according to": (
        "According/VBG/case>3 to/IN/fixed>1 officials/NNS/obl>5 rebels/NNS/nsubj>5 attacked/VBD/root>0 Bor/NNP/obj>5",
        "attacked",
        ["officials"],
    ),
    "nested": (
        "Juba/NNP/nsubj>2 said/VBD/root>0 rebels/NNS/nsubj>4 admitted/VBD/ccomp>2 they/PRP/nsubj>6 attacked/VBD/ccomp>4",
        "attacked",
        ["Juba", "rebels"],
    ),
    "citing": (
        "Juba/NNP/nsubj>2 said/VBD/root>0 ,/,/punct>4 citing/VBG/advcl>2 elders/NNS/obj>4 ,/,/punct>4 "
        "rebels/NNS/nsubj>8 attacked/VBD/ccomp>2 Bor/NNP/obj>8",
        "attacked",
        ["Juba", "elders"],
    ),
    "denied": (
        "Juba/NNP/nsubj>2 denied/VBD/root>0 that/IN/mark>5 troops/NNS/nsubj>5 attacked/VBD/ccomp>2 Bor/NNP/obj>5",
        "attacked",
        ["Juba"],
    ),
    "pictures put out": (
        "Video/NN/nsubj>5 released/VBN/acl>1 by/IN/case>4 Juba/NNP/obl:agent>2 shows/VBZ/root>0 troops/NNS/nsubj>7 "
        "entering/VBG/ccomp>5 Bor/NNP/obj>7",
        "entering",
        ["Juba"],
    ),
    "pictures of the outlet": (
        "Video/NN/nsubj>2 shows/VBZ/root>0 troops/NNS/nsubj>4 entering/VBG/ccomp>2 Bor/NNP/obj>4",
        "entering",
        [],
    ),
    "beyond a semicolon": (
        "Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2 ;/:/punct>2 they/PRP/nsubj>6 fled/VBD/ccomp>9 ,/,/punct>9 "
        "Juba/NNP/nsubj>9 said/VBD/parataxis>2",
        "attacked",
        [],
    ),
    "before the semicolon": (
        "Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2 ;/:/punct>2 they/PRP/nsubj>6 fled/VBD/ccomp>9 ,/,/punct>9 "
        "Juba/NNP/nsubj>9 said/VBD/parataxis>2",
        "fled",
        ["Juba"],
    ),
    "impersonal": (
        "It/PRP/expl>3 was/VBD/aux:pass>3 said/VBN/root>0 that/IN/mark>6 rebels/NNS/nsubj>6 attacked/VBD/ccomp>3 Bor/NNP/obj>6",
        "attacked",
        [],
    ),
}


@pytest.mark.parametrize(("line", "verb", "heads"), SPEAKERS.values(), ids=SPEAKERS)
def test_speakers(line: str, verb: str, heads: list[str]) -> None:
    clause = clause_of(line, verb)
    assert [head.text for head in speaker_heads(clause.head, clause.sentence, mood(clause))] == heads


def test_nobody_speaks_their_own_verb_of_saying() -> None:
    sentence = parsed(SPEAKERS["final"][0])
    assert [scope.speaker.text for scope in scopes(sentence)] == ["army"]
    scope = scopes(sentence)[0]
    assert scope.first <= word(sentence, "attacked").i < scope.last
    assert not scope.first <= word(sentence, "said").i < scope.last


def test_a_sentence_without_a_verb_of_saying_has_no_scopes() -> None:
    assert scopes(parsed(_ATTACKED.format("root>0"))) == []
