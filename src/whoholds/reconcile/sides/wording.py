"""What the name of an actor tells: the words that set it apart, and who is said to stand behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"\w+")
_GENERIC = frozenset(
    """
    the a an of in on at from by with to for and or s all some other more several local ethnic armed
    force forces fighter fighters gunman gunmen man men rebel rebels insurgent insurgents militant militants
    militia militias militiaman militiamen guerrilla guerrillas guerilla guerillas group groups faction factions unit units
    troop troops soldier soldiers army armies military commander commanders leader leaders spokesman spokesperson spokeswoman
    official officials authority authorities government ministry
    backed supported sponsored aligned allied led loyal pro installed appointed controlled
    """.split()
)
_DASH = r"[-\u2010\u2011\u2013]"
_BEHIND = "backed|supported|sponsored|aligned|allied|led|installed|appointed|controlled|run"
_BEFORE = re.compile(rf"(?P<who>(?:[^\s,;]+ ){{0,3}}[^\s,;]+?)(?:{_DASH}| )(?:{_BEHIND})\b", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?:\bpro{_DASH}|\b(?:(?:backed|supported|sponsored|led|controlled|installed|appointed) by"
    r"|(?:aligned|allied) (?:with|to)|loyal to) )(?P<who>[^\s,;]+(?: [^\s,;]+){0,3})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|an?) ", re.IGNORECASE)


@lru_cache(maxsize=65536)
def telling_words(name: str) -> frozenset[str]:
    """The words of a name that set it apart, plain and in lower case: {"armenian"} for "ethnic Armenian forces"."""
    return words_in(name) - _GENERIC


@lru_cache(maxsize=65536)
def words_in(name: str) -> frozenset[str]:
    """All words of a name, in lower case and without diacritics; the parts of hyphenated ones apart."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", name) if not unicodedata.combining(mark))
    return frozenset(_WORD.findall(plain.casefold()))


def backers_told(name: str) -> Iterator[str]:
    """What may name a backer in an actor's name, the likelier first: "Iran" in "Iran-backed militias", else nothing."""
    for match in _BEFORE.finditer(name):
        words = match["who"].split()
        yield from (_without_article(" ".join(words[k:])) for k in range(len(words)))
    for match in _AFTER.finditer(name):
        words = _without_article(match["who"]).split()
        yield from (" ".join(words[:k]) for k in range(len(words), 0, -1))


def _without_article(words: str) -> str:
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words
