"""Examples: joined with their offsets, cut into runs, dressed otherwise without losing their alignment."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.examples import Example, Syntax, joined, of_sentence, runs, varied
from training.treebanks import Sentence, Word
from whoholds.language.trees import is_tree

TOOK = Example(
    ("Rebels", "took", "Homs", "."),
    ("O", "O", "B-LOC", "O"),
    (True, False, False, False),
    Syntax(("NOUN", "VERB", "PROPN", "PUNCT"), ("NNS", "VBD", "NNP", "."), (2, 0, 2, 2), ("nsubj", "root", "obj", "punct")),
)
LEFT = Example(
    ("All", "left"), ("O", None), (True, False), Syntax(("DET", "VERB"), ("DT", "VBD"), (2, 0), ("nsubj", "root")), False
)
NAMED = Example(("In", "Hama"), ("O", "B-LOC"), None, None, False)


class Letters:
    """Every character is a piece."""

    def of(self, word: str) -> list[int]:
        return [1] * len(word)


def check(example: Example) -> None:
    """Everything there is of an example has one entry a word, and its sentences are trees."""
    count = len(example)
    assert len(example.tags) == count
    assert example.starts is None or len(example.starts) == count
    if example.syntax is not None:
        syntax = example.syntax
        assert len(syntax.upos) == len(syntax.xpos) == len(syntax.heads) == len(syntax.deprels) == count
        assert all(0 <= head <= count for head in syntax.heads)


def test_a_sentence_of_a_treebank() -> None:
    words = [
        Word("They", "they", "PRON", "PRP", "", 1, "nsubj", True),
        Word("left", "leave", "VERB", "VBD", "", 1, "root", True),
    ]
    example = of_sentence(Sentence(words, False), ["O", None])
    assert example == Example(
        ("They", "left"), ("O", None), (True, False), Syntax(("PRON", "VERB"), ("PRP", "VBD"), (2, 0), ("nsubj", "root")), False
    )


def test_joined_heads_move_and_roots_stay() -> None:
    both = joined([TOOK, LEFT, TOOK])
    assert both.syntax is not None
    assert both.syntax.heads == (2, 0, 2, 2, 6, 0, 8, 0, 8, 8)
    assert both.words == (*TOOK.words, *LEFT.words, *TOOK.words)
    assert both.starts == (True, False, False, False, True, False, True, False, False, False)
    assert both.tags[4:6] == ("O", None)
    assert both.opens_paragraph
    check(both)


def test_what_one_part_lacks_the_whole_lacks() -> None:
    both = joined([TOOK, NAMED])
    assert (both.syntax, both.starts) == (None, None)
    assert both.tags == (*TOOK.tags, *NAMED.tags)
    assert joined([NAMED]) is NAMED
    with pytest.raises(ValueError, match="nothing to join"):
        joined([])


def numbered(lengths: list[tuple[int, bool]]) -> list[Example]:
    """Examples of one word each, as many letters long as said, which open a paragraph or not."""
    return [
        replace(NAMED, words=("x" * length,), tags=(f"B-{i}",), opens_paragraph=opens)
        for i, (length, opens) in enumerate(lengths)
    ]


@given(
    st.lists(st.tuples(st.integers(1, 12), st.booleans()), max_size=40), st.integers(0, 99), st.sampled_from([0.0, 0.5, 1.0])
)
def test_runs_keep_order_and_limit_and_never_cross_a_paragraph(
    lengths: list[tuple[int, bool]], seed: int, alone: float
) -> None:
    examples = numbered(lengths)
    found = list(runs(examples, Letters(), 10, random.Random(seed), alone))
    assert [tag for run in found for tag in run.tags] == [
        example.tags[0] for example in examples if len(example.words[0]) <= 10
    ]
    place = {example.tags[0]: i for i, example in enumerate(examples)}
    for run in found:
        assert sum(map(len, run.words)) <= 10
        assert len(run) <= (1 if alone == 1.0 else 8)
        first, last = place[run.tags[0]], place[run.tags[-1]]
        assert last - first == len(run) - 1  # nothing was left out between its sentences
        assert not any(example.opens_paragraph for example in examples[first + 1 : last + 1])
    assert found == list(runs(examples, Letters(), 10, random.Random(seed), alone))


def test_an_example_that_is_too_long_ends_a_run_and_its_paragraph() -> None:
    examples = numbered([(2, True), (2, False), (11, True), (2, False), (2, False)])
    found = runs(examples, Letters(), 10, random.Random(0), alone=0.0)
    assert [run.tags for run in found] == [("B-0", "B-1"), ("B-3", "B-4")]


def test_runs_are_of_many_lengths() -> None:
    found = runs(numbered([(1, False)] * 600), Letters(), 100, random.Random(0))
    assert {len(run) for run in found} == set(range(1, 9))


words = st.sampled_from(["Goma", "fell", '"', "'", "``", "''", "-", "--", "—", "...", "…", "n't", "’s", ".", "!", "ß", "x"])
PARTS = [TOOK, LEFT, NAMED, replace(NAMED, words=(".",), tags=("O",)), replace(TOOK, starts=None)]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4), st.data(), st.integers(0, 10_000))
def test_another_dress_keeps_the_example_aligned(parts: list[Example], data: st.DataObject, seed: int) -> None:
    whole = joined(parts)
    count = len(whole)
    example = replace(whole, words=tuple(data.draw(st.lists(words, min_size=count, max_size=count))))
    other = varied(example, random.Random(seed))
    check(other)
    assert count - 1 <= len(other) <= count
    assert other.tags == example.tags[: len(other)]
    assert all(other.words)
    if other.syntax is not None and len(parts) == 1:
        assert is_tree(other.syntax.heads)


def test_every_dress_is_worn() -> None:
    quoted = replace(TOOK, words=('"', "took", '"', "."))
    dressed = {varied(quoted, random.Random(seed)).words for seed in range(2000)}
    assert quoted.words in dressed
    assert ("“", "took", "”", ".") in dressed
    assert ('"', "Took", '"', ".") in dressed
    assert ('"', "TOOK", '"', ".") in dressed
    assert ('"', "took", '"') in dressed


def test_a_stop_on_which_something_hangs_stays() -> None:
    assert TOOK.syntax is not None
    hung = replace(TOOK, syntax=replace(TOOK.syntax, heads=(2, 0, 4, 2)))
    root = replace(TOOK, syntax=replace(TOOK.syntax, heads=(2, 4, 2, 0)))
    for example in (hung, root):
        assert {len(varied(example, random.Random(seed))) for seed in range(300)} == {4}
    assert {len(varied(TOOK, random.Random(seed))) for seed in range(300)} == {3, 4}
