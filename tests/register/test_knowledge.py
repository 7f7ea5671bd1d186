"""What stands: withdrawals of withdrawals, edits in chains and circles, and when a text was said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from whoholds.register.knowledge import Imprint, Judgement, Record, Saying, Stand, Withdrawal, saying, standing, struck

A, B, C = "a" * 16, "b" * 16, "c" * 16


def accept(entry: int, claim: str) -> Judgement:
    return Judgement(entry, claim, True, None)


def reject(entry: int, claim: str) -> Judgement:
    return Judgement(entry, claim, False, None)


def edit(entry: int, claim: str, instead: str) -> Judgement:
    return Judgement(entry, claim, False, instead)


@pytest.mark.parametrize(
    ("pairs", "upto", "gone"),
    [
        ([], None, set()),
        ([(2, 1)], None, {1}),
        ([(2, 1), (3, 2)], None, {2}),
        ([(2, 1), (3, 2), (4, 3)], None, {1, 3}),
        ([(2, 1), (3, 2)], 2, {1}),
        ([(2, 1), (3, 2), (4, 1)], None, {1, 2}),
    ],
)
def test_what_is_struck_out(pairs: list[tuple[int, int]], upto: int | None, gone: set[int]) -> None:
    assert struck([Withdrawal(*pair) for pair in pairs], upto) == gone


@pytest.mark.parametrize(
    ("judgements", "withdrawn", "stand"),
    [
        pytest.param([], [], {A: Stand(1, False)}, id="asserted"),
        pytest.param([], [(9, 1)], {}, id="withdrawn"),
        pytest.param([accept(2, A)], [], {A: Stand(1, True)}, id="accepted"),
        pytest.param([reject(2, A)], [], {}, id="rejected"),
        pytest.param([reject(2, A), accept(3, A)], [], {A: Stand(1, True)}, id="the last word counts"),
        pytest.param([reject(2, A)], [(9, 2)], {A: Stand(1, False)}, id="a rejection taken back"),
        pytest.param([edit(2, A, B)], [], {B: Stand(2, True)}, id="edited"),
        pytest.param([edit(2, A, B)], [(9, 1)], {}, id="an edit of what is withdrawn"),
        pytest.param([edit(2, A, B), accept(3, A)], [], {A: Stand(1, True)}, id="an edit overruled"),
        pytest.param([edit(2, A, B), edit(3, A, C)], [], {C: Stand(3, True)}, id="edited anew"),
        pytest.param([edit(2, A, B), edit(3, B, C)], [], {C: Stand(3, True)}, id="an edit edited"),
        pytest.param([edit(2, A, B), edit(3, B, A)], [], {A: Stand(1, True)}, id="edited back"),
        pytest.param([edit(2, A, B), edit(3, B, A)], [(9, 1)], {}, id="a circle without an assertion"),
        pytest.param([edit(2, A, B), reject(3, B)], [], {}, id="an edit rejected"),
        pytest.param([edit(2, A, A)], [], {A: Stand(1, True)}, id="edited into itself"),
    ],
)
def test_what_stands(judgements: list[Judgement], withdrawn: list[tuple[int, int]], stand: dict[str, Stand]) -> None:
    assert standing(Record({A: [1]}, judgements, [Withdrawal(*pair) for pair in withdrawn])) == stand
    assert standing(Record({A: [1]}, judgements, [Withdrawal(*pair) for pair in withdrawn]), 1) == {A: Stand(1, False)}


def test_a_claim_asserted_again_stands_by_the_later_entry() -> None:
    assert standing(Record({A: [1, 5]}, (), [Withdrawal(2, 1)])) == {A: Stand(5, False)}
    assert standing(Record({A: [1, 5]}, (), [Withdrawal(2, 1)]), 4) == {}


def test_an_endorsement_goes_with_the_edit_that_gave_it() -> None:
    record = Record({A: [1], B: [2]}, [edit(3, A, B), accept(4, A)], ())
    assert standing(record) == {A: Stand(1, True), B: Stand(2, False)}


def imprint(entry: int, published: date | None, outlet: str, retrieved: date | None = None, *credits: str) -> Imprint:
    return Imprint(entry, datetime(2020, 12, entry, 23, tzinfo=UTC), "d", "n", None, outlet, published, retrieved, credits)


def day(number: int) -> date:
    return date(2020, 11, number)


def test_a_text_is_said_when_it_is_first_published() -> None:
    filed = [
        imprint(1, day(5), "Late", None, "AP"),
        imprint(2, day(3), "Early", None, "AP", "AFP"),
        imprint(3, None, "Undated"),
    ]
    assert saying(filed) == Saying(day(3), ("Early", "Late", "Undated"), ("AP", "AFP"), True)
    assert saying(filed, day(4)) == Saying(day(3), ("Early",), ("AP", "AFP"), True)
    assert saying(filed, day(2)) is None
    assert saying(filed, None, 1) == Saying(day(5), ("Late",), ("AP",), True)
    assert saying(filed, None, 0) is saying([]) is None


def test_without_publication_it_is_said_when_retrieved_else_when_recorded() -> None:
    assert saying([imprint(1, None, "", day(9))]) == Saying(day(9), (), (), True)
    assert saying([imprint(1, None, "X"), imprint(2, None, "Y")]) == Saying(date(2020, 12, 1), ("X", "Y"), (), False)
