"""Which role a common noun has beside the words that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whoholds.grounding.actors.tables import role_words
from whoholds.grounding.actors.told import ARMED, FIGHTING, STATE, Reading
from whoholds.model import Role

_YIELDING = STATE | ARMED | {Role.MED}  # roles that give way to that of the body they belong to: "Houthi officials"
_OVERRIDING = frozenset({Role.REB, Role.OPP, Role.PPL})
_UNDER_ARMS = {Role.GOV: Role.MIL, Role.IGO: Role.PPL}  # "government units", "UN patrols"
_OF_STATES = {Role.MIL: Role.PPL, Role.GOV: Role.IGO}  # "UN troops", "UN officials"
_MEN = frozenset("man men people boys woman women youths supporters followers".split())


@dataclass(frozen=True, slots=True)
class Modifier:
    """The role that a word before a noun gives; `by_name` where the word is a name of the tables."""

    role: Role
    by_name: bool


def role_of(
    listing: str, noun: str, modifier: Modifier | None, owners: Sequence[Reading | None], wears: Role | None
) -> Role | None:
    """The role of a noun in one of the lists of roles.toml ("heads", "forces" or "agents").

    `owners` are what the complement behind "of" or "loyal to" and the possessor tell, in that order; `wears` is the role of
    what stands behind "in" ("men in coastguard uniform").
    """
    told = modifier.role if modifier else None
    bodies = [owner for owner in owners if owner and owner.role and owner.kind not in ("country", "seat", "people")]
    if listing == "heads":
        return _of_head(role_words().heads[noun], noun, modifier, owners, wears)
    if listing == "forces":
        options = (_UNDER_ARMS.get(told, told) if told else None, *(owner.role for owner in bodies))
        return next((role for role in options if role in FIGHTING), role_words().forces[noun])
    return told or next((owner.role for owner in bodies), role_words().agents.get(noun))


def _of_head(role: Role, noun: str, modifier: Modifier | None, owners: Sequence[Reading | None], wears: Role | None) -> Role:
    told = modifier.role if modifier else None
    named = told if modifier and modifier.by_name else None
    if told in _OVERRIDING and told and role in _YIELDING:
        return told
    of = owners[0]
    if role is Role.CVL and noun in _MEN:  # "men of the presidential guard"
        return next((sworn for sworn in (wears, named, of.role if of else None) if sworn in FIGHTING and sworn), role)
    if role is Role.UAF and of and of.kind == "known" and of.role is Role.MIL:
        return Role.MIL
    if role is Role.GOV and any(owner and owner.role is Role.IGO for owner in owners):
        return Role.IGO
    if role not in _YIELDING:
        return role
    if named is Role.IGO:
        return _OF_STATES.get(role, role)
    if named and (named is not Role.GOV or role is Role.UAF):
        return named
    armed = next((owner.role for owner in reversed(owners) if owner and owner.role in ARMED), None)
    return armed if armed and role is not Role.COP else role
