"""Chronology: which year a history has reached, so that "in August" gets it.

A history moves on month by month, and looks aside: to the war before ("the August 1792 uprising"), to what a treaty would
bring later, to a source's year in brackets. Taking the year of the time told last is wrong after every aside. So each time
told leaves a mark, weighted by how it is told (`WEIGHTS`: factors, multiplied), and a month without a year is settled by a
vote of the marks: each votes for the years that lie near its own month, sooner after it than before it, and the farther
back in the text it stands the less it counts. The heading of the section votes too. A year written in the same range
("between March and April 1918") needs no vote.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from functools import cache
from math import exp

from whoholds.grounding.times.classes import classes
from whoholds.grounding.times.lexicon import fold, lexicon
from whoholds.grounding.times.tense import Tense, perfect_at, tense_at
from whoholds.language.sentence import Sentence

# Factors of a mark's weight. Set by hand, then swept on 10 documents of WikiWars, in two halves, with the constants
# below; of 1192 right values there a factor doubled or halved loses at most 28 (opening, subordinate, leap, bare year), most of
# them none, a constant at most 32 (the two that fade marks). Set by hand alone they gave .863 value F1, swept .875.
WEIGHTS = {
    "bracketed": 0.7,  # "(1790)"
    "perfect": 0.3,  # "had been signed in"
    "ahead": 0.2,  # "would fall in"
    "on a noun": 0.8,  # "the August 1792 uprising"
    "subordinate": 0.8,  # "which was taken in"
    "bounding": 0.7,  # "since", "until"
    "bare year": 0.7,
    "opening": 1.6,  # "In 1917 ..."
    "heading": 1.5,
    "leap": 0.5,  # far from the years told before
    "looking back": 0.2,  # "two years earlier"
}
_MARKS = 14  # marks that still vote
_LEAP = 2  # years; a longer step is rather an aside
_PASSED = 0.7  # what a mark loses by each mark after it
_PARAGRAPH = 0.45  # and by each new paragraph, for a few
_MOST_PARAGRAPHS = 6
_BACK = 2.5  # a month back costs as much as so many months on
_BACK_TOLD = 0.9  # and so where a past perfect looks back ("had been reinforced in October")
_FADE = 12.0  # months of cost that lower a vote by a factor of e
_YEAR_ALONE = {-1: 30.0, 0: 1.5, 1: 40.0}  # cost in months of a step from a mark that tells a year only
_HEADING_WORDS = 12
_BOUNDING = re.compile(r"\b(?:since|until|till|by)\s(?:(?:the|late|early|mid)\s)*$")
_RESULT = re.compile(r"\b[Bb]y\s(?:(?:the|late|early|mid|end of|following)[\s-])*$")
_OPENED = re.compile(r"\([^)]*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A time told: year, month where told, weight, paragraph."""

    year: int
    month: int | None
    weight: float
    paragraph: int


class Chronology:
    """The marks of one document so far."""

    def __init__(self) -> None:
        self._marks: deque[Mark] = deque(maxlen=_MARKS)
        self._heading: Mark | None = None

    def mark(self, text: str, sentence: Sentence, start: int, end: int, year: int, month: int | None, *, back: bool) -> None:
        """Add the time that characters `start` to `end` tell; `back` says that the words themselves look back."""
        told = [name for name, holds in _manner(text, sentence, start, end).items() if holds]
        if month is None:
            told.append("bare year")
        if back:
            told.append("looking back")
        if self._marks and abs(self._marks[-1].year - year) > _LEAP:
            told.append("leap")
        weight = 1.0
        for name in told:
            weight *= WEIGHTS[name]
        mark = Mark(year, month, weight, sentence.paragraph)
        if "heading" in told:
            self._heading = mark
        self._marks.append(mark)

    def enter_heading(self) -> None:
        """Begin a section: the heading before no longer votes."""
        self._heading = None

    def year_of(self, month: int, paragraph: int, *, back: bool = False) -> tuple[int, Mark] | None:
        """The year of a month told without one, and the mark that spoke loudest for it; None before any mark.

        `back` says that its clause looks back on what went before the story.
        """
        votes: dict[int, float] = {}
        loudest: dict[int, tuple[float, Mark]] = {}
        faded = 1.0
        voters = [*reversed(self._marks), *([self._heading] if self._heading else [])]
        for mark in voters:
            away = 0 if mark is self._heading else min(abs(paragraph - mark.paragraph), _MOST_PARAGRAPHS)
            base = mark.weight * faded * _PARAGRAPH**away
            faded *= _PASSED
            for step in (-1, 0, 1):
                vote = base * exp(-_cost(mark, step, month, _BACK_TOLD if back else _BACK) / _FADE)
                year = mark.year + step
                votes[year] = votes.get(year, 0.0) + vote
                if year not in loudest or vote > loudest[year][0]:
                    loudest[year] = (vote, mark)
        if not votes:
            return None
        best = max(votes, key=lambda year: (votes[year], -year))
        return best, loudest[best][1]


def _cost(mark: Mark, step: int, month: int, back: float) -> float:
    if mark.month is None:
        return _YEAR_ALONE[step]
    months = step * 12 + month - mark.month
    return float(months) if months >= 0 else -back * months


def is_heading(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a heading: a short line of its own without a full stop."""
    tokens = sentence.tokens
    return (
        0 < len(tokens) <= _HEADING_WORDS
        and tokens[-1].text not in {".", "!", "?", '"', "”", ":", ";", ","}
        and text[sentence.end : sentence.end + 1] in ("", "\n")
        and (sentence.start == 0 or "\n" in text[max(0, sentence.start - 3) : sentence.start])
    )


def looks_back(text: str, sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause around some words is in the past perfect; "by winter they had left" tells the story itself."""
    perfect = perfect_at(sentence, start, end)
    if perfect is None or perfect.lower not in ("had", "'d", "’d"):
        return False
    return not _RESULT.search(text, max(0, start - 24), start)


def _manner(text: str, sentence: Sentence, start: int, end: int) -> dict[str, bool]:
    """How a time is told, by the names of `WEIGHTS`."""
    before = text[sentence.start : start]
    if is_heading(text, sentence):
        return {"heading": True}
    governor = _governor(sentence, start, end)
    return {
        "bracketed": bool(_OPENED.search(before)),
        "perfect": looks_back(text, sentence, start, end),
        "ahead": tense_at(sentence, start, end) is Tense.FUTURE,
        "on a noun": governor == "noun",
        "subordinate": governor == "subordinate",
        "bounding": bool(_BOUNDING.search(before.lower())),
        "opening": len(before) < 16,
    }


def _governor(sentence: Sentence, start: int, end: int) -> str:
    """Whether the words hang on a noun, on the main verb, or on a verb below it."""
    tokens = sentence.at(start, end)
    inside = set(map(id, tokens))
    top = next((token for token in tokens if token.head is None or id(token.head) not in inside), None)
    if top is None or top.head is None:
        return "main"
    if top.head.upos in ("NOUN", "PROPN", "NUM") and top.head.child("cop") is None:
        return "noun"
    verb = top.head
    while verb.deprel == "conj" and verb.head is not None:
        verb = verb.head
    return "main" if verb.head is None or verb.deprel in ("root", "parataxis") else "subordinate"


@cache
def _joined() -> re.Pattern[str]:
    """What follows the first half of a range or pair, as far as the year: " and September 1914", "-29, 1905"."""
    month, day = classes()["a_month"].replace("(?P<month>", "(?P<next>"), r"(?:[0-3]?\d(?:st|nd|rd|th)?)"
    dated = rf"(?:(?:the\s)?{day}(?:\sof)?\s)?{month}(?:\s{day})?"
    joint = r"\s?(?:[-–—/]|,?\s?\b(?:and|to|or|until|till|through)\b)\s?(?:on\s|in\s)?(?:(?:late|early|mid)[\s-])?"
    return re.compile(rf"{joint}{dated},?\s(?:of\s)?(?P<year>1[0-9]\d\d|20\d\d)\b", re.IGNORECASE)


def year_ahead(text: str, end: int, month: int) -> int | None:
    """The year of a month whose range or pair tells the year at its end ("in August and September 1914"); else None."""
    found = _joined().match(text, end)
    if found is None or not found["next"][0].isupper():
        return None
    last = lexicon().months[fold(found["next"]).rstrip(".")]
    return int(found["year"]) - (month > last)
