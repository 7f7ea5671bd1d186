"""The two parties of a story: what "the two sides" and "the enemy" stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from whoholds.grounding.actors.phrases import Phrase
from whoholds.grounding.actors.told import ARMED, Reading
from whoholds.model import Role

_ENEMIES = frozenset({"enemy", "adversary", "opponent"})
_JOINTLY = frozenset({"together", "along", "jointly", "side", "conjunction", "coordination"})
_FIGHTING = ARMED | {Role.MIL, Role.GOV}

Sort = tuple[str | None, bool, bool]  # country, whether armed, whether told by name


def is_party(reading: Reading) -> bool:
    """Whether a reading stands for one or both parties of the story, so that it can be settled only at the end."""
    return reading.kind == "sides" or reading.key in _ENEMIES


def opposed(phrases: Iterable[Phrase], readings: Mapping[int, Reading]) -> list[Phrase]:
    """First mentions of the two parties met most: a state by its name, or by its army or government in a war at home.

    `readings` are the settled ones by the identity of their phrase. Whoever acts "together with" a party is none of its own.
    """
    beside: set[int] = set()
    met: Counter[tuple[str | None, bool]] = Counter()
    first: dict[Sort, Phrase] = {}
    for phrase in phrases:
        reading = readings.get(id(phrase))
        if id(phrase) in beside or _is_beside(phrase):
            beside.add(id(phrase.complement))
            continue
        if phrase.possesses or reading is None or reading.role not in _FIGHTING or not reading.country or is_party(reading):
            continue
        party = reading.country, reading.role in ARMED
        met[party] += 1
        first.setdefault((*party, reading.kind in ("country", "known")), phrase)
    parties = [party for party, _ in met.most_common(2)]
    at_home = len({country for country, _ in parties}) == 1
    return [_first_of(first, country, armed, armed or not at_home) for country, armed in parties]


def _is_beside(phrase: Phrase) -> bool:
    """Whether a phrase stands behind "together with", "alongside" or the like."""
    before = [token.lower for token in phrase.sentence.tokens[: phrase.first] if token.upos != "DET"][-2:]
    return before[-1:] == ["alongside"] or (len(before) == 2 and before[0] in _JOINTLY and before[1] == "with")


def _first_of(first: Mapping[Sort, Phrase], country: str | None, armed: bool, by_name: bool) -> Phrase:
    return first.get((country, armed, by_name)) or first[country, armed, not by_name]


def settle_party(reading: Reading, parties: Sequence[Reading]) -> Reading:
    """The reading of "the two sides" or "the enemy", given those of the parties, the one met more first."""
    if reading.kind == "sides":
        return replace(reading, country=reading.country or _shared(parties))
    if not reading.plain or len(parties) < 2:
        return reading
    other = parties[1]  # the enemy is the party that is spoken of less: who writes so tells mostly of their own side
    return replace(reading, country=other.country, role=other.role if other.role in ARMED else Role.MIL)


def _shared(parties: Sequence[Reading]) -> str | None:
    """The country that the parties share: that of the armed group where one of them is one, else None."""
    return next((party.country for party in parties if party.role in ARMED), None)
