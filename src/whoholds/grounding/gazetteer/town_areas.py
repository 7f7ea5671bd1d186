"""Which areas the towns of a country lie in, all at once.

A town lies in the division that GeoNames' code means. Within it, in the area of second order (a department, a county) whose
middle is the nearest of its sisters' and not out of reach. A curated district, which may be one of a few known of its province,
gets the town of its name and what lies well inside of it only; a division that is a part of a region gets the former.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from whoholds.grounding.gazetteer.area import Area, Chain, country_chain
from whoholds.grounding.gazetteer.corrections import Named
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.grounding.gazetteer.outer_areas import Inner
from whoholds.grounding.gazetteer.towns import Floats, Towns

_DISTRICT = 0.4  # of a curated district's radius, for a town that is not named like it
_CITY = 100_000  # people; a city is seldom part of the district around it, unless they share the name
_OUT_OF_REACH = 1.5  # radii
_BLOCK = 1 << 20  # distances worked out at a time, 8 MB

Rows = np.ndarray[Any, np.dtype[np.intp]]
_NONE: list[Area] = []


class TownAreas:
    """What the towns lie in, by the divisions that GeoNames' codes mean and by what lies in these."""

    def __init__(self, first: Mapping[Named, Area], inner: Inner, towns: Towns) -> None:
        self._first = first
        self._inner = inner
        self._towns = towns

    def of_country(self, country: str) -> list[Chain]:
        """The keys of the areas around each town of the country, narrowest first, in the order of `Towns.people`."""
        outermost = country_chain(country)
        people = self._towns.people(country)
        found = [outermost] * len(people)
        for admin, rows in _grouped(self._towns.admins(country)):
            first = self._first.get((country, admin))
            below = self._inner.second.get(first.key, _NONE) if first else self._inner.several.get((country, admin), _NONE)
            for nearest, own in _nearest(people, rows, below):
                outer = nearest or first
                if outer is not None:
                    chain = outer.chain() + outermost
                    for row in own.tolist():
                        found[row] = chain
                    for row, district in self._districts(country, own, outer, first or outer):
                        found[row] = (district.key, *chain)
        return found

    def _districts(self, country: str, rows: Rows, *outer: Area) -> Iterator[tuple[int, Area]]:
        """Those of the towns that lie in a curated district of these areas, each with that."""
        areas = [area for around in dict.fromkeys(outer) for area in self._inner.districts.get(around.key, _NONE)]
        if not areas:
            return
        lats, lons, narrow, reach = np.array([(area.lat, area.lon, area.narrow, area.reach) for area in areas]).T
        points = self._towns.people(country)[rows]
        shares = np.hypot(points[:, :1] - lats, (points[:, 1:2] - lons) * narrow) / reach
        for at in np.flatnonzero((shares <= 1.0).any(axis=1)).tolist():
            row = int(rows[at])
            names = frozenset(map(fold_once, self._towns.own_names(country, row)))
            area = _district(areas, shares[at].tolist(), names, _DISTRICT if points[at, 2] < _CITY else 0.0)
            if area is not None:
                yield row, area


def _grouped(admins: list[str]) -> Iterator[tuple[str, Rows]]:
    """Each code with the rows of its towns, in their order."""
    if admins:
        codes, numbers = np.unique(np.array(admins), return_inverse=True)
        order = np.argsort(numbers, kind="stable")
        ends = np.cumsum(np.bincount(numbers))
        yield from zip(codes.tolist(), np.split(order, ends[:-1]), strict=True)


def _nearest(people: Floats, rows: Rows, areas: list[Area]) -> Iterator[tuple[Area | None, Rows]]:
    """Each of the areas with the towns whose nearest it is and that it reaches, and None with those that no entry reaches."""
    if not areas:
        yield None, rows
        return
    lats, lons, narrow, reach = np.array([(area.lat, area.lon, area.narrow, area.reach) for area in areas]).T
    owners = np.empty(len(rows), np.intp)
    step = max(1, _BLOCK // len(areas))
    for begin in range(0, len(rows), step):
        points = people[rows[begin : begin + step]]
        away = (points[:, :1] - lats) ** 2 + ((points[:, 1:2] - lons) * narrow) ** 2
        nearest = away.argmin(axis=1)
        reached = away[np.arange(len(points)), nearest] <= (_OUT_OF_REACH * reach[nearest]) ** 2
        owners[begin : begin + step] = np.where(reached, nearest, -1)
    for number in np.unique(owners).tolist():
        yield areas[number] if number >= 0 and areas[number].key else None, rows[owners == number]


def _district(areas: list[Area], shares: list[float], names: frozenset[str], most: float) -> Area | None:
    """The first district in reach that a town of these names is named like, else that in whose middle it lies."""
    best = None
    for area, share in zip(areas, shares, strict=True):
        if share > 1.0:
            continue
        if not names.isdisjoint(area.names):
            return area
        if share <= most and not area.entry.code:  # a division's neighbours may be missing here
            best, most = area, share
    return best
