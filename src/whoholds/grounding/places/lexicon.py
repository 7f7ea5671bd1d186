"""The word tables of `words.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word sets in lower case; `peoples` maps adjectives as written to place names. The table tells what for."""

    features: dict[str, str]
    sites: frozenset[str]
    lines: frozenset[str]
    positions: frozenset[str]
    prepositions: frozenset[str]
    verbs: frozenset[str]
    ground: frozenset[str]
    dealings: frozenset[str]
    addressed: frozenset[str]
    backings: frozenset[str]
    common: frozenset[str]
    institutions: frozenset[str]
    happenings: frozenset[str]
    illnesses: frozenset[str]
    takings: frozenset[str]
    abbreviations: frozenset[str]
    peoples: dict[str, str]
    domains: dict[str, str]
    press: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    table: dict[str, Any] = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
    peoples = dict(table["peoples"])
    peoples |= {word + "s": name for word, name in peoples.items() if not word.endswith(("sh", "ese", "z", "s"))}
    return Lexicon(
        features=table["features"],
        sites=frozenset(table["sites"]["words"]),
        lines=frozenset(table["sites"]["lines"]),
        positions=frozenset(table["positions"]["words"]),
        prepositions=frozenset(table["prepositions"]["words"]),
        verbs=frozenset(table["government"]["verbs"]),
        addressed=frozenset(table["government"]["addressed"]),
        dealings=frozenset(table["government"]["dealings"]),
        backings=frozenset(table["government"]["backings"]),
        ground=frozenset(table["government"]["ground"]),
        common=frozenset(table["common"]["words"]),
        happenings=frozenset(table["happenings"]["words"]),
        illnesses=frozenset(table["illnesses"]["words"]),
        institutions=frozenset(table["institutions"]["words"]),
        takings=frozenset(table["takings"]["verbs"]),
        abbreviations=frozenset(table["common"]["abbreviations"]),
        peoples=peoples,
        domains=table["domains"],
        press=tuple(sorted(table["press"]["words"], key=lambda word: (-len(word), word))),
    )
