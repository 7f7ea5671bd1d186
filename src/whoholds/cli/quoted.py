"""Words in the line they stand in, with carets under them.

Widths are terminal cells: wide characters take two, combining marks and joiners none. Tabs and line breaks are shown as spaces,
control characters as dots; marks of direction are dropped, so that a line cannot reorder what stands beside it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_JOINERS = "\u200c\u200d"
_LEAST = 20  # cells: narrower terminals get lines of this width


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of a line: what stands before the words, the words, what stands after, and the cells before the carets."""

    before: str
    words: str
    after: str

    @property
    def carets(self) -> str:
        """The row of carets, as wide as the words."""
        return " " * width_of(self.before) + "^" * max(1, width_of(self.words))


def rows(text: str, start: int, end: int, width: int) -> Iterator[Row]:
    """The line or lines that hold characters `start` to `end` (half-open), cut to `width` cells around them.

    Words that do not fit into one row go on in the next. Gives at least one row.
    """
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", max(start, end - 1))
    lines = text[begin : len(text) if stop < 0 else stop].split("\n")
    visible = bool(text[start:end].strip())
    for line in lines if visible else lines[:1]:
        first, last = max(0, start - begin), min(len(line), end - begin)
        if line[first:last].strip() or not visible:
            yield from _line_rows(line, first, max(last, first), max(width, _LEAST))
        begin += len(line) + 1


def shown(words: str) -> str:
    """The words as they can be printed on one line of a terminal."""
    return "".join(map(_shown, words))


def width_of(words: str) -> int:
    """How many cells shown words take."""
    if words.isascii():
        return len(words)
    return sum(map(_cells, words))


def clipped(words: str, width: int) -> str:
    """Shown words cut to a width, an ellipsis in the middle."""
    words = shown(words)
    if width_of(words) <= width:
        return words
    head = _prefix(words, (width - 1) * 2 // 3)
    tail = _prefix(words[::-1], width - 1 - width_of(head))[::-1]
    return f"{head.rstrip()}…{tail.lstrip()}"


def _line_rows(line: str, first: int, last: int, width: int) -> Iterator[Row]:
    before, words, after = shown(line[:first]).lstrip(), shown(line[first:last]), shown(line[last:]).rstrip()
    if width_of(before) + width_of(words) + width_of(after) <= width:
        yield Row(before, words, after)
        return
    room = width - width_of(words)
    if room >= bool(before) + bool(after):  # cells for the ellipses
        left = max(room // 2, room - width_of(after))
        before = _ending(before, left)
        yield Row(before, words, _beginning(after, room - width_of(before)))
        return
    before = "…" if before else ""
    pieces = list(_wrapped(words, width - 2))
    for i, piece in enumerate(pieces):
        rest = _beginning(after, width - 1 - width_of(piece)) if i == len(pieces) - 1 else ""
        yield Row(before if i == 0 else " " * len(before), piece, rest)


def _ending(words: str, width: int) -> str:
    """The last words that fit, an ellipsis before them where some do not."""
    if width_of(words) <= width:
        return words
    kept = _prefix(words[::-1], width - 1)[::-1]
    _, space, whole = kept.partition(" ")
    return "…" + (whole if space else kept)


def _beginning(words: str, width: int) -> str:
    if width_of(words) <= width:
        return words
    kept = _prefix(words, width - 1)
    whole, space, _ = kept.rpartition(" ")
    return (whole if space else kept) + "…"


def _wrapped(words: str, width: int) -> Iterator[str]:
    """Pieces of at most `width` cells, broken at spaces where there are any."""
    while width_of(words) > width:
        piece = _prefix(words, width)
        cut = piece.rfind(" ")
        if words[len(piece) : len(piece) + 1] != " " and cut > 0:
            piece = piece[:cut]
        yield piece
        words = words[len(piece) :].lstrip(" ")
    if words:
        yield words


def _prefix(words: str, width: int) -> str:
    """As much of the words as fits."""
    for i, character in enumerate(words):
        width -= _cells(character)
        if width < 0:
            return words[:i]
    return words


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if character.isspace() else "·"


def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
