"""When places of two gazetteers are one."""

from __future__ import annotations

from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.indexed import Candidate
from whoholds.model import Place

_POINT_KM = 5.0  # towns and sites: two surveys of one town rarely put it farther apart
_AREA_KM = 30.0  # areas, waters, mountains: each source has its own idea of the middle
_WIDE = 4.0  # prominence from which an area's point may be anywhere on its ground, such as at its seat
_KM_PER_DEGREE = 111.0  # of latitude, a little less than anywhere
_SPREAD = "AHLT"


def is_point(place: Place) -> bool:
    """Whether it is a town or a site, whose point is where it is, rather than an area, a water or a range."""
    return place.feature not in _SPREAD


def one_place(kept: Candidate, other: Candidate) -> bool:
    """Whether two places that share a name are one: of one class and country, and near enough to each other."""
    place, twin = kept.place, other.place
    if place.feature != twin.feature or kept.is_country != other.is_country:
        return False
    if place.country != twin.country and place.country and twin.country:
        return False
    reach = _POINT_KM if is_point(place) else max(_AREA_KM, place.radius_m / 1000 if kept.prominence >= _WIDE else 0.0)
    if abs(place.lat - twin.lat) * _KM_PER_DEGREE > reach:
        return False  # most namesakes: without the sines
    return kilometres(place.lat, place.lon, twin.lat, twin.lon) <= reach
