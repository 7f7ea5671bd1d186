"""Memory: what the document has told so far that later sentences lean on.

Reports name a deal once and then say "the district was returned": who gave it, who got it, under what and by when is
remembered from where it was told.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.model import Action, Actor, Change, When, Where

_NEAR = 0.05  # degrees, about 5 km: a city and its square, an airport and its city are told of as one


@dataclass(slots=True)
class Duty:
    """An obligation as last told: what, by whom, to whom, where, by when."""

    action: Action
    obligors: tuple[Actor, ...]
    beneficiaries: tuple[Actor, ...]
    where: Where | None
    due: When | None


@dataclass(frozen=True, slots=True)
class Tenure:
    """What was told of who holds a place: the change, the holder after it (None: not told), the one before, and when."""

    where: Where
    change: Change
    holder: Actor | None
    former: Actor | None
    when: When | None


@dataclass(slots=True)
class Memory:
    """What is remembered of a document.

    Its deal (name, day, parties), its duties in order, who is bound to which action, who was told to hold which place, who
    gives ground to whom, whether the last thing told of a duty was asked for, and the action it was about.
    """

    deal: str | None = None
    deal_when: When | None = None
    parties: tuple[Actor, ...] = ()
    duties: list[Duty] = field(default_factory=list)
    obliged: dict[Action, tuple[Actor, ...]] = field(default_factory=dict)
    tenures: list[Tenure] = field(default_factory=list)
    giver: Actor | None = None
    taker: Actor | None = None
    asked: bool = False
    told: Action | None = None

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

    def tenure_of(self, where: Where) -> Tenure | None:
        """What was told last of who holds a place; None where nothing was."""
        return next((tenure for tenure in reversed(self.tenures) if same_place(tenure.where, where)), None)


def same_place(one: Where | None, two: Where | None) -> bool:
    """Whether two places are one: so near each other that a report means the same, or, where unresolved, of one name."""
    if one is None or two is None:
        return False
    if one.place is not None and two.place is not None:
        return abs(one.place.lat - two.place.lat) < _NEAR and abs(one.place.lon - two.place.lon) < _NEAR
    return one.name == two.name
