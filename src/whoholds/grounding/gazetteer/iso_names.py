"""The names of an ISO 3166-2 division as reports write them: without the words for its kind, English before local ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

from whoholds.grounding.gazetteer.entry import Rank
from whoholds.grounding.gazetteer.keys import fold_once, skeleton

_OTHER = re.compile(r"(?P<name>[^()]+?) \((?P<language>[a-z]{3,4}\d*)\)")
_DIRECTIONS = re.compile(r"\b(?:North|South|East|West|Central|Upper|Lower|Northern|Southern|Eastern|Western|Far|Mid|New)\b")
_ALIKE = 0.55  # share of their consonants that spellings of one name have in common


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of `divisions.toml`; `plain` are those that make no name by themselves."""

    kinds: frozenset[str]
    joints: frozenset[str]
    turned: frozenset[str]
    plain: frozenset[str]
    shown: dict[str, str]
    nicknames: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(files(__package__).joinpath("divisions.toml").read_text("utf-8"))
    return _Words(
        kinds=frozenset(table["kinds"]),
        joints=frozenset(table["joints"]),
        turned=frozenset(table["turned"]),
        plain=frozenset(table["general"]) | frozenset(table["shared"]),
        shown=table["shown"],
        nicknames=frozenset(table["nicknames"]["words"]),
    )


def names(name: str, other: str | None, kind: str) -> tuple[tuple[str, Rank], ...]:
    """The names with their ranks, best first; empty where none says anything by itself.

    `name`, `other` and `kind` are as the package `iso3166-2` has them: the name, its translations with codes of languages in
    parentheses, the kind of division.
    """
    found: dict[str, tuple[str, Rank]] = {}

    def take(spelling: str, rank: Rank) -> None:
        key = fold_once(spelling)
        if len(key) > 2 and key not in found:
            found[key] = (spelling, rank)

    own = list(_spellings(name))
    told = [(match["name"].strip(" '"), match["language"]) for match in _OTHER.finditer((other or "").replace("), ", ") "))]
    english = [spelling for spelling, language in told if language == "eng" and not _nickname(spelling)]
    alike = [spelling for spelling in english if _alike(spelling, own) or _DIRECTIONS.search(spelling)]
    for spelling in alike:
        for shape in _shapes(spelling, kind):
            take(shape, Rank.ALIAS if found else Rank.NAME)
    for spelling in own:
        for shape in _shapes(spelling, kind):
            take(shape, Rank.ALIAS if found else Rank.NAME)
    for spelling in english:
        if spelling not in alike and " " not in spelling and not _plain(spelling):
            take(spelling, Rank.ALTERNATE)
    for spelling, language in told:
        if language != "eng" and fold_once(spelling) and _alike(spelling, own):
            for shape in _shapes(spelling, ""):
                take(shape, Rank.ALTERNATE)
    return tuple(found.values())


def bare(name: str) -> str:
    """The key of a name without the words for a kind of division at its ends ("Kabul Province", "Kabul": "kabul")."""
    words = fold_once(name).split()
    while len(words) > 1 and words[-1] in _words().kinds and not all(word in _words().plain for word in words[:-1]):
        words.pop()
    while len(words) > 1 and (
        words[0] in _words().kinds or (words[0] in _words().joints and words[0] not in ("al", "el", "la"))
    ):
        words.pop(0)
    return " ".join(words)


def _spellings(name: str) -> Iterator[str]:
    """The name without what stands in brackets, each of two names joined by a stroke, and "X, County" the other way round."""
    whole = re.sub(r" *(?:\[[^\]]*\]|\([^)]*\)|\*)", "", name).strip()
    head, comma, tail = whole.partition(", ")
    if comma and any(word in _words().kinds or word in _words().joints for word in fold_once(tail).split()):
        yield f"{tail} {head}" if fold_once(tail) in _words().turned else head
    else:
        for part in whole.split(" / "):
            yield part.strip(" /")
    for inner in re.findall(r"\[([^\]]*)\]", name):
        if not re.search(r"[A-Z]{2}-", inner):
            yield inner


def _shapes(spelling: str, kind: str) -> Iterator[str]:
    """The spelling without the words for a kind; one that says nothing so, with the kind after it."""
    words = spelling.split()
    while len(words) > 1 and fold_once(words[-1]) in _words().kinds:
        words.pop()
    while len(words) > 1 and (
        (fold_once(words[0]) in _words().kinds and (fold_once(words[0]) not in _words().turned or words[1] == "of"))
        or (len(words) < len(spelling.split()) and words[0] in ("of", "de"))
    ):
        words.pop(0)
    short = " ".join(words)
    if not _plain(short):
        yield short
    shown = _words().shown.get(kind)
    if shown and shown not in short and (_plain(short) or shown in spelling):
        yield f"{short} {shown}"


def _plain(spelling: str) -> bool:
    return all(word in _words().plain or word in _words().joints for word in fold_once(spelling).split())


def _nickname(spelling: str) -> bool:
    if spelling.startswith("The ") or len(spelling) < 4 or (spelling.isupper() and len(spelling) < 6):
        return True
    if " of " in spelling and not re.match(r"(?:Republic|Province|State|County) of ", spelling):
        return True
    return not _words().nicknames.isdisjoint(fold_once(spelling).split())


def _alike(spelling: str, others: list[str]) -> bool:
    bones = skeleton(bare(spelling))
    return any(SequenceMatcher(None, bones, skeleton(bare(other))).ratio() >= _ALIKE for other in others if bones)
