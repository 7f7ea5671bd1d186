"""Portraits: what of an actor decides which affiliations are about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from whoholds.model import Actor, Role, Side
from whoholds.reconcile.sides.parties import ARMED, STATE, bare_name, of_role, party_of
from whoholds.reconcile.sides.wording import backers_told, telling_words, words_in

Naming = Callable[[str], str | None]
"""From words to what they name: the alpha-3 code of a country, or the name an organisation goes by; None for neither."""

_OWN_GOVERNMENT = frozenset({"government", "regime", "state", "army", "military", "authorities"})
_RULERS = frozenset("government governments president minister parliament cabinet regime junta king army ministry".split())
_HELD = re.compile(r"\b(?:run|controlled|installed|appointed)\b", re.IGNORECASE)
_NEVER_HOLD = frozenset({Role.CVL, Role.REF, Role.MED, Role.JUD, Role.NGO})


class Kind(Enum):
    """By what an actor is known."""

    ORGANISATION = "organisation"
    STATE = "state"
    NAMED = "named"  # by words of its name, whatever else is told of it
    UNNAMED = "unnamed"  # armed men, by country and role
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Portrait:
    """The party an actor is, how it is known, its country and role, the telling words of its name, and its backer's party."""

    kind: Kind
    party: Side
    country: str | None
    role: Role | None
    words: frozenset[str]
    backer: Side | None

    @property
    def narrowness(self) -> int:
        """How narrow it is as a member: the higher goes before the lower."""
        told = 20 * len(self.words) + 20 * (self.backer is not None) + 2 * (self.country is not None) + (self.role is not None)
        return _NARROWNESS.get(self.kind, 0) + told


_NARROWNESS = {Kind.ORGANISATION: 1000, Kind.STATE: 500, Kind.NAMED: 100}
BY_BACKER = 15  # how narrow a backer told by a name is: below any words, above a country and role


class Painter:
    """Makes portraits. `organisations` are the keys and names of those that affiliations speak of."""

    def __init__(self, organisations: dict[str, str], country_named: Naming | None, organisation_named: Naming | None) -> None:
        self._organisations = organisations
        self._country_named: Naming = country_named or (lambda _: None)
        self._organisation_named: Naming = organisation_named or (lambda _: None)
        self._knows_countries = country_named is not None

    def actor(self, actor: Actor) -> Portrait:
        """An actor of a claim, or the side of an affiliation."""
        named = self._organisation(actor)
        words = telling_words(actor.name)
        if named:
            return Portrait(Kind.ORGANISATION, named, actor.country, actor.role, words | telling_words(named.name), None)
        country = actor.country or (self._country_named(actor.name) if actor.role is None else None)
        if country is None:
            return Portrait(Kind.OTHER, party_of(actor), None, actor.role, words, None)
        backer, told_by = self._backer(actor, country)
        words -= telling_words(told_by)
        if actor.role in ARMED or (backer and actor.role is Role.MIL):
            party = of_role(country, actor.role if actor.role in ARMED else Role.REB)
            return Portrait(Kind.UNNAMED, party, country, actor.role, words, backer)
        party = party_of(replace(actor, country=country)) if _is_told(actor) else _by_name(actor)
        return Portrait(Kind.STATE if party.key == country else Kind.OTHER, party, country, actor.role, words, backer)

    def member(self, actor: Actor) -> Portrait:
        """The member of an affiliation: as an actor, but that a name without codes, or of one branch of a state, is a name.

        So `"Azov" [UKR MIL] with X` speaks of those whose name says Azov and not of all of Ukraine.
        """
        seen = self.actor(actor)
        if seen.kind is Kind.STATE and self._is_whole_state(actor, seen):
            return Portrait(Kind.STATE, seen.party, seen.country, None, frozenset(), None)
        if seen.kind in (Kind.ORGANISATION, Kind.UNNAMED):
            return seen
        if not seen.words:
            return seen
        return Portrait(Kind.NAMED, seen.party, seen.country, None, seen.words, seen.backer)

    def _is_whole_state(self, actor: Actor, seen: Portrait) -> bool:
        if seen.backer:
            return False
        if not seen.words:
            return True
        if not self._knows_countries:
            return actor.role in (Role.GOV, None)
        named = (self._country_named(words) for words in (actor.name, _telling(actor.name)))
        return seen.country in named or words_in(actor.name) == {(seen.country or "").casefold()}

    def _organisation(self, actor: Actor) -> Side | None:
        """The organisation that an actor is: one that affiliations speak of, whatever its role, or one of no state."""
        told = actor.organisation or self._named_alone(actor)
        if told is None:
            return None
        key = " ".join(told.split()).casefold()
        if key in self._organisations:
            return Side(key, self._organisations[key])
        party = party_of(Actor(name=actor.name, country=actor.country, role=actor.role, organisation=told))
        return party if party.key == key else None

    def _named_alone(self, actor: Actor) -> str | None:
        """The organisation that an actor without a country and codes names: one spoken of, or one known."""
        if actor.country is not None:
            return None
        if bare_name(actor.name) in self._organisations:
            return bare_name(actor.name)
        if actor.role is not None or self._country_named(actor.name):
            return None
        return self._organisation_named(actor.name)

    def _backer(self, actor: Actor, country: str) -> tuple[Side | None, str]:
        """The party that the name of an unnamed force or of local officials says stands behind it, and the words for it."""
        if actor.role not in ARMED | STATE or (actor.role in STATE and self._is_of_state(actor, country)):
            return None, ""
        for words in backers_told(actor.name):
            if words.casefold() in _OWN_GOVERNMENT:
                return of_role(country, None), words
            named = self._country_named(words)
            if named:
                return of_role(named, None), words
            organisation = self._organisation_named(words) or self._organisations.get(words.casefold())
            if organisation:
                return Side(organisation.casefold(), organisation), words
        return None, ""

    def _is_of_state(self, actor: Actor, country: str) -> bool:
        """Whether it is a state's own force or ruler, whoever backs it: "UN-backed government", "US-backed Iraqi army".

        Whoever runs or installed it has it: "the Houthi-run health ministry".
        """
        if _HELD.search(actor.name):
            return False
        words = actor.name.replace("-", " ").split()
        return not _RULERS.isdisjoint(words_in(actor.name)) or any(
            self._country_named(word) == country for word in words if word[:1].isupper()
        )


def covers(member: Portrait, actor: Portrait) -> bool:
    """Whether an affiliation with this member is about this actor."""
    match member.kind:
        case Kind.ORGANISATION:
            return member.party.key == actor.party.key
        case Kind.STATE | Kind.OTHER:
            return actor.kind is member.kind and member.party.key == actor.party.key and actor.backer is None
        case Kind.NAMED:
            told = member.country is None or member.country == actor.country
            may = actor.role not in _NEVER_HOLD or actor.party.key == member.party.key
            return told and may and member.words <= actor.words
    if actor.kind is not Kind.UNNAMED or member.country != actor.country or not member.words <= actor.words:
        return False
    if actor.role in ARMED and member.role is not actor.role:
        return False
    return member.backer == actor.backer or (member.backer is None and bool(member.words))


def _is_told(actor: Actor) -> bool:
    """Whether its role tells what it is or, without one, its name may be a state's: "Armenia", "the army", not "captives"."""
    if actor.role is not None or not actor.name.islower():
        return True
    return not telling_words(actor.name) or not _RULERS.isdisjoint(words_in(actor.name))


def _by_name(actor: Actor) -> Side:
    name = bare_name(actor.name)
    return Side(name, name)


def _telling(name: str) -> str:
    telling = telling_words(name)
    return " ".join(word for word in name.split() if words_in(word) & telling)
