"""The tables behind actors: names that are known, and what common nouns and offices tell of a role.

Read once, on first use. Names are compared as runs of letters and digits without case, diacritics and punctuation; a name
written in capitals throughout ("ELN") is found in capitals only, one with a capital ("Wagner") only where a capital stands.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from whoholds.model import Role

_WORD = re.compile(r"\w+")
_WORLD = "WORLD"

Body = tuple[str, bool, str | None, Role]  # name, whether a person, country, role


@dataclass(frozen=True, slots=True)
class Spell:
    """A role held from `first` to `last` (both inclusive, None where open)."""

    first: date | None
    last: date | None
    role: Role


@dataclass(frozen=True, slots=True)
class Known:
    """A body or person the tables know: the name it goes by, and where (None: no country) and what it may be, best first."""

    name: str
    options: tuple[tuple[str | None, Role], ...]
    person: bool
    spells: tuple[Spell, ...] = ()

    def role_on(self, day: date | None, role: Role) -> Role:
        """Its role on a day: that of the spell the day falls in, else `role`."""
        for spell in self.spells if day else ():
            if day and (spell.first is None or spell.first <= day) and (spell.last is None or day <= spell.last):
                return spell.role
        return role


@dataclass(frozen=True, slots=True)
class Alias:
    """One writing of a known name: its words, and what of case it needs (`capitals` throughout, or one `capital`)."""

    words: tuple[str, ...]
    known: Known
    capitals: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What nouns tell: `heads` have a role, `forces` a default, `agents` that of what they belong to; `sets` are word lists."""

    heads: dict[str, Role]
    forces: dict[str, Role]
    agents: dict[str, Role | None]
    modifiers: dict[str, Role]
    sets: dict[str, frozenset[str]]


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The runs of letters and digits of a text, in lower case and without diacritics."""
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return tuple(_WORD.findall(text.lower()))


@cache
def aliases() -> dict[str, tuple[Alias, ...]]:
    """Every writing of every known name by its first word, longest first."""
    found: dict[str, list[Alias]] = {}
    for writing, known in _known().items():
        alias = _alias(writing, known)
        found.setdefault(alias.words[0], []).append(alias)
    return {first: tuple(sorted(group, key=lambda alias: -len(alias.words))) for first, group in found.items()}


@cache
def role_words() -> RoleWords:
    """The table of roles.toml, with plurals."""
    table = _read("roles.toml")
    return RoleWords(
        heads=_by_word(table["heads"]),
        forces=_by_word(table["forces"]),
        agents={form: Role(role) if role else None for role, nouns in table["agents"].items() for form in _forms(nouns)},
        modifiers={word: Role(role) for role, listed in reversed(table["modifiers"].items()) for word in listed},
        sets={name: frozenset(_forms(listed)) for name, listed in table["sets"].items()},
    )


def _by_word(by_role: dict[str, list[str]]) -> dict[str, Role]:
    return {form: Role(role) for role, nouns in by_role.items() for form in _forms(nouns)}


def _forms(nouns: Iterable[str]) -> Iterator[str]:
    for noun in nouns:
        yield noun
        yield _plural(noun)


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("child"):
        return noun + "ren"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    return noun + "s"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def _known() -> dict[str, Known]:
    """What each writing names."""
    writings: dict[str, dict[Body, None]] = {}
    spells: dict[str, dict[str, str]] = {}
    for file in ("organisations.toml", "groups.toml", "people.toml"):  # of namesakes the earlier counts first
        table = _read(file)
        spells.update(table.pop("spells", {}))
        for country, name, role, others in _bodies(table):
            for writing in (name, *others):
                writings.setdefault(writing, {})[name, file == "people.toml", country, role] = None
    return {writing: _one(writing, list(bodies), spells) for writing, bodies in writings.items()}


def _one(writing: str, bodies: list[Body], spells: dict[str, dict[str, str]]) -> Known:
    """What a writing names: where several bodies share it, one Known with the options of all."""
    names = {name for name, _, _, _ in bodies}
    name = bodies[0][0] if len(names) == 1 else writing
    options = tuple(dict.fromkeys((country, role) for _, _, country, role in bodies))
    return Known(name, options, bodies[0][1], _spells(spells.get(name, {})))


def _bodies(table: dict[str, Any]) -> Iterator[tuple[str | None, str, Role, list[str]]]:
    for country, by_role in table.items():
        for role, names in by_role.items():
            for name, others in names.items():
                yield (None if country == _WORLD else country), name, Role(role), others


def _spells(listed: dict[str, str]) -> tuple[Spell, ...]:
    def day(text: str) -> date | None:
        return None if text == ".." else date.fromisoformat(text)

    return tuple(
        Spell(day(interval.partition("/")[0]), day(interval.partition("/")[2]), Role(role)) for interval, role in listed.items()
    )


def _alias(writing: str, known: Known) -> Alias:
    letters = [mark for mark in writing if mark.isalpha()]
    capitals = all(mark.isupper() for mark in letters)
    return Alias(words_of(writing), known, capitals, any(mark.isupper() for mark in letters))
