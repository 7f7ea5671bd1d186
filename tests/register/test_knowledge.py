"""What stands: withdrawals of withdrawals, edits in chains and circles, and when a text was said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    at = datetime(2020, 12, entry, 23, tzinfo=UTC)
    return Imprint(entry, at, "d", f"{outlet}.txt", None, outlet, published, retrieved, credits)


def day(number: int) -> date:
    return date(2020, 11, number)


def test_a_text_is_said_when_it_is_first_published() -> None:
    filed = [
        imprint(1, day(5), "Late", None, "AP"),
        imprint(2, day(3), "Early", None, "AP", "AFP"),
        imprint(3, None, "Undated"),
    ]
    assert saying(filed) == Saying(day(3), ("Early", "Late", "Undated"), ("AP", "AFP"), True, "Early.txt")
    assert saying(filed, day(4)) == Saying(day(3), ("Early",), ("AP", "AFP"), True, "Early.txt")
    assert saying(filed, day(2)) is None
    assert saying(filed, None, 1) == Saying(day(5), ("Late",), ("AP",), True, "Late.txt")
    assert saying(filed, None, 0) is saying([]) is None


def test_without_publication_it_is_said_when_retrieved_else_when_recorded() -> None:
    assert saying([imprint(1, None, "", day(9))]) == Saying(day(9), (), (), True, ".txt")
    assert saying([imprint(1, None, "X"), imprint(2, None, "Y")]) == Saying(date(2020, 12, 1), ("X", "Y"), (), False, "X.txt")


def test_a_later_publication_never_makes_a_text_unknown() -> None:
    filed = [imprint(1, None, "Archive", day(18)), imprint(2, day(25), "Reprint")]
    assert saying(filed, day(20)) == saying(filed[:1], day(20)) == Saying(day(18), ("Archive",), (), True, "Archive.txt")
    assert saying(filed) == Saying(day(18), ("Archive", "Reprint"), (), True, "Archive.txt")


def at_address(entry: int, document: str, url: str | None, number: int) -> Imprint:
    return Imprint(entry, datetime(2021, 1, 1, entry, tzinfo=UTC), document, "", url, None, day(number), None)


def counting(filed: Sequence[Imprint], published_by: date | None = None, upto: int | None = None) -> set[str]:
    """The documents that count."""
    found = set()
    for document in {one.document for one in filed}:
        own = [one for one in filed if one.document == document]
        there = [one for one in filed if one.url in {one.url for one in own}]
        if saying(own, published_by, upto, there):
            found.add(document)
    return found


def test_an_address_shows_the_text_of_the_latest_day() -> None:
    filed = [at_address(1, "a", "u", 25), at_address(2, "b", "u", 26)]
    assert counting(filed) == {"b"}
    assert counting(filed, day(25)) == counting(filed, None, 1) == {"a"}
    assert counting([at_address(1, "b", "u", 26), at_address(2, "a", "u", 25)]) == {"b"}
    assert counting([at_address(1, "a", "u", 25), at_address(2, "b", "u", 25)]) == {"b"}, "of one day the one recorded last"


def test_a_page_that_is_restored_counts_again() -> None:
    filed = [at_address(1, "a", "u", 25), at_address(2, "b", "u", 26), at_address(3, "a", "u", 27)]
    assert counting(filed) == {"a"}
    assert counting(filed, day(26)) == {"b"}
    assert saying(filed[::2], None, None, filed) == Saying(day(25), (), (), True)


def test_a_text_that_stands_elsewhere_goes_on_counting() -> None:
    replaced = [at_address(1, "a", "u", 25), at_address(2, "b", "u", 26)]
    assert counting([*replaced, at_address(3, "a", "v", 25)]) == {"a", "b"}
    assert counting([*replaced, at_address(3, "a", None, 25)]) == {"a", "b"}
    assert counting([*replaced, at_address(3, "a", "", 25)]) == {"a", "b"}, "an empty address is none"
    assert counting([*replaced, at_address(3, "a", "v", 25), at_address(4, "c", "v", 28)]) == {"b", "c"}
    assert counting([*replaced, at_address(3, "a", "v", 28)], day(27)) == {"b"}, "not yet published there"


TOLD = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["u", "v", None]), st.integers(1, 9)), max_size=7)


@given(
    TOLD.map(lambda told: list({(url, number): (document, url, number) for document, url, number in told}.values())), st.data()
)
def test_the_order_of_filing_decides_nothing_between_days(told: list[tuple[str, str | None, int]], data: st.DataObject) -> None:
    other = data.draw(st.permutations(told))
    by = data.draw(st.sampled_from([None, *map(day, range(1, 10))]))
    one, two = ([at_address(entry, *one) for entry, one in enumerate(order, 1)] for order in (told, other))
    assert counting(one, by) == counting(two, by)


@given(TOLD, st.sampled_from("abc"), st.sampled_from(["u", "v", None]), st.integers(2, 10))
def test_a_later_version_changes_no_earlier_view(
    told: list[tuple[str, str | None, int]], document: str, url: str | None, number: int
) -> None:
    before = [at_address(entry, *one) for entry, one in enumerate(told, 1)]
    after = [*before, at_address(9, document, url, number)]
    for earlier in map(day, range(1, number)):
        assert counting(after, earlier) == counting(before, earlier)
