"""The labels of other pipelines and ours, from `schemes.toml`: entities mapped, their edges made like ours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_YEAR = re.compile(r"(1[0-9]|20)\d\ds?")


@dataclass(frozen=True, slots=True)
class Schemes:
    """The tables: labels and relations by the foreign one, pairs of words, words in lower case."""

    entities: dict[str, str]
    relations: dict[str, str]
    fixed: frozenset[tuple[str, ...]]
    edges: frozenset[str]
    calendar: frozenset[str]


@cache
def schemes() -> Schemes:
    """The tables, read once."""
    table = tomllib.loads((files("whoholds.language") / "schemes.toml").read_text(encoding="utf-8"))
    return Schemes(
        entities={foreign: ours for ours, row in table["entities"].items() for foreign in row},
        relations=table["clearnlp"],
        fixed=frozenset(tuple(pair.split()) for pair in table["fixed"]["pairs"]),
        edges=frozenset(table["edges"]["words"]),
        calendar=frozenset(table["calendar"]["names"]),
    )


def our_entities(lowers: Sequence[str], labels: Sequence[str], parts: Sequence[str]) -> list[str]:
    """IOB2 tags with our labels for words in lower case with foreign labels ("" for none) and parts "B", "I" or "O".

    Articles and possessive endings at the edges are left out, and dates that name no day, month or year.
    """
    tags = ["O"] * len(lowers)
    first = 0
    while first < len(lowers):
        end = first + 1
        ours = schemes().entities.get(labels[first], "")
        if ours:
            while end < len(lowers) and parts[end] == "I" and labels[end] == labels[first]:
                end += 1
            _mark(tags, lowers, first, end, ours)
        first = end
    return tags


def _mark(tags: list[str], lowers: Sequence[str], first: int, end: int, label: str) -> None:
    left_out = (lambda word: not _dated(word)) if label == "DATE" else schemes().edges.__contains__
    while first < end and left_out(lowers[first]):
        first += 1
    while first < end and left_out(lowers[end - 1]):
        end -= 1
    if first == end or (label == "DATE" and not any(_named(word) for word in lowers[first:end])):
        return
    tags[first:end] = [f"B-{label}", *[f"I-{label}"] * (end - first - 1)]


def _dated(word: str) -> bool:
    return _named(word) or any(character.isdigit() for character in word)


def _named(word: str) -> bool:
    return word.rstrip(".") in schemes().calendar or _YEAR.fullmatch(word) is not None
