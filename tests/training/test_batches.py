"""Examples as tensors: the numbers that the reader sees too, what is known of them, and batches of like length."""

from __future__ import annotations

import random

import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install -e '.[train]'")

from training.batches import UNKNOWN, Coder, Labels, batches, labels_of  # noqa: E402
from training.examples import Example, Syntax, joined  # noqa: E402
from whoholds.language.coding import SPECIALS, Window  # noqa: E402
from whoholds.language.coding import Coder as ReadersCoder  # noqa: E402
from whoholds.language.wordpieces import WordPieces  # noqa: E402

FELL = Example(
    ("Goma", "fell", "."),
    ("B-LOC", "O", "O"),
    (True, False, False),
    Syntax(("PROPN", "VERB", "PUNCT"), ("NNP", "VBD", "."), (2, 0, 2), ("nsubj", "root", "punct")),
)
NAMED = Example(("M23", "left"), ("B-ORG", None), None, None)
LABELS = labels_of([FELL, NAMED])


@pytest.fixture(scope="module")
def coder(pieces: WordPieces) -> Coder:
    return Coder(LABELS, pieces)


def test_labels_are_sorted_and_every_kind_has_a_beginning_and_an_inside() -> None:
    assert LABELS.upos == ("PROPN", "PUNCT", "VERB")
    assert LABELS.xpos == (".", "NNP", "VBD")
    assert LABELS.deprel == ("nsubj", "punct", "root")
    assert LABELS.entities == ("O", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
    assert labels_of([]) == Labels((), (), (), ("O",))


def test_training_and_reading_see_the_same_numbers(coder: Coder, pieces: WordPieces) -> None:
    runs = [("Goma", "fell", "."), ("M23", "…", "left", "al", "-", "Bab", "x" * 40), ("2",)]
    ours = coder.inputs(runs)
    windows = [Window(run, SPECIALS + sum(len(pieces.of(word)) for word in run)) for run in runs]
    theirs = ReadersCoder(pieces).inputs(windows, max(window.size for window in windows))
    for name, tensor in ours._asdict().items():
        assert tensor.tolist() == theirs[name].tolist(), name
    assert [coder.length(Example(run, ("O",) * len(run), None, None)) for run in runs] == [window.size for window in windows]


def test_targets_with_the_root_first_and_padding_unknown(coder: Coder) -> None:
    targets = coder.targets([joined([FELL, FELL]), NAMED])
    x = UNKNOWN
    assert targets.heads.tolist() == [[x, 2, 0, 2, 5, 0, 5], [x] * 7]
    assert targets.upos.tolist() == [[x, 0, 2, 1, 0, 2, 1], [x] * 7]
    assert targets.xpos.tolist() == [[x, 1, 2, 0, 1, 2, 0], [x] * 7]
    assert targets.relations.tolist() == [[x, 0, 2, 1, 0, 2, 1], [x] * 7]
    assert targets.entities.tolist() == [[x, 1, 0, 0, 1, 0, 0], [x, 3, x, x, x, x, x]]
    assert targets.starts.tolist() == [[x, x, 0, 0, 1, 0, 0], [x] * 7]  # that the first word starts one is no question
    assert targets.sentences.tolist() == [[0, 1, 1, 1, 2, 2, 2], [0, 0, 0, -1, -1, -1, -1]]


def test_labels_that_training_lacks_are_unknown(pieces: WordPieces) -> None:
    short = Coder(Labels(("VERB",), ("VBD",), ("root",), ("O", "B-LOC", "I-LOC")), pieces)
    targets = short.targets([FELL])
    assert targets.upos.tolist() == targets.xpos.tolist() == targets.relations.tolist() == [[UNKNOWN, UNKNOWN, 0, UNKNOWN]]


def test_batches_hold_every_example_and_no_more_pieces_than_said(coder: Coder) -> None:
    rng = random.Random(0)
    examples = [Example(("x" * 3,) * rng.randint(1, 30), ("O",) * 30, None, None) for _ in range(200)]
    found = batches(examples, coder, 300, random.Random(1))
    assert sorted(id(example) for part in found for example in part) == sorted(map(id, examples))
    sizes = [max(map(coder.length, part)) * len(part) for part in found]
    assert max(sizes) <= 300
    assert sum(sizes) < 1.1 * sum(map(coder.length, examples))  # of like length: hardly any padding
    assert found == batches(examples, coder, 300, random.Random(1))
    assert found != batches(examples, coder, 300, random.Random(2))


def test_an_example_larger_than_a_batch_has_one_of_its_own(coder: Coder) -> None:
    long = Example(("word",) * 50, ("O",) * 50, None, None)
    assert batches([long, FELL], coder, 40, random.Random(0)) in ([[long], [FELL]], [[FELL], [long]])
