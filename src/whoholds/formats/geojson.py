"""GeoJSON (RFC 7946): places, the map of a day, holdings and incidents as features.

A feature's geometry is the point of its place, longitude first, in decimal degrees, WGS 84, and null where no point is known;
its properties are the fields of `fields`, lists as arrays of text, what is not told null, and `kind`: place, holding or
incident. Its id is the place's key, or that of the finding; a holding that was cut or inherited has an id of its own, and under
`finding` the one that the register keeps and traces. A place on the map of a day has its key for an id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from whoholds.formats.fields import (
    Fields,
    holding_fields,
    incident_fields,
    plot_fields,
    point_of,
    reign_fields,
    site_fields,
)
from whoholds.model import Holding, Incident, Site
from whoholds.questions.extract import Reign
from whoholds.questions.who import Plot

Json = dict[str, Any]
Box = tuple[float, float, float, float]


def site_feature(site: Site) -> Json:
    """A place."""
    return _feature(site.key, site, "place", site_fields(site))


def plot_feature(plot: Plot, day: date) -> Json:
    """A place on the map of a day, with its holder."""
    return _feature(plot.site.key, plot.site, "holding", plot_fields(plot, day))


def holding_feature(holding: Holding, finding: str | None = None) -> Json:
    """A holding; `finding` is the id under which it is kept, for one that was cut or inherited."""
    return _feature(holding.id, holding.site, "holding", holding_fields(holding, finding))


def reign_feature(reign: Reign) -> Json:
    """A holding of an extract, with the days on which it is the one in force."""
    return _feature(reign.id, reign.holding.site, "holding", reign_fields(reign))


def incident_feature(incident: Incident) -> Json:
    """An incident at its place."""
    return _feature(incident.id, incident.site, "incident", incident_fields(incident))


def collection(features: Iterable[Json], **foreign: Any) -> Json:
    """A FeatureCollection with its bounding box, where any feature has a point, and foreign members (RFC 7946, 6.1).

    The box runs from the westernmost to the easternmost longitude and does not try to be narrower across the date line.
    Raises ValueError for a foreign member that GeoJSON gives a meaning to.
    """
    _check(foreign)
    found = list(features)
    box = _Bounding()
    for feature in found:
        box.widen(feature)
    return {"type": "FeatureCollection", **foreign, **box.member(), "features": found}


def collection_text(features: Iterable[Json], **foreign: Any) -> Iterator[str]:
    """The text of a FeatureCollection in pieces, a feature a line, of which only one is held at a time.

    The bounding box follows the features. No features give a valid empty collection. Raises as `collection` does.
    """
    _check(foreign)
    yield f"{_dumped({'type': 'FeatureCollection', **foreign})[:-1]}, {_dumped('features')}: ["
    box, between = _Bounding(), "\n"
    for feature in features:
        box.widen(feature)
        yield between + _dumped(feature)
        between = ",\n"
    yield "\n]" + "".join(f", {_dumped(name)}: {_dumped(value)}" for name, value in box.member().items()) + "}\n"


class _Bounding:
    """The box around the points of features."""

    def __init__(self) -> None:
        self._box: Box | None = None

    def widen(self, feature: Json) -> None:
        geometry = feature["geometry"]
        if geometry is None:
            return
        lon, lat = geometry["coordinates"]
        west, south, east, north = self._box or (lon, lat, lon, lat)
        self._box = min(west, lon), min(south, lat), max(east, lon), max(north, lat)

    def member(self) -> Json:
        return {"bbox": list(self._box)} if self._box else {}


def _feature(id: str, site: Site | None, kind: str, fields: Fields) -> Json:
    point = point_of(site)
    geometry = {"type": "Point", "coordinates": list(point)} if point else None
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": {"kind": kind, **fields}}


def _check(foreign: Json) -> None:
    taken = {"type", "features", "bbox", "geometry", "properties", "coordinates", "geometries"} & foreign.keys()
    if taken:
        raise ValueError(f"GeoJSON gives {', '.join(sorted(taken))} a meaning of its own")


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
