"""Words of reports as they can stand on a page: escaped, with what cannot be seen made visible, and marked where claims stand.

Offsets count code points of the text and are half-open, as spans are. What is made visible is put in the place of one character
each, so that a text's line breaks stay where they are and no mark moves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape

_LONGEST = 4_000  # characters of a line in one piece
_SEEN = frozenset("\n\t\u200c\u200d")  # joiners belong to the spelling of some languages
_NAMES = {"\0": "null", "\x1b": "escape", "\x7f": "delete", "\r": "carriage return", "\ufeff": "byte order mark"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that something is about: `id` of what, `kind` how it is shown."""

    id: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Characters under the same marks; `begun` are those of them that begin here."""

    text: str
    marks: tuple[Mark, ...] = ()
    begun: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of the marks, each once."""
        return tuple(dict.fromkeys(mark.kind for mark in self.marks))


@dataclass(slots=True)
class Paragraph:
    """A line of the text, in runs; `number` is that of the line, from 1. `goes_on` tells that it is the rest of a long one."""

    number: int
    goes_on: bool
    runs: list[Run] = field(default_factory=list)


def visible(text: object) -> Markup:
    """Text, escaped; characters that cannot be seen, or that reorder what stands around them, become small labels."""
    words = str(text)
    if words.isascii() and words.isprintable():
        return escape(words)
    pieces: list[str] = []
    begin = 0
    for i, character in enumerate(words):
        if _hidden(character):
            pieces += [str(escape(words[begin:i])), _label(character)]
            begin = i + 1
    pieces.append(str(escape(words[begin:])))
    return Markup("".join(pieces))


def bare(text: object) -> str:
    """Text for an attribute or a drawing, where no label can stand: what cannot be seen is a dot. It is not yet escaped."""
    words = str(text)
    return words if words.isprintable() else "".join("·" if _hidden(character) else character for character in words)


def paragraphs(text: str, marks: Iterable[Mark]) -> Iterator[Paragraph]:
    """The lines of a text in runs of equal marks; lines of white space alone are left out. Marks may overlap and nest."""
    by_start = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.id))
    waiting, active = 0, list[Mark]()
    for number, begin, stop in _stretches(text):
        upto = waiting
        while upto < len(by_start) and by_start[upto].start < stop:
            upto += 1
        here = [*active, *by_start[waiting:upto]]
        if text[begin:stop].strip() or any(mark.start >= begin for mark in here):
            yield Paragraph(number, text[begin - 1 : begin] not in ("", "\n"), list(_runs(text, begin, stop, here)))
        active, waiting = [mark for mark in here if mark.end > stop], upto


def _stretches(text: str) -> Iterator[tuple[int, int, int]]:
    """The lines of a text as number, begin and end; a very long one in several, cut at spaces, since browsers choke on it."""
    begin, number = 0, 1
    while begin < len(text):
        stop = text.find("\n", begin)
        stop = len(text) if stop < 0 else stop
        while stop - begin > _LONGEST:
            cut = text.rfind(" ", begin + 1, begin + _LONGEST) + 1 or begin + _LONGEST
            yield number, begin, cut
            begin = cut
        yield number, begin, stop
        begin, number = stop + 1, number + 1


def _runs(text: str, begin: int, stop: int, marks: Sequence[Mark]) -> Iterator[Run]:
    edges = {begin, stop}
    for mark in marks:
        edges |= {max(begin, mark.start), min(stop, mark.end)}
    places = sorted(edges)
    waiting, over = 0, list[Mark]()
    for first, last in pairwise(places):
        over = [mark for mark in over if mark.end > first]
        while waiting < len(marks) and marks[waiting].start <= first:
            over.append(marks[waiting])
            waiting += 1
        yield Run(text[first:last], tuple(over), tuple(mark for mark in over if mark.start == first))


def _hidden(character: str) -> bool:
    if character.isprintable() or character in _SEEN:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _label(character: str) -> str:
    code = f"{ord(character):04X}"
    name = _NAMES.get(character) or unicodedata.name(character, "control character").lower()
    return f'<span class="unseen" title="U+{code} {escape(name)}">{code}</span>'


__all__ = ["Mark", "Paragraph", "Run", "bare", "paragraphs", "visible"]
