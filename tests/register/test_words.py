"""Words, whatever their case, marks and script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.register.words import fold, fold_name, found_in, indexed, phrases_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "CAFE\u0301"),
        ("Łódź".lower(), "ŁÓDŹ"),
        ("STRASSE", "straße"),
        ("مُحَمَّد", "محمد"),
        ("Агдам", "АГДАМ"),
        ("İzmir", "izmir"),
    ],
)
def test_words_that_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


def test_names_are_folded_word_by_word() -> None:
    assert fold_name("  Old-Mill ") == fold_name("old mill") == "old mill"
    assert fold_name("???") == "???"


@given(st.text(st.characters()))
def test_the_index_has_the_words_that_are_found_in_the_text(text: str) -> None:
    words = [word.folded for word in words_of(text)]
    assert indexed(text).split() == words
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        hit = found_in(text, [(word.folded,)], "d", "n")
        assert hit is not None
        assert fold(text[hit.hit.start : hit.hit.end]) == word.folded


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("", ()),
        ('" "', ()),
        ("a b a", (("a",), ("b",))),
        ('"old mill" fell', (("old", "mill"), ("fell",))),
        ('said "old mill', (("said",), ("old", "mill"))),
        ("a* OR -b", (("a",), ("or",), ("b",))),
    ],
)
def test_what_is_searched_for(query: str, phrases: tuple[tuple[str, ...], ...]) -> None:
    assert phrases_of(query) == phrases


def test_a_phrase_stands_together() -> None:
    assert found_in("mill, old mill", [("old", "mill")], "d", "n").hit.start == 6  # type: ignore[union-attr]
    assert found_in("mill old", [("old", "mill")], "d", "n") is None
    assert found_in("x", [], "d", "n") is None
