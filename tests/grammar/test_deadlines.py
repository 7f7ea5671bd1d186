"""Deadlines: counted from a trigger, or still ahead."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grammar.deadlines import ahead
from whoholds.model import Claim, Document, Obligation, Offset, When
from whoholds.pipeline import Reader

_TODAY = date(2021, 3, 10)  # a Wednesday


def _when(edtf: str, words: str) -> When:
    document = Document(text=words, name="words", published=_TODAY)
    return When(edtf, document.span(0, len(words)))


@pytest.mark.parametrize(
    ("edtf", "words", "expected"),
    [
        ("2020-12-24", "24 December", "2021-12-24"),
        ("2020-12", "December", "2021-12"),
        ("2021-03-05", "Friday", "2021-03-12"),
        ("2021-03-12", "Friday", "2021-03-12"),
        ("2020-12-24", "24 December 2020", "2020-12-24"),
        ("2020-12", "last December", "2020-12"),
        ("2020", "the end of the year", "2020"),
        ("2020-02-29", "February 29", "2020-02-29"),
        ("2021-03-01/2021-03-07", "last week", "2021-03-01/2021-03-07"),
    ],
)
def test_a_day_ahead(edtf: str, words: str, expected: str) -> None:
    found = ahead(_when(edtf, words), _TODAY)
    assert found is not None
    assert found.edtf == expected


def test_nothing_ahead_without_a_day_or_a_publication() -> None:
    assert ahead(None, _TODAY) is None
    day = _when("2020-12-24", "24 December")
    assert ahead(day, None) is day


def test_nothing_lies_beyond_the_last_day_of_the_calendar() -> None:
    day = _when("9999-12-30", "Thursday")
    assert ahead(day, date.max) is day


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_what_lies_ahead_never_moves_and_nothing_moves_back(day: date, published: date) -> None:
    told = _when(day.isoformat(), f"{day:%B} {day.day}")
    found = ahead(told, published)
    assert found is not None
    moved = found.end.not_after
    assert moved is not None
    assert moved == day if day >= published else moved >= day


_COUNTED = {
    "The sides signed the accord on 1 March. Foreign troops must leave within 14 days of the signing.": (
        "2021-03-15",
        "P14D after the signing",
    ),
    "Foreign troops must leave within 14 days of the signing.": (None, "P14D after the signing, a day that is not told"),
    "The truce took effect on 1 March. Rebels must free all captives no later than 30 days after it takes effect.": (
        "2021-03-31",
        "P30D after it takes effect",
    ),
    "The deal obliges the rebels to disarm within 72 hours of its adoption on 5 March.": (
        "2021-03-08",
        "P3D after its adoption",
    ),
    "The pact obliges France to close its bases six months before its expiry on 1 December.": (
        "2021-06-01",
        "P6M before its expiry on 1 December",
    ),
    "The army must leave the valley by the tenth day after the signing of the pact on 1 March.": (
        "2021-03-11",
        "P10D after the signing of the pact on 1 March",
    ),
}


@cache
def _read() -> dict[str, list[Claim]]:
    texts = {**_COUNTED, **_FROM_UNKNOWN}
    documents = [Document(text=text, name="counted", published=_TODAY) for text in texts]
    return {reading.document.text: list(reading.claims) for reading in Reader().read_many(documents)}


@pytest.mark.parametrize("text", _COUNTED)
def test_a_stretch_is_counted_from_its_trigger(text: str) -> None:
    due, counted = _COUNTED[text]
    duties = [claim for claim in _read()[text] if isinstance(claim.matter, Obligation)]
    assert len(duties) == 1
    (duty,) = duties
    assert isinstance(duty.matter, Obligation)
    assert (duty.matter.due.edtf if duty.matter.due else None) == due
    assert duty.derivation is not None
    assert [part.value for part in duty.derivation.parts if part.rule == "deadline counted from"] == [counted]
    if due is not None:
        assert duty.matter.due_after is None


_FROM_UNKNOWN = {
    "Foreign troops must leave within 14 days of the signing.": Offset("P14D", "the signing"),
    "The pact obliges France to close its bases six months before its expiry.": Offset("-P6M", "its expiry"),
}


@pytest.mark.parametrize("text", _FROM_UNKNOWN)
def test_a_stretch_from_what_is_not_told_is_kept(text: str) -> None:
    (duty,) = [claim.matter for claim in _read()[text] if isinstance(claim.matter, Obligation)]
    assert (duty.due, duty.due_after) == (None, _FROM_UNKNOWN[text])
