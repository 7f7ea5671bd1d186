"""What the map draws beneath its places: outlines of countries, boundaries and cells, thinned and rounded for the screen.

Positions are longitude and latitude in degrees, WGS 84, rounded to 11 metres (countries: 110).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import numpy as np
import shapely

from whoholds.grounding import countries, outlines
from whoholds.model import Entry, Outlined, Site
from whoholds.questions.cells import Cell

Json = dict[str, Any]

_FINE, _COARSE = 0.02, 0.05  # degrees of detail that outlines of countries have, see `outlines_together`
_FEW = 40  # countries that are drawn finely together: more take too long to send
_MANY = 0.02  # share of the places from which on all islands of a country are drawn
_BOUNDARY_DETAIL = 0.0004  # degrees, some 40 metres
_LEAST = 0.01  # square degrees of an island of another country


def country_features(sites: Iterable[Site]) -> Json:
    """Outlines of the countries in which places lie, and of their neighbours; a backdrop and no statement on borders."""
    counted = Counter(site.place.country for site in sites if site.place and site.place.country)
    total = sum(counted.values())
    codes = frozenset(counted)
    codes |= {other for code in codes if (country := countries.country(code)) for other in country.neighbours}
    shapes = outlines.outlines_together(codes, _FINE if len(codes) <= _FEW else _COARSE)
    return _collection([_country(code, shape, counted[code] >= _MANY * total) for code, shape in shapes.items()])


def boundary_shapes(entries: Iterable[Entry]) -> Json:
    """The outlines that entries give, the place's key (null where not known), name and source among the properties."""
    features = []
    for entry in entries:
        act = entry.act
        if isinstance(act, Outlined):
            shape = shapely.from_geojson(act.geometry)
            told = {"place": act.site, "name": act.name, "source": act.source, "entry": entry.seq}
            features.append(_feature(_thinned(shape, _BOUNDARY_DETAIL), 5, told))
    return _collection(features)


def cell_columns(cells: Iterable[Cell]) -> Json:
    """Cells in columns: the place's key, 1 for an area's, and a list of rings; areas first, the widest first."""
    told = list(cells)
    return {
        "place": [cell.place for cell in told],
        "area": [int(cell.area) for cell in told],
        "rings": [cell.rings for cell in told],
    }


def outlined_places(entries: Iterable[Entry]) -> Collection[str]:
    """The keys of the places that have an outline."""
    return {entry.act.site for entry in entries if isinstance(entry.act, Outlined) and entry.act.site is not None}


def _country(code: str, shape: shapely.Geometry, islands: bool) -> Json:
    if not islands:
        parts = shapely.get_parts(shape)
        wide = parts[shapely.area(parts) >= _LEAST]
        shape = shapely.multipolygons(wide) if len(wide) else shape
    country = countries.country(code)
    told = {"country": code, "name": country.name if country else code, "source": outlines.source_of(code)}
    return _feature(shape, 3, told)


def _thinned(shape: shapely.Geometry, detail: float) -> shapely.Geometry:
    thin = shapely.simplify(shape, detail)
    return shape if thin.is_empty else thin


def _feature(shape: shapely.Geometry, decimals: int, properties: Json) -> Json:
    rounded = shapely.transform(shape, lambda positions: np.round(positions, decimals))
    return {"type": "Feature", "geometry": rounded.__geo_interface__, "properties": properties}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}
