"""The wording of a report evened out: what house styles write differently is written one way, all else is kept in its order.

Case, quotation marks, articles and punctuation but for question marks fall away; months, weekdays and small numbers have one
spelling, digits no commas between thousands, and the British and American endings -our/-or, -ise/-ize, -tre/-ter, -ence/-ense
are one. Two sentences with the same words after that say the same; a sentence that differs in a number, a name, a negation or
any other word is another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*%?|[^\W\d_](?:\.[^\W\d_])+\b\.?|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%?$€£¥]")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")  # "1,5" is no fifteen
_SENTENCE_END = re.compile(r"(?<=[^\W_A-Z]{3}[.!?])[\"'”’)\]]*\s+(?=[^\W\d_]|[\"'“‘(\[])|(?<=[.!?][\"”’])\s+|\n\s*\n")
_LEFT_OUT = frozenset(["a", "an", "the", "that", "said", "says", ""])
_NEGATIONS = frozenset(
    "no not never none nobody nothing neither nor without cannot deny denies denied denying reject rejects rejected refuse "
    "refuses refused fail fails failed".split()
)
_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {word: str(10 * tens) for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)}
_NUMBER_NAMES = frozenset(
    "hundred hundreds thousand thousands million millions billion billions dozen dozens score scores half".split()
)
_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SHORT_DAYS = {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}  # "sat", "sun" are words
_CALENDAR = {short: name for name in _MONTHS for short in (name[:3], name)} | {"sept": "september"}
_CALENDAR |= {short: _DAYS[number] for short, number in _SHORT_DAYS.items()}
_CALENDAR_NAMES = frozenset([*_MONTHS, *_DAYS, "today", "yesterday", "tomorrow", "tonight"])
_ENDINGS = [
    (re.compile(pattern), ending)
    for pattern, ending in [
        (r"(?<=\w{3})our(?=(?:s|ed|ing|ite|able)?$)", "or"),
        (r"(?<=\w{3})is(?=(?:e|es|ed|ing|ation|ations)$)", "iz"),
        (r"(?<=\w{3})tre(?=(?:s|d)?$)", "ter"),
        (r"(?<=\w{2})ence(?=s?$)", "ense"),
        (r"(?<=\w{3})ll(?=(?:ed|ing|er|ers)$)", "l"),  # "travelled", but not "filled", which is not "filed"
    ]
]


def sentences(text: str) -> list[list[str]]:
    """The evened words of each sentence, in order; blank text has none.

    Where a sentence ends is told by its punctuation alone: two copies of a text are cut alike, which is all that is asked.
    """
    cased = text.lower() if text.isupper() else text  # capitals throughout hide where a sentence ends
    found = (words(part) for part in _SENTENCE_END.split(cased) if part)
    return [each for each in found if each]


def words(text: str) -> list[str]:
    """The evened words of a text in order, articles and "said" left out."""
    return [word for word in map(_evened, _WORD.findall(text)) if word not in _LEFT_OUT]


def hard_words(evened: Iterable[str]) -> list[str]:
    """Of evened words the numbers, months, weekdays and negations: what a headline must not tell on its own."""
    return [word for word in evened if _is_hard(word)]


@lru_cache(maxsize=65_536)
def _is_hard(word: str) -> bool:
    if word[0].isdigit() or word in _NUMBER_NAMES or word in _CALENDAR_NAMES or word in _NEGATIONS:
        return True
    return word.endswith("n't")


@lru_cache(maxsize=65_536)
def _evened(word: str) -> str:
    if word[0].isdigit():
        return _THOUSANDS.sub("", word).replace("%", " percent")
    if word == "%":
        return "percent"
    if "." in word:
        return word.replace(".", "").casefold()
    low = word.casefold().replace("’", "'").replace("ʼ", "'")
    low = low.removesuffix("'s")
    if low in _NUMBERS:
        return _NUMBERS[low]
    if low in _CALENDAR:
        return _CALENDAR[low]
    for pattern, ending in _ENDINGS:
        low = pattern.sub(ending, low)
    return low
