"""Which place an imported outline is that of, and the entries that outlines become.

The problem: a file of boundaries tells names, a register knows places, and one name is that of a town, of the district around
it, and of a town in another country. An outline is that of a place that bears its name, lies in it or no further than `NEAR_KM`
from it, and is about as large: its own reach and that of a round of the outline's size differ by no more than `_ALIKE` times.
Where several places remain, or the only one lies elsewhere, nothing is guessed: the outline is kept without a place, and told.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from whoholds.grounding.gazetteer.around import situate
from whoholds.model import Outlined, Site, Where
from whoholds.questions.places import is_of, parted, places_called
from whoholds.register.store import Store

NEAR_KM = 5.0
_DEGREE_KM = 111.2
_ALIKE = 5.0
_LEAST_KM = 1.0  # that a place reaches
_KIND = re.compile(
    r"\s+(?:rayon\w*|raion\w*|hromada|municipality|subdistrict|sub-district|nahiya\w*|governorate|okrug|mandal|tehsil|commune)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why an outline has no place; `sites` are those that it can mean. `exchanged`: as if its axes were exchanged."""

    reason: str
    sites: tuple[Site, ...] = ()
    exchanged: bool = False


def place_of(store: Store, name: str, area: shapely.Geometry, key: str = "") -> Site | Unplaced:
    """The place that an area of this name outlines. `key` is the place's where it is told; it counts if the place is there."""
    told = store.site(key) if key else None
    if told is not None:
        return told
    if not name.strip():
        return Unplaced("it has no name")
    bearing = list(_called(store, name))
    if not bearing:
        return Unplaced(f"no place is called '{name}'")
    there = [site for site in bearing if _is_near(area, site)]
    if not there:
        return _elsewhere(name, area, bearing)
    alike = [site for site in there if _is_alike(area, site)]
    if len(alike) == 1:
        return alike[0]
    if not alike:
        return Unplaced(f"what is called '{name}' there is much larger or smaller", tuple(there))
    return Unplaced(f"'{name}' can mean {len(alike)} places there", tuple(alike))


def outlined(name: str, site: Site | None, area: shapely.Geometry, source: str) -> Outlined:
    """The act of giving a place this outline. The area is valid and in degrees, WGS 84.

    The same area gives the same text, however its rings begin and turn: outer rings counterclockwise (RFC 7946, 3.1.6).
    """
    ordered = shapely.orient_polygons(shapely.normalize(area))
    geometry = json.dumps(json.loads(shapely.to_geojson(ordered)), separators=(",", ":"))
    return Outlined(name, site.key if site else None, geometry, source)


def _called(store: Store, name: str) -> Iterator[Site]:
    """The places that bear a name, those that claims are about first; of the kind that the name tells."""
    seen: set[str] = set()
    bare, kind = parted(name)
    plain = _KIND.sub("", name.strip())
    for called in dict.fromkeys((name, plain, bare)):
        looked_up = (situate(Where(name=called, place=place)) for place in places_called(called))
        for site in (*store.sites_called(called), *looked_up):
            if site.key not in seen and site.place and (not kind or is_of(site.place, kind)):
                seen.add(site.key)
                yield site


def _is_near(area: shapely.Geometry, site: Site, *, exchanged: bool = False) -> bool:
    assert site.place is not None
    lat, lon = site.place.lat, site.place.lon
    point = shapely.Point(lat, lon) if exchanged else shapely.Point(lon, lat)
    return bool(shapely.dwithin(area, point, NEAR_KM / _DEGREE_KM))


def _is_alike(area: shapely.Geometry, site: Site) -> bool:
    assert site.place is not None
    _, lat = shapely.get_coordinates(shapely.centroid(area))[0]
    reach = math.sqrt(shapely.area(area) * max(0.05, math.cos(math.radians(lat))) / math.pi) * _DEGREE_KM
    own = max(_LEAST_KM, site.place.radius_m / 1000)
    return 1 / _ALIKE <= max(_LEAST_KM, reach) / own <= _ALIKE


def _elsewhere(name: str, area: shapely.Geometry, bearing: list[Site]) -> Unplaced:
    exchanged = [site for site in bearing if _is_near(area, site, exchanged=True)]
    if exchanged:
        reason = f"'{name}' lies in it only with latitude and longitude exchanged"
        return Unplaced(reason, tuple(exchanged), exchanged=True)
    return Unplaced(f"no place called '{name}' lies in it or near it", tuple(bearing[:5]))
