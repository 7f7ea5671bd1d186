"""Memory: what the document has told so far that later sentences lean on.

Reports name a deal once and then say "the district was returned": who gave it, who got it, under what and by when is
remembered from where it was told.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.model import Action, Actor, When, Where


@dataclass(slots=True)
class Duty:
    """An obligation as last told: what, by whom, to whom, where, by when."""

    action: Action
    obligors: tuple[Actor, ...]
    beneficiaries: tuple[Actor, ...]
    where: Where | None
    due: When | None


@dataclass(slots=True)
class Memory:
    """The document's deal (name, parties, day), its last duties, who gives ground to whom, and if one was asked for last."""

    deal: str | None = None
    deal_when: When | None = None
    parties: tuple[Actor, ...] = ()
    duties: list[Duty] = field(default_factory=list)
    giver: Actor | None = None
    taker: Actor | None = None
    asked: bool = False

    def last_duty(self, action: Action | None = None, where: Where | None = None) -> Duty | None:
        """The duty told last, of this action and place if given; a place is matched only where the duty names one."""
        for duty in reversed(self.duties):
            if action is not None and duty.action is not action:
                continue
            if where is not None and duty.where is not None and duty.where.name != where.name:
                continue
            return duty
        return None

    def gave(self, giver: Actor | None, taker: Actor | None) -> None:
        """Remember who hands ground to whom, as far as it is told."""
        self.giver = giver or self.giver
        self.taker = taker or self.taker
