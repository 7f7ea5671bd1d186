"""What each area lies in: a division in that above it, a curated area in a division, divisions in the regions they make up.

A curated area lies in the division that most of the towns well inside of it lie in, if it is clearly the smaller of the two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from whoholds.grounding.gazetteer.area import Area
from whoholds.grounding.gazetteer.corrections import Named, corrections
from whoholds.grounding.gazetteer.divisions import Division
from whoholds.grounding.gazetteer.entry import Entry
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.grounding.gazetteer.towns import Towns
from whoholds.model import Place

_SMALLER = 0.8  # of a division's radius, for what lies in it
_WELL_INSIDE = 0.5  # of an area's radius
_DISTRICT_M = 60_000  # what reaches farther is no district
_MOST = 0.7  # share of an area's towns that lie in one division
_NEAR_KM = 60.0

ByCode = dict[str, Area]


@dataclass(frozen=True, slots=True)
class Inner:
    """What lies in the areas, by their keys: all the divisions next below each, and the few curated districts.

    A division that is no entry, as it is hardly more than its town, is among the former without a key: what is nearest to it
    lies in none of its sisters. `several` has the divisions of what has no name of its own, by country and GeoNames' code.
    """

    second: dict[str, list[Area]] = field(default_factory=dict)
    districts: dict[str, list[Area]] = field(default_factory=dict)
    several: dict[Named, list[Area]] = field(default_factory=dict)


def put_together(
    areas: list[Area], found: list[Division], by_code: ByCode, states: ByCode, first: Mapping[Named, Area], towns: Towns
) -> Inner:
    """Give each area its parent, and tell what lies in what.

    `by_code` has the areas by ISO code, `states` those of the United States by postal code, `first` those that GeoNames' codes
    of divisions mean, by country and code.
    """
    inner = Inner()
    _divisions(found, by_code, inner)
    own_states = set(map(id, states.values()))
    for area in areas:
        entry = area.entry
        if entry.code or area.parent is not None or id(area) in own_states:
            continue
        if entry.place.country == "US" and entry.admin1 in states:
            area.parent = states[entry.admin1]
            inner.second.setdefault(area.parent.key, []).append(area)
        elif (outer := _division_of(entry.place, first, towns)) is not None and outer is not area:
            area.parent = outer
            if entry.place.radius_m <= _DISTRICT_M:
                inner.districts.setdefault(outer.key, []).append(area)
    _regions(areas, inner)
    return inner


def _divisions(found: list[Division], by_code: ByCode, inner: Inner) -> None:
    whole: dict[str, list[Area]] = {}  # by the code that each has, or that it is part of
    for division in found:
        area, outer = by_code.get(division.code), by_code.get(division.parent or "")
        if area is not None and area is outer:
            continue
        if area is not None and outer is not None:
            area.parent = outer
        own = area or _nameless(division)
        if outer is not None:
            inner.second.setdefault(outer.key, []).append(own)
        for code in {division.code, division.parent} - {None}:
            whole.setdefault(str(code), []).append(own)
    for key, codes in corrections().several.items():
        inner.several[key] = [area for code in codes for area in whole.get(code, ())]


def _nameless(division: Division) -> Area:
    """The ground of a division that is no entry."""
    reach = division.reach.radius_m
    name, country = division.names[0][0], division.country
    place = Place(name=name, lat=division.lat, lon=division.lon, country=country, feature="A", radius_m=reach)
    return Area(Entry(place, division.names, "", 0.0, division.code), "", frozenset())


def _division_of(place: Place, first: Mapping[Named, Area], towns: Towns) -> Area | None:
    """The division that the towns well inside the area lie in; None where it is no larger or they lie in several."""
    people, admins = towns.people(place.country or ""), towns.admins(place.country or "")
    if not admins:
        return None
    east = (people[:, 1] - place.lon) * np.cos(np.radians(place.lat))
    away = 111.2 * np.hypot(people[:, 0] - place.lat, east)
    inside = np.flatnonzero(away <= _WELL_INSIDE * place.radius_m / 1000)
    if not len(inside):
        inside = away.argmin(keepdims=True)
        if away[inside[0]] > _NEAR_KM:
            return None
    votes = Counter(first.get((place.country or "", admins[row])) for row in inside.tolist())
    area, count = max(votes.items(), key=lambda vote: (vote[1], vote[0].key if vote[0] else ""))
    if area is None or count < _MOST * votes.total() or place.radius_m >= _SMALLER * area.entry.place.radius_m:
        return None
    return area


def _regions(areas: Iterable[Area], inner: Inner) -> None:
    parts = corrections().parts
    named = _by_name(area for area in areas if area.entry.place.country in parts)
    for country, regions in parts.items():
        for region, names in regions.items():
            outer = named.get((country, fold_once(region)))
            for name in names if outer else ():
                part = named.get((country, fold_once(name)))
                if part is not None and outer is not None and part.key not in outer.chain() and part is not outer:
                    part.parent = outer
                    if part.entry.place.radius_m <= _DISTRICT_M:
                        inner.districts.setdefault(outer.key, []).append(part)


def _by_name(areas: Iterable[Area]) -> dict[Named, Area]:
    """The areas by country and the key of a name; a division comes before others of its name."""
    named: dict[Named, Area] = {}
    for area in areas:
        for name, _ in area.entry.names:
            key = area.entry.place.country or "", fold_once(name)
            if key not in named or (area.entry.code and not named[key].entry.code):
                named[key] = area
    return named
