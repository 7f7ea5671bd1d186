"""The printed lines of a page of a PDF file, in the order in which the file draws them, as pypdf gives its pieces of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from whoholds.corpora.pdf_paragraphs import Line

if TYPE_CHECKING:
    from pypdf import PageObject

_LONE = re.compile(r"[\ud800-\udfff]")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    x: float
    y: float
    size: float


def lines_of(page: PageObject) -> list[Line]:
    """The lines with words on a page. Raises whatever pypdf does for a damaged page."""
    pieces: list[_Piece] = []

    def visit(text: str, shift: Sequence[float], matrix: Sequence[float], _font: Any, size: float) -> None:
        if text:
            pieces.append(_placed(text, shift, matrix, size))

    page.extract_text(visitor_text=visit)
    return [line for line in _lines(pieces) if line.text]


def _placed(text: str, shift: Sequence[float], matrix: Sequence[float], size: float) -> _Piece:
    """A piece where it is drawn: by the matrix of the text, then by that of the page (ISO 32000-2, 9.4.4)."""
    x, y = matrix[4], matrix[5]
    return _Piece(
        text,
        x * shift[0] + y * shift[2] + shift[4],
        x * shift[1] + y * shift[3] + shift[5],
        abs(size) * hypot(matrix[0], matrix[1]) * hypot(shift[0], shift[1]),
    )


def _lines(pieces: Sequence[_Piece]) -> Iterator[Line]:
    """A line begins where its first piece with words does; it has the size of most of its letters."""
    line: list[_Piece] = []
    for piece in pieces:
        *ended, last = piece.text.split("\n")
        for text in ended:
            line.append(_Piece(text, piece.x, piece.y, piece.size))
            yield _line(line)
            line = []
        line.append(_Piece(last, piece.x, piece.y, piece.size))
    if line:
        yield _line(line)


def _line(pieces: Sequence[_Piece]) -> Line:
    drawn = [piece for piece in pieces if piece.text.strip()]
    text = " ".join(_LONE.sub("\ufffd", "".join(piece.text for piece in pieces)).translate(_LIGATURES).split())
    if not drawn:
        return Line("", 0, 0, 0)
    return Line(text, drawn[0].x, drawn[0].y, max(drawn, key=lambda piece: len(piece.text)).size)
