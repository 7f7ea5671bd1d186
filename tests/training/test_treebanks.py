"""The treebank reader: multi-word tokens, empty nodes, spacing, bad rows; paragraphs; documents."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from training import treebanks
from training.treebanks import Sentence, Word


def row(index: str, form: str, upos: str = "X", head: int | str = 0, deprel: str = "root", misc: str = "_") -> str:
    return "\t".join([index, form, form.lower(), upos, upos, "_", str(head), deprel, "_", misc])


def span(index: str, form: str, misc: str = "_") -> str:
    """The row of a multi-word token."""
    return "\t".join([index, form, *"_______", misc])


def read(folder: Path, *lines: str) -> list[Sentence]:
    path = folder / "made_up.conllu"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return list(treebanks.read_treebank(path))


def forms(sentence: Sentence) -> list[str]:
    return [word.form for word in sentence.words]


def text(sentence: Sentence) -> str:
    return treebanks.to_doc(Vocab(), [sentence]).text


def test_parts_that_make_up_the_surface_stay_apart(tmp_path: Path) -> None:
    [sentence] = read(
        tmp_path,
        row("1", "They", head=4, deprel="nsubj"),
        span("2-3", "don't"),
        row("2", "do", head=4, deprel="aux"),
        row("3", "n't", head=4, deprel="advmod"),
        row("4", "know", misc="SpaceAfter=No"),
        row("5", ".", head=4, deprel="punct"),
    )
    assert forms(sentence) == ["They", "do", "n't", "know", "."]
    assert [word.head for word in sentence.words] == [3, 3, 3, 3, 3]
    assert text(sentence) == "They don't know."


def test_parts_take_the_letters_of_a_surface_as_long_as_they(tmp_path: Path) -> None:
    [sentence] = read(
        tmp_path,
        span("1-2", "DON’T", misc="SpaceAfter=No"),
        row("1", "do", head=0),
        row("2", "n't", head=1, deprel="advmod"),
        row("3", "!", head=1, deprel="punct"),
    )
    assert forms(sentence) == ["DO", "N’T", "!"]
    assert text(sentence) == "DON’T!"


def test_parts_that_do_not_make_up_the_surface_become_one_word(tmp_path: Path) -> None:
    [sentence] = read(
        tmp_path,
        row("1", "va", upos="VERB"),
        span("2-3", "au"),
        row("2", "le", upos="DET", head=3, deprel="det"),
        row("3", "à", upos="ADP", head=4, deprel="case"),
        row("4", "nord", upos="NOUN", head=1, deprel="obl", misc="SpaceAfter=No"),
        row("5", ".", upos="PUNCT", head=2, deprel="punct"),
    )
    assert forms(sentence) == ["va", "au", "nord", "."]
    assert sentence.words[1].upos == "ADP"  # the part that hangs outside
    assert [word.head for word in sentence.words] == [0, 2, 0, 1]  # a head inside the merged word is the merged word
    assert text(sentence) == "va au nord."


def test_empty_nodes_are_left_out(tmp_path: Path) -> None:
    [sentence] = read(tmp_path, row("1", "One"), row("1.1", "left", head="_"), row("2", "too", head=1, deprel="advmod"))
    assert forms(sentence) == ["One", "too"]


def test_roots_features_and_spaces_inside_words(tmp_path: Path) -> None:
    columns = row("1", "1 000", upos="NUM").split("\t")
    columns[5] = "NumForm=Digit"
    [sentence] = read(tmp_path, "\t".join(columns), row("2", "men", head=1, deprel="dep"))
    first, second = sentence.words
    assert (first.form, first.feats, first.deprel, first.head) == ("1\u00a0000", "NumForm=Digit", "ROOT", 0)
    assert (second.feats, second.deprel, second.head) == ("", "dep", 0)


def test_documents_and_paragraphs_open_but_blocks_inside_them_do_not(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        *("# newdoc id = a", row("1", "One"), ""),
        *("# text = Two", row("1", "Two"), ""),
        *("# newpar", row("1", "Three"), ""),
        *("# newpar_block = list", row("1", "Four")),
    )
    assert [sentence.opens_paragraph for sentence in found] == [True, False, True, False]


def test_the_same_from_a_gzipped_file_and_nothing_from_an_empty_one(tmp_path: Path) -> None:
    plain = read(tmp_path, row("1", "Quiet"), "", row("1", "Déjà"))
    packed = tmp_path / "packed.conllu.gz"
    packed.write_bytes(gzip.compress((tmp_path / "made_up.conllu").read_bytes()))
    assert list(treebanks.read_treebank(packed)) == plain
    assert read(tmp_path, "# a comment", "") == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2\tshort", r"made_up\.conllu:2: a CoNLL-U row has 10 columns, this one 2"),
        (row("2", "long", head=1) + "\tmore", r"made_up\.conllu:2: .* this one 11"),
        (row("2", "headless", head="_"), "invalid literal"),
        (span("2-x", "rangeless"), "invalid literal"),
    ],
)
def test_bad_rows(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read(tmp_path, row("1", "Fine"), line)


def sentence_of(name: str, opens_paragraph: bool) -> Sentence:
    return Sentence([Word(name, name, "X", "X", "", 0, "ROOT", True)], opens_paragraph)


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 9), st.integers(0, 99))
def test_paragraphs_keep_every_sentence_in_order_and_cross_no_border(opens: list[bool], longest: int, seed: int) -> None:
    sentences = [sentence_of(f"w{i}", opening) for i, opening in enumerate(opens)]
    runs = list(treebanks.paragraphs(sentences, longest, seed))
    assert [sentence for run in runs for sentence in run] == sentences
    assert all(1 <= len(run) <= longest for run in runs)
    assert not any(sentence.opens_paragraph for run in runs for sentence in run[1:])
    assert runs == list(treebanks.paragraphs(sentences, longest, seed))


def test_paragraphs_are_of_many_lengths() -> None:
    runs = treebanks.paragraphs([sentence_of("w", False) for _ in range(400)], longest=4, seed=0)
    assert {len(run) for run in runs} == {1, 2, 3, 4}


def test_a_document_has_its_sentences_trees_side_by_side() -> None:
    first = Sentence(
        [Word("Go", "go", "VERB", "VB", "", 0, "ROOT", False), Word("!", "!", "PUNCT", ".", "", 0, "punct", False)], True
    )
    second = Sentence(
        [Word("we", "we", "PRON", "PRP", "", 1, "nsubj", True), Word("go", "go", "VERB", "VBP", "", 1, "ROOT", True)], False
    )
    doc = treebanks.to_doc(Vocab(), [first, second])
    assert doc.text == "Go! we go"  # a space between sentences, none after the last
    assert [sentence.text for sentence in doc.sents] == ["Go!", "we go"]
    assert [token.head.i for token in doc] == [0, 0, 3, 3]
    assert [token.lemma_ for token in doc] == ["go", "!", "we", "go"]


def test_a_corpus_holds_all_words_and_is_the_same_each_time(tmp_path: Path) -> None:
    lines = [line for i in range(random.Random(1).randint(20, 30)) for line in (row("1", f"w{i}"), row("2", "x", head=1), "")]
    read(tmp_path, *lines)
    targets = [tmp_path / name for name in ("one.spacy", "two.spacy")]
    words = [treebanks.write_corpus([tmp_path / "made_up.conllu"] * 2, target) for target in targets]
    docs = [[doc.text for doc in DocBin().from_disk(target).get_docs(Vocab())] for target in targets]
    assert words == [4 * (len(lines) // 3)] * 2
    assert docs[0] == docs[1]
    assert sum(len(text.split()) for text in docs[0]) == words[0]
