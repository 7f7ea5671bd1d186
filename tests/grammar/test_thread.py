"""What the thread of a document gives back: the last time and place told, and only as far as they reach."""

from __future__ import annotations

import pytest

from tests.builders import report
from whoholds.grammar.thread import Thread
from whoholds.language import Sentence
from whoholds.model import Place, When, Where

_GOMA = Where(name="Goma", place=Place(name="Goma", lat=-1.7, lon=29.2, country="CD", feature="P"))
_ROAD = Where(name="coast road")


def _sentences(*paragraphs: int) -> list[Sentence]:
    _, sentences = report(*["Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2"] * len(paragraphs))
    for sentence, paragraph in zip(sentences, paragraphs, strict=True):
        sentence.paragraph = paragraph
    return sentences


def _noted(sentence: Sentence, when: When | None = None, where: Where | None = None) -> Thread:
    thread = Thread()
    thread.note(sentence, sentence.tokens[1], when, where)
    return thread


def test_an_empty_thread_gives_nothing() -> None:
    (sentence,) = _sentences(0)
    thread, head = Thread(), sentence.tokens[1]
    assert thread.places() == []
    assert thread.time_at(head) is thread.time_in_paragraph(sentence) is thread.last_time(sentence) is None
    assert thread.last_day(sentence) is thread.day_of_deal(sentence) is None
    assert thread.place_before(head, sentence) is thread.place_in_paragraph(sentence) is None


@pytest.mark.parametrize(("paragraph", "where"), [(0, _GOMA), (1, None)])
def test_a_place_reaches_as_far_as_its_paragraph(paragraph: int, where: Where | None) -> None:
    first, second = _sentences(0, paragraph)
    assert _noted(first, where=_GOMA).place_in_paragraph(second) == where


def test_a_place_that_no_gazetteer_knows_is_no_scene() -> None:
    first, second = _sentences(0, 0)
    thread = _noted(first, where=_ROAD)
    assert thread.place_in_paragraph(second) is None and thread.places() == []


def test_a_place_carried_over_is_not_told_again() -> None:
    (sentence,) = _sentences(0)
    thread = _noted(sentence, where=_GOMA)
    thread.note(sentence, sentence.tokens[2], None, _GOMA, carried=True)
    assert thread.places() == [_GOMA]


def test_within_a_sentence_only_what_stands_before_counts() -> None:
    (sentence,) = _sentences(0)
    thread = _noted(sentence, where=_GOMA)
    assert thread.place_before(sentence.tokens[2], sentence) == _GOMA
    assert thread.place_before(sentence.tokens[0], sentence) is None


@pytest.mark.parametrize(
    ("edtf", "paragraph", "found"),
    [
        ("2024-06-09", 0, True),
        ("2024-06-09", 1, True),
        ("2024-06-09", 2, False),
        ("2024-06", 1, False),
        ("2024-06-08/2024-06-09", 1, False),
    ],
)
def test_a_day_reaches_one_paragraph_on(edtf: str, paragraph: int, found: bool) -> None:
    first, second = _sentences(0, paragraph)
    assert (_noted(first, When(edtf)).last_day(second) is not None) == found


@pytest.mark.parametrize(
    ("edtf", "paragraph", "found"), [("2024-06-03", 1, True), ("2024-06-03", 2, False), ("2024-06", 0, False)]
)
def test_the_day_of_a_deal_reaches_one_paragraph_on(edtf: str, paragraph: int, found: bool) -> None:
    first, second = _sentences(0, paragraph)
    thread = Thread()
    thread.deal(first, When(edtf))
    assert (thread.day_of_deal(second) is not None) == found
