"""Sides: who counts with whom, and during which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.model.actor import Actor


@dataclass(frozen=True, slots=True)
class Side:
    """Those who hold ground together: a key that is equal for all of them and a name to show.

    The key is an ISO 3166-1 alpha-3 code for a state ("AZE"), else the lower-case name of an organisation, or what stands for
    forces without a name ("SYR REB").
    """

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """`member` counts as of the side of `side` from `first` to `last`, both inclusive (None: open).

    With `apart` it is the contrary that holds. `source` is what says so: the actor table, a claim's id, or an entry's number.
    """

    member: Actor
    side: Actor
    first: date | None = None
    last: date | None = None
    apart: bool = False
    source: str = "actor table"
