"""Places in GeoJSON (RFC 7946): a FeatureCollection, or features one after another. Positions are longitude, latitude."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from whoholds.grounding.gazetteer.added.fields import columns_of, place_row
from whoholds.grounding.gazetteer.added.problem import GazetteerError
from whoholds.grounding.gazetteer.added.rows import Bad, Item, Wanted, point
from whoholds.grounding.gazetteer.added.source import Lines
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.json_stream import JsonStream

_LEAST_REACH_M = 500
_WAY_OUT = 'give a FeatureCollection: {"type": "FeatureCollection", "features": [...]}'


class GeoJsonReading:
    """Reads features as they come; the middle of a line's or polygon's box is its point, half its diagonal its reach."""

    by_record = True

    def __init__(self, wanted: Wanted) -> None:
        self.records = 0
        self.notes: tuple[str, ...] = ()
        self._wanted = wanted

    def items(self, lines: Lines, records: int = 0) -> Iterator[Item]:
        """Every feature after so many; a value that is no JSON ends the reading with GazetteerError."""
        stream = JsonStream(lines.pieces())
        try:
            for feature in self._features(stream):
                lines.line = self._line
                self.records += 1
                if self.records > records:
                    yield self._item(self._line, feature)
        except (json.JSONDecodeError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "its values are nested too deeply"
            raise GazetteerError(
                f"{self._wanted.path}:{stream.line}: is no whole JSON: {reason}", "mend it, or export it again"
            ) from error

    def _features(self, stream: JsonStream) -> Iterator[Any]:
        while stream.peek():
            self._line = stream.line
            stream.expect("{")
            members: dict[str, Any] = {}
            listed = False
            while not stream.take("}"):
                key = stream.key()
                if key == "features" and stream.take("["):
                    listed = True
                    while not stream.take("]"):
                        stream.peek()
                        self._line = stream.line
                        yield stream.value()
                        if not stream.take(",") and stream.peek() != "]":
                            stream.expect("]")
                else:
                    members[key] = stream.value()
                if not stream.take(",") and stream.peek() != "}":
                    stream.expect("}")
            if members.get("type") == "Feature":
                yield members
            elif not listed:
                raise GazetteerError(f"{self._wanted.path}:{self._line}: is JSON, but has no list of features", _WAY_OUT)

    def _item(self, line: int, feature: Any) -> Item:
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            return Bad(line, f"feature {self.records} is none: its type is not 'Feature'")
        properties = feature.get("properties")
        if not isinstance(properties, dict):
            return Bad(line, f"feature {self.records} has no properties, and so no name")
        known = columns_of(properties)
        if "name" not in known:
            found = ", ".join(map(str, list(properties)[:10])) or "none"
            return Bad(line, f"feature {self.records} has no name; its properties are: {found}")
        box = _box(feature.get("geometry"))
        if isinstance(box, str):
            return Bad(line, f"feature {self.records}: {box}")
        cells = {what: _text(properties[name]) for what, name in known.items()}
        if any("\ud800" <= letter <= "\udfff" for cell in cells.values() for letter in cell):
            return Bad(line, f"feature {self.records} has half of a surrogate pair, which is no character")
        west, south, east, north = box
        lat, lon = (south + north) / 2, (west + east) / 2
        reach = int(1000 * kilometres(lat, lon, north, east))
        return place_row(
            line, cells, (round(lat, 6), round(lon, 6)), max(_LEAST_REACH_M, reach) if reach else None, self._wanted
        )


def _box(geometry: Any) -> tuple[float, float, float, float] | str:
    """West, south, east and north of a geometry, or what is wrong with it."""
    if not isinstance(geometry, dict):
        return "no geometry"
    positions = list(_positions(geometry.get("coordinates"), geometry.get("geometries")))
    if not positions:
        return "no coordinates"
    for position in positions:
        if len(position) < 2 or not all(
            isinstance(value, int | float) and not isinstance(value, bool) for value in position[:2]
        ):
            return f"{str(position)[:40]} is no position"
        checked = point(str(position[1]), str(position[0]))
        if isinstance(checked, str):
            far = "; coordinates are to be degrees of longitude and latitude" if abs(position[0]) > 180 else ""
            return checked + far
    longitudes = [position[0] for position in positions]
    latitudes = [position[1] for position in positions]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _positions(coordinates: Any, geometries: Any) -> Iterator[list[Any]]:
    if isinstance(coordinates, list) and coordinates:
        if isinstance(coordinates[0], list):
            for part in coordinates:
                yield from _positions(part, None)
        else:
            yield coordinates
    if isinstance(geometries, list):
        for geometry in geometries:
            if isinstance(geometry, dict):
                yield from _positions(geometry.get("coordinates"), geometry.get("geometries"))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(map(str, value))
    return "" if value is None or isinstance(value, dict) else str(value)
