"""Spelling of single words of the notation: names, quotes, numbers. `claims.lark` has the same in reverse.

A name is bare when it is words parted by single spaces, none of them small words of the notation, without its marks and
without characters that cannot be seen. Anything else is quoted with JSON's escapes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal

RESERVED = frozenset(
    {"by", "on", "to", "with", "against", "from", "gains", "loses", "holds", "contested", "citing", "apart", "?"}
)
_BARE = re.compile(r'[^\s"\[\](),;:]+(?: [^\s"\[\](),;:]+)*')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # they shape Persian and emoji and do not reorder text
_PLAIN = re.compile(r"[ !#-\[\]-~\u00a1-\u00ac\u00ae-\u05ff]*")


def name(words: str) -> str:
    """A name, bare where that reads back as the same name, else quoted."""
    if _BARE.fullmatch(words) and RESERVED.isdisjoint(words.split(" ")) and not any(map(_must_escape, words)):
        return words
    return quoted(words)


def quoted(words: str) -> str:
    """Words in double quotes, with JSON's escapes for quotes, backslashes and whatever cannot be seen."""
    if _PLAIN.fullmatch(words):
        return f'"{words}"'
    return '"' + "".join(map(_escape, words)) + '"'


def number(value: float) -> str:
    """A number in decimal digits, as many as give the same number back, never with an exponent."""
    digits = format(Decimal(repr(float(value))), "f")
    return digits.removesuffix(".0")


def unquoted(token: str) -> str:
    """The words of a quoted token. Raises ValueError for an escape that is none."""
    words: str = json.loads(token, strict=False)
    return words


def _must_escape(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN and character not in _JOINERS


def _escape(character: str) -> str:
    if character in '"\\' or _must_escape(character):
        return json.dumps(character)[1:-1]
    return character
