"""Whose word counts for what.

A party's word counts fully only against its own side. That a duty was kept counts double from those to whom it is owed, half
from those who owe it; that it was broken, the other way round. Of a truce everybody owes and is owed, so only a confession
counts double and all else that a party says half. Everybody else counts once, and one voice counts once however often
it is heard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whoholds.model import Factuality, Standing, Step
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.facts import Fact
from whoholds.reconcile.voices import voice_of

AGAINST_ITSELF, APART, FOR_ITSELF = 2.0, 1.0, 0.5
_OF_DEADLINES = frozenset({Step.SET, Step.EXTENDED, Step.ADVANCED, Step.CANCELLED, Step.SOUGHT})


@dataclass(frozen=True, slots=True)
class Weight:
    """How much some claims weigh, how many voices they are, and whether one speaks against its own side."""

    total: float
    voices: int
    conceded: bool

    @property
    def standing(self) -> Standing:
        """The standing of what nobody opposes."""
        if self.conceded:
            return Standing.CONCEDED
        return Standing.CONFIRMED if self.voices > 1 else Standing.CLAIMED


@dataclass(frozen=True, slots=True)
class Parties:
    """The sides that owe a duty and those to whom it is owed."""

    obligors: frozenset[str]
    beneficiaries: frozenset[str]


def weigh(facts: Iterable[Fact], parties: Parties, sides: Sides) -> Weight:
    """The weight of claims that say the same; nothing for none."""
    voices: dict[str, float] = {}
    for fact in facts:
        voice = voice_of(fact.testimony, sides)
        counts = APART if voice.side is None else _counts(voice.side.key, fact, parties)
        voices[voice.key] = max(counts, voices.get(voice.key, 0.0))
    told = [counts for counts in voices.values() if counts > FOR_ITSELF]
    return Weight(sum(voices.values()), len(told) or min(1, len(voices)), AGAINST_ITSELF in voices.values())


def _counts(side: str, fact: Fact, parties: Parties) -> float:
    """What the word of a side counts for on a step in the life of a duty."""
    bound = fact.obligors or parties.obligors
    owes = side in bound
    is_owed = side in parties.beneficiaries or (side in parties.obligors and not owes)
    if not owes and not is_owed:
        return APART
    told_so = fact.factuality is not Factuality.DENIED
    if fact.step in _OF_DEADLINES:
        return AGAINST_ITSELF if owes and fact.step is Step.SET and told_so else APART
    kept = (fact.step is Step.MET) is told_so
    if owes and is_owed:
        return FOR_ITSELF
    return FOR_ITSELF if owes is kept else AGAINST_ITSELF
