"""Cells that spreadsheets open: nothing of a report becomes a formula, and nothing of ours is changed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import AWKWARD
from whoholds.formats.cells import Cell, bare, rows_text, safe, text_of

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=cmd|" /C calc"!A0', "  =1", "\t=1", "\r\n-1", "＝1", "\x00=1", "\u00a0=1"]
texts = st.text() | st.sampled_from([*AWKWARD, *FORMULAS, "'=1", "''=1", "'", "a\nb"])


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_be_a_formula_is_marked_as_text(text: str) -> None:
    assert safe(text).startswith("'")


@pytest.mark.parametrize("text", ["Kalbajar", "a=b", "3-5", "'quoted'", "", "2020-11-25", "geonames:1"])
def test_other_text_is_left_alone(text: str) -> None:
    assert safe(text) == text


def test_numbers_are_ours() -> None:
    assert [text_of(value) for value in (-3.7, -5, 0, 40.1068)] == ["-3.7", "-5", "0", "40.1068"]


def test_a_list_is_one_cell() -> None:
    assert text_of(["a", "b"]) == "a | b"
    assert text_of([]) == ""
    assert text_of(["=1", "b"]) == "'=1 | b"
    assert text_of(None) == ""


@given(texts)
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not safe(text).lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


@given(texts)
def test_the_mark_comes_off_again(text: str) -> None:
    assert bare(safe(text)) == " ".join(
        "".join(mark for mark in text if (mark >= " " and mark != "\x7f") or mark in "\t\n\r").split()
    )


@given(st.lists(st.lists(texts | st.none() | st.integers(), min_size=2, max_size=4), max_size=4))
def test_rows_are_read_back(rows: list[list[Cell]]) -> None:
    text = "".join(rows_text(rows))
    assert list(csv.reader(io.StringIO(text))) == [[text_of(cell) for cell in row] for row in rows]
    assert text.count("\n") == len(rows)
