"""Cells: the ground nearest to each settlement, shown for places whose boundary nobody has given. They are no front line.

The problem: holders are told of towns and districts, a map shows ground. Where boundaries were not imported, the ground around
a settlement is what lies nearer to it than to any other settlement of its country (a Voronoi cell), those that no claim names
among them, up to `REACH_KM` from it and to the border. An area's is that of all settlements in it, however far apart these are.
That is exact for nobody: it follows from points on a map, not from who stands where.

A cell is worked out in degrees of latitude: longitudes are shrunk by the cosine of the middle latitude of a country's
settlements, which is good to a few percent in a country of a few hundred kilometres. What lies outside its country's outline
(an island, the sea side of a harbour, ground that the outline leaves to nobody) gets a small round.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely

from whoholds.grounding import outlines
from whoholds.grounding.gazetteer import gazetteer
from whoholds.model import Site

REACH_KM = 20.0
_SMALL_KM = 2.0  # the round of what lies outside its country
_DEGREE_KM = 111.2  # of latitude
_BORDER_DETAIL, _CELL_DETAIL, _AREA_DETAIL = 0.01, 0.001, 0.004  # degrees
_DECIMALS = 4  # 11 metres
_MARGIN = 1.0  # degrees around the settlements for which the border is looked at
_CORNERS = 5  # of a quarter of a round
_POLYGON = 3  # the number of the type
_NOTHING = shapely.Polygon()

Ring = list[list[float]]  # longitude and latitude in turn, closed
Shapes = Any  # an array of geometries


@dataclass(frozen=True, slots=True)
class Cell:
    """The ground of one place: its outer rings, (longitude, latitude), closed. `area` tells that it is that of an area."""

    place: str
    area: bool
    rings: tuple[Ring, ...]


def cells(sites: Iterable[Site], *, bounded: Collection[str] = (), reach_km: float = REACH_KM) -> tuple[Cell, ...]:
    """The cells of settlements and areas, but those of the keys in `bounded`: areas first, the widest first.

    Places without coordinates, countries, and what is neither settlement nor area have none; of settlements at one point the
    first by key has it. No sites give no cells.
    """
    by_country: defaultdict[str, list[Site]] = defaultdict(list)
    for site in sites:
        if site.place and site.place.country and site.place.feature in ("P", "A"):
            by_country[site.place.country].append(site)
    towns: defaultdict[str, list[Town]] = defaultdict(list)
    for country, key, lat, lon, within in gazetteer().embedded.towns_of(by_country) if by_country else ():
        towns[country].append(Town(key, lat, lon, within))
    found: list[tuple[float, Cell]] = []
    for country, own in sorted(by_country.items()):
        found += _Land(country, own, towns[country], reach_km).cells(set(bounded))
    found.sort(key=lambda one: (not one[1].area, -one[0], one[1].place))
    return tuple(_joined(cell for _, cell in found))


class Town(NamedTuple):
    """A settlement: its key, where it lies, and the keys of the areas around it, spaces between."""

    key: str
    lat: float
    lon: float
    within: str


class _Land:
    """The settlements of one country, as points on a plane of degrees of latitude."""

    def __init__(self, country: str, sites: Sequence[Site], towns: Sequence[Town], reach_km: float) -> None:
        self._sites = sorted(sites, key=lambda site: site.key)
        self._reach = reach_km / _DEGREE_KM
        own = [
            Town(site.key, site.place.lat, site.place.lon, " ".join(site.within))
            for site in self._sites
            if _is_town(site) and site.place
        ]
        self._shrink = _shrunk([town.lat for town in own or towns])
        settlements = _one_a_point([*own, *(towns if self._areas() else self._around(own, towns))])
        self._keys = [town.key for town in settlements]
        self._within = [town.within for town in settlements]
        self._points = np.array([(town.lon * self._shrink, town.lat) for town in settlements], dtype=float).reshape(-1, 2)
        self._ground = self._outline(country)

    def cells(self, bounded: Collection[str]) -> list[tuple[float, Cell]]:
        """The cells of the sites, with the size of each in square degrees of latitude."""
        if not self._keys:
            return []
        whole = self._nearest()
        named = {site.key for site in self._sites if site.key not in bounded}
        numbers = [number for number, key in enumerate(self._keys) if key in named]
        towns = self._shown([self._keys[number] for number in numbers], self._near(whole, numbers), _CELL_DETAIL, area=False)
        members = self._members(named)
        wholes = np.array([shapely.coverage_union_all(whole[inside]) for inside in members.values()], dtype=object)
        return towns + self._shown(list(members), self._inside(wholes), _AREA_DETAIL, area=True)

    def _areas(self) -> set[str]:
        """The areas of the register, but countries."""
        return {site.key for site in self._sites if not _is_town(site) and site.within}

    def _around(self, own: Sequence[Town], towns: Sequence[Town]) -> list[Town]:
        """Those towns that lie near enough to one's own to share an edge with it: of a wide country only a few may be named."""
        size = max(2 * self._reach, 0.01)

        def square(town: Town) -> tuple[int, int]:
            return math.floor(town.lon * self._shrink / size), math.floor(town.lat / size)

        near = {(x + right, y + up) for x, y in map(square, own) for right in (-1, 0, 1) for up in (-1, 0, 1)}
        return [town for town in towns if square(town) in near]

    def _outline(self, country: str) -> shapely.Geometry | None:
        """The country's outline on the plane, no further than its settlements reach; None where none is known."""
        whole = outlines.outline(country, _BORDER_DETAIL)
        if whole is None or not self._keys:
            return None
        west, south = self._points.min(axis=0) / (self._shrink, 1) - _MARGIN
        east, north = self._points.max(axis=0) / (self._shrink, 1) + _MARGIN
        near = shapely.make_valid(shapely.clip_by_rect(whole, west, south, east, north))
        ground = shapely.transform(near, lambda xy: xy * (self._shrink, 1.0))
        shapely.prepare(ground)
        return ground

    def _nearest(self) -> Shapes:
        """What lies nearer to each settlement than to any other, on the whole plane around them."""
        west, south = self._points.min(axis=0) - _MARGIN
        east, north = self._points.max(axis=0) + _MARGIN
        frame = shapely.box(west, south, east, north)
        if len(self._keys) == 1:
            return np.array([frame])
        parts = shapely.voronoi_polygons(shapely.multipoints(self._points), extend_to=frame, ordered=True)
        return shapely.get_parts(parts)

    def _near(self, whole: Shapes, numbers: Sequence[int]) -> Shapes:
        """Of these cells what lies in reach of the settlement and in the country."""
        points, near = shapely.points(self._points[list(numbers)]), whole[list(numbers)]
        wide = self._reaches(near, self._points[list(numbers)]) > self._reach * math.cos(math.pi / (4 * _CORNERS))
        near[wide] = shapely.intersection(near[wide], shapely.buffer(points[wide], self._reach, quad_segs=_CORNERS))
        inside = self._inside(near)
        outside = shapely.is_empty(inside)
        rounds = shapely.buffer(points[outside], _SMALL_KM / _DEGREE_KM, quad_segs=2)
        inside[outside] = shapely.intersection(near[outside], rounds)
        return inside

    def _reaches(self, shapes: Shapes, points: Any) -> Any:
        """How far each shape reaches from its point."""
        corners, owners = shapely.get_coordinates(shapes, return_index=True)
        far = np.zeros(len(shapes))
        np.maximum.at(far, owners, np.hypot(*(corners - points[owners]).T))
        return far

    def _inside(self, shapes: Shapes) -> Shapes:
        """What of these shapes lies in the country; all of it where its outline is not known."""
        if self._ground is None or not len(shapes):
            return shapes
        crossing = ~shapely.contains_properly(self._ground, shapes)
        outside = crossing & ~shapely.intersects(self._ground, shapes)
        found = shapes.copy()
        found[crossing] = shapely.intersection(shapes[crossing], np.where(outside[crossing], _NOTHING, self._ground))
        return found

    def _members(self, named: Collection[str]) -> dict[str, list[int]]:
        """The settlements in each area of the register that is not a country, by its key."""
        areas = self._areas().intersection(named)
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, within in enumerate(self._within if areas else ()):
            for key in areas.intersection(within.split()):
                found[key].append(number)
        return dict(found)

    def _shown(self, keys: Sequence[str], shapes: Shapes, detail: float, *, area: bool) -> list[tuple[float, Cell]]:
        """Shapes as cells, all at once: one by one it takes five times as long."""
        parts, owners = shapely.get_parts(shapes, return_index=True)
        polygons = shapely.get_type_id(parts) == _POLYGON
        rings = shapely.get_exterior_ring(shapely.simplify(parts[polygons], detail))
        owners = owners[polygons]
        positions, ends = shapely.get_coordinates(rings), np.cumsum(shapely.get_num_coordinates(rings))
        positions = np.clip(np.round(positions / (self._shrink, 1.0), _DECIMALS), (-180, -90), (180, 90)).tolist()
        found: list[list[Ring]] = [[] for _ in keys]
        begin = 0
        for owner, end in zip(owners.tolist(), ends.tolist(), strict=True):
            if end - begin > 3:
                found[owner].append(positions[begin:end])
            begin = end
        sizes = shapely.area(shapes).tolist()
        told = zip(sizes, keys, found, strict=True)
        return [(size, Cell(key, area, tuple(own))) for size, key, own in told if own]


def _is_town(site: Site) -> bool:
    return site.place is not None and site.place.feature == "P"


def _shrunk(lats: Sequence[float]) -> float:
    """What a degree of longitude is of one of latitude, in the middle of these."""
    return max(0.05, math.cos(math.radians(float(np.median(lats))))) if lats else 1.0


def _one_a_point(towns: Iterable[Town]) -> list[Town]:
    """The first of those at one point, or with one key, that lie on the globe."""
    keys: set[str] = set()
    points: dict[tuple[float, float], Town] = {}
    for town in towns:
        if town.key not in keys and -90 <= town.lat <= 90 and -180 <= town.lon <= 180:
            keys.add(town.key)
            points.setdefault((round(town.lon, 3), round(town.lat, 3)), town)
    return list(points.values())


def _joined(found: Iterable[Cell]) -> Iterable[Cell]:
    """One cell a place: an area can lie in two countries."""
    by_key: dict[str, Cell] = {}
    for cell in found:
        other = by_key.get(cell.place)
        by_key[cell.place] = cell if other is None else Cell(cell.place, cell.area, other.rings + cell.rings)
    return by_key.values()
