"""Words under carets: cut to the width, aligned in cells, nothing that could disturb a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from whoholds.cli.quoted import Row, clipped, rows, shown, width_of
from whoholds.model import Document, Span

LINE = "At dawn rebels left Old Mill on Saturday, and the army came in from the north of the river."
TEXT = f"First line.\n{LINE}\nLast line."


def drawn(text: str, words: str, width: int) -> list[str]:
    """Each row with its carets below, for the first place the words stand at."""
    start = text.index(words)
    return [
        part
        for row in rows(text, start, start + len(words), width)
        for part in (row.before + row.words + row.after, row.carets)
    ]


def test_a_line_that_fits_is_shown_whole() -> None:
    assert drawn(TEXT, "rebels left", 100) == [LINE, "        ^^^^^^^^^^^"]


def test_a_long_line_is_cut_around_the_words_at_spaces() -> None:
    assert drawn(TEXT, "on Saturday", 40) == [
        "…Old Mill on Saturday, and the army…",
        "          ^^^^^^^^^^^",
    ]


def test_words_that_do_not_fit_go_on_in_the_next_row() -> None:
    assert drawn(TEXT, "rebels left Old Mill on Saturday, and the army came in", 40) == [
        "…rebels left Old Mill on Saturday, and",
        " ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        " the army came in from the north of…",
        " ^^^^^^^^^^^^^^^^",
    ]


def test_words_over_several_lines_show_each_line() -> None:
    assert drawn("one two\n\nthree four", "two\n\nthree", 40) == ["one two", "    ^^^", "three four", "^^^^^"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("部队 entered 巴赫穆特 today", "巴赫穆特", ["部队 entered 巴赫穆特 today", "             ^^^^^^^^"]),
        ("cafe\u0301 burned", "burned", ["cafe\u0301 burned", "     ^^^^^^"]),
        ("a\tb", "b", ["a b", "  ^"]),
        ("\x1b[31mred", "red", ["·[31mred", "     ^^^"]),
        ("\u202eevil\u202c word", "word", ["evil word", "     ^^^^"]),
        ("x\n", "\n", ["x", " ^"]),
    ],
)
def test_carets_stand_under_the_words(text: str, words: str, expected: list[str]) -> None:
    assert drawn(text, words, 60) == expected


@st.composite
def spans_of_texts(draw: st.DrawFn) -> tuple[Document, Span]:
    document = draw(strategies.documents())
    return document, draw(strategies.spans(document))


@settings(max_examples=150, deadline=None)
@given(spans_of_texts(), st.integers(20, 80))
def test_rows_fit_and_hold_all_the_words(pair: tuple[Document, Span], width: int) -> None:
    document, span = pair
    found = list(rows(document.text, span.start, span.end, width))
    assert found
    for row in found:
        assert width_of(row.before + row.words + row.after) <= width
    told = "".join("".join(row.words for row in found).split())
    assert told == "".join(shown(span.quote).split())


@settings(max_examples=100, deadline=None)
@given(st.text(strategies.characters, max_size=80), st.integers(5, 60))
def test_clipped_words_fit(words: str, width: int) -> None:
    assert width_of(clipped(words, width)) <= width
    assert width_of(shown(words)) > width or clipped(words, width) == shown(words)


def test_carets_are_at_least_one() -> None:
    assert Row("ab", "", "").carets == "  ^"
