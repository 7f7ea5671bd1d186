"""Which words are toponyms, and what they do in their sentence."""

from __future__ import annotations

import pytest

from tests.builders import report
from tests.grounding.gazetteer.small import small_gazetteer
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places import find_places
from whoholds.model import Use, Where


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return small_gazetteer(tmp_path_factory.mktemp("places"))


def read(gazetteer: Gazetteer, *lines: str) -> list[Where]:
    return find_places(*report(*lines), gazetteer)[0]


MUST = [
    ("Troops/NOUN/nsubj>2 entered/VERB/root>0 Aleppo/PROPN/obj>2/LOC ./PUNCT/punct>2", "Aleppo", Use.LITERAL),
    ("Shells/NOUN/nsubj>2 fell/VERB/root>0 near/ADP/case>4 Goma/PROPN/obl>2 ./PUNCT/punct>2", "Goma", Use.LITERAL),
    ("They/PRON/nsubj>2 enter/VERB/root>0 Kherson/PROPN/obj>2/PERSON ./PUNCT/punct>2", "Kherson", Use.LITERAL),
    ("It/PRON/nsubj>2 hit/VERB/root>0 the/DET/det>5 Kalbajar/PROPN/compound>5/LOC region/NOUN/obj>2", "Kalbajar", Use.LITERAL),
    ("The/DET/det>3 Kherson/PROPN/compound>3/LOC offensive/NOUN/nsubj>4 stalled/VERB/root>0", "Kherson", Use.MODIFIER),
    ("Syrian/ADJ/amod>2/NORP troops/NOUN/nsubj>3 left/VERB/root>0", "Syrian", Use.DEMONYM),
    ("South/ADJ/amod>3/NORP Sudanese/ADJ/amod>3/NORP troops/NOUN/nsubj>4 left/VERB/root>0", "South Sudanese", Use.DEMONYM),
    ("Yerevan/PROPN/nsubj>2/LOC ask/VERB/root>0 for/ADP/case>4 time/NOUN/obl>2", "Yerevan", Use.METONYM),
    ("Armenia/PROPN/nmod:poss>3/LOC ='s/PART/case>1 army/NOUN/nsubj>4 left/VERB/root>0", "Armenia", Use.METONYM),
    ("Armenia/PROPN/nmod:poss>3/LOC ='s/PART/case>1 border/NOUN/nsubj>4 closed/VERB/root>0", "Armenia", Use.LITERAL),
    ("European/ADJ/amod>2/NORP ministers/NOUN/nsubj>3 met/VERB/root>0", "European", Use.DEMONYM),
    ("They/PRON/nsubj>2 reached/VERB/root>0 al/PROPN/obj>2 =-/PUNCT/punct>5 =Hasakah/PROPN/flat>3", "al-Hasakah", Use.LITERAL),
]
MUST_NOT = [
    "Michael/PROPN/nsubj>3/PERSON Moscow/PROPN/flat>1/PERSON spoke/VERB/root>0 ./PUNCT/punct>3",
    "We/PRON/nsubj>2 left/VERB/root>0 us/PRON/obj>2 there/ADV/advmod>2 ./PUNCT/punct>2",
    "Nobody/PRON/nsubj>2 came/VERB/root>0 ./PUNCT/punct>2",
    "In/ADP/case>2 March/PROPN/obl>3/DATE fighting/NOUN/root>0 stopped/VERB/acl>3",
]


@pytest.mark.parametrize(("line", "name", "use"), MUST, ids=[f"{name}-{use}" for _, name, use in MUST])
def test_found(gazetteer: Gazetteer, line: str, name: str, use: Use) -> None:
    found = read(gazetteer, line)
    assert [(where.name, where.use) for where in found] == [(name, use)]
    assert found[0].place is not None
    assert found[0].span is not None and found[0].span.quote == name


@pytest.mark.parametrize("line", MUST_NOT)
def test_not_found(gazetteer: Gazetteer, line: str) -> None:
    assert read(gazetteer, line) == []


def test_a_location_that_no_gazetteer_knows_is_told_without_a_place(gazetteer: Gazetteer) -> None:
    document, sentences = report("Troops/NOUN/nsubj>2 entered/VERB/root>0 Qwrtzp/PROPN/obj>2/LOC ./PUNCT/punct>2")
    places, problems = find_places(document, sentences, gazetteer)
    assert [(where.name, where.place) for where in places] == [("Qwrtzp", None)]
    assert [problem.code for problem in problems] == ["place-unknown"]


def test_a_dateline_outside_the_sentences(gazetteer: Gazetteer) -> None:
    document, sentences = report(
        "BAKU/PROPN/root>0 =,/PUNCT/punct>1 Nov./PROPN/x>1 25/NUM/x>1 (/PUNCT/x>1 =Agency/PROPN/x>1 =)/PUNCT/x>1 —/PUNCT/x>1",
        "Troops/NOUN/nsubj>2 left/VERB/root>0 ./PUNCT/punct>2",
    )
    places, _ = find_places(document, sentences[1:], gazetteer)
    assert [(where.name, where.place and where.place.country) for where in places] == [("BAKU", "AZ")]


def test_a_name_found_once_is_found_again(gazetteer: Gazetteer) -> None:
    found = read(
        gazetteer,
        "Rebels/NOUN/nsubj>2 entered/VERB/root>0 Gao/PROPN/obj>2/LOC ./PUNCT/punct>2",
        "Gao/PROPN/nsubj>2/ORG fell/VERB/root>0 ./PUNCT/punct>2",
    )
    assert [where.name for where in found] == ["Gao", "Gao"]
