"""Numbers: how many, as a range, from the words of a noun phrase.

Conventions of the coding guide: "at least N" and "more than N" are open above, "up to N", "almost N" and "nearly N" open
below, "about N" is N; "dozens" are 24 to 99, "hundreds" 200 to 999, "thousands" 2,000 to 9,999; "some" or "several" is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from whoholds.language import Token
from whoholds.model import Count

_UNITS = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VAGUE = {
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, 9_999_999),
}
_DIGITS = r"\d{1,3}(?:[,\u00a0 ]\d{3})+|\d+(?:\.\d+)?"
_WORDS = "|".join([*_UNITS, *_TENS, *_SCALES, "a dozen", "dozen", "half a dozen", "a hundred", "a thousand"])
_NUMBER = rf"(?:(?:{_DIGITS})(?:\s+(?:thousand|million|hundred))?|(?:\b(?:{_WORDS})\b(?:[\s-]+(?:and\s+)?)?)+)"
_VAGUE_RE = re.compile(r"\b(hundreds of thousands|tens of thousands|dozens|scores|hundreds|thousands|millions)\b", re.I)
_RANGE = re.compile(
    rf"\b(?:between\s+(?P<a>{_NUMBER})\s*and\s+(?P<b>{_NUMBER})|(?P<c>{_NUMBER})\s*(?:to|-|–|or)\s*(?P<d>{_NUMBER}))", re.I
)
_LEAST = re.compile(
    rf"\b(?:at least|more than|over|no fewer than|not less than|upwards of|no less than|above)\s+(?P<n>{_NUMBER})", re.I
)
_MOST = re.compile(
    rf"\b(?:up to|as many as|at most|almost|nearly|fewer than|less than|close to|under|not more than)\s+(?P<n>{_NUMBER})", re.I
)
_PLAIN = re.compile(
    rf"(?<![\w.])(?P<n>{_NUMBER})(?!\s*(?:%|percent|per cent|-?year|km|kilomet|metre|mile|hour|day|week|month|year))", re.I
)


def number(words: str) -> int | None:
    """The value of a number in digits or words ("two thousand", "a dozen", "1,200"); None when it is none."""
    words = words.strip().lower().replace("\u00a0", " ")
    match = re.fullmatch(rf"({_DIGITS})(?:\s+(hundred|thousand|million))?", words)
    if match:
        value = float(re.sub(r"[,\s]", "", match[1])) * _SCALES.get(match[2] or "", 1)
        return int(value)
    total = current = 0
    seen = False
    for word in re.split(r"[\s-]+", words):
        if word in ("and", "a", "half", ""):
            continue
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "dozen":
            current = (current or 1) * 12
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if word != "hundred":
                total, current = total + current, 0
        else:
            return None
        seen = True
    if not seen:
        return None
    value = total + current
    return value // 2 if words.startswith("half a dozen") else value


@lru_cache(maxsize=8192)
def count(words: str) -> Count | None:
    """The range told by a phrase ("at least 14 people", "hundreds and possibly thousands"); None when it tells none."""
    vague = [_VAGUE[match[1].lower()] for match in _VAGUE_RE.finditer(words)]
    if vague:
        return Count(min(low for low, _ in vague), max(high for _, high in vague))
    match = _RANGE.search(words)
    if match:
        low, high = (number(match["a"] or match["c"]), number(match["b"] or match["d"]))
        if low is not None and high is not None and low <= high:
            return Count(low, high)
    match = _LEAST.search(words)
    if match:
        low = number(match["n"])
        return None if low is None else Count(low, None)
    match = _MOST.search(words)
    if match:
        high = number(match["n"])
        return None if high is None else Count(None, high)
    match = _PLAIN.search(words)
    if match:
        value = number(match["n"])
        return None if value is None else Count(value, value)
    return None


def phrase_count(head: Token, text: str) -> Count | None:
    """The range that the noun phrase at `head` tells; a bare singular with an indefinite article is one."""
    own = [head]
    for token in own:
        own.extend(
            child
            for child in token.children
            if child.deprel
            in ("nummod", "advmod", "amod", "det", "compound", "case", "nmod", "obl", "fixed", "flat", "conj", "cc", "mark")
            and not (child.deprel in ("nmod", "obl") and child.i > head.i and token is head and not vague(head))
            and not (child.deprel == "conj" and token is head and not vague(head))
        )
    start, end = min(token.start for token in own), max(token.end for token in own)
    start = _widen(head, start)
    found = count(text[start:end])
    if found is not None:
        return found
    if head.tag == "NN" and any(child.lower in ("a", "an", "one", "another") for child in head.all("det", "nummod")):
        return Count(1, 1)
    return None


def vague(head: Token) -> bool:
    """Whether the word is itself a quantity: a number, "dozens", "hundreds"."""
    return head.upos == "NUM" or head.lower in ("dozens", "hundreds", "thousands", "scores", "tens", "millions")


def _widen(head: Token, start: int) -> int:
    """Take in "at least", "more than" and the like when the parser hung them on the verb."""
    if head.head is None:
        return start
    for sibling in head.head.children:
        if sibling.deprel in ("advmod", "case") and sibling.i < head.i and sibling.end <= start and start - sibling.end < 12:
            if sibling.lower in ("least", "than", "nearly", "almost", "about", "to", "over", "up"):
                return min(start, min(token.start for token in sibling.subtree()))
    return start
