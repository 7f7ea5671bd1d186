"""What is placed by what was told before, and what stays without a place."""

from __future__ import annotations

import pytest

from tests.grammar.build import claim_at, reason, told
from whoholds.grammar.placing import on_the_ground, sets_scene
from whoholds.model import Event, EventType

_CASES = [
    (
        "Demonstrators marched through Tbilisi. Police fired tear gas.",
        "tear gas",
        "Tbilisi",
        "of what was told before it in the paragraph",
    ),
    (
        "Troops swept into Kidal, hours after the rebels had pulled out.",
        "pulled out",
        "Kidal",
        "of what was told before it in the sentence",
    ),
    (
        "Rebels entered Goma on Tuesday.\n\nAid is short.\n\nShells killed three people near the hospital.",
        "Shells killed",
        "Goma",
        "the scene of the report",
    ),
]


@pytest.mark.parametrize(("text", "words", "where", "why"), _CASES, ids=[case[3] for case in _CASES])
def test_a_place_says_which_rule_found_it(text: str, words: str, where: str, why: str) -> None:
    claim = claim_at(told(text), words)
    assert (claim.where and claim.where.name, reason(claim, "place")) == (where, why)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BAMAKO, June 12 (Wire) - Gunmen burned 30 houses, the army said.", "burned"),  # where it was written
        ("The deal was signed in Jeddah.\n\nFighters were still occupying private homes.", "occupying"),  # where it was signed
        ("The war has killed 30,000 people.\n\nRebels hold Bria.", "30,000"),  # a whole war, in no one town
        ("Shells fell on Sake in 2012.\n\nThe mission urged both sides to talk.", "urged"),  # only words
    ],
)
def test_a_place_that_is_not_the_events_is_not_taken(text: str, words: str) -> None:
    assert claim_at(told(text), words).where is None


def test_a_word_that_stands_for_no_place_told_is_a_problem() -> None:
    reading = told("Rebels attacked the town on Monday.")
    assert claim_at(reading, "attacked").where is None
    assert [problem.span and problem.span.quote for problem in reading.problems if problem.code == "place-unresolved"] == [
        "town"
    ]


def test_talk_sets_no_scene_and_words_need_no_ground() -> None:
    signed, demanded, shelled = (Event(type=type_) for type_ in (EventType.AGREE, EventType.REQUEST, EventType.ASSAULT))
    assert [on_the_ground(matter) for matter in (signed, demanded, shelled)] == [False, False, True]
    assert [sets_scene(matter) for matter in (signed, demanded, shelled)] == [False, True, True]


def test_other_documents_change_nothing() -> None:
    text = "Gunmen burned the market. Police fired tear gas."
    alone = [claim.where for claim in told(text).claims]
    told("Rebels entered Goma on Tuesday.")
    told.cache_clear()
    assert [claim.where for claim in told(text).claims] == alone == [None] * len(alone)
