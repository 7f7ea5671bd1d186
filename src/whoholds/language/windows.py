"""Cutting the words of a paragraph into windows that the encoder can take.

Sentence boundaries inside a window are the model's to find, but a window's end always ends a sentence. So a cut is made
where a sentence most likely ends: behind a full stop, question or exclamation mark (and the quotation marks and brackets
it closes) when the next word looks like a beginning; the last such place that fits. Without one the window is filled.
A tokeniser leaves the stop of an abbreviation on its word, so only stops that stand alone, and not after an initial, count.
"""

from __future__ import annotations

from collections.abc import Sequence

_STOPS = frozenset({".", "!", "?", "...", "…", "?!", "!!", "!?", "。", "؟", "۔"})
_CLOSING = frozenset({")", "]", "}", "”", "’", "''", "»"})
_STRAIGHT = frozenset({'"', "'"})
_OPENING = frozenset({'"', "'", "“", "‘", "``", "«", "(", "[", "-", "–", "—", "•", "*"})


def cut(words: Sequence[str], sizes: Sequence[int], limit: int, starts: Sequence[bool] | None = None) -> list[tuple[int, int]]:
    """The windows of some words, half-open and in order, each of at most `limit` pieces; none for no words.

    `sizes` are the pieces of each word; one that is too large for any window gets its own. `starts`, where they are known,
    tell which words start a sentence: cuts are made there.
    """
    found: list[tuple[int, int]] = []
    first = size = 0
    good = -1  # the last place after `first` where a sentence likely ends
    size_at_good = 0
    ends = _SentenceEnds(words) if starts is None else None
    for i, own in enumerate(sizes):
        begins = ends.before(i) if ends else starts is not None and starts[i]
        if i > first and begins:
            good, size_at_good = i, size
        if i > first and size + own > limit:
            if good > first:
                found.append((first, good))
                first, size = good, size - size_at_good
            if i > first and size + own > limit:
                found.append((first, i))
                first, size = i, 0
            good = -1
        size += own
    if first < len(words):
        found.append((first, len(words)))
    return found


class _SentenceEnds:
    """Tells, place by place from the first on, whether a sentence likely ends before a word."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._open = dict.fromkeys(_STRAIGHT, False)  # quotation marks that look the same at both ends
        self._ended = False

    def before(self, i: int) -> bool:
        word = self._words[i]
        closing = word in _CLOSING or self._open.get(word, False)
        if word in self._open:
            self._open[word] = not self._open[word]
        if self._ended and not closing and word not in _STOPS:
            self._ended = False
            return word in _OPENING or word[:1].isupper() or word[:1].isdigit() or not word.isascii()
        if word in _STOPS:
            self._ended = word != "." or not self._after_initial(i)
        return False

    def _after_initial(self, i: int) -> bool:
        before = self._words[i - 1] if i else ""
        return len(before) == 1 and before.isupper() and before != "I"
