"""Entities of other pipelines in our labels: mapped, trimmed at the edges, dates only with a name of a day, month or year."""

import pytest

from whoholds.language.schemes import our_entities


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("kyiv", "GPE", "B-LOC"),
        ("the middle east", "LOC", "O B-LOC I-LOC"),
        ("kabul airport", "FAC", "B-LOC I-LOC"),
        ("salva kiir 's", "PERSON", "B-PERSON I-PERSON O"),
        ("salva kiir", "PER", "B-PERSON I-PERSON"),
        ("the african union", "ORG", "O B-ORG I-ORG"),
        ("arabic", "LANGUAGE", "B-NORP"),
        ("the minsk agreement", "LAW", "O B-MISC I-MISC"),
        ("july 25 , 2022", "DATE", "B-DATE I-DATE I-DATE I-DATE"),
        ("late monday", "DATE", "O B-DATE"),
        ("the 1990s", "DATE", "O B-DATE"),
        ("oct. 19", "DATE", "B-DATE I-DATE"),
        ("two days", "DATE", "O O"),
        ("last week", "DATE", "O O"),
        ("5 days", "DATE", "O O"),
        ("the", "ORG", "O"),
        ("$ 5 million", "MONEY", "O O O"),
        ("9 a.m.", "TIME", "O O"),
        ("hills", "", "O"),
    ],
)
def test_one_entity(words: str, label: str, expected: str) -> None:
    lowers = words.split()
    parts = ["B"] + ["I"] * (len(lowers) - 1) if label else ["O"] * len(lowers)
    assert our_entities(lowers, [label] * len(lowers), parts) == expected.split()


def test_neighbours_stay_apart() -> None:
    tags = our_entities(["goma", "sake", "m23", "war"], ["GPE", "LOC", "ORG", "ORG"], ["B", "B", "I", "I"])
    assert tags == ["B-LOC", "B-LOC", "B-ORG", "I-ORG"]


def test_no_words_have_no_tags() -> None:
    assert our_entities([], [], []) == []
