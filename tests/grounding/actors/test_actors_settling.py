"""Underspecified mentions filled in from the story, and left open where nothing tells."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import report, token_of
from whoholds.grounding.actors import ActorContext
from whoholds.model import Role

HOUTHIS = "Houthi/PROPN/compound>2/ORG gunmen/NNS/nsubj>3 shelled/VBD/root>0 it/PRON/obj>3"
GROUP = "The/DET/det>3 Shi'ite/ADJ/amod>3 group/NOUN/nsubj>4 demanded/VBD/root>0 posts/NNS/obj>4"
GROUP_LEADER = "The/DET/det>2 group/NOUN/nmod:poss>4 ='s/PART/case>2 leader/NOUN/nsubj>5 spoke/VBD/root>0"
SENT = "France/PROPN/nsubj>2/LOC sent/VBD/root>0 300/NUM/nummod>4 troops/NNS/obj>2"
SOUTH_AFRICANS = "South/ADJ/amod>3/NORP African/ADJ/flat>1/NORP soldiers/NNS/nsubj>4 died/VBD/root>0"
SEAT = "In/ADP/case>2 Yerevan/PROPN/obl>6/LOC the/DET/det>5 defence/NOUN/compound>5 ministry/NOUN/nsubj>6 denied/VBD/root>0"
AZERIS = "Azerbaijani/ADJ/amod>2/NORP troops/NNS/nsubj>3 entered/VBD/root>0"
MINISTRY = "Azerbaijan/PROPN/nmod:poss>4/LOC ='s/PART/case>1 defence/NOUN/compound>4 ministry/NOUN/nsubj>5 spoke/VBD/root>0"
VOICE = "A/DET/det>2 spokeswoman/NOUN/nsubj>3 agreed/VBD/root>0"
PREMIER = (
    "Protests/NNS/nsubj>2 shook/VBD/root>0 Armenia/PROPN/obj>2/LOC and/CCONJ/cc>8 the/DET/det>6 "
    "country/NOUN/nmod:poss>9 ='s/PART/case>6 prime/ADJ/amod>9 minister/NOUN/conj>3"
)


def read(lines, words, **told):
    document, sentences = report(*lines, **told)
    return ActorContext(document, sentences).actor(*token_of(sentences, words))


@pytest.mark.parametrize(
    ("lines", "words", "country", "role", "organisation"),
    [
        pytest.param([HOUTHIS, GROUP], "group", "YEM", Role.REB, "Houthis", id="the armed group told last"),
        pytest.param([HOUTHIS, GROUP_LEADER], "leader", "YEM", Role.REB, "Houthis", id="and who leads it"),
        pytest.param([SOUTH_AFRICANS, SENT], "troops", "FRA", Role.MIL, None, id="whose troops are sent"),
        pytest.param([AZERIS, SEAT], "ministry", "ARM", Role.MIL, "Ministry of Defence (Armenia)", id="a seat before it"),
        pytest.param([MINISTRY, VOICE], "spokeswoman", "AZE", Role.MIL, None, id="who speaks for the body told last"),
        pytest.param([AZERIS, PREMIER], "minister", "ARM", Role.GOV, None, id="the country told last before"),
    ],
)
def test_a_mention_is_filled_in(lines, words, country, role, organisation):
    actor = read(lines, words)
    assert (actor.country, actor.role, actor.organisation) == (country, role, organisation)


def test_a_mention_that_nothing_tells_is_left_open_with_a_problem():
    document, sentences = report("The/DET/det>2 army/NOUN/nsubj>3 left/VBD/root>0")
    context = ActorContext(document, sentences)
    assert [(actor.country, actor.role) for actor in context.mentions()] == [(None, Role.MIL)]
    assert [problem.code for problem in context.problems()] == ["actor-country-unknown"]


def test_peacekeepers_of_no_country_are_no_problem():
    document, sentences = report("The/DET/det>2 peacekeepers/NNS/nsubj>3 left/VBD/root>0")
    assert ActorContext(document, sentences).problems() == []


TALIBAN = "The/DET/det>2 Taliban/PROPN/nsubj>3/ORG ordered/VBD/root>0 schools/NNS/obj>3"
YEAR = "In/ADP/case>2 2022/NUM/obl>5 the/DET/det>4 Taliban/PROPN/nsubj>5/ORG ruled/VBD/root>0"


@pytest.mark.parametrize(
    ("lines", "published", "role"),
    [
        ([TALIBAN], date(2009, 7, 14), Role.REB),
        ([TALIBAN], date(2022, 3, 24), Role.GOV),
        ([YEAR], None, Role.GOV),
        ([TALIBAN], None, Role.REB),
        ([YEAR], date(2010, 1, 1), Role.REB),
    ],
    ids=["by the day of publication", "after the change", "by the year told", "best known", "publication before the year told"],
)
def test_a_role_that_changed_is_that_of_the_day(lines, published, role):
    assert read(lines, "Taliban", published=published).role is role


def test_a_body_is_told_within_a_phrase_that_is_no_actor():
    document, sentences = report("Hamas/PROPN/compound>2/ORG tunnels/NNS/nsubj>3 collapsed/VBD/root>0")
    assert [(a.name, a.country, a.role) for a in ActorContext(document, sentences).mentions()] == [("Hamas", "PSE", Role.REB)]


def test_a_nationality_within_a_phrase_is_an_actor_beside_a_deed_only():
    def names(noun):
        document, sentences = report(f"a/DET/det>3 French/ADJ/amod>3/NORP {noun}/NOUN/nsubj>4 failed/VBD/root>0")
        return [(actor.name, actor.country) for actor in ActorContext(document, sentences).mentions()]

    assert names("draft") == [("French", "FRA")]
    assert names("village") == []
