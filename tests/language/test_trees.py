"""Trees: the best one against all there are, and bounded time where it is hardest."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.trees import best_tree, is_tree


def leads_to_root(heads: tuple[int, ...]) -> bool:
    """The definition, word by word: one root, and from every word the root is reached in at most n steps."""
    for word in range(1, len(heads) + 1):
        place = word
        for _ in heads:
            place = heads[place - 1] if place else 0
        if place:
            return False
    return heads.count(0) == 1


def total(arcs: np.ndarray, heads: list[int] | tuple[int, ...]) -> float:
    return float(sum(arcs[word, head] for word, head in enumerate(heads)))


@st.composite
def score_tables(draw: st.DrawFn, most: int = 5) -> np.ndarray:
    count = draw(st.integers(1, most))
    scores = draw(st.lists(st.integers(-6, 6), min_size=count * (count + 1), max_size=count * (count + 1)))
    return np.array(scores, dtype=float).reshape(count, count + 1)


@given(score_tables())
def test_the_best_tree_is_the_best_of_all(arcs: np.ndarray) -> None:
    count = len(arcs)
    best = max(total(arcs, heads) for heads in itertools.product(range(count + 1), repeat=count) if leads_to_root(heads))
    found = best_tree(arcs)
    assert leads_to_root(tuple(found))
    assert total(arcs, found) == best


@given(st.lists(st.integers(0, 6), max_size=6))
def test_is_tree_by_its_definition(heads: list[int]) -> None:
    heads = [min(head, len(heads)) for head in heads]
    assert is_tree(heads) == leads_to_root(tuple(heads))


@pytest.mark.parametrize("heads", [[], [0, 0], [2, 1], [1], [0, 3, 2], [5, 0], [-1, 0]])
def test_what_is_no_tree(heads: list[int]) -> None:
    assert not is_tree(heads)


def test_no_words_have_no_heads() -> None:
    assert best_tree([]) == []


def test_one_root_though_two_words_want_it() -> None:
    arcs = [[9, 0, 1, 0], [8, 0, 0, 0], [0, 0, 7, 0]]
    assert best_tree(arcs) == [0, 1, 2]


def test_scores_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="2 words need 2 x 3 scores"):
        best_tree([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -1e30])
def test_scores_that_are_no_numbers_still_give_a_tree(value: float) -> None:
    arcs = np.full((6, 7), value)
    arcs[3, 2] = 1.0
    assert is_tree(best_tree(arcs))


def nested_cycles(count: int) -> np.ndarray:
    """Two words that name each other, a third that joins them in a cycle, a fourth, and so on: a cycle for every word."""
    arcs = np.full((count, count + 1), -50.0)
    for word in range(count):
        arcs[word, word] = 1000.0 - word  # the word before, which place `word` is
        arcs[max(word - 1, 0), word + 1] = 1000.0 - word
    arcs[0, 2] = 1000.0
    arcs[:, 0] = -60.0
    return arcs


@pytest.mark.parametrize(
    "arcs", [np.random.default_rng(7).normal(size=(400, 401)), nested_cycles(400)], ids=["random", "nested"]
)
def test_four_hundred_words_in_bounded_time(arcs: np.ndarray) -> None:
    started = time.perf_counter()
    found = best_tree(arcs)
    assert time.perf_counter() - started < 2.0  # about 0.02 s; recursion or O(n^4) would show
    assert is_tree(found)
