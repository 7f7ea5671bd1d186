"""Where: a place name as written, and the place it was resolved to.

Coordinates are decimal degrees, WGS 84; lengths are metres; countries are ISO 3166-1 alpha-2 codes of the internationally
recognised country, features are GeoNames feature classes (A area, P settlement, L region, H water, T mountain, S site,
R road): https://www.geonames.org/export/codes.html.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whoholds.model.span import Span


class Use(StrEnum):
    """What a toponym does: it names a place, modifies a noun, is a people's adjective, or stands for a government."""

    LITERAL = "literal"
    MODIFIER = "modifier"
    DEMONYM = "demonym"
    METONYM = "metonym"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the gazetteer.

    `radius_m` is about how far its ground reaches from the point; `geonameid` is None for curated places.
    """

    name: str
    lat: float
    lon: float
    country: str | None
    feature: str
    geonameid: int | None = None
    population: int = 0
    radius_m: int = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place name as written and what it was resolved to; `place` is None when no gazetteer entry fits (a road, a front).

    `alternatives` are the runners-up, best first; `span` is None for a hand-written claim.
    """

    name: str
    place: Place | None = None
    alternatives: tuple[Place, ...] = ()
    use: Use = Use.LITERAL
    span: Span | None = None
