"""Trees of our own: rows to examples, bad rows and trees, and the files that the recipe trains on."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import corpora, texts, trees
from training.examples import Example, Syntax

REBELS = ["Rebels\tNOUN\tNNS\t2\tnsubj\tO", "took\tVERB\tVBD\t0\troot\tO", "Al\tPROPN\tNNP\t2\tobj\tB-LOC"]
BAB = "Bab\tPROPN\tNNP\t3\tflat\tI-LOC"


def read(folder: Path, *lines: str) -> list[Example]:
    path = folder / "made_up.tsv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return list(trees.read_trees(path))


def test_rows_become_an_example(tmp_path: Path) -> None:
    assert read(tmp_path, *REBELS, BAB) == [
        Example(
            words=("Rebels", "took", "Al", "Bab"),
            tags=("O", "O", "B-LOC", "I-LOC"),
            starts=(True, False, False, False),
            syntax=Syntax(
                ("NOUN", "VERB", "PROPN", "PROPN"), ("NNS", "VBD", "NNP", "NNP"), (2, 0, 2, 3), ("nsubj", "root", "obj", "flat")
            ),
            opens_paragraph=True,
        )
    ]


def test_only_marked_sentences_open_paragraphs(tmp_path: Path) -> None:
    found = read(tmp_path, *REBELS, "", *REBELS, "", "", "# par", *REBELS, "", *REBELS, "")
    assert [example.opens_paragraph for example in found] == [True, False, True, False]
    assert read(tmp_path, "") == read(tmp_path, "# par", "") == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Bab\tPROPN\tNNP\t3\tflat", r"made_up\.tsv:5: a row is form, upos"),
        (BAB + "\tmore", r"made_up\.tsv:5: a row is form, upos"),
        ("Bab\tPROPN\tNNP\t-1\tflat\tO", r"made_up\.tsv:5: a row is form, upos"),
        ("Bab\tPROPN\tNNP\t3\tflat\tI-PLACE", r"made_up\.tsv:5: the last column is O, or B- or I-"),
        ("Bab\tPROPN\tNNP\t3\tflat\t_", r"made_up\.tsv:5: the last column is O, or B- or I-"),
        pytest.param("Bab\tPROPN\tNNP\t9\tflat\tO", r"made_up\.tsv:2: the heads make no tree", id="a head abroad"),
        pytest.param("Bab\tPROPN\tNNP\t4\tflat\tO", r"made_up\.tsv:2: the heads make no tree", id="its own head"),
        pytest.param("Bab\tPROPN\tNNP\t0\troot\tO", r"made_up\.tsv:2: the heads make no tree", id="two roots"),
    ],
)
def test_bad_rows_are_told_with_their_line(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read(tmp_path, "# par", *REBELS, row)


def test_a_cycle_beside_the_root(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"made_up\.tsv:1: the heads make no tree"):
        read(tmp_path, REBELS[0].replace("2", "3"), REBELS[1], REBELS[2].replace("2", "1"))


def test_the_trees_of_the_recipe() -> None:
    found = [example for path in sorted(corpora.TREES.glob("*.tsv")) for example in trees.read_trees(path)]
    if not found:
        pytest.skip("training/trees holds no file yet")
    labels = {tag[2:] for example in found for tag in example.tags if tag and tag != "O"}
    assert labels <= set(texts.LABELS)
    for example in found:
        assert example.syntax is not None
        assert [relation == "root" for relation in example.syntax.deprels] == [head == 0 for head in example.syntax.heads]
