"""Lemmas: the dictionary as the package reads it, and words it does not have."""

import pytest
from lemminflect import getLemma

from whoholds.language.lemmas import lemma


@pytest.mark.parametrize(
    ("word", "upos", "expected"),
    [
        ("ceded", "VERB", "cede"),
        ("halted", "VERB", "halt"),
        ("overran", "VERB", "overrun"),
        ("troops", "NOUN", "troop"),
        ("hostilities", "NOUN", "hostility"),
        ("has", "AUX", "have"),
        ("’s", "AUX", "be"),
        ("would", "AUX", "would"),
        ("terrorist", "ADJ", "terrorist"),
        ("kalbajar", "PROPN", "kalbajar"),
        ("1,200", "NUM", "1,200"),
        ("", "NOUN", ""),
    ],
)
def test_lemma(word: str, upos: str, expected: str) -> None:
    assert lemma(word, upos) == expected


@pytest.mark.parametrize("upos", ["NOUN", "VERB"])
def test_the_dictionary_is_read_as_the_package_reads_it(upos: str) -> None:
    words = "shelled mines forces arms fighting withdrew seized besieging people houses militias retook strikes fled".split()
    assert [lemma(word, upos) for word in words] == [getLemma(word, upos)[0].lower() for word in words]


def test_unknown_words_go_by_rule() -> None:
    assert lemma("blogified", "VERB") == getLemma("blogified", "VERB")[0]
