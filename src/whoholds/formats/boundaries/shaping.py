"""Features made areas: named, brought to WGS 84, mended; what cannot be is told with the file's name and the feature's number.

Polygons that cross themselves are mended (OGC Simple Features validity, by `shapely.make_valid`), points and lines beside them
dropped. Coordinates are rounded to 6 decimals, a tenth of a metre, and lines of very many points thinned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyproj
import shapely

from whoholds.formats.boundaries.raw import Area, BoundaryFile, Feature, Raw, StoppedError
from whoholds.model import Problem

Move = Callable[[Any], Any]

_NAMES = ("name_en", "name", "shapename", "name_latn", "official_name", "adm_en", "title", "label")
_NUMBERED = re.compile(r"(?:adm(?P<adm>\d)_(?:en|name)|name_(?P<name>\d))", re.IGNORECASE)  # of OCHA and GADM
_KEYS = ("site", "place")  # as exports of a register have them
_MOST = 20_000  # points of an outline
_GRID = 1e-6  # degrees
_FIELD = "name one with --name-field"
_DEGREES = "give GeoJSON in WGS 84, or a file that tells its coordinate system"


def shaped(name: str, raw: Raw, name_field: str | None) -> BoundaryFile:
    """The areas of a file called `name`."""
    problems = [raw.stopped.problem(name)] if raw.stopped else []
    try:
        move = _mover(raw.crs)
        field = _name_field(raw.features, name_field)
    except StoppedError as stopped:
        return BoundaryFile((), (*problems, stopped.problem(name)), ())
    areas, remarks = [], list[str]()
    for feature in raw.features:
        called = _text(feature.properties.get(field)) if field else ""
        where = f"{name}: feature {feature.number}{f' ({called[:60]})' if called else ''}"
        try:
            geometry, remark = _mended(feature, move)
        except ValueError as error:
            problems.append(Problem("bad-feature", f"{where} {error}", hint="it was left out"))
            continue
        if remark:
            remarks.append(f"{where} {remark}")
        areas.append(Area(feature.number, called, geometry, _key(feature.properties)))
    if not areas and not problems:
        problems.append(Problem("empty", f"{name}: holds no features", hint="check that it is the file you mean"))
    return BoundaryFile(tuple(areas), tuple(problems), tuple(remarks))


def _mover(crs: str | None) -> Move | None:
    """What brings coordinates to longitude and latitude in WGS 84; None where they are that. Raises StoppedError."""
    if crs is None:
        return None
    try:
        found = pyproj.CRS.from_user_input(crs)
        if found.equals(pyproj.CRS("EPSG:4326"), ignore_axis_order=True) or found.equals(pyproj.CRS("OGC:CRS84"), True):
            return None
        transformer = pyproj.Transformer.from_crs(found, "EPSG:4326", always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise StoppedError("crs", f"is in coordinates that are not known: {str(crs)[:60]}", _DEGREES) from error

    def move(positions: Any) -> Any:
        x, y = transformer.transform(positions[:, 0], positions[:, 1])
        return np.column_stack([x, y])

    return move


def _name_field(features: Sequence[Feature], wanted: str | None) -> str | None:
    """The property that has the names: the one told, else one that is called like it, in most detail. Raises StoppedError."""
    fields = list(dict.fromkeys(key for feature in features[:1000] for key in feature.properties))
    listed = ", ".join(fields[:20]) or "none"
    if wanted is not None:
        if features and wanted not in fields:
            raise StoppedError("no-field", f"has no property {wanted!r}; its properties are {listed}", _FIELD)
        return wanted
    folded = {field.casefold(): field for field in reversed(fields)}
    numbered = [(match["adm"] or match["name"], field) for field in fields if (match := _NUMBERED.fullmatch(field))]
    if numbered:
        return max(numbered)[1]
    found = next((folded[name] for name in _NAMES if name in folded), None)
    if found is None and fields:
        raise StoppedError("no-names", f"has no property called 'name'; its properties are {listed}", _FIELD)
    return found


def _mended(feature: Feature, move: Move | None) -> tuple[shapely.Geometry, str]:
    """A feature's area and a remark on it. Raises ValueError that says what is wrong with it."""
    geometry = feature.geometry
    if isinstance(geometry, str):
        raise ValueError(geometry)
    if geometry is None or geometry.is_empty:
        raise ValueError("has an empty geometry")
    geometry = shapely.force_2d(geometry)
    if move is not None:
        geometry = shapely.transform(geometry, move)
    _check_globe(geometry, moved=move is not None)
    valid = bool(shapely.is_valid(geometry))
    area = _polygons(geometry if valid else shapely.make_valid(geometry))
    thinned = _thinned(area)
    rounded = _polygons(shapely.set_precision(thinned, _GRID))
    remarks = [] if valid else ["crossed itself and was mended"]
    if thinned is not area:
        remarks.append(f"had {shapely.get_num_coordinates(area):,} points and was thinned")
    return rounded, ", ".join(remarks)


def _check_globe(geometry: shapely.Geometry, *, moved: bool) -> None:
    positions = shapely.get_coordinates(geometry)
    if not np.isfinite(positions).all():
        raise ValueError("has coordinates that are no numbers" + (", once brought to WGS 84" if moved else ""))
    (west, south), (east, north) = positions.min(axis=0), positions.max(axis=0)
    if west < -180 or east > 180 or south < -90 or north > 90:
        if not moved and west >= -90 and east <= 90 and south >= -180 and north <= 180:
            raise ValueError("has latitude and longitude exchanged: longitude comes first")
        at = f"{positions[0][0]:.6g}, {positions[0][1]:.6g}"
        raise ValueError(f"has coordinates that are no degrees of longitude and latitude, such as {at}")


def _polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a geometry as one. Raises ValueError where there are none."""
    parts = shapely.get_parts(shapely.get_parts(geometry))  # of the collections that mending makes too
    while any(part.geom_type in ("GeometryCollection", "MultiPolygon") for part in parts):
        parts = shapely.get_parts(parts)
    found = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty and part.area > 0]
    if not found:
        raise ValueError(
            f"is no area but a {geometry.geom_type}" if geometry.geom_type[-7:] != "Polygon" else "encloses nothing"
        )
    union = found[0] if len(found) == 1 else shapely.multipolygons(found)
    return union if shapely.is_valid(union) else shapely.union_all(found)


def _thinned(area: shapely.Geometry) -> shapely.Geometry:
    tolerance, thin = 1e-5, area
    while shapely.get_num_coordinates(thin) > _MOST and tolerance < 0.1:
        thin = shapely.simplify(area, tolerance)
        tolerance *= 2
    return thin


def _key(properties: dict[str, Any]) -> str:
    return next((_text(properties[key]) for key in _KEYS if properties.get(key)), "")


def _text(value: Any) -> str:
    if value is None or isinstance(value, float | dict | list):
        return ""
    return " ".join(str(value).split()).replace("\0", "")
