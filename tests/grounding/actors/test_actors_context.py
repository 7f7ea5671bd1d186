"""Actors read from whole reports: what mentions mean beside one another."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import report, token_of
from whoholds.grounding.actors import ActorContext, find_actors
from whoholds.model import Place, Role, Where

DEAL = (
    "Armenia/PROPN/nsubj>4/LOC and/CCONJ/cc>3 Azerbaijan/PROPN/conj>1/LOC signed/VERB/root>0 "
    "a/DET/det>6 deal/NOUN/obj>4 ./PUNCT/punct>4"
)
ENTERED = "Azerbaijani/ADJ/amod>2/NORP troops/NOUN/nsubj>3 entered/VERB/root>0 ./PUNCT/punct>3"
MINISTRY = "The/DET/det>3 defence/NOUN/compound>3 ministry/NOUN/nsubj>4 spoke/VERB/root>0 ./PUNCT/punct>4"
KHARTOUM = (
    "Sudan/PROPN/nmod:poss>3/LOC ='s/PART/case>1 army/NOUN/nsubj>4 attacked/VERB/root>0 "
    "the/DET/det>8 Rapid/PROPN/compound>8/ORG Support/PROPN/compound>8/ORG "
    "Forces/PROPN/obj>4/ORG ./PUNCT/punct>4"
)


def read(lines: list[str], words: str, **told: object):
    document, sentences = report(*lines, **told)
    return ActorContext(document, sentences).actor(*token_of(sentences, words))


@pytest.mark.parametrize(
    ("lines", "words", "country", "role"),
    [
        pytest.param([ENTERED, MINISTRY], "defence ministry", "AZE", Role.MIL, id="ministry of the troops told before"),
        pytest.param(
            [
                (
                    "Azerbaijan/PROPN/nmod:poss>4/LOC ='s/PART/case>1 defence/NOUN/compound>4 "
                    "ministry/NOUN/nsubj>5 spoke/VERB/root>0"
                ),
                "The/DET/det>2 ministry/NOUN/nsubj>3 denied/VERB/root>0 it/PRON/obj>3",
            ],
            "The ministry",
            "AZE",
            Role.MIL,
            id="a name cut short keeps country and role",
        ),
        pytest.param(
            [
                (
                    "The/DET/det>4 Aceh/PROPN/compound>4/ORG Monitoring/PROPN/compound>4/ORG "
                    "Mission/PROPN/nsubj>5/ORG left/VERB/root>0"
                ),
                "The/DET/det>2 Mission/PROPN/nsubj>3 ended/VERB/root>0",
            ],
            "The Mission",
            None,
            Role.IGO,
            id="a mission cut short",
        ),
        pytest.param(
            [KHARTOUM, "The/DET/det>2 paramilitaries/NOUN/nsubj>3 fled/VERB/root>0"],
            "paramilitaries",
            "SDN",
            Role.REB,
            id="the paramilitaries are the armed group told before",
        ),
        pytest.param(
            [KHARTOUM, "Rebels/NOUN/nsubj>2 fled/VERB/root>0"], "Rebels", "SDN", Role.REB, id="rebels of the same war"
        ),
        pytest.param(
            [DEAL, "Police/NOUN/nsubj>2 left/VERB/root>0 Georgia/PROPN/obj>2/LOC"],
            "Armenia",
            "ARM",
            Role.GOV,
            id="a country acts as its government",
        ),
        pytest.param(
            [
                (
                    "Ethnic/ADJ/amod>3 Armenian/ADJ/amod>3/NORP forces/NOUN/nsubj>4 fled/VERB/root>0 "
                    "in/ADP/case>6 Azerbaijan/PROPN/obl>4/LOC"
                )
            ],
            "forces",
            "AZE",
            Role.REB,
            id="ethnic forces belong to the ground they fight on",
        ),
        pytest.param(
            [
                (
                    "Turkish/ADJ/compound>3/NORP =-/PUNCT/punct>1 =backed/VERB/amod>4 rebels/NOUN/nsubj>5 "
                    "advanced/VERB/root>0 in/ADP/case>7 Syria/PROPN/obl>5/LOC"
                )
            ],
            "rebels",
            "SYR",
            Role.REB,
            id="a backer's country is not the group's",
        ),
        pytest.param(
            [
                (
                    "Officials/NOUN/nsubj>6 installed/VERB/acl>1 by/ADP/case>4 Moscow/PROPN/obl>2/LOC "
                    "have/AUX/aux>6 fled/VERB/root>0"
                )
            ],
            "Officials",
            "RUS",
            Role.GOV,
            id="officials of whom they serve",
        ),
        pytest.param(
            ["Wagner/PROPN/compound>2/ORG fighters/NOUN/nsubj>3 left/VERB/root>0 in/ADP/case>5 Libya/PROPN/obl>3/LOC"],
            "fighters",
            "LBY",
            Role.UAF,
            id="a group of no country has the one it fights in",
        ),
    ],
)
def test_a_mention_takes_what_the_report_tells(lines, words, country, role):
    actor = read(lines, words)
    assert actor is not None
    assert (actor.country, actor.role) == (country, role)


def test_a_name_with_its_office_is_remembered():
    lines = [
        (
            "Armenian/ADJ/amod>3/NORP interior/NOUN/compound>3 minister/NOUN/compound>5 "
            "Aram/PROPN/compound>5/PERSON Petrosyants/PROPN/nsubj>6/PERSON left/VERB/root>0"
        ),
        "Petrosyants/PROPN/nsubj>2/PERSON returned/VERB/root>0",
    ]
    first, later = read(lines, "Aram Petrosyants"), read([*lines], "Petrosyants")
    assert (first.name, first.country, first.role) == ("Aram Petrosyants", "ARM", Role.GOV)
    document, sentences = report(*lines)
    later = ActorContext(document, sentences).actor(sentences[1].tokens[0], sentences[1])
    assert (later.name, later.country, later.role) == ("Petrosyants", "ARM", Role.GOV)


def test_an_office_told_behind_the_name_counts_from_the_first_mention():
    actor = read(
        [
            (
                "Aram/PROPN/nsubj>7/PERSON Petrosyants/PROPN/flat>1/PERSON ,/PUNCT/punct>1 a/DET/det>5 "
                "shopkeeper/NOUN/appos>1 ,/PUNCT/punct>1 left/VERB/root>0 Armenia/PROPN/obj>7/LOC"
            )
        ],
        "Petrosyants",
    )
    assert (actor.name, actor.role) == ("Aram Petrosyants", Role.CVL)


def test_abbreviations_told_in_brackets_are_learnt():
    lines = [
        (
            "The/DET/det>3 Syrian/ADJ/amod>3/NORP government/NOUN/nsubj>7 (/PUNCT/punct>5 "
            "=GOX/PROPN/appos>3/ORG =)/PUNCT/punct>5 left/VERB/root>0"
        ),
        "GOX/PROPN/nsubj>2/ORG returned/VERB/root>0",
    ]
    document, sentences = report(*lines)
    actor = ActorContext(document, sentences).actor(sentences[1].tokens[0], sentences[1])
    assert (actor.country, actor.role) == ("SYR", Role.GOV)


def test_coordination_is_expanded_in_text_order():
    document, sentences = report(DEAL)
    found = ActorContext(document, sentences).actors(sentences[0].tokens[0], sentences[0])
    assert [(actor.name, actor.country) for actor in found] == [("Armenia", "ARM"), ("Azerbaijan", "AZE")]


def test_nationalities_share_a_noun():
    document, sentences = report(
        "Russian/ADJ/amod>4/NORP and/CCONJ/cc>3 Syrian/ADJ/conj>1/NORP forces/NOUN/nsubj>5 attacked/VERB/root>0"
    )
    found = ActorContext(document, sentences).actors(sentences[0].tokens[3], sentences[0])
    assert [(actor.name, actor.country, actor.role) for actor in found] == [
        ("Russian", "RUS", Role.MIL),
        ("Syrian forces", "SYR", Role.MIL),
    ]


@pytest.mark.parametrize(("determiner", "noun"), [("two", "sides"), ("both", "parties"), ("warring", "parties")])
def test_the_two_sides_are_the_parties_of_the_story(determiner, noun):
    sides = f"The/DET/det>3 {determiner}/NUM/nummod>3 {noun}/NOUN/nsubj>4 met/VERB/root>0"
    document, sentences = report(KHARTOUM, sides)
    context = ActorContext(document, sentences)
    head, sentence = token_of(sentences, noun)
    assert [(actor.country, actor.role) for actor in context.actors(head, sentence)] == [("SDN", Role.MIL), ("SDN", Role.REB)]
    alone = context.actor(head, sentence)
    assert (alone.country, alone.role) == ("SDN", None)


def test_the_sides_of_two_states_have_no_country():
    document, sentences = report(DEAL, "The/DET/det>3 two/NUM/nummod>3 sides/NOUN/nsubj>4 met/VERB/root>0")
    context = ActorContext(document, sentences)
    head, sentence = token_of(sentences, "two sides")
    assert context.actor(head, sentence).country is None
    assert [actor.name for actor in context.actors(head, sentence)] == ["Armenia", "Azerbaijan"]


def test_the_ground_tells_whose_civilians_they_are():
    document, sentences = report("Villagers/NOUN/nsubj>2 fled/VERB/root>0 Tora/PROPN/obj>2/LOC")
    start = document.text.index("Tora")
    place = Place(name="Tora", lat=14.0, lon=25.0, country="SD", feature="P")
    tora = Where(name="Tora", place=place, span=document.span(start, start + 4))
    (villagers,), problems = find_actors(document, sentences, [tora])
    assert (villagers.name, villagers.country, villagers.role) == ("Villagers", "SDN", Role.CVL)
    assert problems == []


def test_what_nothing_tells_stays_open_and_is_a_problem():
    document, sentences = report("Soldiers/NOUN/nsubj>2 fired/VERB/root>0")
    (soldiers,), (problem,) = find_actors(document, sentences)
    assert (soldiers.country, soldiers.role) == (None, Role.MIL)
    assert problem.code == "actor-country-unknown"
    assert problem.span == soldiers.span


def test_bodies_of_no_country_are_no_problem():
    document, sentences = report("The/DET/det>2 U.N./PROPN/nsubj>5/ORG and/CCONJ/cc>4 MSF/PROPN/conj>2/ORG left/VERB/root>0")
    actors, problems = find_actors(document, sentences)
    assert [(actor.role, actor.country) for actor in actors] == [(Role.IGO, None), (Role.NGO, None)]
    assert problems == []


@pytest.mark.parametrize(
    ("day", "role"),
    [(date(1999, 1, 1), Role.SPY), (date(2009, 1, 1), Role.GOV), (None, Role.GOV)],
    ids=["1999", "2009", "no day"],
)
def test_roles_that_changed_are_read_by_the_day(day, role):
    actor = read(["Vladimir/PROPN/nsubj>3/PERSON Putin/PROPN/flat>1/PERSON spoke/VERB/root>0"], "Putin", published=day)
    assert (actor.country, actor.role) == ("RUS", role)


def test_shared_names_follow_the_country_of_the_story():
    armies = "The/DET/det>2 UPC/PROPN/nsubj>3/ORG attacked/VERB/root>0 in/ADP/case>{head} {place}"
    central = read(
        [armies.format(head=7, place="Central/PROPN/compound>7 African/PROPN/compound>7 Republic/PROPN/obl>3")], "UPC"
    )
    congo = read([armies.format(head=5, place="Congo/PROPN/obl>3")], "UPC")
    assert (central.country, congo.country) == ("CAF", "COD")


def test_the_title_of_a_report_tells_its_country():
    actor = read(["Police/NOUN/nsubj>2 fired/VERB/root>0"], "Police", title="Belarus leader sworn in")
    assert (actor.country, actor.role) == ("BLR", Role.COP)


def test_datelines_and_places_are_no_mentions():
    document, sentences = report(
        "BAKU/PROPN/root>0/LOC —/PUNCT/punct>1 Soldiers/NOUN/nsubj>4 fled/VERB/root>0",
        "People/NOUN/nsubj>2 met/VERB/root>0 in/ADP/case>4 Yerevan/PROPN/obl>2/LOC",
    )
    actors, _ = find_actors(document, sentences)
    assert [actor.name for actor in actors] == ["Soldiers", "People"]
    assert actors[0].country == "AZE"


def test_nothing_is_found_in_no_sentences():
    document, _ = report("Soldiers/NOUN/root>0")
    assert find_actors(document, []) == ([], [])


def test_tokens_of_another_document_name_nobody():
    document, sentences = report(DEAL)
    _, others = report(ENTERED)
    assert ActorContext(document, sentences).actor(others[0].tokens[1], others[0]) is None


def test_a_dateline_elsewhere_is_not_the_ground():
    document, sentences = report(
        "BEIRUT/PROPN/root>0/LOC —/PUNCT/punct>1 Gunmen/NOUN/nsubj>4 fired/VERB/root>0 on/ADP/case>6 buses/NOUN/obl>4",
        "The/DET/det>3 Syrian/ADJ/amod>3/NORP army/NOUN/nsubj>4 left/VERB/root>0",
        "Syrian/ADJ/amod>2/NORP rebels/NOUN/nsubj>3 met/VERB/root>0 in/ADP/case>5 Syria/PROPN/obl>3/LOC",
    )
    gunmen = ActorContext(document, sentences).actor(*token_of(sentences, "Gunmen"))
    assert (gunmen.country, gunmen.role) == ("SYR", Role.UAF)


def test_of_two_places_the_nearer_tells_whose_people_they_are():
    document, sentences = report(
        "Villagers/NOUN/nsubj>2 marched/VERB/root>0 in/ADP/case>4 Iran/PROPN/obl>2/LOC and/CCONJ/cc>7 "
        "thousands/NOUN/nsubj>7 rallied/VERB/conj>2 in/ADP/case>9 Canada/PROPN/obl>7/LOC"
    )
    context = ActorContext(document, sentences)
    countries = [context.actor(*token_of(sentences, words)).country for words in ("Villagers", "thousands")]
    assert countries == ["IRN", "CAN"]
