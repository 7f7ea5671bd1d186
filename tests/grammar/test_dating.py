"""Deadlines: days moved by durations, and which of a duty's times is its deadline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grammar.dating import due_of, shifted
from whoholds.grounding.times import Kind, Relation, TimeExpression
from whoholds.model import Derivation, Document, When

_SPAN = Document(text="by then").span(0, 7)


def _time(edtf: str | None, relation: Relation, value: str = "") -> TimeExpression:
    return TimeExpression(
        span=_SPAN,
        kind=Kind.DURATION if value.startswith("P") else Kind.DATE,
        value=value or edtf or "",
        when=When(edtf) if edtf else None,
        relation=relation,
        derivation=Derivation("hand-made"),
    )


@pytest.mark.parametrize(
    ("anchor", "duration", "sign", "moved"),
    [
        ("2020-11-15", "P10D", 1, "2020-11-25"),
        ("2020-11-15", "P10D", -1, "2020-11-05"),
        ("2020-11-15", "P2W", 1, "2020-11-29"),
        ("2020-11-15", "P1M", 1, "2020-12-15"),
        ("2020-12-15", "P1M", 1, "2021-01-15"),
        ("2021-01-31", "P1M", 1, "2021-02-28"),
        ("2020-01-31", "P1M", 1, "2020-02-29"),
        ("2020-02-29", "P1Y", 1, "2021-02-28"),
        ("2020-03-31", "P1M", -1, "2020-02-29"),
        ("2020-11", "P1D", 1, "2020-12-01"),
        ("2020-11-01/2020-11-15", "P1D", 1, "2020-11-16"),
        ("2020-11-15~", "P1D", 1, "2020-11-16"),
        ("1994/..", "P1D", 1, None),
        ("2020-11-15", "P1.5D", 1, None),
        ("2020-11-15", "PXM", 1, None),
        ("2020-11-15", "PT6H", 1, None),
        ("9999-12-31", "P1D", 1, None),
        ("2020-11-15", "P99999999Y", 1, None),
        ("2020-11-15", "P9999Y", -1, None),
    ],
)
def test_shifted(anchor: str, duration: str, sign: int, moved: str | None) -> None:
    found = shifted(When(anchor), duration, sign)
    assert (found and found.edtf) == moved


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 5000), st.sampled_from([1, -1]))
def test_days_move_by_as_many_days(day: date, days: int, sign: int) -> None:
    found = shifted(When(day.isoformat()), f"P{days}D", sign)
    assert found is not None and found.edtf == (day + timedelta(days=sign * days)).isoformat()


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(1, 400))
def test_months_never_leave_the_month_meant(day: date, months: int) -> None:
    found = shifted(When(day.isoformat()), f"P{months}M", 1)
    assert found is not None
    moved = date.fromisoformat(found.edtf)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


@pytest.mark.parametrize(
    ("times", "anchor", "due"),
    [
        ([], None, None),
        ([("2020-12-01", Relation.BY, "")], None, "2020-12-01"),
        ([("2020-12-01", Relation.UNTIL, "")], None, "2020-12-01"),
        ([("2020-11-10", Relation.NONE, ""), ("2020-12-01", Relation.BY, "")], None, "2020-12-01"),
        ([("2020-12-01", Relation.NONE, "")], None, "2020-12-01"),
        ([("2020-11-10", Relation.SINCE, "")], None, None),
        ([("2020-11-10", Relation.AFTER, "")], None, None),
        ([(None, Relation.BY, "")], None, None),
        ([(None, Relation.WITHIN, "P30D")], "2020-11-10", "2020-12-10"),
        ([(None, Relation.WITHIN, "P30D")], None, None),
        ([("2020-11-25/2020-12-25", Relation.WITHIN, "P30D")], None, "2020-12-25"),
        ([("2020-11-25/2020-12-25", Relation.WITHIN, "P30D")], "2020-11-10", "2020-12-10"),
    ],
)
def test_due_of(times: list[tuple[str | None, Relation, str]], anchor: str | None, due: str | None) -> None:
    found = due_of([_time(*time) for time in times], When(anchor) if anchor else None)
    assert (found and found.edtf) == due
