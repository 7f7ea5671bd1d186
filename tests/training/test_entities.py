"""The IOB reader, the spacing it restores, and the entities and unlabelled words of its texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        "The town’s people don’t stay, they’ll go.",
        "Who said “no”?",
        "He waited… and left.",
        "He paid $300 for [it]",
        "the Russian-led talks",
        "a Syria–Iraq border post",
    ],
)
def test_spacing_is_that_of_english_print(text: str) -> None:
    apart = text
    for mark in ("(", "[", "$", "“", "-", "–"):
        apart = apart.replace(mark, f" {mark} ")
    for mark in ("'s", "’s", "’ll", "n't", "n’t", ")", "]", "%", ",", ".", ";", "!", "?", "”", "…"):
        apart = apart.replace(mark, f" {mark}")
    assert entities.text_of([(word, "O") for word in apart.split()]) == (text, [])


def named(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    text, names = entities.text_of(rows)
    return [(text[start:end], label) for start, end, label in names]


def test_entities_of_a_text(tmp_path: Path) -> None:
    first, _ = entities.read_iob(write(tmp_path, SAMPLE))
    assert named(*first) == [("Free Army", "ORG"), ("Aleppo", "LOC")]


def test_neighbours_stay_apart() -> None:
    assert named(("Homs", "B-LOC"), ("Hama", "B-LOC"), ("City", "I-LOC")) == [("Homs", "LOC"), ("Hama City", "LOC")]


@pytest.mark.parametrize("before", ["O", "", "B-ORG"])
def test_an_inside_tag_after_something_else_opens_an_entity(before: str) -> None:
    rows = [("Homs", "B-LOC"), ("and", before), ("Hama", "I-LOC")]
    assert named(*rows)[-1] == ("Hama", "LOC")
    assert named(*rows)[0] == ("Homs", "LOC")


def test_spaces_inside_words_do_not_break() -> None:
    assert entities.text_of([("1 000", "O"), ("men", "O")])[0] == "1\u00a0000 men"


def test_words_nobody_looked_at() -> None:
    rows = [("Army", "B-ORG"), ("left", ""), ("Homs", ""), ("now", "O")]
    text, names = entities.text_of(rows)
    assert names == [(0, 4, "ORG")]
    assert [text[start:end] for start, end in entities.unlabelled(rows)] == ["left", "Homs"]
    assert entities.unlabelled([("now", "O")]) == entities.unlabelled([]) == []


letters = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=6)
tags = st.sampled_from(["O", "", "B-LOC", "I-LOC", "B-ORG", "I-ORG"])


@given(st.lists(st.tuples(letters, tags), min_size=1, max_size=12))
def test_words_keep_their_letters_and_names_are_whole_words(rows: list[tuple[str, str]]) -> None:
    text, names = entities.text_of(rows)
    assert text.replace(" ", "") == "".join(word for word, _ in rows)
    assert "  " not in text
    assert text == text.strip()
    inside = "".join(text[start:end].replace(" ", "") for start, end, _ in names)
    assert inside == "".join(word for word, tag in rows if tag not in ("", "O"))
    outside = "".join(text[start:end] for start, end in entities.unlabelled(rows))
    assert outside == "".join(word for word, tag in rows if not tag)
