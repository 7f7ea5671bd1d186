"""Cells of CSV files that people open in spreadsheets, and rows of them as text.

Text from reports is not trusted: a spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula and may run it
(CSV injection, OWASP). Such text gets an apostrophe in front, which spreadsheets read as "this is text" and other readers see
as a character; `bare` takes it off again. Numbers are ours and stay as they are: a longitude of -3.7 is a number everywhere.
Line breaks and runs of blanks become one blank, control characters go. Rows follow RFC 4180 but for the line break, which is
a line feed alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

Cell = str | int | float | Sequence[str] | None

BETWEEN = " | "
"""What stands between the items of a list in one cell."""

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # their full-width forms count as well in some
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text_of(value: Cell) -> str:
    """The text of a cell: "" for None, lists with bars between, text made safe for spreadsheets."""
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, int | float):
        return str(value)
    return safe(BETWEEN.join(_plain(item) for item in value))


def safe(text: str) -> str:
    """Text in one line that no spreadsheet takes for a formula."""
    line = _plain(text)
    return f"'{line}" if line.startswith(_FORMULA) or _marked(line) else line


def bare(text: str) -> str:
    """Text as it was before `safe`, but for its blanks and control characters."""
    return text[1:] if text.startswith("'") and (text[1:].startswith(_FORMULA) or _marked(text[1:])) else text


def rows_text(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Rows as lines of a CSV file, one after the other."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for row in rows:
        writer.writerow([text_of(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _plain(text: str) -> str:
    return " ".join(_CONTROL.sub("", text).split())


def _marked(line: str) -> bool:
    """Whether it begins as something does that `safe` has marked: it is marked once more, so that `bare` gives it back."""
    return line.startswith("'") and line.lstrip("'").startswith(_FORMULA)
