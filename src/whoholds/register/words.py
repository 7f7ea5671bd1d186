"""Words of documents: folded, so that a search finds them whatever their case and diacritics, and found again in the text.

A word is a run of letters, digits and marks (Unicode categories L, N and M); folding takes diacritics off, in any script, and
the case away. Stores index the folded words, so that no store's own idea of a word decides what is found. Scripts without
spaces between words are indexed by such runs: a word inside a longer run of Chinese is not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from whoholds.register.store import Hit

_RUN = re.compile(r"[^\W_]+(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200c\u200d])*")
_QUOTED = re.compile(r'"([^"]*)"?|([^"]+)')
_AROUND = 40  # characters of context on either side

Phrase = tuple[str, ...]


class Word(NamedTuple):
    """A word of a text: its characters (half-open) and itself, folded."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Lower case, without diacritics, marks and joiners."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LN")


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """A name folded word by word, single spaces between; the same for names that differ in case, diacritics and marks."""
    return " ".join(word.folded for word in words_of(name)) or " ".join(name.casefold().split())


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order; none of them folds to nothing."""
    for match in _RUN.finditer(text):
        folded = fold(match[0])
        if folded:
            yield Word(match.start(), match.end(), folded)


def indexed(text: str) -> str:
    """What a full-text index is given for a text: its words, folded, with single spaces between."""
    if text.isascii():
        return " ".join(_RUN.findall(text.lower()))
    return " ".join(filter(None, map(fold, _RUN.findall(text))))


def phrases_of(query: str) -> tuple[Phrase, ...]:
    """What is searched for: each word a phrase of its own, words in quotation marks one together. Empty for no words."""
    phrases: list[Phrase] = []
    for quoted, bare in _QUOTED.findall(query):
        together = tuple(word.folded for word in words_of(quoted))
        if together:
            phrases.append(together)
        phrases += [(word.folded,) for word in words_of(bare)]
    return tuple(dict.fromkeys(phrases))


@dataclass(frozen=True, slots=True)
class Found:
    """A document that has all phrases: how often it has them, how many words it is long, and the first match."""

    times: int
    size: int
    hit: Hit

    @property
    def rank(self) -> tuple[int, int, str]:
        """Orders what is found, best first: most matches, then the shorter text, then by id."""
        return -self.times, self.size, self.hit.document


def found_in(text: str, phrases: Sequence[Phrase], document: str, name: str) -> Found | None:
    """Where a text has all phrases; None where it has not. The hit is the first place of the first phrase."""
    words = list(words_of(text))
    folded = [word.folded for word in words]
    places = [_places(folded, phrase) for phrase in phrases]
    if not phrases or not all(places):
        return None
    first = places[0][0]
    start, end = words[first].start, words[first + len(phrases[0]) - 1].end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    hit = Hit(document, name, start, end, before, text[start:end], after)
    return Found(sum(map(len, places)), len(words), hit)


def _places(words: Sequence[str], phrase: Phrase) -> list[int]:
    if len(phrase) == 1:
        return [i for i, word in enumerate(words) if word == phrase[0]]
    return [i for i, word in enumerate(words) if word == phrase[0] and tuple(words[i : i + len(phrase)]) == phrase]
