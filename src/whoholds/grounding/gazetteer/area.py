"""An area as it is while the gazetteer is put together: its entry, its key, and the area around it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.entry import Entry

_M_PER_DEGREE = 111_200  # of latitude

Chain = tuple[str, ...]  # keys of areas, narrowest first


@dataclass(slots=True, eq=False)
class Area:
    """An area: its entry, key, its bare names, and the area around it.

    For telling distances on a plane: its point, by what a degree of longitude is narrower there, its radius in degrees.
    """

    entry: Entry
    key: str
    names: frozenset[str]
    parent: Area | None = None
    lat: float = field(init=False)
    lon: float = field(init=False)
    narrow: float = field(init=False)
    reach: float = field(init=False)

    def __post_init__(self) -> None:
        place = self.entry.place
        self.lat, self.lon, self.narrow = place.lat, place.lon, math.cos(math.radians(place.lat))
        self.reach = place.radius_m / _M_PER_DEGREE

    def chain(self) -> Chain:
        """The keys of itself and of the areas around it, narrowest first, without the country."""
        found: list[str] = []
        area: Area | None = self
        while area is not None and area.key not in found:
            found.append(area.key)
            area = area.parent
        return tuple(found)


def country_chain(alpha2: str | None) -> Chain:
    """The key of a country, the last of every chain in it; empty where there is none."""
    nation = countries.country(alpha2) if alpha2 else None
    return (f"geonames:{nation.geonameid}",) if nation else ()
