"""Bench texts are the same for a seed, different from one another, and still the reports they were made from."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from bench import texts


def test_the_same_seed_gives_the_same_texts() -> None:
    assert [d.text for d in texts.articles(4, seed=3)] == [d.text for d in texts.articles(4, seed=3)]


def test_no_two_texts_are_alike() -> None:
    documents = [*texts.articles(8, seed=1), *texts.articles(8, seed=2)]
    assert len({document.text for document in documents}) == 16


def test_places_are_replaced() -> None:
    row = texts.gold_rows()[0]
    place = next(claim["where"] for claim in row["claims"] if claim["where"] and claim["where"] in row["text"])
    assert place not in texts.articles(1, seed=1)[0].text


@given(st.integers(1, 999), st.integers())
def test_days_stay_days_of_the_month(value: int, seed: int) -> None:
    other = int(texts._other_number(str(value), random.Random(seed)))
    assert (1 <= other <= 28) if value <= 31 else (other >= 32)
