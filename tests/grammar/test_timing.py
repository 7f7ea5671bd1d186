"""Which rule dates a clause, and that what is not told stays undated."""

from __future__ import annotations

from datetime import date

import pytest

from tests.grammar.build import claim_at, reason, told

_CASES = [
    ("Troops swept into Kidal on Monday.", "swept", "2024-06-10", "told in its clause"),
    ("Peacekeepers are guarding the crossing at Quneitra.", "guarding", "../2024-06-12", "goes on at publication"),
    (
        "The army said on Tuesday that its men had recaptured the town of Niono.",
        "recaptured",
        "2024-06-11",
        "the day on which it was said, as news",
    ),
    (
        "The army has freed Niono.\n\n17:45 Troops have entered Gao, the ministry says.",
        "Gao",
        "2024-06-12",
        "posted on the day of publication",
    ),
    (
        "Investigators have documented 14 killings in Bucha since March.",
        "14 killings",
        "2024-03/..",
        "told right after it",
    ),
    (
        "The blockade of Bukavu, which began on May 3, has left thousands hungry.",
        "blockade",
        "2024-05-03/..",
        "told by when it began",
    ),
    ("M23 rebels were in control of the airport of Goma on Tuesday.", "in control", "../2024-06-11", "told to hold then"),
    ("The army still holds the town of Merowe.", "holds", "../2024-06-12", "told to hold at publication"),
    (
        "Under an agreement of June 3, rebels must leave Bunagana by July 1.",
        "must leave",
        "2024-06-03",
        "of the deal that lays it down",
    ),
]


@pytest.mark.parametrize(("text", "words", "when", "why"), _CASES, ids=[case[3] + ": " + case[1] for case in _CASES])
def test_a_time_says_which_rule_found_it(text: str, words: str, when: str, why: str) -> None:
    claim = claim_at(told(text), words)
    assert (claim.when and claim.when.edtf, reason(claim, "time")) == (when, why)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gunmen raided Wase on Sunday. They burned 30 houses and shot the headman.", "burned"),
        ("At least 40 people have been killed since the fighting began, the ministry said on Tuesday.", "40 people"),
        ("Rebels had attacked Rutshuru for three days.", "attacked"),
        ("In May the president ordered his troops to withdraw from Kherson.", "withdraw"),
    ],
)
def test_what_only_stands_beside_a_date_is_not_dated(text: str, words: str) -> None:
    claim = claim_at(told(text), words)
    assert (claim.when, reason(claim, "time")) == (None, "")


@pytest.mark.parametrize("text", [case[0] for case in _CASES])
def test_without_a_day_of_publication_nothing_hangs_on_it(text: str) -> None:
    for claim in told(text, published=None).claims:
        assert claim.when is None or str(date.today().year) not in claim.when.edtf or str(date.today().year) in text
