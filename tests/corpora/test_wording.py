"""Wording evened out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.corpora.wording import hard_words, sentences, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The U.N. said 1,000 troops — half of them from No. 5 — left.", "UN said 1000 troops, half of them from No 5, left"),
        ("on Nov. 25, 2020", "on November 25 2020"),
        ("on Sept 3", "on September three"),
        ("Tues. or Thur.", "Tuesday or Thursday"),
        ("40% of Ukraine’s defence centres", "40 percent of Ukraine's defense centers"),
        ("“The LABOUR organisation travelled”", "labor organization traveled"),
        ("twenty soldiers", "20 soldiers"),
    ],
)
def test_house_styles_are_one(one: str, other: str) -> None:
    assert " ".join(words(one)) == " ".join(words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("40 soldiers", "43 soldiers"),
        ("1.5 km", "15 km"),
        ("didn't leave", "did leave"),
        ("to Goma", "from Goma"),
        ("at 5:30", "at 5:40"),
        ("four hours", "for hours"),
        ("1,5 km", "15 km"),
        ("They took Goma?", "They took Goma."),
        ("$5 million", "€5 million"),
        ("filled the trench", "filed the trench"),
    ],
)
def test_what_is_told_stays(one: str, other: str) -> None:
    assert words(one) != words(other)


def test_sentences_in_order() -> None:
    assert sentences("Gen. Sadiq left. “We won.” He did not say who lost!") == [
        ["gen", "sadiq", "left"],
        ["we", "won"],
        ["he", "did", "not", "say", "who", "lost"],
    ]
    assert sentences("HE LEFT. THEY STAYED.") == [["he", "left"], ["they", "stayed"]]
    assert sentences(" \n. …") == []


def test_hard_words_are_numbers_days_and_negations() -> None:
    assert hard_words(words("Ten men didn’t leave on Tuesday, nobody did")) == ["10", "didn't", "tuesday", "nobody"]


@given(st.text(max_size=200))
def test_evening_out_twice_changes_nothing_more(text: str) -> None:
    once = words(text)
    assert all(once)
    assert [word for sentence in sentences(" ".join(once)) for word in sentence] == words(" ".join(once))
