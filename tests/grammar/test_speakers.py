"""Speakers: who is said to say what stands where in a sentence."""

from __future__ import annotations

import pytest

from tests.grammar.build import clause_of, parsed, word
from whoholds.grammar.mood import Mood, mood
from whoholds.grammar.speakers import speaker_heads, speech_verbs

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
    "inverted, tied like an object": (
        "Rebels/NNS/nsubj>2 attacked/VBD/ccomp>5 Bor/NNP/obj>2 ,/,/punct>5 said/VBD/root>0 the/DT/det>7 army/NN/iobj>5",
        "attacked",
        ["army"],
    ),
    "tied like a further clause": (
        "Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2 ,/,/punct>6 Juba/NNP/nsubj>6 wrote/VBD/conj>2",
        "attacked",
        ["Juba"],
    ),
    "a further clause": (
        "Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2 and/CC/cc>6 Juba/NNP/nsubj>6 wrote/VBD/conj>2",
        "attacked",
        [],
    ),
    "after the last of several clauses": (
        "Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2 and/CC/cc>6 troops/NNS/nsubj>6 fled/VBD/conj>2 ,/,/punct>10 "
        "as/IN/mark>10 Juba/NNP/nsubj>10 said/VBD/advcl>6",
        "attacked",
        ["Juba"],
    ),
    "promised": (
        "Juba/NNP/nsubj>2 promised/VBD/root>0 :/:/punct>5 troops/NNS/nsubj>5 attacked/VBD/ccomp>2 Bor/NNP/obj>5",
        "attacked",
        ["Juba"],
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
    clause = clause_of(SPEAKERS["final, tied wrong"][0], "said")
    assert speaker_heads(clause.head, clause.sentence, mood(clause)) == []


def test_what_a_verb_of_saying_governs_is_not_what_it_is_set_into() -> None:
    line = (
        "Rebels/NNS/nsubj>2 fled/VBD/root>0 ,/,/punct>2 Juba/NNP/nsubj>5 said/VBD/parataxis>2 ,/,/punct>5 when/WRB/advmod>9 "
        "troops/NNS/nsubj>9 entered/VBD/advcl>5 Bor/NNP/obj>9"
    )
    sentence = parsed(line)
    assert [verb.text for verb in speech_verbs(word(sentence, "fled"), sentence, Mood())] == ["said"]
    assert speech_verbs(word(sentence, "entered"), sentence, Mood()) == []
