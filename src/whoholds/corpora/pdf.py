"""PDF files to text, by pypdf: the words that are in the file as words. Pictures of pages are told, not guessed at.

The day a file was made is not taken for the day of publication: a file is often printed again years later. A title counts only
where it stands on the first page, since many programs write the name of a template there.
"""

from __future__ import annotations

import io
import logging
from functools import cache
from typing import TYPE_CHECKING

from whoholds.articles import from_text
from whoholds.articles.encoding import oddities
from whoholds.corpora.pdf_lines import lines_of
from whoholds.corpora.pdf_paragraphs import Line, paragraphs
from whoholds.model import Document, Problem

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 1_000  # a report has a few, a thick one of an international body three hundred
LARGEST_TEXT = 5_000_000  # characters
_MAGIC = b"%PDF-"
_BEFORE = b"\xef\xbb\xbf\x00 \t\r\n\x0c"
_FEWEST_LETTERS = 20  # a page; those of scanned pages are a stamp or a page number
_OCR_HINT = "have the words recognised first, for example with ocrmypdf, and read the file that gives"


class _RefusedError(Exception):
    """A file without text to read; carries the problem."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, hint=hint)


def is_pdf(data: bytes) -> bool:
    """Whether some bytes begin as a PDF file does, blanks before it let be."""
    return data[:1_024].lstrip(_BEFORE).startswith(_MAGIC)


def document_of(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """The document of a PDF file, called `name`; None where it is locked, damaged, too long or holds no words.

    Pages that cannot be read are left out and told. Raises nothing for any bytes.
    """
    try:
        reader = _opened(data, name)
        pages, problems = _pages(reader, name)
        text = "\n\n".join(paragraphs(pages))
        _check_words(text, len(pages), name)
        title = _title(reader, pages)
    except _RefusedError as refused:
        return None, [refused.problem]
    document = from_text(text, name=name, title=title)
    return document, [*problems, *oddities(text, name=name)]


def _opened(data: bytes, name: str) -> PdfReader:
    _quiet()
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not _unlocked(reader)
        count = 0 if locked else len(reader.pages)
    except Exception as error:  # pypdf raises errors of any kind for damaged files
        message = f"{name} is a damaged PDF file: {_told(error)}"
        raise _RefusedError("damaged", message, "fetch it again, or print it to a new PDF file") from None
    if locked:
        message = f"{name} is a PDF file locked with a password"
        raise _RefusedError("encrypted", message, "save it without the password and read that")
    if count > MOST_PAGES:
        message = f"{name} has {count:,} pages, more than the {MOST_PAGES:,} of the longest report"
        raise _RefusedError("too-large", message, "split it, one report a file")
    return reader


def _unlocked(reader: PdfReader) -> bool:
    """Many files are locked against changes only, with an empty password for reading."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # ciphers that need a library which is not installed
        return False


def _pages(reader: PdfReader, name: str) -> tuple[list[list[Line]], list[Problem]]:
    pages: list[list[Line]] = []
    failed: list[int] = []
    room = LARGEST_TEXT
    for number in range(1, len(reader.pages) + 1):
        try:
            pages.append(lines_of(reader.pages[number - 1]))
        except Exception:  # as above; the other pages may be whole
            failed.append(number)
            continue
        room -= sum(len(line.text) for line in pages[-1])
        if room < 0:
            message = f"{name} has more than {LARGEST_TEXT // 1_000_000} million characters on its first {number} pages"
            raise _RefusedError("too-large", message, "split it, one report a file")
    return pages, _failed(failed, name)


def _failed(numbers: list[int], name: str) -> list[Problem]:
    if not numbers:
        return []
    listed = ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
    message = f"{name}: {len(numbers)} page{'s' * (len(numbers) > 1)} could not be read: {listed}"
    return [Problem("pages-damaged", message, hint="print it to a new PDF file and read that, or copy their text out")]


def _check_words(text: str, pages: int, name: str) -> None:
    letters = sum(map(str.isalpha, text[: 100 * _FEWEST_LETTERS * max(pages, 1)]))
    if letters < _FEWEST_LETTERS * min(max(pages, 1), 3):
        message = f"{name} is a PDF file without text: its {pages:,} page{'s' * (pages != 1)} may be scanned pictures"
        raise _RefusedError("no-text", message, _OCR_HINT)


def _title(reader: PdfReader, pages: list[list[Line]]) -> str | None:
    try:
        title = " ".join(str(reader.metadata.title or "").split()) if reader.metadata else ""
    except Exception:  # as above
        return None
    first = " ".join(line.text for line in pages[0]) if pages else ""
    return title if title and title.casefold() in first.casefold() else None


def _told(error: Exception) -> str:
    """What an error says, in one short line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= 100 else f"{words[:99]}…"


@cache
def _quiet() -> None:
    """Keep the library's log lines about odd files off standard error, unless the program has set up logging."""
    logging.getLogger("pypdf").addHandler(logging.NullHandler())
