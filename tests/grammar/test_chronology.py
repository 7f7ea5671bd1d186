"""Which time expressions a clause owns."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import report
from whoholds.grammar.chronology import Chronology
from whoholds.grammar.clause import verb_clause
from whoholds.grounding.times import find_times


def _own(line: str, verb: str) -> list[str]:
    document, sentences = report(line, published=date(2024, 6, 12))
    times, _ = find_times(document, sentences)
    token = next(token for token in sentences[0].tokens if token.text == verb)
    return [time.span.quote for time in Chronology(sentences, times).times(verb_clause(token, sentences[0]))]


@pytest.mark.parametrize(
    ("line", "verb", "times"),
    [
        ("rebels/NNS/nsubj>2 fled/VBD/root>0 on/ADP/case>4 Monday/PROPN/obl>2/DATE", "fled", ["Monday"]),
        (
            "rebels/NNS/nsubj>2 fled/VBD/root>0 on/ADP/case>4 Monday/PROPN/obl>2/DATE and/CCONJ/cc>7 "
            "troops/NNS/nsubj>7 entered/VBD/conj>2",
            "entered",
            ["Monday"],
        ),
        (
            "rebels/NNS/nsubj>2 fled/VBD/root>0 on/ADP/case>4 Monday/PROPN/obl>2/DATE but/CCONJ/cc>7 "
            "troops/NNS/nsubj>7 stayed/VBD/conj>2",
            "stayed",
            [],
        ),
        (
            "rebels/NNS/nsubj>2 fled/VBD/root>0 on/ADP/case>4 Monday/PROPN/obl>2/DATE after/ADP/mark>7 "
            "troops/NNS/nsubj>7 came/VBD/advcl>2",
            "came",
            [],
        ),
        (
            "shells/NNS/nsubj>2 fell/VBD/root>0 ,/PUNCT/punct>5 officials/NNS/nsubj>5 said/VBD/parataxis>2 on/ADP/case>7 "
            "Tuesday/PROPN/obl>2/DATE",
            "fell",
            [],
        ),
        (
            "shells/NNS/nsubj>2 fell/VBD/root>0 ,/PUNCT/punct>5 officials/NNS/nsubj>5 said/VBD/parataxis>2 on/ADP/case>7 "
            "Tuesday/PROPN/obl>2/DATE",
            "said",
            ["Tuesday"],
        ),
        (
            "under/ADP/case>3 a/DET/det>3 decision/NOUN/obl>7 of/ADP/case>5 Monday/PROPN/nmod>3/DATE "
            "troops/NNS/nsubj>7 left/VBD/root>0",
            "left",
            [],
        ),
    ],
)
def test_times_of_a_clause(line: str, verb: str, times: list[str]) -> None:
    assert _own(line, verb) == times


@given(st.integers(1, 5), st.integers(0, 4))
def test_any_tree_is_asked_without_raising(length: int, head: int) -> None:
    words = [
        f"fled/VBD/{'root>0' if i == min(head, length - 1) else f'conj>{min(head, length - 1) + 1}'}" for i in range(length)
    ]
    document, sentences = report(" ".join(words), published=date(2024, 6, 12))
    times, _ = find_times(document, sentences)
    chronology = Chronology(sentences, times)
    for token in sentences[0].tokens:
        assert chronology.times(verb_clause(token, sentences[0])) == []
