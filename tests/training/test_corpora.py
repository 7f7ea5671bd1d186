"""The corpora of the recipe: names laid over treebanks whatever the order and the cuts, and all of it loaded by name."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import corpora
from training.treebanks import Sentence, Word

Rows = list[tuple[str, str]]
FELL: Rows = [
    ("Old", "B-LOC"),
    ("Mill", "I-LOC"),
    ("fell", "O"),
    ("to", "O"),
    ("the", "O"),
    ("Free", "B-ORG"),
    ("Army", "I-ORG"),
]
QUIET: Rows = [("It", "O"), ("was", "O"), ("quiet", "O"), ("in", "O"), ("Homs", "B-LOC"), (".", "O")]
LEFT: Rows = [("Nobody", "O"), ("left", "O"), ("on", "O"), ("Monday", "B-DATE"), (".", "O")]


def sentence(*words: str) -> Sentence:
    return Sentence([Word(word, word, "X", "X", "", 0, "root", True) for word in words], True)


def of(rows: Rows) -> Sentence:
    return sentence(*(word for word, _ in rows))


def tags(rows: Rows) -> list[str]:
    return [tag for _, tag in rows]


def test_the_same_sentences_in_another_order() -> None:
    assert corpora.laid_over([of(FELL), of(QUIET), of(LEFT)], [LEFT, FELL, QUIET]) == [tags(FELL), tags(QUIET), tags(LEFT)]


@pytest.mark.parametrize("cut", range(1, len(FELL + QUIET)))
def test_the_same_text_cut_otherwise(cut: int) -> None:
    both = FELL + QUIET
    assert corpora.laid_over([of(FELL), of(QUIET)], [both]) == [tags(FELL), tags(QUIET)]
    assert corpora.laid_over([of(both)], [FELL, QUIET]) == [tags(both)]
    [first, second] = corpora.laid_over([of(both[:cut]), of(both[cut:])], [FELL, QUIET])
    assert [tag and tag[2:] for tag in first + second] == [tag[2:] for tag in tags(both)]
    assert not str(second[0]).startswith("I-")  # a name cut in two begins anew


def test_words_cut_otherwise_have_no_tag_and_the_next_have() -> None:
    ours = sentence("Old", "Mill", "fell", "to", "the", "Free-Army", "It", "was", "quiet", "in", "Homs", ".")
    assert corpora.laid_over([ours], [FELL, QUIET]) == [[*tags(FELL)[:5], None, *tags(QUIET)]]


def test_a_sentence_that_the_other_lacks_has_no_tags() -> None:
    other = sentence("Something", "else", "entirely")
    assert corpora.laid_over([of(FELL), other, of(QUIET)], [FELL, QUIET]) == [tags(FELL), [None] * 3, tags(QUIET)]
    assert corpora.laid_over([of(FELL), of(LEFT)], [FELL, QUIET, LEFT]) == [tags(FELL), tags(LEFT)]


def test_nothing_over_nothing() -> None:
    assert corpora.laid_over([], [FELL]) == []
    assert corpora.laid_over([of(LEFT)], []) == [[None] * 5]


def test_words_nobody_looked_at_stay_so() -> None:
    assert corpora.laid_over([sentence("in", "Homs")], [[("in", ""), ("Homs", "I-LOC")]]) == [[None, None]]


@given(st.lists(st.sampled_from([FELL, QUIET, LEFT]), max_size=6), st.lists(st.integers(0, 40), max_size=8))
def test_however_the_same_text_is_cut_every_word_gets_its_label(parts: list[Rows], cuts: list[int]) -> None:
    text = [row for part in parts for row in part]
    ends = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    ours = [of(text[a:b]) for a, b in pairwise(ends)]
    found = [tag for row in corpora.laid_over(ours, parts) for tag in row]
    assert [tag and tag[2:] for tag in found] == [tag[2:] for _, tag in text]


TREE = """\
# newpar
1\tRebels\trebel\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\ttook\ttake\tVERB\tVBD\t_\t0\troot\t_\t_
3\tHoms\tHoms\tPROPN\tNNP\t_\t2\tobj\t_\t_

"""
NAMES = "Rebels\tO\ntook\tO\nHoms\tB-LOC\n\n"


def write(folder: Path) -> Path:
    """A folder with a corpus of every name that the recipe reads."""
    for kind in ("treebanks", "entities"):
        (folder / kind).mkdir(parents=True)
    for treebank, names in corpora.TREEBANKS.items():
        for split in corpora.SPLITS:
            (folder / "treebanks" / f"{treebank}_{split}.conllu.gz").write_bytes(gzip.compress(TREE.encode()))
            (folder / "entities" / f"{names}_{split}.iob").write_text(NAMES)
    for name in corpora.ENTITIES:
        (folder / "entities" / f"{name}_train.iob").write_text("Homs\tB-LOC\nfell\tO\nthen\t\n\n")
    return folder


def test_all_corpora_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "b.txt").write_text("Two.")
    (tmp_path / "texts" / "a.txt").write_text("[LOC Goma] fell.")
    monkeypatch.setattr(corpora, "TEXTS", tmp_path / "texts")
    monkeypatch.setattr(corpora, "TREES", tmp_path / "none")
    found = corpora.load(write(tmp_path / "corpora"))
    assert list(found) == ["ewt", "gum", "wikigold", "re3d", "texts", "trees"]
    assert [example.tags for example in found["ewt"]] == [("O", "O", "B-LOC")] * 2
    assert all(example.syntax is not None for example in found["gum"])
    assert found["wikigold"][0].starts == (True, False, False)
    assert found["re3d"][0].starts is None  # its blocks may be several sentences
    assert found["re3d"][0].tags == ("B-LOC", "O", None)
    assert [example.words[0] for example in found["texts"]] == ["Goma", "Two"]
    assert found["trees"] == []


def test_a_corpus_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="ewt_train"):
        corpora.load(tmp_path)
