"""Clauses of nouns and adjectives: who did what is named, and what a nominal predicate is said of."""

from __future__ import annotations

import pytest

from tests.grammar.build import parsed, texts, word
from whoholds.grammar.lexicon import Frame
from whoholds.grammar.nominal import copular_clause, noun_clause

NOUNS = {
    "of and by": ("capture/NN/root>0 of/IN/case>3 Bor/NNP/nmod>1 by/IN/case>5 rebels/NNS/nmod>1", "capture", "rebels", "Bor"),
    "possessive": (
        "rebels/NNS/nmod:poss>3 's/POS/case>1 capture/NN/root>0 of/IN/case>5 Bor/NNP/nmod>3",
        "capture",
        "rebels",
        "Bor",
    ),
    "compound of a people": ("Houthi/NNP/compound>2/NORP attack/NN/root>0", "attack", "Houthi", None),
    "agent of a participle": (
        "attack/NN/root>0 launched/VBN/acl>1 by/IN/case>4 rebels/NNS/obl:agent>2",
        "attack",
        "rebels",
        None,
    ),
    "light verb": ("Rebels/NNS/nsubj>2 launched/VBD/root>0 an/DT/det>4 attack/NN/obj>2", "attack", "Rebels", None),
}


@pytest.mark.parametrize(("line", "noun", "subject", "object_"), NOUNS.values(), ids=NOUNS)
def test_nominalisations(line: str, noun: str, subject: str | None, object_: str | None) -> None:
    sentence = parsed(line)
    assert texts(noun_clause(word(sentence, noun), sentence, Frame("test"))) == (subject, object_)


def test_of_names_the_doer_where_the_frame_says_so() -> None:
    sentence = parsed("withdrawal/NN/root>0 of/IN/case>3 troops/NNS/nmod>1 from/IN/case>5 Bor/NNP/nmod>1")
    clause = noun_clause(word(sentence, "withdrawal"), sentence, Frame("test", of="subject"))
    assert texts(clause) == ("troops", None)
    assert clause.obliques["from"].text == "Bor"


@pytest.mark.parametrize(
    ("line", "noun", "host"),
    [
        ("Rebels/NNS/nsubj>2 launched/VBD/root>0 an/DT/det>4 attack/NN/obj>2 in/IN/case>6 Bor/NNP/obl>2", "attack", "launched"),
        ("Fighting/NN/nsubj>2 erupted/VBD/root>0 in/IN/case>4 Bor/NNP/obl>2", "Fighting", "erupted"),
    ],
)
def test_light_and_happening_verbs_are_hosts(line: str, noun: str, host: str) -> None:
    sentence = parsed(line)
    clause = noun_clause(word(sentence, noun), sentence, Frame("test", of="subject"))
    assert clause.host is not None and clause.host.text == host
    assert clause.obliques["in"].text == "Bor"


def test_a_noun_under_any_other_verb_has_no_host() -> None:
    sentence = parsed("Juba/NNP/nsubj>2 condemned/VBD/root>0 an/DT/det>4 attack/NN/obj>2")
    assert noun_clause(word(sentence, "attack"), sentence, Frame("test")).host is None


@pytest.mark.parametrize(
    "line",
    [
        "Bor/NNP/nsubj>4 is/VBZ/cop>4 under/IN/case>4 control/NN/root>0",
        "They/PRP/nsubj>2 left/VBD/root>0 Bor/NNP/obj>2 under/IN/case>5 control/NN/obl>2",
        "Bor/NNP/nsubj>2 remained/VBD/root>0 under/IN/case>4 control/NN/obl>2",
        "Bor/NNP/root>0 under/IN/case>3 control/NN/nmod>1",
    ],
)
def test_what_a_nominal_predicate_is_said_of(line: str) -> None:
    sentence = parsed(line)
    clause = copular_clause(word(sentence, "control"), sentence, Frame("test"))
    assert clause.obliques["copular subject"].text == "Bor"


def test_a_portion_of_a_happening_has_the_host_of_its_measure() -> None:
    sentence = parsed("They/PRP/nsubj>2 held/VBD/root>0 a/DT/det>4 round/NN/obj>2 of/IN/case>6 talks/NNS/nmod>4")
    clause = noun_clause(word(sentence, "talks"), sentence, Frame("test"))
    assert clause.host is word(sentence, "held") and texts(clause)[0] == "They"
