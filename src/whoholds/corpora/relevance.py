"""Whether a report could hold a claim, told from its words in a fraction of a millisecond, before anything is parsed.

A text is cut into passages of a few sentences. Each word adds its weight, which is the evidence of a logistic model that the
passage holds a claim; neighbours that are plainly about goals, shares or recipes take some away. A report is as relevant as its
most relevant passage, so that one paragraph of war in a long review is not lost.

The weights stand in `relevance.tsv`; they were learned from what the reader finds claims in, over texts that may be trained on
and the words of the reader's own lexicons (`training/relevance.py`). What the threshold costs and keeps stands in
docs/evaluation.md (`python -m evaluation.relevance`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from whoholds.model import Document

RELEVANT = 0.07  # a report of less is not read; see docs/evaluation.md for what other values keep and let through
BIAS = "*"  # the row of the table that every passage has
PASSAGE = 160  # characters that a passage has at least, where the text goes on
_PLAIN = -2.5  # log odds of a passage without evidence for anything; a neighbour below it speaks against a passage ...
_MOST_AGAINST = 3.0  # ... by so much at most, so that a paragraph of war between two on markets still counts
_LONGEST = 600  # characters without the end of a sentence; a list of names is cut there
_END = re.compile(r"[.!?][\"'”’)\]]*\s|\n")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def relevance(document: Document) -> float:
    """How likely a report holds a claim, 0 to 1, by its title and text; 0 where there are no words.

    Reports of `RELEVANT` and more are read.
    """
    weights = _weights()
    texts = (document.title or "", document.text)
    told = [words(text[start:end]) for text in texts for start, end in passages(text)]
    scores = [weights[BIAS] + sum([weights[word] for word in found if word in weights]) for found in told if found]
    return 1 / (1 + math.exp(-_most(scores))) if scores else 0.0


def _most(scores: list[float]) -> float:
    """The greatest log odds of a passage, those of its neighbours heard: "shot" means another thing amid goals and corners."""
    against = [0.0, *(max(min(score - _PLAIN, 0.0), -_MOST_AGAINST) for score in scores), 0.0]
    return max(score + before + after for score, before, after in zip(scores, against, against[2:], strict=False))


def passages(text: str) -> Iterator[tuple[int, int]]:
    """The passages of a text as half-open characters, in order and without gaps; none for empty text."""
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        while end - start > _LONGEST:
            cut = text.rfind(" ", start + PASSAGE, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        if end - start >= PASSAGE or start < end == len(text):
            yield start, end
            start = end


def words(passage: str) -> set[str]:
    """The distinct words of a passage in lower case; the parts of one with a hyphen count as well."""
    found = set(_WORD.findall(passage.lower()))
    for word in [word for word in found if "-" in word]:
        found.update(word.split("-"))
    return found


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    """The table: a word, a tab, and its weight in hundredths; lines with # are comments."""
    rows = (files("whoholds.corpora") / "relevance.tsv").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {word: int(weight) / 100 for word, weight in pairs}
