"""Tables of reports (CSV, TSV, and what spreadsheets make of them), packed or not: a line of column names, then a row a report.

Rows follow RFC 4180: a cell in quotation marks may hold line ends. Only a walk from the beginning tells which line ends are
ends of rows, so planning walks once, and a part of a plain file begins at the byte of a row, of any other at its line number.
A quotation mark that is never closed would swallow the rest of the table: after LONGEST_ROW bytes, or at the end, the line it
stands in is set aside, and reading goes on with the line after.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Record, SetAside, Told, Written
from whoholds.corpora.sources.lines import MOST_PARTS, Cut, Line, at_most, by_number, lines_of, skip_lines
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.streams import Stream, opened, recoded
from whoholds.corpora.sources.tables import Table, day_of, encoding_of, table_of
from whoholds.model import Problem

KIND = "csv"
LONGEST_ROW = 10_000_000  # bytes; the longest report has half a million
_SAMPLE = 65_536  # bytes
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: the line it begins with, the last line of it, and its cells, or what is wrong with it."""

    first: Line
    last: Line
    cells: list[str] | Problem


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside]:
    """The parts of a table, of `size` rows each, at most MOST_PARTS where it is packed; what is no table is set aside."""
    name = shown(path)
    found = _open(path, options)
    if isinstance(found, Problem):
        yield SetAside(name, found)
        return
    stream, table = found
    with stream:
        cuts = [*_cuts(stream, table, name, size)]
        if len(cuts) < 2 and not stream.fault:
            message = f"{name} has column names but no rows"
            yield SetAside(name, Problem("empty", message, hint="give a table with a row a report"))
        elif stream.packed:
            yield from by_number(KIND, path, at_most(cuts, MOST_PARTS))
        else:
            for first, last in pairwise(cuts):
                yield Part(kind=KIND, path=path, start=first.start, end=last.start, names=(str(first.lines_before + 1),))


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The reports of a part, in the order of the rows; empty rows are none."""
    name = shown(part.path)
    found = _open(part.path, options)
    if isinstance(found, Problem):
        yield SetAside(name, found)
        return
    stream, table = found
    with stream:
        number = _first_line(part) - 1
        for row in _rows(_lines(part, stream), table, name):
            if stream.fault and row.last.data is not None and not row.last.data.endswith(b"\n"):
                break  # the stump of a row in a file that is cut off: told once, with the file's fault
            number = row.last.number
            if row.cells:
                yield _record(row, table, name)
        if stream.fault and (part.end is None or number < part.end):
            yield SetAside(f"{name}:{number + 1}", stream.fault)


def _open(path: str, options: Options) -> tuple[Stream, Table] | Problem:
    """The stream of a table, at its beginning and in an encoding that extends ASCII, and the table's shape."""
    stream = opened(Path(path))
    if isinstance(stream, Problem):
        return stream
    found = _shaped(stream, shown(path), options)
    if isinstance(found, Problem):
        stream.close()
    return found


def _shaped(stream: Stream, name: str, options: Options) -> tuple[Stream, Table] | Problem:
    sample = stream.peek(_SAMPLE)[:_SAMPLE]
    encoding = encoding_of(sample)
    if encoding is None or (b"\x00" in sample and not encoding.startswith("utf-16")):
        message = f"{name} is not a table in any encoding that could be recognised"
        return Problem("binary", message, hint="save it as CSV in UTF-8")
    if encoding.startswith("utf-16"):
        stream, encoding = recoded(stream, encoding), "utf-8"
        sample = stream.peek(_SAMPLE)[:_SAMPLE]
    if not sample.strip() and stream.fault:
        return stream.fault
    text = sample.decode(encoding, "replace").removeprefix(_MARK)
    table = table_of(text, encoding, dict(options.columns), name=name)
    return table if isinstance(table, Problem) else (stream, table)


def _lines(part: Part, stream: Stream) -> Iterator[Line]:
    if stream.packed:
        lines = lines_of(stream, LONGEST_ROW, number=part.start + 1, start=skip_lines(stream, part.start))
        return lines if part.end is None else islice(lines, part.end - part.start)
    stream.seek(part.start)
    return lines_of(stream, LONGEST_ROW, number=_first_line(part), start=part.start, end=part.end)


def _first_line(part: Part) -> int:
    return int(part.names[0]) if part.names else part.start + 1


def _cuts(stream: Stream, table: Table, name: str, size: int) -> Iterator[Cut]:
    """Where every `size` rows after the column names begin, and the end; the end alone for a table without rows."""
    row: _Row | None = None
    number = 0
    for row in _rows(lines_of(stream, LONGEST_ROW), table, name):
        if row.cells:  # the first of them are the names of the columns
            if number % size == 1 or (size == 1 and number > 0):
                yield Cut(row.first.start, row.first.number - 1)
            number += 1
    if row:
        yield Cut(row.last.start + row.last.length, row.last.number)


class _RunawayError(Exception):
    """A row goes on for longer than any row."""


class _Given:
    """The lines of a table as they are given to the parser of the csv module, which asks for those of one row.

    It keeps them, so that they can be given again where the row turns out to be none.
    """

    def __init__(self, lines: Iterator[Line], encoding: str) -> None:
        self._lines, self._encoding = lines, encoding
        self._again: deque[Line] = deque()
        self.row: list[Line] = []
        self.whole = True
        self._size = 0

    def __iter__(self) -> _Given:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None:
            self.whole = False  # asked for more within a row
            raise StopIteration
        self.row.append(line)
        self._size += line.length
        if line.data is None or self._size > LONGEST_ROW:
            raise _RunawayError
        text = line.data.decode(self._encoding, "surrogateescape")
        return text.removeprefix(_MARK) if line.number == 1 else text

    def begin(self) -> bool:
        """Forget the row that was given; whether another one follows."""
        self.row, self._size, self.whole = [], 0, True
        if not self._again and (line := next(self._lines, None)):
            self._again.append(line)
        return bool(self._again)

    def return_all_but_first(self) -> None:
        self._again.extendleft(reversed(self.row[1:]))
        del self.row[1:]


def _rows(lines: Iterator[Line], table: Table, name: str) -> Iterator[_Row]:
    given = _Given(lines, table.encoding)
    while given.begin():
        cells = _cells(given, table, name)
        yield _Row(given.row[0], given.row[-1], cells)


def _cells(given: _Given, table: Table, name: str) -> list[str] | Problem:
    try:
        with _large_cells():
            cells = next(csv.reader(given, delimiter=table.delimiter))
        if given.whole:
            return cells
    except (_RunawayError, StopIteration):
        pass
    except csv.Error as error:
        return _bad(f"{name}:{given.row[0].number}", f"not a row of a table: {error}", "save the table anew, as CSV in UTF-8")
    given.return_all_but_first()
    place = f"{name}:{given.row[0].number}"
    if given.row[0].data is None:
        return _bad(place, f"the line is longer than {LONGEST_ROW // 1_000_000} MB", "split the report it holds")
    return _bad(place, "a quotation mark in the line is never closed", "close it, or double it where it is part of the text")


@contextmanager
def _large_cells() -> Iterator[None]:
    """Let the csv module take cells of any size, which it does for all of its users at once; `_Given` bounds rows."""
    usual = csv.field_size_limit(2 * LONGEST_ROW)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def _record(row: _Row, table: Table, name: str) -> Record | SetAside:
    place = f"{name}:{row.first.number}"
    cells = row.cells if isinstance(row.cells, Problem) else _checked(row.cells, table, place)
    if isinstance(cells, Problem):
        return SetAside(place, cells)
    told = {field: _told(cells, ats) for field, ats in table.told}
    if fault := _no_text(told["text"], place):
        return SetAside(place, fault)
    published = day_of(told.get("published", ""), table.day_first)
    if published is None and told.get("published"):
        return SetAside(place, _no_day(told["published"], place))
    return Written(
        place=place,
        name=told.get("id") or place,
        text=told["text"],
        told=Told(
            title=told.get("title") or None,
            url=told.get("url") or None,
            outlet=told.get("outlet") or None,
            author=told.get("author") or None,
            published=published,
        ),
    )


def _told(cells: list[str], ats: tuple[int, ...]) -> str:
    if len(ats) == 1:
        return cells[ats[0]] if cells[ats[0]].strip() else ""
    return "\n\n".join(cells[at].strip() for at in ats if cells[at].strip())


def _checked(cells: list[str], table: Table, place: str) -> list[str] | Problem:
    """The cells of a row, if they are as many as the columns; empty ones may follow."""
    width = len(table.columns)
    if len(cells) < width or any(map(str.strip, cells[width:])):
        few = "only " if len(cells) < width else ""
        return _bad(
            place,
            f"the row has {few}{len(cells)} cells, the table {width} columns",
            "put cells that hold the sign between cells in quotation marks",
        )
    if any("\udc80" <= sign <= "\udcff" for cell in cells if not cell.isascii() for sign in cell):
        return _bad(place, f"the row is not {table.encoding.upper()}, as the table is", "write the table in one encoding")
    return cells


def _no_text(text: str, place: str) -> Problem | None:
    if any(map(str.isalnum, text)):
        return None
    fault = "the text has no words in it" if text else "the text is empty"
    return _bad(place, fault, "leave the row out, or put the report's words in")


def _no_day(words: str, place: str) -> Problem:
    return _bad(place, f'published on "{words[:60]}", which is no day or may be two', "write it as year-month-day: 2020-11-25")


def _bad(place: str, message: str, hint: str) -> Problem:
    return Problem("record", f"{place}: {message}", hint=hint)
