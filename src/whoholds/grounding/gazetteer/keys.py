"""How place names are keyed: one spelling for all the ways a name is written in Latin script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ə": "a", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
        "ħ": "h", "ŋ": "ng",
        "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "ʹ": "", "ʺ": "", "′": "", ".": "",
        "-": " ", "–": " ", "—": " ", "‐": " ", "‑": " ", "/": " ", ",": " ",
    }
)  # fmt: skip
_FOREIGN = re.compile("[\u0370-\u1dff\u2e80-\U0010ffff]")  # Greek and on, but for Latin Extended Additional
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
ARTICLES = frozenset("al el ad ar as at az an ash aj".split())
_DIGRAPHS = re.compile(r"kh|gh|zh|sh|ch|ph|th|dj|dzh|ts|ck|[cqwy]|[aeiou]+|(?<=.)h")
_SOUNDS = {
    "kh": "h", "gh": "g", "zh": "z", "sh": "s", "ch": "s", "ph": "f", "th": "t", "dj": "j", "dzh": "j", "ts": "s", "ck": "k",
    "c": "k", "q": "k", "w": "v", "y": "",
}  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """The key of a name: lower case, no diacritics, apostrophes or periods, spaces for hyphens, "St" as "saint".

    Empty where the name is not in Latin script or has no letters.
    """
    return fold_once(name)


def fold_once(name: str) -> str:
    """As `fold`, without remembering the answer: for going through millions of names."""
    key = name.lower()
    if not key.isascii():
        if _FOREIGN.match(key):
            return ""
        key = unicodedata.normalize("NFKD", key)
        key = "".join(mark for mark in key if not unicodedata.combining(mark))
    words = key.translate(_LETTERS).split()
    if not words or not (key := " ".join(words)).isascii():
        return ""
    if words[0] in _SHORT and len(words) > 1:
        key = " ".join([_SHORT[words[0]], *words[1:]])
    return key


def skeleton(key: str) -> str:
    """The consonants of a key as transliterations agree on them ("kelbadjar" and "kalbajar" are both "klbjr")."""
    words = key.split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    bones = _DIGRAPHS.sub(lambda match: _SOUNDS.get(match[0], ""), "".join(words))
    return _DOUBLED.sub(r"\1", bones)


def edits(one: str, other: str, limit: int) -> int:
    """How many letters must be put in, left out or exchanged to make one string the other; `limit + 1` if more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, mark in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != mark))
    return min(row[-1], limit + 1)
