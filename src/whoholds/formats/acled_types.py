"""ACLED's event types, sub-event types and kinds of actors, from a PLOVER type, who did it to whom, and the words.

An honest mapping is a partial one. We do not code how a thing was done; ACLED's types depend on it. So the words are looked
through for what tells it plainly ("airstrike", "suicide bomber", "arrested"), and where they do not:

- ASSAULT on civilians alone is "Violence against civilians / Attack";
- ASSAULT between two parties, or on an armed one, is "Battles / Armed clash";
- any other ASSAULT has no type here: it may be either;
- PROTEST is "Peaceful protest" unless the words tell of a riot; one that cost lives has no sub-type, because it is not told who
  used force;
- AGREE is "Agreement"; COERCE, RETREAT and MOBILIZE are "Strategic developments / Other" unless the words tell more.

Whether territory changed hands is in holdings, not in incidents: "Government regains territory" and "Non-state actor overtakes
territory" are never given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whoholds.grounding.countries import country as country_of
from whoholds.model import Actor, EventType, Incident, Role

BATTLES, REMOTE, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
PROTESTS, RIOTS, STRATEGIC = "Protests", "Riots", "Strategic developments"
_VIOLENT = frozenset({BATTLES, REMOTE, CIVILIANS})
_DISORDER = {
    **dict.fromkeys(_VIOLENT, "Political violence"),
    **dict.fromkeys((PROTESTS, RIOTS), "Demonstrations"),
    STRATEGIC: "Strategic developments",
}

STATE, REBEL, POLITICAL, RIOTERS = "State forces", "Rebel group", "Political militia", "Rioters"
PROTESTERS, CIVILIAN, EXTERNAL = "Protesters", "Civilians", "External/Other forces"
_ORDER = (STATE, REBEL, POLITICAL, RIOTERS, PROTESTERS, CIVILIAN, EXTERNAL)  # an interaction names the earlier one first
_UNARMED = frozenset({Role.CVL, Role.REF, Role.MED, Role.NGO, Role.OPP})
_OF_STATE = frozenset({Role.GOV, Role.MIL, Role.COP, Role.SPY, Role.LEG, Role.JUD})

# Of words that tell how: the first that matches decides. Remote violence is what reaches its target without a meeting.
_ASSAULTS = (
    (r"\bsuicide (?:bomb|attack|vest)\w*", REMOTE, "Suicide bomb"),
    (r"\b(?:chlorine|sarin|nerve agent|chemical (?:weapon|attack|agent))\w*", REMOTE, "Chemical weapon"),
    (r"\b(?:air ?-?strikes?|air raids?|drones?|UAVs?|warplanes?|barrel bombs?)\b", REMOTE, "Air/drone strike"),
    (
        r"\b(?:shell(?:ed|ing|s)?|artillery|mortars?|missiles?|rockets?|howitzers?)\b",
        REMOTE,
        "Shelling/artillery/missile attack",
    ),
    (r"\b(?:land ?mines?|IEDs?|improvised explosive|roadside bomb|car bomb)\w*", REMOTE, "Remote explosive/landmine/IED"),
    (r"\bgrenades?\b", REMOTE, "Grenade"),
    (r"\b(?:abduct|kidnap)\w*", CIVILIANS, "Abduction/forced disappearance"),
    (r"\b(?:rap(?:e[ds]?|ing)|sexual(?:ly)?)\b", CIVILIANS, "Sexual violence"),
)
_COERCIONS = (
    (r"\b(?:abduct|kidnap)\w*", CIVILIANS, "Abduction/forced disappearance"),
    (r"\b(?:arrest|detain|detention|imprison)\w*", STRATEGIC, "Arrests"),
    (r"\b(?:loot|pillag|demolish|burn(?:ed|t|ing) (?:down|houses|homes))\w*", STRATEGIC, "Looting/property destruction"),
)
_RETREATS = (
    (r"\b(?:handed|hand|turned|given|gave) (?:\w+ ){0,4}(?:over|back)\b", STRATEGIC, "Non-violent transfer of territory"),
)
_RIOT = re.compile(r"\b(?:riot|clash|molotov|stone-throw|threw stones|set fire)\w*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """An event type and sub-event type of ACLED's; "" where not told well enough."""

    event: str
    sub_event: str

    @property
    def disorder(self) -> str:
        """The type of disorder that goes with them."""
        return _DISORDER.get(self.event, "")


def kind_of(incident: Incident, doers: Sequence[Actor], undergoers: Sequence[Actor], words: Sequence[str]) -> Kind | None:
    """The kind of an incident; None for a type that ACLED does not code."""
    match incident.type:
        case EventType.ASSAULT:
            return _by_words(_ASSAULTS, words) or _assault(doers, undergoers)
        case EventType.PROTEST:
            return _protest(incident, words)
        case EventType.AGREE:
            return Kind(STRATEGIC, "Agreement")
        case EventType.COERCE:
            return _by_words(_COERCIONS, words) or Kind(STRATEGIC, "Other")
        case EventType.RETREAT:
            return _by_words(_RETREATS, words) or Kind(STRATEGIC, "Other")
        case EventType.MOBILIZE:
            return Kind(STRATEGIC, "Other")
    return None


def inter(actors: Sequence[Actor], where: str | None, kind: Kind) -> str | None:
    """What kind of actor the first is, in a country (alpha-2); None where its role is not told."""
    role = actors[0].role if actors else None
    if role in _OF_STATE:
        home = country_of(where) if where else None
        foreign = home is not None and actors[0].country not in (home.alpha3, None)
        return EXTERNAL if foreign else STATE
    if role in _UNARMED:
        return {PROTESTS: PROTESTERS, RIOTS: RIOTERS}.get(kind.event, CIVILIAN)
    told = {Role.REB: REBEL, Role.UAF: POLITICAL, Role.PPL: EXTERNAL, Role.IGO: EXTERNAL}
    return told.get(role) if role else None


def interaction(first: str | None, second: str | None) -> str | None:
    """The kinds of two actors in ACLED's order, or of one alone; None where none is told."""
    told = sorted(filter(None, (first, second)), key=_ORDER.index)
    return "-".join(told) if len(told) == 2 else f"{told[0]} only" if told else None


def targets_civilians(kind: Kind, undergoers: Sequence[Actor]) -> bool:
    """Whether violence was done to civilians alone, as far as told."""
    return kind.event in _VIOLENT and (kind.event == CIVILIANS or _all_unarmed(undergoers))


def _assault(doers: Sequence[Actor], undergoers: Sequence[Actor]) -> Kind:
    if _all_unarmed(undergoers):
        return Kind(CIVILIANS, "Attack")
    if undergoers or len(doers) > 1:
        return Kind(BATTLES, "Armed clash")
    return Kind("", "")


def _protest(incident: Incident, words: Sequence[str]) -> Kind:
    if any(_RIOT.search(one) for one in words):
        return Kind(RIOTS, "Violent demonstration")
    return Kind(PROTESTS, "" if incident.range("killed") else "Peaceful protest")


def _all_unarmed(actors: Sequence[Actor]) -> bool:
    return bool(actors) and all(actor.role in _UNARMED for actor in actors)


def _by_words(table: Sequence[tuple[str, str, str]], words: Sequence[str]) -> Kind | None:
    for pattern, event, sub_event in table:
        if any(re.search(pattern, one, re.IGNORECASE) for one in words):
            return Kind(event, sub_event)
    return None
