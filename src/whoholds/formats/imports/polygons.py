"""Dated control polygons as public maps publish them: a folder with a GeoJSON file for each day.

A file's name tells its day: `20230501.geojson`, `2023-05-01.json`, `map_data_20230501.geojson.gz`, or ten digits, which are
seconds since 1970 in UTC. A file is a FeatureCollection, one feature, one geometry, or an object that has a FeatureCollection
under `map`. Coordinates are longitude, latitude in decimal degrees, WGS 84: https://www.rfc-editor.org/rfc/rfc7946. Points and
lines on the map (units, arrows) are passed over; polygons that cross themselves, as drawn ones do, are mended.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoholds.formats.imports import Fault
from whoholds.model import Problem
from whoholds.register.store import StoreError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

ENDINGS = (".geojson", ".json", ".geojson.gz", ".json.gz")
LARGEST = 512_000_000
"""Bytes of one day's file, unpacked."""

HOLDER_FIELDS = ("holder", "control", "side", "status", "occupied_by", "faction", "party", "class", "type", "layer", "name")
"""Properties that may tell who holds a polygon, where the user does not name one: the first of them that a file has."""

_DAY = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)")
_SECONDS = re.compile(r"(?<!\d)(\d{10})(?!\d)")
_LONLAT = re.compile(r"(?:CRS84|EPSG:{1,2}4326|EPSG:[\d.]*:4326)$", re.IGNORECASE)


class BadMapError(ValueError):
    """A file that is no map of control."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(code, message, hint=hint)


@dataclass(frozen=True, slots=True)
class Patch:
    """A polygon of a map and the value of the property that tells who holds it; "" where it has no such property."""

    value: str
    shape: BaseGeometry


def day_told(name: str) -> date | None:
    """The day that a file's name tells; None where it tells none, or several."""
    found: set[date] = set()
    for year, _, month, day in _DAY.findall(name):
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    if not found:
        found = {datetime.fromtimestamp(int(seconds), UTC).date() for seconds in _SECONDS.findall(name)}
    return found.pop() if len(found) == 1 else None


def dated_files(folder: Path) -> tuple[list[tuple[date, Path]], list[Fault]]:
    """The maps in a folder, at any depth, in order of their days; and files that tell no day, or one that another tells.

    Of several files of one day the last by name counts, and the others are told. Raises OSError where it cannot be listed.
    """
    if not folder.is_dir():
        return [], [Fault(str(folder), None, Problem("folder", "is no folder", hint="name a folder of GeoJSON files"))]
    by_day: dict[date, Path] = {}
    faults: list[Fault] = []
    for path in sorted(path for path in folder.rglob("*") if path.name.lower().endswith(ENDINGS) and path.is_file()):
        day = day_told(path.name)
        if day is None:
            hint = "call it by its day, as 2023-05-01.geojson"
            faults.append(Fault(str(path), None, Problem("day", "its name tells no day, or several", hint=hint)))
        elif day in by_day:
            words = f"is left out: {path.name} is of {day} too"
            faults.append(Fault(str(by_day[day]), None, Problem("twice", words, hint="keep one file a day")))
        if day is not None:
            by_day[day] = path
    if not by_day and not faults:
        hint = f"maps are files that end in {', '.join(ENDINGS)}"
        faults.append(Fault(str(folder), None, Problem("folder", "holds no map", hint=hint)))
    return sorted(by_day.items()), faults


def read_map(path: Path, field: str | None) -> tuple[Patch, ...]:
    """The polygons of a file; none where it has none. Raises BadMapError where it is no map; OSError."""
    features = list(_features(_parsed(path)))
    areal = [one for one in features if one.get("geometry") and str(one["geometry"].get("type")) in _AREAL]
    properties = [_properties(one) for one in areal]
    if field is None:
        field = next((name for name in HOLDER_FIELDS if any(name in own for own in properties)), None)
    elif areal and not any(field in own for own in properties):
        known = ", ".join(sorted({name for own in properties for name in own})[:20])
        raise BadMapError("field", f"no polygon has a property '{field}'", f"they have {known or 'no properties'}")
    return tuple(Patch(_value(own, field), _shape(one["geometry"])) for one, own in zip(areal, properties, strict=True))


_AREAL = frozenset({"Polygon", "MultiPolygon", "GeometryCollection"})


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _value(properties: dict[str, Any], field: str | None) -> str:
    found = properties.get(field) if field else None
    return "" if found is None else " ".join(str(found).split())


def _parsed(path: Path) -> Any:
    with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as stream:
        try:
            data = stream.read(LARGEST + 1)
        except (EOFError, gzip.BadGzipFile) as error:
            raise BadMapError("unreadable", f"cannot be unpacked: {error}", "fetch it again") from None
    if len(data) > LARGEST:
        raise BadMapError("too-large", f"is larger than {LARGEST // 1_000_000} MB", "split it")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadMapError("json", f"is no JSON: {error}", "fetch it again") from None


def _features(parsed: Any) -> Iterator[dict[str, Any]]:
    if isinstance(parsed, dict) and isinstance(parsed.get("map"), dict):
        parsed = parsed["map"]
    if not isinstance(parsed, dict) or "type" not in parsed:
        raise BadMapError("geojson", "is no GeoJSON", "a FeatureCollection is needed")
    _check_crs(parsed)
    match parsed["type"]:
        case "FeatureCollection":
            listed = parsed.get("features")
        case "Feature":
            listed = [parsed]
        case _:
            listed = [{"geometry": parsed, "properties": {}}]
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise BadMapError("geojson", "has no list of features", "a FeatureCollection is needed")
    for one in listed:
        if isinstance(one.get("geometry"), dict | None):
            yield one


def _check_crs(parsed: dict[str, Any]) -> None:
    crs = parsed.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if isinstance(name, str) and not _LONLAT.search(name):
        raise BadMapError("crs", f"is in {name}, not in longitude and latitude", "turn it into EPSG:4326, as with ogr2ogr")


def _shape(geometry: dict[str, Any]) -> BaseGeometry:
    shapely = needed()
    try:
        found = shapely.geometry.shape(geometry)
        if not found.is_valid:
            found = shapely.make_valid(found)
    except Exception as error:  # whatever shapely makes of coordinates that are none
        raise BadMapError("geometry", f"has a polygon that cannot be read: {error}", "mend it, or leave it out") from None
    west, south, east, north = found.bounds if not found.is_empty else (0, 0, 0, 0)
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise BadMapError("crs", "has coordinates beyond 180 and 90 degrees", "turn it into longitude and latitude, EPSG:4326")
    return found


def needed() -> Any:
    """The library for geometry. Raises StoreError where it is not installed."""
    try:
        import shapely
        import shapely.geometry
    except ImportError:
        raise StoreError("maps of control need the library shapely", "install it with: pip install shapely") from None
    return shapely


def bounds_of(patches: Iterable[Patch]) -> tuple[float, float, float, float] | None:
    """The box around polygons: west, south, east, north; None for none."""
    boxes = [patch.shape.bounds for patch in patches if not patch.shape.is_empty]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
