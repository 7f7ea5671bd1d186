"""What an actor's name tells: its telling words, and who stands behind it."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.strategies import names
from whoholds.reconcile.sides.wording import backers_told, telling_words, words_in


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ethnic Armenian forces", {"armenian"}),
        ("the rebels", set()),
        ("Kurdish-led fighters", {"kurdish"}),
        ("Ratko Mladić", {"ratko", "mladic"}),
        ("", set()),
        ("separatists", {"separatists"}),
    ],
)
def test_words_that_set_a_name_apart(name: str, words: set[str]) -> None:
    assert telling_words(name) == words


@pytest.mark.parametrize(
    ("name", "backer"),
    [
        ("Turkish-backed rebels", "Turkish"),
        ("U.S.-backed forces", "U.S."),
        ("Russia‑backed fighters", "Russia"),
        ("Saudi Arabia-backed fighters", "Saudi Arabia"),
        ("Iran backed militias", "Iran"),
        ("ethnic Armenian forces backed by Armenia", "Armenia"),
        ("rebels backed by the United Arab Emirates", "United Arab Emirates"),
        ("pro-Russian gunmen", "Russian"),
        ("Pro-government militias", "government"),
        ("forces loyal to Khalifa Haftar", "Khalifa Haftar"),
        ("fighters allied with Iran", "Iran"),
        ("Iran-aligned groups", "Iran"),
        ("M23-led rebels", "M23"),
        ("Russian-installed officials", "Russian"),
    ],
)
def test_a_backer_is_among_those_told(name: str, backer: str) -> None:
    assert backer in list(backers_told(name))


@pytest.mark.parametrize("name", ["rebels", "anti-government forces", "background forces", "", "the led"])
def test_no_backer_is_seen_where_none_is_told(name: str) -> None:
    assert not [told for told in backers_told(name) if told not in ("the", "")]


@given(names)
def test_any_name_is_taken(name: str) -> None:
    assert telling_words(name) <= words_in(name)
    assert all(isinstance(told, str) for told in backers_told(name))
