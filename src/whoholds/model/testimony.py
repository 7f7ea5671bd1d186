"""Testimony: a claim as evidence, with who published it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from whoholds.model.claim import Claim
from whoholds.model.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """A claim that a register holds to stand, and what is known of its saying.

    `said` is the day of the document's first publication that the question lets one know; where none is told, the day it was
    retrieved, else the day it was recorded, and `dated` is False for the last. `outlets` published it by then, the first first
    (empty where not told); `credits` are the agencies it credits; together they are one voice. `recorded_at` is when the
    register took the claim in, `entry` the number of that entry. `accepted` tells whether a person has accepted or edited it.
    `name` is what the document was called when it was first published, as far as known ("" where not told).
    """

    claim: Claim
    said: date
    recorded_at: datetime
    entry: int
    outlets: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    accepted: bool = False
    dated: bool = True
    site: Site | None = None
    name: str = ""
