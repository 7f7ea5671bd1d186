"""Actors: who does, undergoes, holds, owes or says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whoholds.model.span import Span


class Role(StrEnum):
    """What kind of actor, after PLOVER's primary roles, with opposition, refugees and peacekeepers kept apart."""

    GOV = "GOV"
    MIL = "MIL"
    COP = "COP"
    SPY = "SPY"
    REB = "REB"
    UAF = "UAF"
    OPP = "OPP"
    CVL = "CVL"
    REF = "REF"
    IGO = "IGO"
    NGO = "NGO"
    MED = "MED"
    JUD = "JUD"
    LEG = "LEG"
    PPL = "PPL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An actor as written, with its country (ISO 3166-1 alpha-3, XKX for Kosovo), role and organisation; None where not told.

    `span` is None for a hand-written claim.
    """

    name: str
    country: str | None = None
    role: Role | None = None
    organisation: str | None = None
    span: Span | None = None
