"""What a noun phrase tells of an actor, before the rest of the document fills it in."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model import Role

ARMED = frozenset({Role.REB, Role.UAF})
STATE = frozenset({Role.GOV, Role.MIL, Role.COP, Role.SPY, Role.LEG, Role.JUD})
FIGHTING = frozenset({Role.MIL, Role.COP, Role.SPY, Role.REB, Role.UAF, Role.PPL})
NOWHERE = frozenset({Role.IGO, Role.NGO, Role.PPL, Role.MED})
FOLK = frozenset({Role.CVL, Role.REF})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase tells. `first` and `last` are the tokens of the name, inclusive.

    `kind` is known, country, seat, people, person, role, agent, hold or sides; `open` tells that a country is to be found;
    `key` is the head noun, by which later mentions are matched; `plain` that nothing but the noun itself tells the role.
    """

    first: int
    last: int
    kind: str
    country: str | None = None
    role: Role | None = None
    organisation: str | None = None
    open: bool = False
    key: str = ""
    plain: bool = False
    ethnic: str | None = None

    @property
    def told(self) -> bool:
        """Whether it carries anything worth remembering."""
        return self.country is not None or self.role is not None
