"""The tables behind actors: names that are known, and what common nouns and offices tell of a role.

A line of a table is `Name | other writing | ... @ FIRST/LAST, FIRST/LAST`: the spells behind "@", both ends inclusive and ".."
where open, tell when the line holds; a second line of the same name and country adds what else it was. Names are compared as
runs of letters and digits without case, diacritics and punctuation; a name written in capitals throughout ("ELN") is found in
capitals only, one with a capital ("Wagner") only where a capital stands. Read once, on first use; what a name means is worked
out only when its first word is met.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from whoholds.model import Role

_WORD = re.compile(r"\w+")
_WORLD = "WORLD"
_TABLES = ("organisations.toml", "groups.toml", "people.toml")  # of namesakes the earlier counts first
_Body = tuple[str, str, bool]
_YEAR = 4  # characters of a spell's end that is a whole year


@dataclass(frozen=True, slots=True)
class Spell:
    """From `first` to `last`, both inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Option:
    """What a name may stand for: the body of that name, its country (None: of no country), its role, and when that held.

    Without spells it always held.
    """

    name: str
    country: str | None
    role: Role
    spells: tuple[Spell, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether the day falls in one of its spells, or it has none."""
        return not self.spells or any(spell.first <= day <= spell.last for spell in self.spells)


@dataclass(frozen=True, slots=True)
class Known:
    """A body or person the tables know: the name it goes by, and what it may be, the best known first."""

    name: str
    options: tuple[Option, ...]
    person: bool

    def on(self, day: date | None) -> tuple[Option, ...]:
        """What it may be on a day, told spells before timeless ones; everything, where no day is told or nothing fits."""
        fitting = [option for option in self.options if option.holds_on(day)] if day else []
        return tuple(sorted(fitting, key=lambda option: not option.spells)) or self.options


@dataclass(frozen=True, slots=True)
class Alias:
    """One writing of a known name: its words, and what of case it needs (`capitals` throughout, or one `capital`).

    `proper` tells that several of its words are written with a capital.
    """

    words: tuple[str, ...]
    known: Known
    capitals: bool
    capital: bool
    proper: bool


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What nouns tell: `heads` have a role, `forces` a default, `agents` that of what they belong to; `sets` are word lists.

    `bodies` has the canonical names of state bodies by noun.
    """

    heads: dict[str, Role]
    forces: dict[str, Role]
    agents: dict[str, Role | None]
    modifiers: dict[str, Role]
    sets: dict[str, frozenset[str]]
    bodies: dict[str, str]


@lru_cache(maxsize=65536)
def words_of(text: str) -> tuple[str, ...]:
    """The runs of letters and digits of a text, in lower case and without diacritics."""
    if not text.isascii():
        text = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return tuple(_WORD.findall(text.lower()))


def aliases(first: str) -> tuple[Alias, ...]:
    """Every writing of a known name that begins with this word (as `words_of` gives it), longest first."""
    found = _by_first().get(first)
    if found is None:
        return ()
    if isinstance(found, list):  # not met before
        made = tuple(sorted(map(_alias, found), key=lambda alias: -len(alias.words)))
        _by_first()[first] = made
        return made
    return found


def known_names() -> Iterator[Alias]:
    """Every writing of every known name."""
    for first in list(_by_first()):
        yield from aliases(first)


@cache
def role_words() -> RoleWords:
    """The table of roles.toml, with plurals."""
    table = {
        section: {key: words_in(listed) for key, listed in lists.items()} for section, lists in read_table("roles.toml").items()
    }
    return RoleWords(
        heads=_by_word(table["heads"]),
        forces=_by_word(table["forces"]),
        agents={form: Role(role) if role else None for role, nouns in table["agents"].items() for form in _forms(nouns)},
        modifiers={word: Role(role) for role, listed in reversed(table["modifiers"].items()) for word in listed},
        bodies={noun: name for name, nouns in table["bodies"].items() for noun in nouns},
        sets={name: frozenset(_forms(listed)) for name, listed in table["sets"].items()},
    )


def words_in(listed: str) -> list[str]:
    """The words of a list parted by commas."""
    return [word.strip() for word in listed.replace("\n", " ").split(",")]


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


def read_table(name: str) -> dict[str, Any]:
    """A table beside this module."""
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of the tables, not yet looked into.

    `bodies` has what each writing names: the country's code, the name, and whether a person; `lines` the roles and spells of a
    body, `writings` how many writings it has.
    """

    bodies: dict[str, list[_Body]]
    lines: dict[_Body, list[tuple[str, str]]]
    writings: Counter[_Body]


@cache
def _by_first() -> dict[str, list[str] | tuple[Alias, ...]]:
    """The writings that begin with a word; those met before as aliases."""
    found: dict[str, list[str] | tuple[Alias, ...]] = {}
    for writing in _table().bodies:
        group = found.setdefault(_first_word(writing), [])
        if isinstance(group, list):
            group.append(writing)
    return found


def _first_word(writing: str) -> str:
    found = _WORD.search(writing) if writing.isascii() else None
    return found[0].lower() if found else words_of(writing)[0]


@cache
def _table() -> _Table:
    table = _Table({}, {}, Counter())
    for file in _TABLES:
        person = file == "people.toml"
        for code, by_role in read_table(file).items():
            for role, lines in by_role.items():
                for line in lines.strip().splitlines():
                    written, _, spells = line.partition(" @ ")
                    names = written.split(" | ")
                    body = code, names[0], person
                    table.lines.setdefault(body, []).append((role, spells))
                    for name in names:
                        bodies = table.bodies.setdefault(name, [])
                        if body not in bodies:
                            bodies.append(body)
                            table.writings[body] += 1
    return table


def _spells(told: str) -> tuple[Spell, ...]:
    ends = (interval.strip().partition("/") for interval in told.split(",") if told)
    return tuple(Spell(_day(first, date.min), _day(last, date.max)) for first, _, last in ends)


def _day(told: str, limit: date) -> date:
    if told == "..":
        return limit
    if len(told) == _YEAR:
        return date(int(told), 1, 1) if limit == date.min else date(int(told), 12, 31)
    return date.fromisoformat(told)


def _alias(writing: str) -> Alias:
    """A writing with what it names: where several bodies share it, one Known with the options of all."""
    table = _table()
    bodies = table.bodies[writing]
    names = {name for _, name, _ in bodies}
    if len(names) == 1:
        bodies = sorted(bodies, key=lambda body: -table.writings[body])  # at home where most of its writings are listed
    options = tuple(dict.fromkeys(option for body in bodies for option in _options(body, table.lines[body])))
    known = Known(bodies[0][1] if len(names) == 1 else writing, options, bodies[0][2])
    letters = [mark for mark in writing if mark.isalpha()]
    capitals = all(mark.isupper() for mark in letters)
    proper = sum(word[0].isupper() for word in _WORD.findall(writing)) > 1
    return Alias(words_of(writing), known, capitals, any(mark.isupper() for mark in letters), proper)


def _options(body: _Body, lines: Iterable[tuple[str, str]]) -> Iterator[Option]:
    code, name, _ = body
    for role, spells in lines:
        yield Option(name, None if code == _WORLD else code, Role(role), _spells(spells))
