"""The shape of a table: its encoding, what parts its cells, what its columns are called, and which of them tells what.

Exports of news databases name their columns in a few usual ways (LexisNexis, Factiva, Media Cloud, GDELT, content managers),
which are known here; any other is named by the user. What does not fit is one problem of the whole table.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.articles.days import find_day, parse_day
from whoholds.model import Problem

FIELDS = ("id", "text", "title", "outlet", "author", "url", "published")
_USUAL = {  # in order of preference; several parted by "+" are put together as paragraphs
    "id": ("id", "article id", "articleid", "doc id", "document id", "documentid", "story id", "stories id", "an", "guid"),
    "text": (
        *("text", "body", "full text", "fulltext", "article text", "article body", "articlebody", "maintext", "main text"),
        *("story text", "body text", "content", "article", "story", "lp+td", "td", "description", "summary"),
    ),
    "title": ("title", "headline", "hd", "article title", "heading", "name"),
    "outlet": (
        *("outlet", "source", "source name", "sn", "publication", "publication name", "publisher", "newspaper", "media name"),
        *("media", "domain", "site", "sourcecommonname"),
    ),
    "author": ("author", "authors", "byline", "by"),
    "url": ("url", "link", "web address", "permalink", "article url", "source url", "sourceurl", "documentidentifier"),
    "published": (
        *("published", "published at", "published date", "publish date", "publication date", "date published", "pubdate", "pd"),
        *("date", "load date", "seendate", "sqldate", "datetime", "day"),
    ),
}
DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 50
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b")
_SLASHED = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_WORDS = re.compile(r"[\W_]+")
_WESTERN_SHARE = 0.05  # as in articles.encoding: with fewer bytes above 127 it is English with quotation marks and accents


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is read: `told` are pairs (field, numbers of the columns that tell it), `width` the number of columns.

    `day_first` says whether 03/02/2024 is in February; None where the table does not show it.
    """

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    told: tuple[tuple[str, tuple[int, ...]], ...]
    day_first: bool | None = None


def encoding_of(sample: bytes) -> str | None:
    """The encoding of most lines of a sample; None where it is no text. A line that is in another is told on its own."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if sample.startswith(mark):
            return encoding
    half = len(sample) // 2
    if half >= 4 and sample[1 : 2 * half : 2].count(0) > 0.7 * half:
        return "utf-16-le"
    high = [line for line in sample.splitlines()[:-1] or [sample] if not line.isascii()]
    if 2 * sum(map(_is_utf8, high)) >= len(high):
        return "utf-8"
    if sum(map((127).__lt__, sample)) < _WESTERN_SHARE * len(sample):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None


def table_of(sample: str, encoding: str, columns: Mapping[str, str], *, name: str) -> Table | Problem:
    """The shape of the table that begins with some text; `columns` are the names the user gave, by field."""
    delimiter = _delimiter(sample)
    rows = [row for row in _rows(sample, delimiter) if row]
    if not rows:
        return Problem("empty", f"{name} is empty", hint="give a table with a line of column names and a row a report")
    names = tuple(cell.strip() for cell in rows[0])
    told = _told(names, columns, name)
    if isinstance(told, Problem):
        return told
    days = [row[at] for field, ats in told if field == "published" for at in ats for row in rows[1:] if at < len(row)]
    return Table(encoding, delimiter, names, told, _day_first(days))


def day_of(words: str, day_first: bool | None) -> date | None:
    """The day some words of a table tell: ISO 8601, 20240302, with the month in words, or figures where the order is known."""
    words = words.strip()
    if found := parse_day(words):
        return found
    if match := _COMPACT.fullmatch(words) or _YEAR_FIRST.match(words):
        return _day(match[1], match[2], match[3])
    if found := find_day(words):
        return found
    match = _SLASHED.match(words)
    if match is None or day_first is None:
        return None
    day, month = (match[1], match[2]) if day_first else (match[2], match[1])
    return _day(match[3], month, day)


def _day_first(days: Sequence[str]) -> bool | None:
    """What the days of a sample agree on, from those where only one order is possible."""
    found = {int(match[1]) > 12 for words in days if (match := _SLASHED.match(words)) and _is_plain(match)}
    return found.pop() if len(found) == 1 else None


def _is_plain(match: re.Match[str]) -> bool:
    return (int(match[1]) > 12) != (int(match[2]) > 12)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _told(names: Sequence[str], columns: Mapping[str, str], name: str) -> tuple[tuple[str, tuple[int, ...]], ...] | Problem:
    """Which columns tell which field; a Problem where a named one is not there or none tells the text."""
    places = {_plain(column): number for number, column in reversed([*enumerate(names)])}
    told: list[tuple[str, tuple[int, ...]]] = []
    for field in FIELDS:
        wanted = (columns[field],) if field in columns else _USUAL[field]
        found = next((ats for column in wanted if (ats := _places(column, names, places))), ())
        if found:
            told.append((field, found))
        elif field in columns or field == "text":
            return _no_column(field, columns.get(field), names, name)
    return tuple(told)


def _places(column: str, names: Sequence[str], places: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers of a column, or of several parted by "+"; none unless all are there."""
    if column in names:
        return (names.index(column),)
    found = [places.get(_plain(part)) for part in column.split("+")]
    return tuple(at for at in found if at is not None) if None not in found else ()


def _no_column(field: str, column: str | None, names: Sequence[str], name: str) -> Problem:
    there = ", ".join(f'"{each[:60]}"' for each in names[:40])
    wanted = f'no column "{column}"' if column else f"no column that tells the {field}"
    return Problem(
        "columns",
        f"{name} has {wanted}; its columns are {there}",
        hint=f"name the column that has it: --column {field}=NAME",
    )


def _plain(column: str) -> str:
    return _WORDS.sub(" ", column).strip().casefold()


def _delimiter(sample: str) -> str:
    """The sign that parts the cells: that by which most columns have usual names, then most rows are as wide as the first."""
    usual = {each for names in _USUAL.values() for name in names for each in name.split("+")}

    def fits(delimiter: str) -> tuple[int, float, int]:
        rows = [row for row in _rows(sample, delimiter) if row]
        if not rows:
            return (0, 0.0, 0)
        known = sum(_plain(cell) in usual for cell in rows[0])
        alike = sum(len(row) == len(rows[0]) for row in rows) / len(rows) if len(rows[0]) > 1 else 0.0
        return (known, alike, len(rows[0]))

    return max(DELIMITERS, key=fits)


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    """The first rows of a sample, but for the last, which may be cut off."""
    found: list[list[str]] = []
    lines = sample.splitlines(keepends=True)
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            found.append(row)
            if len(found) > _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return found[:-1] if len(found) > 1 and not sample.endswith("\n") else found


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
