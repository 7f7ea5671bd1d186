"""Voices: who really says it, so that one source heard twice is not taken for two.

The problem. Ten outlets that print the same ministry's communiqué are ten documents and one source; so are the ministry and
its general staff; so are an agency and the papers that credit it. Counting documents would let whoever is quoted most decide.

The choice. A voice is the one who vouches for the words:

- The nearest speaker, where it is a party: everybody who speaks for a state, its forces or an armed group is one voice, that
  of the side. "Ukraine's General Staff" and "Zelensky" are one; Wagner is Russia's voice while it counts on Russia's side.
- The nearest speaker, where it bears a name and speaks for no party: "the Red Cross" is one voice whoever quotes it. It has no
  side, though it comes from a country (an observatory in a country is not its government), unless the register's alliances
  give it one.
- Those who speak for somebody are the voice of that one: "Red Cross officials", "a spokesman for the Red Cross".
- Speakers without a name ("residents", "witnesses", "a source") are heard through the outlet that chose them: they are the
  voice of that outlet. The noun decides, not the place after it: "residents of Kalbajar" have no name.
- Without a speaker: the agency that is credited, else the outlet. An outlet that an alliance in the register puts on a
  side (a state's own agency) is that side's voice.

The limits. Who owns an outlet is not known but for what the register is told. Two outlets that rewrite the same uncredited
wire are taken for two. An outlet without a name is one voice with all others without a name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from whoholds.model import Actor, Role, Side, Testimony
from whoholds.reconcile.sides import Sides, party_of
from whoholds.reconcile.speakers import is_named, represented

PARTIES = frozenset({Role.GOV, Role.MIL, Role.COP, Role.SPY, Role.LEG, Role.JUD, Role.REB, Role.UAF, Role.PPL, None})
"""The roles that speak for those who hold ground; None is an actor whose role is not told ("Armenian")."""

_UNNAMED = "an outlet not named"


@dataclass(frozen=True, slots=True)
class Voice:
    """A source: a key equal for what is one source, a name to show, and the side it speaks for (None: of no side known)."""

    key: str
    name: str
    side: Side | None

    @property
    def label(self) -> str:
        """The name, and after it the side in brackets where the name does not tell it."""
        told = self.side is None or self.side.name.casefold() in self.name.casefold()
        return self.name if told or self.side is None else f"{self.name} ({self.side.name})"


def voice_of(testimony: Testimony, sides: Sides) -> Voice:
    """The speaker nearest to the outlet, by side; without a speaker with a name, the agency credited or the outlet."""
    said_by = testimony.claim.said_by
    if said_by:
        speaker = said_by[0]
        side = _side(speaker, testimony.said, sides)
        if side is not None:
            return Voice(side.key, speaker.name, side)
        name = _name(speaker)
        if name:
            return Voice(_plain(name), speaker.name, None)
    outlet = next((name for name in (*testimony.credits, *testimony.outlets) if name.strip()), "")
    medium, own, plain = _medium(outlet)
    if outlet:
        side = sides.side_of(medium, testimony.said)
        if side.key != own:
            return Voice(side.key, _shown(said_by, outlet), side)
    return _unaligned(plain, _shown(said_by, outlet))


def _shown(said_by: tuple[Actor, ...], outlet: str) -> str:
    return f"{said_by[0].name} ({outlet or _UNNAMED})" if said_by else outlet or _UNNAMED


@lru_cache(maxsize=8192)
def _medium(outlet: str) -> tuple[Actor, str, str]:
    """An outlet as an actor, the key of its own party, and the key of its voice."""
    actor = Actor(name=outlet, role=Role.MED)
    return actor, party_of(actor).key, f"outlet:{_plain(outlet)}"


@lru_cache(maxsize=8192)
def _unaligned(key: str, name: str) -> Voice:
    return Voice(key, name, None)


def _side(speaker: Actor, day: date, sides: Sides) -> Side | None:
    """The side a speaker is a party of, or that an alliance gives it."""
    if speaker.role in PARTIES and (speaker.country or speaker.organisation):
        return sides.side_of(speaker, day)
    return _aligned(speaker, day, sides)


def _aligned(actor: Actor, day: date, sides: Sides) -> Side | None:
    """The side of one who speaks for no party by itself, or of whom it speaks for: only where it is another than its own."""
    whom = represented(actor.name)
    for one in (actor, replace(actor, name=whom)) if whom else (actor,):
        side = sides.side_of(one, day)
        if side.key != party_of(one).key:
            return side
    return None


def _name(speaker: Actor) -> str | None:
    """The name of a speaker or of whom it speaks for; None for one without a name."""
    return speaker.organisation or represented(speaker.name) or (speaker.name if is_named(speaker.name) else None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold().removeprefix("the ")
