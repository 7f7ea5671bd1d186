"""Numbers: how many, as a range, from the words of a noun phrase.

Conventions of the coding guide: "at least N" and "more than N" are open above, "up to N", "almost N" and "nearly N" open
below, "about N" is N; "dozens" are 24 to 99, "hundreds" 200 to 999, "thousands" 2,000 to 9,999; "some" or "several" is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from whoholds.language import Token
from whoholds.model import Count

_COLLECTIVES = frozenset(
    (
        "dead wounded crowd population family group number people toll tally party unit column part leadership staff enemy "
        "militia army police"
    ).split()
)
_WIDENS = frozenset({"least", "than", "nearly", "almost", "about", "to", "over", "up"})
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
_DIGITS = r"(?>\d{1,3}(?:[,\u00a0 ]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
_WORDS = "|".join([*_UNITS, *_TENS, *_SCALES, "a dozen", "dozen", "half a dozen", "a hundred", "a thousand"]).replace(
    " ", r"\s+"
)
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+"  # "two hundred and five", but "between three and five"
_SPELLED = rf"(?>\b(?:{_WORDS})\b(?:(?:[\s-]+|{_AND})(?:{_WORDS})\b)*)"
_NUMBER = rf"(?:(?>{_DIGITS}(?:\s+(?:thousand|million|hundred)\b)?)|{_SPELLED})"
_VAGUE_WORDS = "|".join(sorted(_VAGUE, key=len, reverse=True)).replace(" ", r"\s+")
_AT_LEAST = "at least|more than|over|no fewer than|not less than|upwards of|no less than|above".replace(" ", r"\s+")
_AT_MOST = "up to|as many as|at most|almost|nearly|fewer than|less than|close to|not more than|under".replace(" ", r"\s+")
_NOT_COUNTED = r"(?!\s*(?:%|percent|per\s+cent|-?year|km|kilomet|metre|mile|hour|day|week|month|minute|billion))"
_PHRASE = re.compile(
    rf"""\b(?P<vague>{_VAGUE_WORDS})\b
        (?:(?:\s+of\s+\w+)?,?(?:\s+(?:and|or))?\s+(?:possibly|perhaps|even|maybe)\s+(?P<vaguer>{_VAGUE_WORDS})\b)?
      | \bbetween\s+(?P<a>{_NUMBER})\s*and\s+(?P<b>{_NUMBER})
      | \b(?:{_AT_LEAST})\s+(?P<least>{_NUMBER})
      | \b(?:{_AT_MOST})\s+(?P<most>{_NUMBER})
      | (?<![\w.-])(?P<c>{_NUMBER})\s+(?:to|or)\s+(?P<d>{_NUMBER})
      | (?<![\w.-])(?P<e>\d+)\s?[-–]\s?(?P<f>\d+){_NOT_COUNTED}
      | (?<![\w.-])(?<!aged\ )(?P<plain>{_NUMBER}){_NOT_COUNTED}""",
    re.IGNORECASE | re.VERBOSE,
)
_POSSIBLY = 40  # characters that " of civilians, and perhaps even thousands" takes
_MOST = 10**12  # nothing that reports count is more; such figures are slips or identifiers
_YEAR = re.compile(r"(?:1[89]|20)\d\d$")


def number(words: str) -> int | None:
    """The value of a number in digits or words ("two thousand", "a dozen", "1,200"); None when it is none."""
    words = words.strip().lower().replace("\u00a0", " ")
    match = re.fullmatch(rf"({_DIGITS})(?:\s+(hundred|thousand|million))?", words)
    if match:
        value = float(re.sub(r"[,\s]", "", match[1])) * _SCALES.get(match[2] or "", 1)
        return int(value) if value < _MOST else None
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
        if max(total, current) >= _MOST:
            return None
        seen = True
    if not seen:
        return None
    value = total + current
    return value // 2 if words.startswith("half a dozen") else value


def counts(words: str) -> list[tuple[int, int, Count]]:
    """Every count told in a run of words, with its characters (half-open); years are none."""
    found = []
    for match in _PHRASE.finditer(words):
        told = _told(match)
        if told is not None:
            found.append((match.start(), match.end(), told))
    return found


def _told(match: re.Match[str]) -> Count | None:
    if match["vague"]:
        names = [name.lower() for name in (match["vague"], match["vaguer"]) if name]
        return Count(min(_VAGUE[name][0] for name in names), max(_VAGUE[name][1] for name in names))
    for first, last in (("a", "b"), ("c", "d"), ("e", "f")):
        if match[first]:
            low, high = number(match[first]), number(match[last])
            return Count(low, high) if low is not None and high is not None and low <= high else None
    value = number(match["least"] or match["most"] or match["plain"])
    if value is None:
        return None
    if match["least"]:
        return Count(value, None)
    if match["most"]:
        return Count(None, value)
    return None if _YEAR.match(match["plain"]) else Count(value, value)


@lru_cache(maxsize=8192)
def count(words: str) -> Count | None:
    """The range told by a phrase ("at least 14 people", "hundreds and possibly thousands"); None when it tells none."""
    found = counts(words)
    return found[0][2] if found else None


_AFTER = re.compile(
    r"^\s*(?:(?!(?:and|or|but)\b)[\w-]+\s+){0,3}?(?:were\s+|was\s+|have\s+been\s+|had\s+been\s+)?(?P<word>killed|dead|died|slain|injured|wounded|hurt)\b",
    re.I,
)


_BEFORE = re.compile(
    r"\b(?P<word>kill(?:ed|ing|s)|injur(?:ed|ing|es)|wound(?:ed|ing|s))\s+(?:and\s+\w+ing\s+)?$"
    r"|\b(?P<put>dead|killed|injured|wounded)\s+at\s+$",  # "puts the dead at 730 and the injured at 5,500"
    re.I,
)


def casualties(words: str) -> tuple[Count | None, Count | None]:
    """How many killed and how many injured a clause tells by position: "20 fighters killed", "2,600 injured"."""
    killed = injured = None
    for start, end, told in counts(words):
        match = _AFTER.match(words[end:]) or _BEFORE.search(words[:start])
        if match is None:
            continue
        word = next(group for group in match.groups() if group)
        if word.lower()[:3] in ("inj", "wou", "hur"):
            injured = injured or told
        else:
            killed = killed or told
    return killed, injured


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
    if vague(head):  # "hundreds of people, possibly thousands"
        wider = _PHRASE.search(text, start, end + _POSSIBLY)
        end = wider.end() if wider is not None and wider["vaguer"] else end
    found = count(text[start:end])
    if found is not None:
        return found
    return Count(1, 1) if _one(head) else None


def _one(head: Token) -> bool:
    """Whether a phrase without a number names a single person: "a policeman", "the driver", a name, "him"."""
    if head.lower in ("he", "she", "him", "her"):
        return True
    return head.tag in ("NN", "NNP") and head.lemma not in _COLLECTIVES and not head.lemma.endswith("ing")


def coordinated(head: Token) -> list[Token]:
    """The heads of all phrases that are coordinated with one, also those tied to one another: "A, B and C and D"."""
    found = [head]
    for token in found:
        found.extend(token.all("conj"))
    return found


def vague(head: Token) -> bool:
    """Whether the word is itself a quantity: a number, "dozens", "hundreds"."""
    return head.upos == "NUM" or head.lower in ("dozens", "hundreds", "thousands", "scores", "tens", "millions")


def _widen(head: Token, start: int) -> int:
    """Take in "at least", "more than" and the like when the parser hung them on the verb."""
    if head.head is None:
        return start
    for sibling in head.head.all("advmod", "case"):
        near = sibling.i < head.i and sibling.end <= start and start - sibling.end < 12
        if near and any(token.lower in _WIDENS for token in sibling.subtree()):
            return min(start, min(token.start for token in sibling.subtree()))
    return start
