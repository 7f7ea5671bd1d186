"""Windows: nothing lost, nothing too large, cuts where sentences end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.windows import cut


def pieces_of(text: str, limit: int) -> list[str]:
    """The windows of words of one piece each, as text."""
    words = text.split()
    return [" ".join(words[first:end]) for first, end in cut(words, [1] * len(words), limit)]


words_with_sizes = st.lists(
    st.tuples(st.sampled_from(["a", "B", ".", "?", '"', "”", "J", "war"]), st.integers(1, 12)), max_size=60
)


@given(words_with_sizes, st.integers(12, 40), st.booleans())
def test_windows_cover_all_words_and_fit(pairs: list[tuple[str, int]], limit: int, known: bool) -> None:
    words, sizes = [word for word, _ in pairs], [size for _, size in pairs]
    starts = [i % 5 == 0 for i in range(len(words))] if known else None
    found = cut(words, sizes, limit, starts)
    assert [i for first, end in found for i in range(first, end)] == list(range(len(words)))
    assert all(sum(sizes[first:end]) <= limit for first, end in found)


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("", []),
        ("He left .", ["He left ."]),
        ("He left it . She came by . They met", ["He left it .", "She came by . They met"]),
        ("One . Two . Three . Four . Five", ["One . Two . Three .", "Four . Five"]),
        ("He said “ go away . ” Then all left", ["He said “ go away . ”", "Then all left"]),
        ('He said " go away . " Then all left', ['He said " go away . "', "Then all left"]),
        ("Then he left . “ Go away ” she said", ["Then he left .", "“ Go away ” she said"]),
        ("We saw J . Smith and many others here", ["We saw J . Smith and many", "others here"]),
        ("We saw J. Smith and many others too", ["We saw J. Smith and many others", "too"]),
        ("They hold the hill . and the road", ["They hold the hill . and the", "road"]),
        ("a b c d e f g h i", ["a b c d e f g", "h i"]),
    ],
)
def test_cuts(text: str, windows: list[str]) -> None:
    assert pieces_of(text, 7) == windows


def test_known_starts_win_over_stops() -> None:
    words = "He left . She came . They met now".split()
    starts = [word in ("He", "met") for word in words]
    assert cut(words, [1] * len(words), 8, starts) == [(0, 7), (7, 9)]


def test_a_word_larger_than_a_window_stands_alone() -> None:
    assert cut(["a", "b", "c"], [2, 50, 2], 10) == [(0, 1), (1, 2), (2, 3)]


def test_many_words_in_linear_time() -> None:
    words = ["(", "."] * 100_000
    started = time.perf_counter()
    cut(words, [1] * len(words), 190)
    assert time.perf_counter() - started < 3.0  # about 0.15 s
