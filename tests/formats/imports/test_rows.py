"""CSV as it comes: delimiters, encodings, broken quotes; what is wrong is told by its line and nothing else is lost."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.formats.imports import Fault
from whoholds.formats.imports.rows import LARGEST_CELL, Row, read_rows

NEEDED = (frozenset({"id", "data_id"}), frozenset({"notes"}))


def read(data: bytes) -> tuple[list[Row], list[Fault]]:
    found = list(read_rows(io.BytesIO(data), "x.csv", NEEDED, "the data set"))
    return [one for one in found if isinstance(one, Row)], [one for one in found if isinstance(one, Fault)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE)])
def test_dialects(delimiter: str, end: str, encoding: str, mark: bytes) -> None:
    lines = [["ID", "Notes"], ["1", 'fell, at last; "so he said"\nin Źódź\t|'], ["2", ""]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(lines)
    rows, faults = read(mark + out.getvalue().encode(encoding))
    assert faults == []
    assert [dict(row.cells) for row in rows] == [{"id": "1", "notes": lines[1][1]}, {"id": "2", "notes": ""}]
    assert [row.line for row in rows] == [2, 4]


def test_lines_of_another_encoding() -> None:
    rows, (fault,) = read("id,notes\n1,Źódź\n".encode() + "2,naïve café\n3,São\n".encode("cp1252"))
    assert [row.get("notes") for row in rows] == ["Źódź", "naïve café", "São"]
    assert (fault.line, fault.lost, fault.problem.code) == (3, False, "encoding")
    assert "2 lines" in fault.problem.message


@pytest.mark.parametrize("data", [b"", b"\n\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b" , ,\n"])
def test_empty(data: bytes) -> None:
    rows, (fault,) = read(data)
    assert (rows, fault.problem.code, fault.lost) == ([], "empty", True)


def test_other_columns() -> None:
    rows, (fault,) = read(b"name,date\nx,y\n")
    assert (rows, fault.line, fault.problem.code) == ([], 1, "columns")
    assert "data_id or id, notes" in fault.problem.message
    assert "name, date" in fault.problem.hint


def test_a_column_twice() -> None:
    _, (fault,) = read(b"id,notes,notes\n1,a,b\n")
    assert fault.problem.code == "columns"


def test_rows_of_other_lengths() -> None:
    rows, faults = read(b"id,notes\n1,a\n2\n3,a,b\n4,a,,\n\n,\n5,b\n")
    assert [row.get("id") for row in rows] == ["1", "4", "5"]
    assert [(fault.line, fault.lost) for fault in faults] == [(3, True), (4, True)]


@pytest.mark.parametrize("quoted", [False, True])
def test_a_quote_that_is_not_closed_swallows_nothing(quoted: bool) -> None:
    fell = b'"fell, said he"' if quoted else b"fell"
    lines = [b"id,notes", *(b"%d,%s" % (n, fell) for n in range(2, 50))]
    lines[10] = b'11,"lost'
    rows, faults = read(b"\n".join(lines) + b"\n")
    assert [(fault.line, fault.lost) for fault in faults] == [(11, False)]
    assert [int(row.get("id")) for row in rows] == list(range(2, 50))
    assert [row.line for row in rows] == list(range(2, 50))
    assert rows[9].get("notes") == "lost"


def test_quotes_that_are_not_doubled() -> None:
    rows, (fault,) = read(b'id,notes\n1,"he said "no" twice"\n2,y\n')
    assert [row.get("id") for row in rows] == ["1", "2"]
    assert "no" in rows[0].get("notes")
    assert (fault.line, fault.lost) == (2, False)


def test_a_cell_too_large() -> None:
    rows, faults = read(b"id,notes\n1," + b"x" * (LARGEST_CELL + 1) + b"\n2,y\n3," + b"z" * 100_000 + b"\n")
    assert [row.get("id") for row in rows] == ["2", "3"]
    assert [fault.line for fault in faults] == [2]


def test_a_line_of_megabytes_and_many_blank_ones() -> None:
    rows, faults = read(b"\n" * 5_000 + b"id,notes\n" + b"\n" * 5_000 + b'1,"' + b"x" * 5_000_000 + b"\n2,y")
    assert [(row.line, row.get("id")) for row in rows] == [(10_003, "2")]
    assert [(fault.line, fault.lost) for fault in faults] == [(10_002, True)]


def test_nothing_but_null_bytes_and_control_characters() -> None:
    rows, _ = read(b"id,notes\n1,a\x00b\x07\n")
    assert [row.get("notes") for row in rows] == ["ab\x07"]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")), min_size=2, max_size=2)))
def test_what_is_written_is_read(cells: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["id", "notes"], *cells])
    rows, faults = read(out.getvalue().encode("utf-8"))
    assert faults == []
    kept = [[cell.strip() for cell in pair] for pair in cells if any(cell.strip() for cell in pair)]
    assert [[row.cells["id"], row.cells["notes"]] for row in rows] == kept


@given(st.binary(max_size=300))
def test_any_bytes_are_told_or_read(data: bytes) -> None:
    read(data)
    read(b"id,notes\n" + data)
