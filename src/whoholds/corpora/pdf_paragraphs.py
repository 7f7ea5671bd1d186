"""Lines of printed pages to paragraphs.

A PDF file has lines, not paragraphs: words are parted at their ends, sentences go on in the next column and over the foot of
the page, and the head of each page stands between. A paragraph ends where a wider gap follows, letters of another size, an item
of a list or an indented line, or where a sentence ends well before the margin; at the end of a column or page where a sentence
ends. A word parted by a hyphen is joined, unless the document writes it with the hyphen elsewhere too or it begins as
compounds do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WIDER = 1.25  # times the usual distance of lines
_NEAR = 0.3  # of the size of letters: lines as near as that are one
_FAR = 2.5  # times the size of letters; no lines of a paragraph are parted by more
_OTHER_SIZE = 0.08  # of the size of letters
_INDENT = 0.7  # of the size of letters
_FULL = 0.8  # of the usual line's length
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
_PARTED = re.compile(r"(\w+)[-\u2010\xad]$")
_FIRST_WORD = re.compile(r"[a-zà-ÿ]+")
_WORDS = re.compile(r"\w+(?:-\w+)*")
_COMPOUNDS = frozenset(
    "all anti co cross east ex half inter mid multi non north post pre pro self semi south vice well west".split()
)
_ITEM = re.compile(r"[•●▪◦‣·–—*-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
_DIGITS = re.compile(r"\d+")
_FEWEST_PAGES = 3  # of a document whose heads and feet can be told
_REPEATED = 0.5  # of the pages; a first or last line that stands on more of them is a head or foot


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words, where it begins (points from the left and the foot of the page), its letters' size."""

    text: str
    x: float
    y: float
    size: float


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of some pages, in order, each in one line. Empty pages give none."""
    pages = _without_heads(pages)
    lines = [line for page in pages for line in page]
    ends = {id(page[-1]) for page in pages if page}
    words = Counter(word for line in lines for word in _WORDS.findall(line.text.lower()))
    measure = _Measure(lines)
    found: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is None or measure.ends(before, line, at_foot=id(before) in ends):
            found.append(line.text)
        else:
            found[-1] = _joined(found[-1], line.text, words)
        before = line
    return found


class _Measure:
    """What is usual in a document: the distance of lines and their length, by the size of their letters."""

    def __init__(self, lines: Sequence[Line]) -> None:
        distances: dict[int, Counter[float]] = {}
        lengths: dict[int, list[int]] = {}
        for line in lines:
            lengths.setdefault(round(line.size), []).append(len(line.text))
        for line, following in pairwise(lines):
            distance = line.y - following.y
            if _alike(line, following) and _NEAR * line.size < distance < _FAR * line.size:
                distances.setdefault(round(line.size), Counter())[round(distance, 1)] += 1
        self._distance = {size: counts.most_common(1)[0][0] for size, counts in distances.items()}
        self._length = {size: sorted(found)[len(found) * 9 // 10] for size, found in lengths.items()}

    def ends(self, line: Line, following: Line, *, at_foot: bool) -> bool:
        """Whether a paragraph ends with a line that another one follows."""
        sentence = bool(_SENTENCE_END.search(line.text))
        if _ITEM.match(following.text) or not _alike(line, following):
            return True
        distance = line.y - following.y
        if at_foot or distance < -_NEAR * line.size:
            return sentence
        if distance <= _NEAR * line.size:
            return False
        if distance > min(_WIDER * self._distance.get(round(line.size), line.size), _FAR * line.size):
            return True
        indented = following.x > line.x + _INDENT * line.size
        return sentence and (indented or len(line.text) < _FULL * self._length[round(line.size)])


def _alike(line: Line, following: Line) -> bool:
    return abs(line.size - following.size) <= _OTHER_SIZE * line.size


def _joined(paragraph: str, line: str, words: Counter[str]) -> str:
    parted, follows = _PARTED.search(paragraph), _FIRST_WORD.match(line)
    if parted is None or follows is None:
        return f"{paragraph} {line}"
    first, second = parted[1].lower(), follows[0]
    whole, hyphened = words[first + second], words[f"{first}-{second}"]
    keeps = hyphened > whole or (hyphened == whole and first in _COMPOUNDS)
    return paragraph[:-1] + ("-" if keeps else "") + line


def _without_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines at their top and bottom that stand, but for numbers, on most of them."""
    if len(pages) < _FEWEST_PAGES:
        return [list(page) for page in pages]
    counts = Counter(sign for page in pages if page for sign in {_sign(page[0]), _sign(page[-1])})
    repeated = {sign for sign, count in counts.items() if count > _REPEATED * len(pages)}
    return [list(_between(page, repeated)) for page in pages]


def _between(page: Sequence[Line], repeated: set[str]) -> Iterator[Line]:
    first, last = 0, len(page)
    while first < last and _sign(page[first]) in repeated:
        first += 1
    while last > first and _sign(page[last - 1]) in repeated:
        last -= 1
    yield from page[first:last]


def _sign(line: Line) -> str:
    return _DIGITS.sub("0", line.text)
