"""The treebank reader: multi-word tokens, empty nodes, spacing, bad rows and heads; the text and answers of its sentences."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    return treebanks.parsed([sentence])[0]


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
    assert (first.form, first.feats, first.deprel, first.head) == ("1\u00a0000", "NumForm=Digit", "root", 0)
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
        (row("2", "headless", head="_"), r"made_up\.conllu:2: .* a head is a number, not 2 and _"),
        (row("3", "too early", head=1), r"made_up\.conllu:2: words are numbered from 1"),
        (row("2", "abroad", head=7), r"made_up\.conllu:2: a head or a range names word 7 of a sentence of 2"),
        (span("2-x", "rangeless"), r"made_up\.conllu:2: 2-x is no range"),
        (span("3-2", "backwards"), r"made_up\.conllu:2: 3-2 is no range"),
        (span("1-2", "late"), r"made_up\.conllu:2: 1-2 is no range"),
        (span("2-3", "nothing in it"), r"made_up\.conllu:2: a head or a range names word 3 of a sentence of 1"),
    ],
)
def test_bad_rows(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read(tmp_path, row("1", "Fine"), line)


def word(form: str, head: int, deprel: str = "dep", space_after: bool = True) -> Word:
    return Word(form, form.upper(), "X", "XX", "", head, deprel, space_after)


def test_the_answers_of_sentences_that_follow_each_other() -> None:
    first = Sentence([word("Go", 0, "root", False), word("!", 0, "punct", False)], True)
    second = Sentence([word("we", 1, "nsubj"), word("went", 1, "root")], False)
    text, (one, two) = treebanks.parsed([first, second])
    assert text == "Go! we went"  # a space between sentences, none after the last
    assert one.parsed.spans == [(0, 2), (2, 3)]
    assert two.parsed.spans == [(4, 6), (7, 11)]
    assert [one.parsed.heads, two.parsed.heads] == [[-1, 0], [1, -1]]
    assert two.parsed.relations == ["nsubj", "root"]
    assert (two.parsed.upos, two.parsed.tags, two.parsed.entities) == (["X", "X"], ["XX", "XX"], ["O", "O"])
    assert two.lemmas == ["we", "went"]
    assert treebanks.parsed([]) == ("", [])


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=4)


@given(st.lists(st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=5), max_size=4))
def test_spans_are_those_of_the_words_and_spaced_words_stand_apart(drawn: list[list[tuple[str, bool]]]) -> None:
    run = [Sentence([word(form, 0, space_after=space) for form, space in sentence], True) for sentence in drawn]
    every = [form for sentence in drawn for form, _ in sentence]
    for sentences, expected in ((run, None), (treebanks.spaced(run), " ".join(every))):
        text, found = treebanks.parsed(sentences)
        assert [text[start:end] for gold in found for start, end in gold.parsed.spans] == every
        assert expected is None or text == expected
    assert [[w.space_after for w in sentence.words] for sentence in run] == [[space for _, space in s] for s in drawn]
