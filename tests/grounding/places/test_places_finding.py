"""Which words are toponyms, and what they do in their sentence."""

from __future__ import annotations

import pytest

from tests.builders import report
from tests.grounding.places.atlas import atlas
from whoholds.grounding.gazetteer import Gazetteer
from whoholds.grounding.places import find_places
from whoholds.model import Use, Where


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return atlas(tmp_path_factory.mktemp("places"))


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
    ("talks/NNS/root>0 between/ADP/case>3 Yerevan/PROPN/nmod>1/LOC and/CCONJ/cc>5 rebels/NOUN/conj>3", "Yerevan", Use.METONYM),
    (
        "the/DET/det>4 Yerevan/PROPN/compound>4/LOC =-/PUNCT/punct>4 =backed/VERB/amod>5 rebels/NOUN/root>0",
        "Yerevan",
        Use.METONYM,
    ),
    (
        "the/DET/det>4 Yerevan/PROPN/compound>4/LOC =-/PUNCT/punct>4 =based/VERB/amod>5 paper/NOUN/root>0",
        "Yerevan",
        Use.MODIFIER,
    ),
    ("They/PRON/nsubj>2 accuse/VERB/root>0 Yerevan/PROPN/obj>2/PERSON of/SCONJ/mark>5 lies/NOUN/x>2", "Yerevan", Use.METONYM),
    ("They/PRON/nsubj>2 capture/VERB/root>0 Yerevan/PROPN/obj>2/LOC", "Yerevan", Use.LITERAL),
    ("the/DET/det>3 Kherson/PROPN/compound>3/MISC offensive/NOUN/nsubj>4 stalled/VERB/root>0", "Kherson", Use.MODIFIER),
    ("Armenia/PROPN/nmod:poss>4/LOC ='s/PART/case>1 northern/ADJ/amod>4 province/NOUN/root>0", "Armenia", Use.LITERAL),
    ("European/ADJ/amod>2/NORP ministers/NOUN/nsubj>3 met/VERB/root>0", "European", Use.DEMONYM),
    ("The/DET/det>2 Syrian/ADJ/amod>3/NORP army/NOUN/nsubj>4 left/VERB/root>0", "Syrian", Use.DEMONYM),
    (
        "A/DET/det>4 New/ADJ/amod>3/ORG Jersey/PROPN/compound>4/ORG company/NOUN/nsubj>5 left/VERB/root>0",
        "New Jersey",
        Use.MODIFIER,
    ),
    (
        "A/DET/det>4 New/ADJ/amod>3 Jersey/PROPN/compound>4/LOC company/NOUN/nsubj>5 left/VERB/root>0",
        "New Jersey",
        Use.MODIFIER,
    ),
    ("In/ADP/case>3 southern/ADJ/amod>3/LOC Syria/PROPN/obl>4/LOC fighting/NOUN/root>0", "Syria", Use.LITERAL),
    ("most/ADJ/root>0 of/ADP/case>4 North/PROPN/compound>4 Dallas/PROPN/nmod>1/LOC", "North Dallas", Use.LITERAL),
    (
        "the/DET/det>4 Laurel/PROPN/compound>4/ORG County/PROPN/compound>4/ORG Court/PROPN/root>0/ORG",
        "Laurel County",
        Use.LITERAL,
    ),
    ("Hartford/PROPN/compound>2/ORG Police/PROPN/nsubj>3/ORG left/VERB/root>0", "Hartford", Use.LITERAL),
    ("the/DET/det>2 University/PROPN/root>0/ORG of/ADP/case>4/ORG Hartford/PROPN/nmod>2/ORG", "Hartford", Use.LITERAL),
    (
        "Ray/PROPN/root>0/PERSON =,/PUNCT/p>4 D/PROPN/appos>1/PERSON =-/PUNCT/p>5/PERSON =Hartford/PROPN/flat>3/PERSON",
        "Hartford",
        Use.LITERAL,
    ),
    (
        "the/DET/det>5 People/NOUN/nmod>4 ='s/PART/case>2 Republic/PROPN/root>0/LOC of/ADP/case>6/LOC China/PROPN/nmod>4/LOC",
        "People's Republic of China",
        Use.LITERAL,
    ),
    ("They/PRON/nsubj>2 reached/VERB/root>0 al/PROPN/obj>2 =-/PUNCT/punct>5 =Hasakah/PROPN/flat>3", "al-Hasakah", Use.LITERAL),
]
MUST_NOT = [
    "Michael/PROPN/nsubj>3/PERSON Moscow/PROPN/flat>1/PERSON spoke/VERB/root>0 ./PUNCT/punct>3",
    "We/PRON/nsubj>2 left/VERB/root>0 us/PRON/obj>2 there/ADV/advmod>2 ./PUNCT/punct>2",
    "West/PROPN/compound>3 Nile/PROPN/compound>3 virus/NOUN/nsubj>4 spread/VERB/root>0",
    "the/DET/det>3 Adjustment/PROPN/compound>3/MISC Act/PROPN/root>0/MISC",
    "the/DET/det>3 Glacier/PROPN/compound>3/LOC Qwrtzp/PROPN/nsubj>4/LOC won/VERB/root>0",
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


def test_a_location_that_no_gazetteer_knows_is_told_without_a_place_where_the_text_is_about_no_one_ground(
    gazetteer: Gazetteer,
) -> None:
    document, sentences = report("Troops/NOUN/nsubj>2 were/VERB/root>0 near/ADP/case>4 Qwrtzp/PROPN/obl>2/LOC ./PUNCT/punct>2")
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


def test_a_location_that_no_gazetteer_knows_stands_in_the_middle_of_what_the_text_is_about(gazetteer: Gazetteer) -> None:
    document, sentences = report(
        "Shells/NOUN/nsubj>2 fell/VERB/root>0 near/ADP/case>4 Goma/PROPN/obl>2/LOC ./PUNCT/punct>2",
        "Troops/NOUN/nsubj>2 were/VERB/root>0 near/ADP/case>4 Qwrtzp/PROPN/obl>2/LOC ./PUNCT/punct>2",
    )
    places, problems = find_places(document, sentences, gazetteer)
    standing = places[1].place
    assert standing is not None and (standing.name, standing.country, standing.geonameid) == ("Qwrtzp", "CD", None)
    assert standing.feature == "" and standing.radius_m > 10_000
    assert [problem.code for problem in problems] == ["place-unknown"]


def test_an_unknown_location_counts_only_if_its_words_somewhere_make_it_one(gazetteer: Gazetteer) -> None:
    subject = "Qwrtzp/PROPN/nsubj>2/LOC fell/VERB/root>0 ./PUNCT/punct>2"
    assert read(gazetteer, subject) == []
    told = read(gazetteer, subject, "They/PRON/nsubj>2 were/VERB/root>0 in/ADP/case>4 Qwrtzp/PROPN/obl>2/LOC")
    assert [where.name for where in told] == ["Qwrtzp", "Qwrtzp"]


def test_a_surname_is_no_place_again(gazetteer: Gazetteer) -> None:
    found = read(
        gazetteer,
        "They/PRON/nsubj>2 were/VERB/root>0 in/ADP/case>4 Laurel/PROPN/obl>2/LOC",
        "Later/ADV/advmod>3 Laurel/PROPN/nsubj>3/PERSON spoke/VERB/root>0",
    )
    assert [where.span.start for where in found if where.span] == [13]


def test_a_known_name_in_an_unknown_location(gazetteer: Gazetteer) -> None:
    found = read(
        gazetteer,
        "They/PRON/nsubj>2 were/VERB/root>0 in/ADP/case>4 Hartford/PROPN/obl>2/LOC",
        "Rodeo/PROPN/compound>2/LOC Hartford/PROPN/nsubj>3/LOC opened/VERB/root>0",
    )
    assert [where.name for where in found] == ["Hartford", "Hartford"]
