"""What the gazetteer is made of: a place with its names, before it is indexed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from whoholds.model import Place


class Rank(IntEnum):
    """How a name belongs to its place: the name itself, a curated alias, or one of many alternate names."""

    NAME = 0
    ALIAS = 1
    ALTERNATE = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A place, its names with their ranks, the code of its first-order division ("" unless known) and its prominence.

    `code` is its ISO 3166-2 code where it is such a division. `key`, `shown` and `within` are what `areas` finds: the key of
    its site where that is another's, the name that reports use where that is another, the keys of the areas around it.

    `prominence` is about the decimal logarithm of how many people a place means something to: the population for towns, an
    estimate for areas and features.
    """

    place: Place
    names: tuple[tuple[str, Rank], ...]
    admin1: str
    prominence: float
    code: str = ""
    key: str = ""
    shown: str = ""
    within: tuple[str, ...] = ()
