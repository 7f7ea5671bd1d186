"""Decoding: trees and names from scores, against the definitions, and what stays as the graph decided it."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.language.coding import GOES_ON, STARTS
from whoholds.language.decoding import Analysis, Decoder
from whoholds.language.manifest import Labels
from whoholds.language.trees import is_tree

LABELS = Labels(
    upos=("NOUN", "VERB", "X"),
    xpos=("NN", "VB"),
    deprel=("dep", "nsubj", "obj", "root"),
    entities=("O", "B-LOC", "I-LOC", "B-ORG", "I-ORG"),
)
WEIGHTS = np.random.default_rng(3).normal(size=(4, 65, 65)).astype(np.float32)
DECODER = Decoder(LABELS, WEIGHTS)


def outputs(counts: list[int], seed: int, starts: np.ndarray | None = None) -> tuple[dict[str, Any], np.ndarray]:
    """Scores such as a graph gives, arcs masked as it masks them, and what was known of sentence starts."""
    rng = np.random.default_rng(seed)
    size, width = len(counts), max(counts) + 1
    forced = np.zeros((size, width), dtype=np.int64) if starts is None else starts
    scores = rng.normal(size=(size, width)).astype(np.float32) - 0.7
    begins = np.where(forced == STARTS, True, np.where(forced == GOES_ON, False, scores > 0))
    begins[:, 1] = True
    arcs = rng.normal(size=(size, width, width)).astype(np.float32) * 4
    for row, count in enumerate(counts):
        sentence = np.cumsum(begins[row])
        places = np.arange(width)
        allowed = (sentence[:, None] == sentence[None, :]) & (places[:, None] != places[None, :]) & (places <= count)[None, :]
        allowed[:, 0] = True
        arcs[row][~allowed] = -1e4
        arcs[row, 0, 0] = -1e4
    found = {
        "arcs": arcs,
        "heads": arcs.argmax(axis=2),
        "relations": rng.integers(0, 4, size=(size, width)),
        "upos": rng.integers(0, 3, size=(size, width)),
        "xpos": rng.integers(0, 2, size=(size, width)),
        "entities": rng.normal(size=(size, width, 5)).astype(np.float32),
        "starts_scores": scores,
        "dependents": rng.normal(size=(size, width, 64)).astype(np.float32),
        "governors": rng.normal(size=(size, width, 64)).astype(np.float32),
    }
    return found, forced


def sentences(analysis: Analysis) -> list[range]:
    firsts = [i for i, start in enumerate(analysis.starts) if start]
    return [range(first, end) for first, end in itertools.pairwise([*firsts, len(analysis.heads)])]


counts_of_windows = st.lists(st.integers(1, 12), min_size=1, max_size=4)


@given(counts_of_windows, st.integers(0, 10_000))
def test_every_sentence_is_a_tree_with_its_root_and_no_other(counts: list[int], seed: int) -> None:
    found, forced = outputs(counts, seed)
    for analysis, count in zip(DECODER.analyses(found, counts, forced), counts, strict=True):
        assert len(analysis.heads) == len(analysis.entities) == count
        for words in sentences(analysis):
            heads = [analysis.heads[i] - words.start if analysis.heads[i] else 0 for i in words]
            assert is_tree(heads)
            assert [LABELS.deprel[analysis.relations[i]] == "root" for i in words] == [head == 0 for head in heads]


@given(counts_of_windows, st.integers(0, 10_000))
def test_a_greedy_tree_and_its_relations_stay(counts: list[int], seed: int) -> None:
    found, forced = outputs(counts, seed)
    for row, (analysis, count) in enumerate(zip(DECODER.analyses(found, counts, forced), counts, strict=True)):
        greedy = found["heads"][row, 1 : count + 1].tolist()
        for words in sentences(analysis):
            if not is_tree([greedy[i] - words.start if greedy[i] else 0 for i in words]):
                continue
            assert [analysis.heads[i] for i in words] == [greedy[i] for i in words]
            given = found["relations"][row, 1:]
            kept = [i for i in words if greedy[i] and LABELS.deprel[given[i]] != "root"]
            assert [analysis.relations[i] for i in kept] == [int(given[i]) for i in kept]


def legal(tags: list[str], starts: list[bool]) -> bool:
    return all(
        not tag.startswith("I-") or (i > 0 and not starts[i] and tags[i - 1][2:] == tag[2:]) for i, tag in enumerate(tags)
    )


@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(0, 10_000))
def test_names_are_the_best_legal_ones(counts: list[int], seed: int) -> None:
    found, forced = outputs(counts, seed)
    for row, (analysis, count) in enumerate(zip(DECODER.analyses(found, counts, forced), counts, strict=True)):
        scores = found["entities"][row, 1 : count + 1]
        ways = itertools.product(range(5), repeat=count)
        best = max(
            sum(float(scores[i, tag]) for i, tag in enumerate(tags))
            for tags in ways
            if legal([LABELS.entities[tag] for tag in tags], analysis.starts)
        )
        assert legal([LABELS.entities[tag] for tag in analysis.entities], analysis.starts)
        assert sum(float(scores[i, tag]) for i, tag in enumerate(analysis.entities)) == pytest.approx(best, abs=1e-4)


def test_padding_draws_no_name_towards_it() -> None:
    found, forced = outputs([2, 4], 1)
    found["entities"][:] = 0
    found["entities"][0, 1, 2] = 1.0  # an I-LOC at the start, to be mended
    found["entities"][0, 3:, 2] = 100.0  # behind the last word
    assert DECODER.analyses(found, [2, 4], forced)[0].entities[1] == 0


def test_known_starts_are_kept() -> None:
    known = np.array([[0, STARTS, GOES_ON, GOES_ON, STARTS, GOES_ON]])
    found, forced = outputs([5], 5, known)
    assert DECODER.analyses(found, [5], forced)[0].starts == [True, False, False, True, False]


def test_a_changed_head_gets_the_best_relation_for_it() -> None:
    found, forced = outputs([3], 2, np.array([[0, STARTS, GOES_ON, GOES_ON]]))
    found["arcs"][0, 1:, :] = [[1, -1e4, 9, 0], [0, 9, -1e4, 0], [0, 9, 0, -1e4]]  # the first two name each other
    found["heads"] = found["arcs"].argmax(axis=2)
    analysis = DECODER.analyses(found, [3], forced)[0]
    assert analysis.heads == [0, 1, 1]
    assert LABELS.deprel[analysis.relations[0]] == "root"
    found["heads"][0, 1:] = [2, 0, 1]  # now the second's head is one that it was not given
    found["arcs"][0, 2, 0], found["arcs"][0, 1, 2] = 9.5, -5
    found["arcs"][0, 1, 0], found["arcs"][0, 3, 1] = 9.9, 3
    analysis = DECODER.analyses(found | {"relations": np.full((1, 4), 3)}, [3], forced)[0]
    for word, head in enumerate(analysis.heads, 1):
        if head:
            left, right = np.append(found["dependents"][0, word], 1), np.append(found["governors"][0, head], 1)
            scores = [left @ WEIGHTS[relation] @ right for relation in range(3)]
            assert analysis.relations[word - 1] == int(np.argmax(scores))
