"""What the tense of a verb tells."""

from __future__ import annotations

import pytest

from tests.grammar.build import parsed, word
from whoholds.grammar.telling import fresh, in_time_clause, perfect

_PAST_PERFECT = "they/PRP/nsubj>3 had/AUX/aux>3 fled/VBN/root>0"
_PERFECT = "they/PRP/nsubj>3 have/AUX/aux>3 fled/VBN/root>0"
_PAST = "they/PRP/nsubj>2 fled/VBD/root>0"


@pytest.mark.parametrize(("line", "told"), [(_PERFECT, True), (_PAST_PERFECT, False), (_PAST, False)])
def test_only_have_and_has_make_a_present_perfect(line: str, told: bool) -> None:
    assert perfect(word(parsed(line), "fled")) is told


@pytest.mark.parametrize(
    ("line", "reported", "told"),
    [(_PAST, False, True), (_PERFECT, False, True), (_PAST_PERFECT, False, False), (_PAST_PERFECT, True, True)],
)
def test_the_past_perfect_is_news_in_reported_speech_only(line: str, reported: bool, told: bool) -> None:
    assert fresh(word(parsed(line), "fled"), reported=reported) is told


def test_a_noun_has_no_tense() -> None:
    assert not fresh(word(parsed("shelling/NN/root>0"), "shelling"), reported=True)


@pytest.mark.parametrize(("mark", "told"), [("since", True), ("after", True), ("while", False)])
def test_a_clause_that_only_dates_another(mark: str, told: bool) -> None:
    line = f"troops/NNS/nsubj>2 left/VBD/root>0 {mark}/ADP/mark>5 they/PRP/nsubj>5 attacked/VBD/advcl>2"
    assert in_time_clause(word(parsed(line), "attacked")) is told
