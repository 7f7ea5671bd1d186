"""GeoJSON (RFC 7946), with the member `crs` that its predecessor of 2008 had."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape

from whoholds.formats.boundaries.raw import Feature, Raw, StoppedError
from whoholds.grounding.gazetteer.json_stream import JsonStream

_GEOMETRIES = frozenset("Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection".split())
_PIECE = 1 << 18  # bytes


def read(path: Path) -> Raw:
    """The features of a file, those before a fault where it is no whole JSON. Raises StoppedError where it has none at all."""
    raw = Raw()
    members: dict[str, Any] = {}
    stream = JsonStream(_pieces(path))
    try:
        _collect(stream, raw, members)
        if stream.peek():
            raw.stopped = StoppedError(
                "not-json", f"line {stream.line}: more stands after the end", "only what is before it was read"
            )
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "its values are nested too deeply"
        raw.stopped = StoppedError("not-json", f"line {stream.line}: is no whole JSON: {reason}", "download or export it again")
    except UnicodeDecodeError as error:
        raw.stopped = StoppedError("encoding", f"is not UTF-8: byte 0x{error.object[error.start]:02X}", "save it as UTF-8")
    if members.get("type") in _GEOMETRIES or members.get("type") == "Feature":
        raw.features.append(_feature(1, members))
    raw.crs = _crs(members.get("crs"))
    if raw.stopped is None and not raw.features and "features" not in members:
        kind = str(members.get("type", ""))[:40]
        raise StoppedError(
            "not-geojson",
            f"is JSON, but no GeoJSON{f': its type is {kind!r}' if kind else ''}",
            'give a FeatureCollection: {"type": "FeatureCollection", "features": [...]}',
        )
    return raw


def _pieces(path: Path) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield decoder.decode(piece)
            yield decoder.decode(b"", final=True)
    except OSError as error:
        raise StoppedError("unreadable", f"cannot be read: {(error.strerror or str(error)).lower()}") from error


def _collect(stream: JsonStream, raw: Raw, members: dict[str, Any]) -> None:
    if not stream.take("{"):
        raise StoppedError("not-geojson", "is JSON, but no GeoJSON: a list or a value", "give a FeatureCollection")
    while not stream.take("}"):
        key = stream.key()
        if key == "features" and stream.take("["):
            members[key] = True
            while not stream.take("]"):
                raw.features.append(_feature(len(raw.features) + 1, stream.value()))
                if not stream.take(",") and stream.peek() != "]":
                    stream.expect("]")
        else:
            members[key] = stream.value()
        if not stream.take(",") and stream.peek() != "}":
            stream.expect("}")


def _feature(number: int, value: Any) -> Feature:
    if not isinstance(value, dict):
        return Feature(number, {}, "is no feature")
    if value.get("type") in _GEOMETRIES:
        return Feature(number, {}, _geometry(value))
    if value.get("type") != "Feature":
        return Feature(number, {}, "is no feature: its type is not 'Feature'")
    told = value.get("properties")
    properties = dict(told) if isinstance(told, dict) else {}
    if "id" in value:
        properties.setdefault("id", value["id"])
    return Feature(number, properties, _geometry(value.get("geometry")))


def _geometry(value: Any) -> shapely.Geometry | str:
    if value is None:
        return "has no geometry"
    try:
        return shape(value)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, shapely.errors.ShapelyError) as error:
        return f"has a geometry that cannot be read: {str(error)[:80] or type(error).__name__}"


def _crs(value: Any) -> str | None:
    """The name in `{"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}`."""
    properties = value.get("properties") if isinstance(value, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None
