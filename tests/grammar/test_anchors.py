"""Times told by how something stands to something else."""

from __future__ import annotations

import pytest

from tests.grammar.build import claim_at, reason, told

_CASES = [
    (
        "The rebels have besieged Djibo since February 2022, when they burned 30 lorries.",
        "burned 30",
        "2022-02",
        "the date that the clause tells about",
    ),
    (
        "Troops swept into Kidal on Monday, a day after the rebels had pulled out.",
        "pulled out",
        "2024-06-09",
        "told by how long before or after something else",
    ),
    (
        "Soon after the coup of July 2023, troops surrounded the palace in Niamey.",
        "surrounded",
        "2023-07~",
        "close to something dated",
    ),
    (
        "At least 60 civilians have died in Loikaw since the assault began on May 14.",
        "60 civilians",
        "2024-05-14/..",
        "told by what it goes on since",
    ),
    (
        "Police stormed the square in Minsk on Sunday. More than 1,000 people were arrested in those hours alone.",
        "arrested",
        "2024-06-09",
        "pointed back at",
    ),
    (
        "Hundreds marched in Baghdad on Saturday. Meanwhile gunmen attacked a post near Kirkuk.",
        "gunmen",
        "2024-06-08",
        "beside what was told before",
    ),
]


@pytest.mark.parametrize(("text", "words", "when", "why"), _CASES, ids=[case[3] + ": " + case[1] for case in _CASES])
def test_a_time_says_which_rule_found_it(text: str, words: str, when: str, why: str) -> None:
    claim = claim_at(told(text), words)
    assert (claim.when and claim.when.edtf, reason(claim, "time")) == (when, why)
