"""Actors as data sets name them: "Military Forces of Ukraine (2019-)", "Civilians (Syria)", "Government of Cambodia".

The name stays as it is coded. The country is that in brackets, else that behind the last "of"; years in brackets are those of a
government. What kind of actor it is tells the data set's own code, and the words where there is none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from whoholds.grounding.actors.alliances import country_named, organisation_named
from whoholds.model import Actor, Role

_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_YEARS = re.compile(r"[\d\s,-]*\d{4}[\d\s,-]*")
_OF = re.compile(r"\b(?:of|in)\s+(?:the\s+)?(?P<land>\w.*)$")
_WORDS = (
    (re.compile(r"^(?:government|regime)\b", re.I), Role.GOV),
    (re.compile(r"\bpolice\b|\bgendarme", re.I), Role.COP),
    (re.compile(r"\bcivilian", re.I), Role.CVL),
    (re.compile(r"\b(?:military forces|armed forces of|army of)\b", re.I), Role.MIL),
    (re.compile(r"\b(?:united nations|peacekeep\w*|african union|minus\w*)\b", re.I), Role.PPL),
    (re.compile(r"\bunidentified|\bunknown\b|\bmilitia\b|\bgang\b", re.I), Role.UAF),
)
_UNNAMED = frozenset({Role.GOV, Role.MIL, Role.COP, Role.CVL})
_NO_NAME = re.compile(r"unidentified|unknown|protesters|rioters|civilians|private security", re.I)


@lru_cache(maxsize=20_000)
def actor(name: str, role: Role | None) -> Actor:
    """The actor that a data set calls so; `role` is what its code says, None where it has none and the words have to tell.

    Forces of a state that act abroad are their state's. An organisation goes by the name that the actor table has for it.
    """
    bare = " ".join(_BRACKETS.sub("", name).split())
    told = role_told(bare)
    if role is None or (role is Role.MIL and told in (Role.COP, Role.GOV, Role.PPL)) or told is Role.CVL:
        role = told or role or Role.UAF
    country = land(name)
    named = None
    if role not in _UNNAMED and not _NO_NAME.search(bare):
        named = organisation_named(bare.partition(":")[0]) or organisation_named(bare) or bare
    return Actor(name=name, country=country, role=role, organisation=named)


def role_told(name: str) -> Role | None:
    """The role that the words of a name tell."""
    return next((role for pattern, role in _WORDS if pattern.search(name)), None)


def land(name: str) -> str | None:
    """The alpha-3 code of the country that a name tells of: that in its brackets, else that behind its last "of"."""
    for inside in _BRACKETS.findall(name):
        if not _YEARS.fullmatch(inside) and (found := country_named(inside.strip())):
            return found
    bare = _BRACKETS.sub("", name).strip()
    while told := _OF.search(bare):
        if found := country_named(told["land"].strip()):
            return found
        bare = told["land"]
    return country_named(bare)
