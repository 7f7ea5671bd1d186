"""Text to paragraphs.

Blank lines part paragraphs. A run of lines without a blank one between is either hard-wrapped prose, one paragraph, or
separate lines, a paragraph each. Two signs decide: in wrapped prose the first word of a line would not have fitted on the
line before, and lines break off in the middle of sentences. Offsets are half-open code points of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
_BULLET = re.compile(r"(?:[-–—*•·▪◦●■►‣]\s+|\d{1,2}[.)]\s+)(?=\W*\w)")
_TERMINAL = re.compile(r"[.!?:;…][\"'”’»)\]]*$|\]$")
_WIDEST_WRAP = 130  # characters; mail and wire services wrap at 65 to 80, editors at up to 120
_NARROWEST_WRAP = 30
_LIKELY_WRAP = 55
_FULL_SHARE = 0.75  # of the lines of a wrapped run; the rest allows for hyphenation and lines cut by hand


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's characters (half-open) and whether a bullet, left out of them, opened it."""

    start: int
    end: int
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str
    bullet: int  # characters of the bullet sign, 0 for none

    @property
    def width(self) -> int:
        return self.end - self.start

    @property
    def terminal(self) -> bool:
        return bool(_TERMINAL.search(self.words[-6:]))


def visible(text: str) -> str:
    """The text with every control, formatting or lone surrogate character as a space, as long as it was; line breaks stay."""
    return _HIDDEN.sub(" ", text)


def paragraphs(shown: str) -> list[Paragraph]:
    """The paragraphs of a text (as `visible` shows it), in order; none for blank text."""
    runs = list(_runs(shown))
    widths = [width for run in runs if len(run) > 2 and (width := max(line.width for line in run)) <= _WIDEST_WRAP]
    page = max(widths, default=0)
    found: list[Paragraph] = []
    for run in runs:
        for group in _groups(run, page):
            first, last = group[0], group[-1]
            found.append(Paragraph(first.start + first.bullet, last.end, first.bullet > 0))
    return found


def _runs(text: str) -> Iterator[list[_Line]]:
    run: list[_Line] = []
    for start, end in _spans(text):
        words = text[start:end].strip()
        if words:
            start += len(text[start:end]) - len(text[start:end].lstrip())
            sign = _BULLET.match(words)
            run.append(_Line(start, start + len(words), words, sign.end() if sign else 0))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _groups(run: list[_Line], page: int) -> Iterator[list[_Line]]:
    if len(run) == 2 and not page:
        page = _width_of_two(*run)
    wrapped = _is_wrapped(run, page)
    group = [run[0]]
    for line in run[1:]:
        before = group[-1]
        if _opens_item(line, before, run[0]) or not _goes_on(before, line, page if wrapped else 0):
            yield group
            group = []
        group.append(line)
    yield group


def _opens_item(line: _Line, before: _Line, first: _Line) -> bool:
    """Whether a line opens a list's item; in wrapped prose a dash or a day of the month can come to stand first too."""
    if not line.bullet or first.bullet or before.terminal:
        return line.bullet > 0
    return not line.words[0].isdigit() and not line.words[line.bullet].islower()


def _width_of_two(first: _Line, last: _Line) -> int:
    """What two lines on their own may have been wrapped at, or 0: the second ends a sentence that the first breaks off."""
    likely = _LIKELY_WRAP <= first.width <= _WIDEST_WRAP and last.width <= first.width
    return first.width if likely and not first.terminal and last.terminal else 0


def _is_wrapped(run: list[_Line], page: int) -> bool:
    if len(run) < 2 or max(line.width for line in run) > page or page < _NARROWEST_WRAP:
        return False
    pairs = [(before, line) for before, line in pairwise(run) if not line.bullet]
    if not pairs or all(before.terminal for before, _ in pairs):
        return False
    full = sum(_is_full(before, line, page) for before, line in pairs)
    return full >= _FULL_SHARE * len(pairs)


def _is_full(before: _Line, line: _Line, page: int) -> bool:
    return before.width + 1 + len(line.words.split(None, 1)[0]) > page


def _goes_on(before: _Line, line: _Line, page: int) -> bool:
    """Whether `line` continues `before`; `page` is the width the run is wrapped at, or 0."""
    if before.words == line.words:
        return False
    if page and (_is_full(before, line, page) or not before.terminal):
        return True
    return not before.terminal and line.words[0].islower()
