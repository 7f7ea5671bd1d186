"""Findings: what is derived from claims. Rebuilt, never edited; each names the claims for and against it.

Days are whole days, both ends of a period inclusive. A finding's id is hashed from what it is about, so that the same finding
has the same id in every register that holds the same claims.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from whoholds.model.claim import Action, Count, EventType
from whoholds.model.derivation import Derivation
from whoholds.model.side import Side
from whoholds.model.site import Site
from whoholds.model.when import UNBOUNDED, Bounds, When


class Standing(StrEnum):
    """How well a finding is supported."""

    CONCEDED = "conceded"  # the side it speaks against, or an ally of that side, says so
    CONFIRMED = "confirmed"  # two independent voices say so
    CLAIMED = "claimed"  # one voice says so, or only those whom it favours
    DISPUTED = "disputed"  # another voice denies it or names another holder
    CONTESTED = "contested"  # it is being fought for


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who holds a place over a stretch of days.

    `holder` is None where nobody holds all of it, or where it was lost to somebody not named. `begin` and `end` are the days
    it can begin on and the days that can be its last; unbounded where not known, and `end` is UNBOUNDED while it lasts.
    `told` is the first day for which a claim tells it directly: a holding whose beginning is not known reaches back from it.
    `retold` is the last such day; `told` where no later one is given.
    `rivals` are the other sides that opposing claims name. `inherited` is the site whose holding this is, where it is a wider
    area's; None for the place's own.
    """

    site: Site
    holder: Side | None
    begin: Bounds
    end: Bounds
    told: date
    standing: Standing
    supporting: tuple[str, ...]
    opposing: tuple[str, ...] = ()
    rivals: tuple[Side, ...] = ()
    inherited: Site | None = None
    derivation: Derivation | None = None
    retold: date = date.min

    def __post_init__(self) -> None:
        if self.retold < self.told:
            object.__setattr__(self, "retold", self.told)

    @property
    def id(self) -> str:
        """`holding-` and 12 digits: place, holder, beginning."""
        return _id("holding", self.site.key, self.holder and self.holder.key, self.begin, self.told)


class State(StrEnum):
    """What has become of a duty by a day."""

    PENDING = "pending"  # bound to do it, no deadline known, or one that lies ahead
    DUE = "due"  # the deadline is this day, or this day lies within a vague deadline
    OVERDUE = "overdue"
    MET = "met"  # done, and it is not known whether in time
    MET_ON_TIME = "met on time"
    MET_LATE = "met late"
    BREACHED = "breached"
    CANCELLED = "cancelled"
    SOUGHT = "sought"  # asked for, not granted
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline of a duty: the day or days, since when it has held, and by which claims.

    `since` is the day told; else the day said or, where that is earlier, the last day of it or of the deadline that it moved.
    `due` is None where a relative deadline's trigger is not known or a move does not tell where it leads; `counted_from` has
    the words of a relative one, and where it is known the day it was counted from. `asked_by` and `reason` are who asked for it
    and why, where told. `rival` marks what other reports give instead of the deadline in front of it, which is better
    supported. `superseded` is False for just one, the last that is no rival.
    """

    due: When | None
    since: date
    supporting: tuple[str, ...]
    asked_by: Side | None = None
    reason: str | None = None
    counted_from: str = ""
    superseded: bool = False
    rival: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """From `since` on the duty is in a state; `days` late where it was met late.

    `after_first` is, for a duty met on a known day, how many days that was after the last day of the first deadline, where
    that has been moved (0: on it; negative: before it).
    """

    since: date
    state: State
    supporting: tuple[str, ...]
    days: int | None = None
    after_first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """A duty with its deadline history and what became of it.

    `turns` are its states in order of the days they begin on (the state on a day is that of the last turn by then; before the
    first it did not exist). `names` are what texts call the instrument.
    """

    action: Action
    obligors: tuple[Side, ...]
    beneficiaries: tuple[Side, ...]
    site: Site | None
    names: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    turns: tuple[Turn, ...]
    supporting: tuple[str, ...]
    opposing: tuple[str, ...] = ()
    standing: Standing = Standing.CLAIMED
    derivation: Derivation | None = None
    root: str = ""

    @property
    def id(self) -> str:
        """`undertaking-` and 12 digits: its action, obligors, place and root (the claim that sets it apart)."""
        return _id("undertaking", self.action, [side.key for side in self.obligors], self.site and self.site.key, self.root)

    def on(self, day: date) -> Turn | None:
        """The state on a day; None before the duty is known of."""
        return next((turn for turn in reversed(self.turns) if turn.since <= day), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many, by whose count: `what` is `killed`, `injured` or `crowd`; `said` the day of the report.

    `voice` is who says so, as shown to people; `corrected` tells that the same voice has said otherwise since.
    """

    what: str
    count: Count
    voice: str
    said: date
    claim: str
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A happening that one or several reports tell of, with its numbers as ranges by source.

    `when` is the narrowest time that the supporting claims agree on; `site` the narrowest place.
    """

    type: EventType
    when: Bounds
    site: Site | None
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    tallies: tuple[Tally, ...]
    standing: Standing
    supporting: tuple[str, ...]
    opposing: tuple[str, ...] = ()
    derivation: Derivation | None = None
    voices: tuple[str, ...] = field(default=())

    @property
    def id(self) -> str:
        """`incident-` and 12 digits of its least claim."""
        return _id("incident", min(self.supporting))

    def range(self, what: str) -> Count | None:
        """The lowest and highest number that uncorrected tallies give; None where none counts it."""
        counts = [tally.count for tally in self.tallies if tally.what == what and not tally.corrected]
        if not counts:
            return None
        lows = [count.low if count.low is not None else count.high for count in counts]
        highs = [count.high for count in counts]
        least = min(low for low in lows if low is not None)
        return Count(least, None if None in highs else max(high for high in highs if high is not None))


Finding = Holding | Undertaking | Incident


def _id(kind: str, *parts: object) -> str:
    return f"{kind}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:12]}"


__all__ = [
    "UNBOUNDED",
    "Deadline",
    "Finding",
    "Holding",
    "Incident",
    "Standing",
    "State",
    "Tally",
    "Turn",
    "Undertaking",
]
