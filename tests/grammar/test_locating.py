"""Which rule of a sentence's own words places an event, and what it does not take for a place."""

from __future__ import annotations

import pytest

from tests.grammar.build import claim_at, reason, told

_CASES = [
    ("Fighters withdrew from Sirte to Jufra.", "withdrew", "Sirte", "in its clause"),
    ("Rebels shelled Gao from their camp at Kidal.", "shelled", "Gao", "is what it is done to"),
    (
        "A bomb in the covered market of the town of Jos killed three women.",
        "killed",
        "Jos",
        "of what it is done to or who does it",
    ),
    ("In Sake, residents said, shells fell on a clinic, wounding six.", "shells", "Sake", "in the clause above"),
    (
        "Two teachers in Wad Madani told the agency that fighters had looted shops.",
        "looted",
        "Wad Madani",
        "where those who tell of it are",
    ),
    (
        "The army took Snihurivka, a rail junction in the south, where residents were filmed celebrating the soldiers.",
        "celebrating",
        "Snihurivka",
        "the place that the clause tells about",
    ),
]


@pytest.mark.parametrize(("text", "words", "where", "why"), _CASES, ids=[case[3] for case in _CASES])
def test_a_place_says_which_rule_found_it(text: str, words: str, where: str, why: str) -> None:
    claim = claim_at(told(text), words)
    assert (claim.where and claim.where.name, reason(claim, "place")) == (where, why)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rebels cut the road to Gao and burned ten lorries.", "burned"),  # where a road leads
        ("The war has killed 30,000 people, according to a monitor in London.", "30,000"),  # where a source is
        ("The governor told an audience in London that militants had burned three villages.", "burned"),  # where it was said
        ("Militiamen loyal to the governor of Tigray attacked a convoy.", "convoy"),  # whose somebody is
        ("The rebels marched into the largest city of northern Mali.", "marched"),  # what it is a city of
        ("Qatar brokered the deal.", "brokered"),  # who acted
    ],
)
def test_a_name_that_is_not_the_place_is_not_taken(text: str, words: str) -> None:
    assert claim_at(told(text), words).where is None
