"""Durations that count from something told by name."""

from __future__ import annotations

import pytest

from tests.grounding.times.reading import parsed, times_in
from whoholds.grounding.times import Anchor, TimeExpression, claim_time, find_times
from whoholds.model import Document


def anchored(text: str) -> TimeExpression:
    return next(time for time in times_in(text) if time.anchor is not None)


@pytest.mark.parametrize(
    ("text", "words", "offset"),
    [
        ("withdraw within 14 days of the ceasefire", "the ceasefire", "P14D"),
        ("elections two weeks after the signing, he said", "the signing", "P2W"),
        ("due 30 days from the date of the agreement", "the date of the agreement", "P30D"),
        ("freed ten days before the end of the truce", "the end of the truce", "-P10D"),
        ("within 72 hours of the signing they left", "the signing they left", "PT72H"),
        ("the day after the vote", "the vote", "P1D"),
        ("the week before the summit", "the summit", "-P1W"),
    ],
)
def test_anchor_is_kept_by_name(text: str, words: str, offset: str) -> None:
    time = anchored(text)
    assert time.anchor is not None
    assert (time.anchor.span.quote, time.anchor.offset) == (words, offset)
    assert time.when is None


@pytest.mark.parametrize(
    "text", ["three days of talks", "two years of the war", "for six months", "within a week", "a few weeks after the vote"]
)
def test_stretches_and_vague_numbers_have_no_anchor(text: str) -> None:
    assert [time.anchor for time in times_in(text)] == [None]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("two weeks after the signing of 10 November", "2020-11-24"),
        ("ten days before 10 November", "2020-10-31"),
        ("within 14 days of 10 November", "2020-11-10/2020-11-24"),
        ("three months from 30 November 2020", "2021-02-28"),
    ],
)
def test_a_day_in_the_anchor_dates_the_duration(text: str, edtf: str) -> None:
    time = anchored(text)
    assert time.when is not None
    assert time.when.edtf == edtf
    assert time.derivation.parts[-1].rule == "counted from"


def test_the_claim_is_of_the_day_counted_to() -> None:
    when = claim_time(times_in("freed two weeks after the signing of 10 November"))
    assert when is not None
    assert when.edtf == "2020-11-24"


def test_the_tree_bounds_the_anchor() -> None:
    tagged = (
        "leave/VERB/VB/root/0 10/NUM/CD/nummod/3 days/NOUN/NNS/obl/1 after/ADP/IN/case/6 the/DET/DT/det/6 vote/NOUN/NN/obl/1 "
        "which/PRON/WDT/nsubj/8 failed/VERB/VBD/acl:relcl/6 ././PUNCT/punct/1"
    ).replace("././PUNCT/punct/1", "./PUNCT/./punct/1")
    text, sentence = parsed(tagged)
    found, _ = find_times(Document(text=text), [sentence])
    assert [time.anchor and time.anchor.span.quote for time in found] == ["the vote"]


def test_holds() -> None:
    document = Document(text="after the vote in May")
    anchor = Anchor(document.span(6, 21), "P1D")
    assert anchor.holds(document.span(18, 21))
    assert not anchor.holds(document.span(0, 9))
