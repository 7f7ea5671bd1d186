"""Whether a report could hold a claim, told from its words in a fraction of a millisecond, before anything is parsed.

A text is cut into passages of a few sentences. Each word adds its weight, which is the evidence of a logistic model that the
passage holds a claim; neighbours that are plainly about goals, shares or recipes take some away. A headline or a few sentences
are as relevant as their most relevant passage. A longer text has more chances of a word of war that means no war ("seized the
lead"), and so more is asked of it: the mean of its best two passages, or one passage that is strong beyond doubt, so that a
paragraph of war in a long review is not lost; and a passage that names nobody who fights, governs or suffers counts for little.

The weights and the words for those parties stand in `relevance.tsv`; they were learned from what the reader finds claims in,
over texts that may be trained on and the words of the reader's own lexicons (`training/relevance.py`). What the threshold costs
and keeps stands in docs/evaluation.md (`python -m evaluation.relevance`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from operator import sub

from whoholds.model import Document

RELEVANT = 0.05  # a report of less is not read; see docs/evaluation.md for what it keeps and lets through
BIAS = "*"  # the row of the table that every passage has
PARTY = "party"  # the mark of a row whose word names a party
PASSAGE = 160  # characters that a passage has at least, where the text goes on
PARAGRAPH = 90  # and where a line ends
_PLAIN = -2.5  # log odds of a passage without evidence for anything; a neighbour below it speaks against a passage ...
_MOST_AGAINST = 3.0  # ... by so much at most
_SHORT = 3  # passages of a text that is as relevant as its best passage
_NOBODY = 6.0  # taken from a passage of a longer text that names no party
_TOGETHER = 2  # passages whose mean counts in a longer text
_ALONE = 4.0  # what a single passage, whatever its neighbours, must have more than that mean
_ASKED, _MOST_ASKED = 1.1, 4.3  # asked more of a longer text: so much for each passage above those, at most so much
_LONGEST = 600  # characters without the end of a sentence; a list of names is cut there
_END = re.compile(r"[.!?][\"'”’)\]]*\s|\n")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Table:
    """The log odds that each word adds, and the words that name a party."""

    weights: dict[str, float]
    parties: frozenset[str]


def relevance(document: Document) -> float:
    """How likely a report holds a claim, 0 to 1, by its title and text; 0 where there are no words.

    Reports of `RELEVANT` and more are read. A title with which the text begins counts once.
    """
    return relevance_of(document.title, document.text)


def relevance_of(title: str | None, text: str) -> float:
    """The relevance of a report with that title and text."""
    told = [words(text[start:end]) for start, end in passages(text)]
    if title and title not in text[: 2 * len(title) + PASSAGE]:
        told = [*(words(title[start:end]) for start, end in passages(title)), *told]
    told = [found for found in told if found]
    return 1 / (1 + math.exp(-_evidence(told))) if told else 0.0


def _evidence(told: Sequence[set[str]]) -> float:
    """The log odds of a text by the words of its passages, of which there is at least one."""
    table = _table()
    own = [table.weights[BIAS] + sum([table.weights[word] for word in found if word in table.weights]) for found in told]
    heard = _heard(own)
    if len(told) <= _SHORT:
        return max(heard)
    nobody = [_NOBODY * table.parties.isdisjoint(found) for found in told]
    best: list[float] = sorted(map(sub, heard, nobody), reverse=True)[:_TOGETHER]
    alone: float = max(map(sub, own, nobody))
    return max(sum(best) / len(best), alone - _ALONE) - min(_ASKED * (len(told) - _SHORT), _MOST_ASKED)


def _heard(own: Sequence[float]) -> list[float]:
    """The log odds of each passage, its neighbours heard: "shot" means another thing amid goals and corners."""
    against = [0.0, *(max(min(score - _PLAIN, 0.0), -_MOST_AGAINST) for score in own), 0.0]
    return [score + before + after for score, before, after in zip(own, against, against[2:], strict=False)]


def passages(text: str) -> Iterator[tuple[int, int]]:
    """The passages of a text as half-open characters, in order and without gaps; none for empty text."""
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        while end - start > _LONGEST:
            cut = text.rfind(" ", start + PASSAGE, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        enough = PARAGRAPH if text[end - 1 : end] == "\n" else PASSAGE
        if end - start >= enough or start < end == len(text):
            yield start, end
            start = end


def words(passage: str) -> set[str]:
    """The distinct words of a passage in lower case; the parts of one with a hyphen count as well."""
    found = set(_WORD.findall(passage.lower()))
    for word in [word for word in found if "-" in word]:
        found.update(word.split("-"))
    return found


@lru_cache(maxsize=1)
def _table() -> Table:
    """The table: a word, a tab, its weight in hundredths, and a tab and `PARTY` for some; lines with # are comments."""
    rows = (files("whoholds.corpora") / "relevance.tsv").read_text("utf-8").splitlines()
    fields = [row.split("\t") for row in rows if row and not row.startswith("#")]
    weights = {word: int(weight) / 100 for word, weight, *_ in fields}
    return Table(weights, frozenset(word for word, _, *marks in fields if PARTY in marks))
