"""Sentences from patterns: `{name}` stands for one of the alternatives of that name, drawn anew each time.

Alternatives may hold names in turn. Names the table lacks are slots that are filled from what is drawn for one article, so
that a town stays the same town throughout.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

Table = Mapping[str, Sequence[str]]

_NAME = re.compile(r"\{(\w+)\}")
_DEEPEST = 8


def written(pattern: str, table: Table, slots: Mapping[str, str], rng: random.Random) -> str:
    """The pattern with its names replaced. Raises KeyError for a name that neither the table nor the slots have."""

    def filled(match: re.Match[str]) -> str:
        name = match[1]
        if name in slots:
            return slots[name]
        if name == "n":
            return str(rng.randint(2, 60))
        if name == "hundreds":
            return str(rng.randint(101, 980))
        return rng.choice(table[name])

    for _ in range(_DEEPEST):
        pattern, replaced = _NAME.subn(filled, pattern)
        if not replaced:
            break
    return pattern[:1].upper() + pattern[1:]


def paragraphs(patterns: Sequence[str], count: int, table: Table, slots: Mapping[str, str], rng: random.Random) -> list[str]:
    """`count` paragraphs of two or three sentences each, none of them from the same pattern twice while there are others."""
    drawn: list[str] = []
    while len(drawn) < 3 * count:
        drawn += rng.sample(patterns, len(patterns))
    found, at = [], 0
    for _ in range(count):
        length = rng.choice((2, 2, 3))
        found.append(" ".join(written(pattern, table, slots, rng) for pattern in drawn[at : at + length]))
        at += length
    return found
