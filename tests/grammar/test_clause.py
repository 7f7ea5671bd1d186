"""Constructions: whatever the words' order, subject and object are who did it and what it was done to."""

from __future__ import annotations

import pytest

from tests.grammar.build import clause_of, parsed, texts, word
from whoholds.grammar.clause import antecedent, content, preposition, told_first, verb_clause

# sentence, verb, subject, object
VERBS = {
    "active": ("Rebels/NNS/nsubj>2 seized/VBD/root>0 Bor/NNP/obj>2", "seized", "Rebels", "Bor"),
    "passive with an agent": (
        "Bor/NNP/nsubj:pass>3 was/VBD/aux:pass>3 seized/VBN/root>0 by/IN/case>5 rebels/NNS/obl:agent>3",
        "seized",
        "rebels",
        "Bor",
    ),
    "passive without one": ("Bor/NNP/nsubj:pass>3 was/VBD/aux:pass>3 seized/VBN/root>0", "seized", None, "Bor"),
    "passive at the hands of somebody": (
        "Bor/NNP/nsubj>2 suffered/VBD/root>0 and/CC/cc>5 was/VBD/aux:pass>5 looted/VBN/conj>2 "
        "by/IN/case>7 rebels/NNS/obl:agent>5",
        "looted",
        "rebels",
        "Bor",
    ),
    "passive of giving": (
        "Rebels/NNS/nsubj:pass>3 were/VBD/aux:pass>3 given/VBN/root>0 days/NNS/obj>3",
        "given",
        None,
        "days",
    ),
    "relative clause on the subject": (
        "Rebels/NNS/nsubj>5 who/WP/nsubj>3 seized/VBD/acl:relcl>1 Bor/NNP/obj>3 fled/VBD/root>0",
        "seized",
        "Rebels",
        "Bor",
    ),
    "relative clause on the object": (
        "Bor/NNP/nsubj>5 which/WDT/obj>4 rebels/NNS/nsubj>4 seized/VBD/acl:relcl>1 burns/VBZ/root>0",
        "seized",
        "rebels",
        "Bor",
    ),
    "relative clause without a pronoun": (
        "Towns/NNS/nsubj>4 rebels/NNS/nsubj>3 seized/VBD/acl:relcl>1 burn/VBP/root>0",
        "seized",
        "rebels",
        "Towns",
    ),
    "reduced relative in the passive": (
        "Bor/NNP/nsubj>5 seized/VBN/acl>1 by/IN/case>4 rebels/NNS/obl:agent>2 burns/VBZ/root>0",
        "seized",
        "rebels",
        "Bor",
    ),
    "reduced relative in the active": (
        "Rebels/NNS/nsubj>4 holding/VBG/acl>1 Bor/NNP/obj>2 fled/VBD/root>0",
        "holding",
        "Rebels",
        "Bor",
    ),
    "subject tied to the verb above": (
        "Footage/NN/nsubj>2 showed/VBD/root>0 rebels/NNS/nsubj>2 entering/VBG/ccomp>2 Bor/NNP/obj>4",
        "entering",
        "rebels",
        "Bor",
    ),
    "subject tied to the verb of saying after it": (
        "Rebels/NNS/nsubj>5 seized/VBD/ccomp>5 Bor/NNP/obj>2 witnesses/NNS/nsubj>5 said/VBD/root>0",
        "seized",
        "Rebels",
        "Bor",
    ),
    "infinitive of the subject": (
        "Rebels/NNS/nsubj>2 planned/VBD/root>0 to/TO/mark>4 seize/VB/xcomp>2 Bor/NNP/obj>4",
        "seize",
        "Rebels",
        "Bor",
    ),
    "infinitive of the object": (
        "Juba/NNP/nsubj>2 ordered/VBD/root>0 troops/NNS/obj>2 to/TO/mark>5 seize/VB/xcomp>2 Bor/NNP/obj>5",
        "seize",
        "troops",
        "Bor",
    ),
    "infinitive in the passive": (
        "Bor/NNP/nsubj:pass>3 is/VBZ/aux:pass>3 expected/VBN/root>0 to/TO/mark>6 be/VB/aux:pass>6 returned/VBN/xcomp>3",
        "returned",
        None,
        "Bor",
    ),
    "second of two verbs": (
        "Rebels/NNS/nsubj>2 entered/VBD/root>0 Bor/NNP/obj>2 and/CC/cc>5 burned/VBD/conj>2 homes/NNS/obj>5",
        "burned",
        "Rebels",
        "homes",
    ),
    "active after a passive": (
        "Rebels/NNS/nsubj:pass>3 were/VBD/aux:pass>3 attacked/VBN/root>0 and/CC/cc>5 fled/VBD/conj>3",
        "fled",
        "Rebels",
        None,
    ),
    "participle of the subject": (
        "Rebels/NNS/nsubj>2 advanced/VBD/root>0 burning/VBG/advcl>2 homes/NNS/obj>3",
        "burning",
        "Rebels",
        "homes",
    ),
    "participle as an adjective": ("seized/VBN/amod>2 towns/NNS/nsubj>3 burn/VBP/root>0", "seized", None, "towns"),
}


@pytest.mark.parametrize(("line", "verb", "subject", "object_"), VERBS.values(), ids=VERBS)
def test_who_did_it_to_what(line: str, verb: str, subject: str | None, object_: str | None) -> None:
    assert texts(clause_of(line, verb)) == (subject, object_)


@pytest.mark.xfail(reason="the object told hides the subject of the passive, and becomes the receiver itself", strict=False)
def test_the_receiver_of_a_passive_is_its_indirect_object() -> None:
    clause = clause_of(VERBS["passive of giving"][0], "given")
    assert clause.indirect is not None and clause.indirect.text == "Rebels"


@pytest.mark.parametrize(
    ("line", "object_", "former"),
    [
        (
            "Rebels/NNS/nsubj>2 took/VBD/root>0 control/NN/obj>2 of/IN/case>5 Bor/NNP/nmod>3 from/IN/case>7 troops/NNS/nmod>3",
            "Bor",
            "troops",
        ),
        (
            "Rebels/NNS/nsubj>2 took/VBD/root>0 its/PRP$/nmod:poss>4 control/NN/obj>2 from/IN/case>6 troops/NNS/obl>2",
            "its",
            "troops",
        ),
    ],
)
def test_a_consumed_noun_hands_its_arguments_on(line: str, object_: str, former: str) -> None:
    sentence = parsed(line)
    clause = verb_clause(word(sentence, "took"), sentence, word(sentence, "control"))
    assert texts(clause) == ("Rebels", object_)
    assert clause.obliques["from"].text == former
    assert clause.obliques["companion"].text == "control"


def test_pronouns_of_relative_clauses_stand_for_their_noun() -> None:
    sentence = parsed("Rebels/NNS/nsubj>5 who/WP/nsubj>3 seized/VBD/acl:relcl>1 Bor/NNP/obj>3 fled/VBD/root>0")
    assert antecedent(word(sentence, "who")) is word(sentence, "Rebels")
    assert antecedent(word(sentence, "Bor")) is word(sentence, "Bor")
    assert antecedent(None) is None


def test_prepositions_of_several_words_are_one() -> None:
    sentence = parsed("fled/VBD/root>0 because/IN/case>4 of/IN/fixed>2 fighting/NN/obl>1")
    assert preposition(word(sentence, "fighting")) == "because of"
    assert preposition(word(sentence, "fled")) == ""


def test_the_preposition_of_a_name_may_hang_on_its_first_part() -> None:
    sentence = parsed("Rebels/NNS/nsubj>2 fled/VBD/root>0 to/IN/case>4 Burkina/NNP/compound>5 Faso/NNP/obl>2")
    assert preposition(word(sentence, "Faso")) == "to"


def test_a_day_leaves_its_preposition_to_another_phrase() -> None:
    line = (
        "Berlin/NNP/nsubj>2 imposed/VBD/root>0 sanctions/NNS/obj>2 on/IN/case>5 Minsk/NNP/nmod>3 "
        "on/IN/case>7 Monday/NNP/obl>2/DATE"
    )
    assert clause_of(line, "imposed").obliques["on"].text == "Minsk"


def test_what_is_said_may_stand_before_the_verb_of_saying() -> None:
    before = parsed("Rebels/NNS/nsubj>2 fled/VBD/ccomp>4 Juba/NNP/nsubj>4 said/VBD/root>0")
    after = parsed("Juba/NNP/nsubj>2 said/VBD/root>0 rebels/NNS/nsubj>4 fled/VBD/ccomp>2")
    assert told_first(word(before, "said")) is word(before, "fled")
    assert told_first(word(after, "said")) is None


def test_a_relative_clause_about_what_was_told_has_no_antecedent() -> None:
    sentence = parsed(
        "Bor/NNP/nsubj>5 which/WDT/obj>4 rebels/NNS/nsubj>4 seized/VBD/acl:relcl>1 burned/VBD/root>0 "
        "which/WDT/nsubj>7 angered/VBD/advcl:relcl>5 Juba/NNP/obj>7"
    )
    pronoun = sentence.tokens[5]
    assert antecedent(pronoun) is pronoun


def test_an_only_object_is_the_object() -> None:
    line = "Juba/NNP/nsubj>2 told/VBD/root>0 rebels/NNS/iobj>2 to/TO/mark>5 leave/VB/xcomp>2"
    assert texts(clause_of(line, "told")) == ("Juba", "rebels")


def test_what_is_reported_follows_or_holds_the_verb_of_saying() -> None:
    follows = parsed("Juba/NNP/nsubj>2 said/VBD/root>0 rebels/NNS/nsubj>4 fled/VBD/ccomp>2")
    holds = parsed("Rebels/NNS/nsubj>2 fled/VBD/root>0 Juba/NNP/nsubj>4 said/VBD/parataxis>2")
    assert content(word(follows, "said")) is word(follows, "fled")
    assert content(word(holds, "said")) is word(holds, "fled")
    assert content(word(follows, "fled")) is None


@pytest.mark.parametrize(
    ("line", "slot", "text"),
    [
        ("agreed/VBD/root>0 to/TO/mark>3 leave/VB/xcomp>1", "infinitive", "leave"),
        ("agreed/VBD/root>0 to/TO/mark>4 be/VB/aux:pass>4 tried/VBN/xcomp>1", "infinitive", "tried"),
        ("started/VBD/root>0 shelling/VBG/xcomp>1", "infinitive", None),
        ("called/VBD/root>0 it/PRP/obj>1 murder/NN/xcomp>1", "complement", "murder"),
        ("called/VBD/root>0 it/PRP/obj>1 murder/NN/xcomp>1", "content subject", None),
    ],
)
def test_slots_of_governed_clauses(line: str, slot: str, text: str | None) -> None:
    found = clause_of(line, line.partition("/")[0]).slot(slot)
    assert (found.text if found else None) == text


def test_a_second_object_with_a_preposition_is_an_oblique() -> None:
    clause = clause_of("Rebels/NNS/nsubj>2 raised/VBD/root>0 flags/NNS/obj>2 over/IN/case>5 Tikrit/NNP/obj>2", "raised")
    assert texts(clause) == ("Rebels", "flags")
    assert clause.obliques["over"].text == "Tikrit"


def test_all_but_some_is_the_object() -> None:
    line = "Rebels/NNS/nsubj>2 hold/VBP/root>0 all/DT/det:predet>6 but/CC/cc>6 two/CD/nummod>6 villages/NNS/conj>2"
    assert texts(clause_of(line, "hold")) == ("Rebels", "villages")


def test_nobody_is_acted_upon_by_a_month() -> None:
    line = "Accords/NNS/nsubj:pass>2 called/VBN/root>0 for/IN/case>4 votes/NNS/obl>2 by/IN/case>6 June/NNP/obl:agent>2/DATE"
    clause = clause_of(line, "called")
    assert not clause.passive
    assert texts(clause) == ("Accords", None)


def test_who_is_accused_did_it() -> None:
    line = (
        "Kyiv/NNP/nsubj>2 accused/VBD/root>0 the/DT/det>4 rebels/NNS/obj>2 of/IN/mark>6 breaking/VBG/advcl>2 the/DT/det>8 "
        "truce/NN/obj>6"
    )
    assert texts(clause_of(line, "breaking")) == ("rebels", "truce")
