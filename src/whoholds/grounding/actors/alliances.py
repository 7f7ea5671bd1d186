"""The table of alliances: who held ground together with whom, and when. How it is written is told at its top."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from whoholds.grounding import countries
from whoholds.grounding.actors.names import lands
from whoholds.grounding.actors.tables import aliases, words_of
from whoholds.model import Actor, Affiliation, Role, When

_GROUP = re.compile(r'(?P<country>[A-Z]{3})(?: (?P<role>REB|UAF|MIL|GOV|LEG))?(?: "(?P<words>[^"]+)")?')
_ALWAYS = "../.."


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: the side, the kind of its list, the member, the spells and the reason as written."""

    side: str
    kind: str
    member: str
    spells: tuple[str, ...]
    reason: str


@cache
def alliances() -> tuple[Affiliation, ...]:
    """The affiliations of the table, one for each line, spell and role, in the table's order.

    A spell's days are inclusive at both ends; a year or a month covers all its days.
    """
    return tuple(_affiliations())


def table_lines() -> Iterator[Line]:
    """The lines of the table as written."""
    for side, lists in tomllib.loads(files(__package__).joinpath("alliances.toml").read_text("utf-8")).items():
        for kind, listed in lists.items():
            for line in listed.strip().splitlines():
                told, _, reason = line.partition(" # ")
                member, _, spells = told.partition(" @ ")
                whole = tuple(spell.strip() for spell in spells.split(",")) if spells else (_ALWAYS,)
                yield Line(side, kind, member.strip(), whole, reason.strip())


@lru_cache(maxsize=4096)
def country_named(words: str) -> str | None:
    """The alpha-3 code of the country that words name or tell of ("Turkey", "Turkish", "Ankara", "Soviet"), else None."""
    for find in (countries.by_name, countries.by_demonym, countries.by_capital):
        if found := find(words):
            return found.alpha3
    land = lands().get(words)
    return land[1] if land else None


@lru_cache(maxsize=4096)
def organisation_named(words: str) -> str | None:
    """The name that an organisation goes by, from any writing of it ("HTS"); None for people, countries and unknown names."""
    words = words.removeprefix("the ").removeprefix("The ")
    wanted = words_of(words)
    for alias in aliases(wanted[0]) if wanted else ():
        if alias.words == wanted and not alias.known.person and (not alias.capitals or words.isupper()):
            return alias.known.name
    return None


def _affiliations() -> Iterator[Affiliation]:
    for line in table_lines():
        for member, spell in product(_members(line), line.spells):
            period = None if spell == _ALWAYS else When(spell)
            yield Affiliation(
                member=member,
                side=_side(line.side),
                first=period.begin.not_before if period else None,
                last=period.end.not_after if period else None,
                apart=line.kind == "apart",
            )


def _members(line: Line) -> Iterator[Actor]:
    """What a line is about; unnamed men of whatever kind are two, rebels and others."""
    if line.kind == "leaders":
        yield Actor(name=line.member)
        return
    group = _GROUP.fullmatch(line.member)
    if group and (group["role"] or group["words"]):
        for role in (Role(group["role"]),) if group["role"] else (Role.REB, Role.UAF):
            yield Actor(name=group["words"] or "", country=group["country"], role=role)
    else:
        yield Actor(name=line.member, organisation=line.member)


def _side(told: str) -> Actor:
    """A state by its code, else an organisation."""
    return Actor(name=told, country=told, role=Role.GOV) if is_state(told) else Actor(name=told, organisation=told)


def is_state(told: str) -> bool:
    """Whether the head of a section is a country's code."""
    return any(country.alpha3 == told for country in countries.countries())
