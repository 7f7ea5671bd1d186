"""Texts of our own: marks to words and tags, paragraphs, broken marks, and the texts that the recipe trains on."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import corpora, texts
from training.examples import Example


def read(folder: Path, *lines: str) -> list[Example]:
    path = folder / "made_up.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return list(texts.read_texts(path))


def test_marks_become_tags(tmp_path: Path) -> None:
    [example] = read(tmp_path, "[ORG Free Army] troops left [LOC Goma] on [DATE 3 May].")
    assert example.words == ("Free", "Army", "troops", "left", "Goma", "on", "3", "May", ".")
    assert example.tags == ("B-ORG", "I-ORG", "O", "O", "B-LOC", "O", "B-DATE", "I-DATE", "O")
    assert example.starts == (True, *[False] * 8)
    assert example.syntax is None


@pytest.mark.parametrize(
    ("line", "words", "tags"),
    [
        ("[LOC Gaza]-based", "Gaza - based", "B-LOC O O"),
        ("the [PERSON al-Assad]'s men", "the al - Assad 's men", "O B-PERSON I-PERSON I-PERSON O O"),
        ("[LOC Homs] [LOC Hama]", "Homs Hama", "B-LOC B-LOC"),
        ("pro[NORP Kurdish] rally", "proKurdish rally", "B-NORP O"),
        ("nothing here", "nothing here", "O O"),
    ],
)
def test_a_word_half_inside_a_name_belongs_to_it(tmp_path: Path, line: str, words: str, tags: str) -> None:
    [example] = read(tmp_path, line)
    assert (" ".join(example.words), " ".join(map(str, example.tags))) == (words, tags)


def test_blank_lines_and_rules_open_paragraphs(tmp_path: Path) -> None:
    found = read(tmp_path, "One.", "Two.", "", "Three.", "---", "Four.", "  ", "---", "", "Five.", "Six.")
    assert [example.opens_paragraph for example in found] == [True, False, True, True, True, False]
    assert read(tmp_path, "") == read(tmp_path, "", "---") == []


@pytest.mark.parametrize(
    "line", ["[LOC Goma fell", "Goma] fell", "[PLACE Goma] fell", "[LOC] fell", "[LOC ] fell", "[ORG the [LOC Goma] council]"]
)
def test_broken_marks_are_told_with_their_line(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError, match=r"made_up\.txt:3: a bracket outside a mark"):
        read(tmp_path, "Fine.", "", line)


@given(st.lists(st.tuples(st.sampled_from(["Goma", "al-Bab", "U.S.", "3rd", "…"]), st.sampled_from(["", *texts.LABELS]))))
def test_words_are_those_of_the_text_and_tags_are_legal(parts: list[tuple[str, str]]) -> None:
    text, names = "", []
    for word, label in parts:
        if label:
            names.append((len(text), len(text) + len(word), label))
        text += word + " "
    words, tags = texts.labelled(text, names)
    assert "".join(words) == text.replace(" ", "")
    assert len(words) == len(tags)
    assert [tag[2:] for tag in tags if tag.startswith("B-")] == [label for _, label in parts if label]
    assert all(not tag.startswith("I-") or before[2:] == tag[2:] for before, tag in pairwise(("O", *tags)))


@pytest.mark.parametrize("path", sorted(corpora.TEXTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_texts_of_the_recipe(path: Path) -> None:
    found = list(texts.read_texts(path))
    assert len(found) > 100
    assert {tag[2:] for example in found for tag in example.tags if tag and tag != "O"} <= set(texts.LABELS)
    assert sum(tag != "O" for example in found for tag in example.tags) > len(found) / 2
