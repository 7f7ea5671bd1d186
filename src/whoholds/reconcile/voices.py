"""Voices: who really says it, so that one source heard twice is not taken for two."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model import Side, Testimony
from whoholds.reconcile.sides import Sides


@dataclass(frozen=True, slots=True)
class Voice:
    """A source: a key equal for what is one source, a name to show, and the side it speaks for (None: of no side known)."""

    key: str
    name: str
    side: Side | None


def voice_of(testimony: Testimony, sides: Sides) -> Voice:
    """The speaker nearest to the outlet, by side; without a speaker, the agency credited or the outlet."""
    if testimony.claim.said_by:
        speaker = testimony.claim.said_by[0]
        side = sides.side_of(speaker, testimony.said)
        return Voice(side.key, speaker.name, side)
    outlet = (*testimony.credits, *testimony.outlets, "")[0]
    return Voice(f"outlet:{outlet.casefold()}", outlet or "an outlet not named", None)
