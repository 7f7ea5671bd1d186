"""Rows of a CSV file as they come from spreadsheets, downloads and other hands.

Delimiters are commas, semicolons, tabs or bars, told by the header. Lines are UTF-8 (with or without a byte order mark), UTF-16
with one, or, line by line where they are not UTF-8, Windows-1252: files are glued together from several. Quoting follows
RFC 4180: https://www.rfc-editor.org/rfc/rfc4180.

A quotation mark that is never closed swallows the rows after it, up to the next one or the end. So a row is read strictly;
where that fails its first line is read alone, as well as it goes, and reading goes on at its second.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from whoholds.formats.imports import Fault
from whoholds.model import Problem

LARGEST_CELL = 131_072
"""Characters of one cell; notes of real exports have some thousands."""

_LINES = 400  # of one row
_LONGEST = 16 * LARGEST_CELL  # bytes of a line
_DELIMITERS = ",;\t|"
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number of its first line, from 1, and its cells without outer spaces, by the lower-case column."""

    line: int
    cells: Mapping[str, str]

    def get(self, *names: str) -> str:
        """The first of these cells that is not empty; "" where all are or there are no such columns."""
        return next((cell for name in names if (cell := self.cells.get(name, ""))), "")


def read_rows(stream: BinaryIO, file: str, needed: tuple[frozenset[str], ...], what: str) -> Iterator[Row | Fault]:
    """The rows of a file, and what is wrong with it, in order. Raises OSError where it cannot be read.

    `needed` are the columns of which one of each set must be there for the file to be what it is said to be (`what`).
    """
    lines = _Lines(stream, file)
    header = lines.header()
    if header is None:
        hint = f"give a CSV file with a header and rows, as {what} exports it"
        yield Fault(file, None, Problem("empty", "is empty", hint=hint))
        return
    delimiter = _delimiter(header.lines[0])
    columns = [cell.strip().lower() for cell in _loosely(header.lines[0], delimiter)]
    fault = _misfit(columns, needed, what)
    if fault:
        yield Fault(file, header.line, fault)
        return
    yield from _rows(lines, file, columns, delimiter)
    if lines.guessed:
        first, count = lines.guessed
        many = f"{count} lines are" if count > 1 else "a line is"
        words = f"{many} not UTF-8, and read as Windows-1252"
        yield Fault(file, first, Problem("encoding", words, hint="check its letters with accents"), lost=False)


def _rows(lines: _Lines, file: str, columns: list[str], delimiter: str) -> Iterator[Row | Fault]:
    width = len(columns)
    while (record := lines.record(delimiter)) is not None:
        cells = _trimmed(record.cells, width)
        problem = record.error
        if problem or len(cells) != width:
            lines.again(record)
            cells = _trimmed(_loosely(record.lines[0], delimiter), width)
            problem = problem or _uneven(len(record.cells), width)
            fits = len(cells) == width
            yield Fault(file, record.line, problem, lost=not fits)
            if not fits:
                continue
        yield Row(record.line, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)})


def _trimmed(cells: list[str], width: int) -> list[str]:
    """Cells without the empty ones that a delimiter too many at the end makes."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _loosely(line: str, delimiter: str) -> list[str]:
    """The cells of one line; none where it cannot be read."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _misfit(columns: list[str], needed: tuple[frozenset[str], ...], what: str) -> Problem | None:
    missing = [" or ".join(sorted(names)) for names in needed if not names & set(columns)]
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if missing:
        told = ", ".join(column for column in columns if column)[:200]
        message = f"is no export of {what}: it has no column {', '.join(missing)}"
        return Problem("columns", message, hint=f"its columns are {told or 'without names'}")
    if twice:
        return Problem("columns", f"has the column {', '.join(twice)} more than once", hint="keep one of each")
    return None


def _uneven(count: int, width: int) -> Problem:
    hint = "text with delimiters or line breaks in it has to stand in quotation marks"
    return Problem("row", f"has {count} cells where the header has {width} columns", hint=hint)


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=lambda mark: (header.count(mark), -_DELIMITERS.index(mark)))


@dataclass(frozen=True, slots=True)
class _Record:
    """A row as parsed: its first line, its cells, what went wrong, and the lines that it spans."""

    line: int
    cells: list[str]
    error: Problem | None
    lines: tuple[str, ...]


class _Lines:
    """The lines of a file, with their numbers, of which some can be read again."""

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._decoded = self._decode(stream)
        self._back: deque[str] = deque()
        self._next = 1
        self.file = file
        self.guessed: tuple[int, int] | None = None

    def header(self) -> _Record | None:
        """The first line that has more than delimiters; None where there is none."""
        while (line := self._line()) is not None:
            if line.strip(_DELIMITERS + ' \r\n"'):
                return _Record(self._next - 1, [], None, (line,))
        return None

    def record(self, delimiter: str) -> _Record | None:
        """The next row that is not blank; None at the end."""
        while (found := self._row(delimiter)) is not None:
            if found.error or any(map(str.strip, found.cells)):
                return found
        return None

    def _row(self, delimiter: str) -> _Record | None:
        taken: list[str] = []
        line = self._next
        try:
            cells = next(csv.reader(self._feed(taken), delimiter=delimiter, strict=True), None)
        except csv.Error as error:
            hint = "a quotation mark that is not closed or not doubled, or a text that is too long to be one cell"
            return _Record(line, [], Problem("row", f"is not as CSV should be: {error}", hint=hint), tuple(taken))
        return None if cells is None else _Record(line, cells, None, tuple(taken))

    def again(self, record: _Record) -> None:
        """Give the lines of a row but its first back, to be read as rows of their own."""
        rest = record.lines[1:]
        self._back.extendleft(reversed(rest))
        self._next -= len(rest)

    def _feed(self, taken: list[str]) -> Iterator[str]:
        """Lines for one row, each noted in `taken`."""
        while len(taken) < _LINES:
            line = self._line()
            if line is None:
                return
            taken.append(line)
            yield line
        raise csv.Error(f"it goes on for more than {_LINES} lines")

    def _line(self) -> str | None:
        line = self._back.popleft() if self._back else next(self._decoded, None)
        self._next += line is not None
        return line

    def _decode(self, stream: BinaryIO) -> Iterator[str]:
        start = stream.read(2)
        for mark, encoding in _BOMS:
            if start == mark:
                yield from io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
                return
        for number, raw in enumerate(_joined(start, stream), 1):
            line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
            try:
                yield line.decode("utf-8").replace("\0", "")
            except UnicodeDecodeError:
                first, count = self.guessed or (number, 0)
                self.guessed = first, count + 1
                yield line.decode("cp1252", errors="replace").replace("\0", "")


def _joined(start: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream of which some bytes were read; of one too long for its cells no more than tells that."""
    *whole, start = start.split(b"\n")
    yield from (line + b"\n" for line in whole)
    while line := start + stream.readline(_LONGEST):
        start = b""
        rest = line
        while len(rest) >= _LONGEST and not rest.endswith(b"\n"):
            rest = stream.readline(_LONGEST)
        yield line
