"""Shapes of what is derived: holdings, undertakings, incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from whoholds.atlas.api.schemas.common import Actor, Affiliation, Bounds, Derivation, Known, Linked, Shape, Side, Site


class AnyFinding(Linked):
    """A holding, undertaking or incident, with the ids of the claims for and against it."""

    id: str
    kind: str
    standing: str
    supporting: list[Any]
    opposing: list[Any]
    derivation: Derivation | None


class Holding(AnyFinding):
    """Who holds a place over a stretch of days; `holder` is null where nobody holds all of it."""

    site: Site
    holder: Side | None
    begin: Bounds
    end: Bounds
    told: date
    retold: date
    rivals: list[Side]
    inherited: Site | None


class FullHolding(Holding, Known):
    """A holding with the words for and against it."""


class Tally(Shape):
    """How many, by whose count."""

    what: str
    low: int | None
    high: int | None
    voice: str
    said: date
    claim: str
    corrected: bool


class Incident(AnyFinding):
    """A happening, with its numbers by source."""

    type: str
    when: Bounds
    site: Site | None
    actors: list[Side]
    recipients: list[Side]
    tallies: list[Tally]
    voices: list[str]


class FullIncident(Incident, Known):
    """An incident with the words for and against it."""


class Incidents(Linked, Known):
    """A page of incidents, by id."""

    numberReturned: int  # noqa: N815
    incidents: list[Incident]


class Deadline(Shape):
    """One deadline of a duty."""

    due: str | None = Field(description="EDTF.")
    since: date
    asked_by: Side | None
    reason: str | None
    counted_from: str | None
    superseded: bool
    rival: bool
    supporting: list[str]


class Turn(Shape):
    """A state of a duty from a day on."""

    state: str
    since: date
    days: int | None
    after_first: int | None
    supporting: list[str]


class Undertaking(AnyFinding):
    """A duty: who is to do what for whom, its deadlines in order, and what became of it."""

    action: str
    obligors: list[Side]
    beneficiaries: list[Side]
    site: Site | None
    names: list[str]
    deadlines: list[Deadline]
    turns: list[Turn]


class FullUndertaking(Undertaking, Known):
    """A duty with the words for and against it."""


class Duty(Undertaking):
    """A duty on a day: its state, the deadline in force, and how many days that lies back (negative: ahead)."""

    state: str
    since: date
    due: str | None
    late: int | None
    after_first: int | None
    silent: bool


class Duties(Linked, Known):
    """A page of the duties on a day, overdue ones first."""

    on: date
    latest: bool
    numberMatched: int  # noqa: N815
    numberReturned: int  # noqa: N815
    duties: list[Duty]
    instruments: list[str]


class Counted(Shape):
    """Somebody whom the words name as holder and who counts as the holder by an affiliation."""

    actor: Actor
    affiliations: list[Affiliation]


class Who(Linked, Known):
    """Who holds a place on a day, on whose word, and who says otherwise."""

    site: Site
    on: date
    latest: bool
    holding: Holding | None
    next: Holding | None
    counted: list[Counted]
    supporting: list[Any]
    opposing: list[Any]
    undated: list[Any]


class History(Linked, Known):
    """All holdings of a place in order of time."""

    site: Site
    holdings: list[Holding]


class ListedSite(Site, Linked):
    """A place in a list."""


class Places(Linked, Known):
    """A page of the places that claims name, by name."""

    numberMatched: int  # noqa: N815
    numberReturned: int  # noqa: N815
    places: list[ListedSite]


class Brief(Shape):
    """A holding in short."""

    id: str
    holder: Side | None
    begin: Bounds
    end: Bounds
    told: date
    standing: str
    inherited: Site | None


class Shift(Shape):
    """A place whose holding differs."""

    change: str
    site: Site
    before: Brief | None
    after: Brief | None


class Moved(Shape):
    """A duty whose state differs."""

    id: str
    action: str
    obligors: list[Side]
    beneficiaries: list[Side]
    site: Site | None
    names: list[str]
    before: Turn | None
    after: Turn | None


class Difference(Linked):
    """What differs between two days."""

    first: date
    last: date
    clock: str
    on: date
    holdings: list[Shift]
    duties: list[Moved]
