"""Claims: something somebody is said to have asserted, at exact characters of a document."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from whoholds.model.actor import Actor
from whoholds.model.derivation import Derivation
from whoholds.model.span import Span
from whoholds.model.when import When
from whoholds.model.where import Where

_DURATION = re.compile(r"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?", re.A)


class Factuality(StrEnum):
    """Whether the thing is told as so, not so, perhaps so, or meant to become so."""

    ACTUAL = "actual"
    DENIED = "denied"
    POSSIBLE = "possible"
    PLANNED = "planned"


class EventType(StrEnum):
    """PLOVER event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    COOPERATE = "COOPERATE"
    AID = "AID"
    CONCEDE = "CONCEDE"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Change(StrEnum):
    """What happens to the control of a place."""

    GAINS = "gains"
    LOSES = "loses"
    HOLDS = "holds"
    CONTESTED = "contested"


class Step(StrEnum):
    """What becomes of an obligation."""

    SET = "set"
    EXTENDED = "extended"
    ADVANCED = "advanced"
    MET = "met"
    BREACHED = "breached"
    CANCELLED = "cancelled"
    SOUGHT = "sought"


class Action(StrEnum):
    """What an obligation binds somebody to do."""

    HAND_OVER = "hand_over"
    WITHDRAW = "withdraw"
    CEASE_FIRE = "cease_fire"
    RELEASE = "release"
    EXCHANGE = "exchange"
    DEPLOY = "deploy"
    DISARM = "disarm"
    DEMINE = "demine"
    OPEN = "open"
    RETURN_DISPLACED = "return_displaced"
    NEGOTIATE = "negotiate"
    ELECT = "elect"
    PAY = "pay"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as told: both ends inclusive, None where only one end is told. Raises ValueError when neither is."""

    low: int | None
    high: int | None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("a count needs at least one bound")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a count from {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class Offset:
    """A stretch of time counted from something: an ISO 8601 duration (negative where it counts back) and the words for what.

    Raises ValueError when `length` is not such a duration ("P14D", "-P6M", "P1Y6M", "PT72H").
    """

    length: str
    trigger: str

    def __post_init__(self) -> None:
        if not _DURATION.fullmatch(self.length):
            raise ValueError(f"{self.length!r} is no ISO 8601 duration")

    @property
    def back(self) -> bool:
        """Whether it counts back: so long before the trigger."""
        return self.length.startswith("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that somebody did. `crowd` is how many took part."""

    type: EventType
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    killed: Count | None = None
    injured: Count | None = None
    crowd: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Who holds a place: `holder` after it (None when lost to nobody named or contested), `former` before it where told."""

    change: Change
    holder: Actor | None = None
    former: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What somebody is bound to do and what became of it.

    `due` is the deadline after this step, `due_was` the one before it; `asked_by` and `reason` are who asked for the step and
    why, where told; `agreement` is how the text calls the instrument. `due_after` is a deadline counted from something whose
    day the report does not tell; `due` is None then.
    """

    step: Step
    action: Action
    obligors: tuple[Actor, ...] = ()
    beneficiaries: tuple[Actor, ...] = ()
    due: When | None = None
    due_was: When | None = None
    agreement: str | None = None
    asked_by: Actor | None = None
    reason: str | None = None
    due_after: Offset | None = None


Matter = Event | Control | Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that one passage asserts, and who is said to assert it.

    `said_by` runs from the speaker nearest the outlet to the farthest and is empty for the outlet's own voice; `evidence` is
    the passage; `confidence` a probability in [0, 1] or None where none was worked out; `derivation` tells how the claim came
    about. Neither of the last two is part of its identity.
    """

    matter: Matter
    evidence: Span
    said_by: tuple[Actor, ...] = ()
    factuality: Factuality = Factuality.ACTUAL
    when: When | None = None
    where: Where | None = None
    confidence: float | None = None
    derivation: Derivation | None = None
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def kind(self) -> str:
        """`event`, `control` or `obligation`."""
        return type(self.matter).__name__.lower()

    @property
    def id(self) -> str:
        """16 hexadecimal digits hashed from meaning and evidence, so that reading a document again gives the same ids."""
        if self._id is None:
            evidence = [self.evidence.document, self.evidence.start, self.evidence.end]
            digest = hashlib.sha256(json.dumps([evidence, self._meaning()], ensure_ascii=True).encode()).hexdigest()
            object.__setattr__(self, "_id", digest[:16])  # asked for often, and nothing that it is made of can change
        assert self._id is not None
        return self._id

    def known_as(self, id: str) -> Self:
        """The claim itself, told its id by a store that keeps it beside the claim, so that it need not be worked out again."""
        object.__setattr__(self, "_id", id)
        return self

    def _meaning(self) -> list[object]:
        said_by = [_actor(speaker) for speaker in self.said_by]
        where = self.where and [self.where.name, self.where.place and [self.where.place.lat, self.where.place.lon]]
        matter = [_plain(getattr(self.matter, name)) for name in self.matter.__dataclass_fields__]
        return [self.kind, matter, said_by, self.factuality.value, self.when and self.when.edtf, where]


def _actor(actor: Actor) -> list[str | None]:
    return [actor.name, actor.country, actor.role, actor.organisation]


def _plain(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    match value:
        case Actor():
            return _actor(value)
        case When():
            return value.edtf
        case Count():
            return [value.low, value.high]
        case Offset():
            return [value.length, value.trigger]
        case tuple():
            return [_plain(item) for item in value]
    return value
