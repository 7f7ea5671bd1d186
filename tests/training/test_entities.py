"""The IOB reader, the spacing it restores, and the entities of its documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from training import entities

SAMPLE = "The\tO\nFree\tB-ORG\nArmy\tI-ORG\nleft\tO\nAleppo\tB-LOC\n.\tO\n\n\nQuiet\tO\textra\n"


def write(folder: Path, content: str) -> Path:
    path = folder / "made_up.iob"
    path.write_text(content, encoding="utf-8")
    return path


def test_sentences_end_at_blank_lines(tmp_path: Path) -> None:
    first, second = entities.read_iob(write(tmp_path, SAMPLE))
    assert first[1:3] == [("Free", "B-ORG"), ("Army", "I-ORG")]
    assert second == [("Quiet", "O")]  # further columns are passed over


@pytest.mark.parametrize("content", ["", "\n", "\n \n\n"])
def test_nothing_in_nothing_out(tmp_path: Path, content: str) -> None:
    assert list(entities.read_iob(write(tmp_path, content))) == []


def test_a_line_without_a_tag(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"made_up\.iob:2: no tag on this line"):
        list(entities.read_iob(write(tmp_path, "The\tO\nArmy\n")))


@pytest.mark.parametrize(
    "text",
    [
        "The army (about 30% of it) left Homs, Hama and Idlib.",
        "It's theirs; they don't know!",
        "The town’s people don’t stay.",
        "Who said “no”?",
        "He paid $300 for [it]",
        "the Russian-led talks",
        "a Syria–Iraq border post",
    ],
)
def test_spacing_is_that_of_english_print(text: str) -> None:
    apart = text
    for mark in ("(", "[", "$", "“", "-", "–"):
        apart = apart.replace(mark, f" {mark} ")
    for mark in ("'s", "’s", "n't", "n’t", ")", "]", "%", ",", ".", ";", "!", "?", "”"):
        apart = apart.replace(mark, f" {mark}")
    assert entities.to_doc(Vocab(), [(word, "O") for word in apart.split()]).text == text


def test_entities_of_a_document(tmp_path: Path) -> None:
    first, _ = entities.read_iob(write(tmp_path, SAMPLE))
    doc = entities.to_doc(Vocab(), first)
    assert [(span.text, span.label_) for span in doc.ents] == [("Free Army", "ORG"), ("Aleppo", "LOC")]


def test_an_empty_tag_is_no_annotation() -> None:
    doc = entities.to_doc(Vocab(), [("Army", "B-ORG"), ("left", ""), ("Homs", "O")])
    assert [token.ent_iob for token in doc] == [3, 0, 2]


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6), min_size=1, max_size=12))
def test_words_keep_their_letters_and_no_space_doubles(words: list[str]) -> None:
    doc = entities.to_doc(Vocab(), [(word, "O") for word in words])
    assert doc.text.replace(" ", "") == "".join(words)
    assert "  " not in doc.text
    assert doc.text == doc.text.strip()


def test_a_corpus_holds_all_words_in_runs(tmp_path: Path) -> None:
    source = write(tmp_path, "".join(f"w{i}\tB-LOC\n.\tO\n\n" for i in range(50)))
    assert entities.write_corpus([source], tmp_path / "out.spacy", longest=3) == 100
    docs = list(DocBin().from_disk(tmp_path / "out.spacy").get_docs(Vocab()))
    assert {len(doc) for doc in docs} == {2, 4, 6}
    assert [span.text for doc in docs for span in doc.ents] == [f"w{i}" for i in range(50)]
