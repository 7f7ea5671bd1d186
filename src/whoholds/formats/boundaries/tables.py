"""GeoPackage, Shapefile and FlatGeobuf, through pyogrio.

GDAL reads many other kinds too; some of them name files elsewhere that it would fetch, so only these are handed to it.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import shapely

from whoholds.formats.boundaries.raw import Feature, Raw, StoppedError

SUFFIXES = (".gpkg", ".shp", ".fgb", ".zip")
_AGAIN = "download or export it again, with all files that belong to it"
_PAGE = 2_000  # features read at once
_LAYER = "name one with --layer"
_SIDECARS = {"shx": "the index", "dbf": "the names"}


def read(path: Path, layer: str | None, largest: int) -> Raw:
    """The features of a layer, those before a fault where it is damaged. Raises StoppedError where nothing can be read."""
    try:
        import pyogrio
    except ImportError as error:
        raise StoppedError(
            "no-pyogrio", f"is a {path.suffix or 'file'} that needs pyogrio", "install it with: pip install 'whoholds[geo]'"
        ) from error
    source = _opened(path, largest)
    try:
        chosen = _layer(pyogrio.list_layers(source), layer)
        about = pyogrio.read_info(source, layer=chosen)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError, ValueError) as error:
        raise StoppedError("unreadable", f"cannot be read: {_short(error)}", _AGAIN) from error
    raw = Raw(crs=about.get("crs"))
    try:
        _collect(pyogrio, source, chosen, raw)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError, ValueError, MemoryError) as error:
        raw.stopped = StoppedError("unreadable", f"cannot be read after feature {len(raw.features)}: {_short(error)}", _AGAIN)
    return raw


def _opened(path: Path, largest: int) -> str:
    """What GDAL is to open: the file, or the one shapefile or GeoPackage in a zip archive. Raises StoppedError."""
    if path.suffix.lower() == ".zip":
        return f"/vsizip/{{{path.absolute()}}}/{_member(path, largest)}"
    if path.suffix.lower() == ".shp":
        there = {other.suffix.lower().removeprefix(".") for other in path.parent.glob(f"{_escaped(path.stem)}.*")}
        lacking = [f".{end} ({what})" for end, what in _SIDECARS.items() if end not in there]
        if lacking:
            hint = "a shapefile is several files: copy all of them"
            raise StoppedError("incomplete", f"lacks {' and '.join(lacking)} beside it", hint)
    return str(path)


def _member(path: Path, largest: int) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise StoppedError("unreadable", f"is no whole zip archive: {_short(error)}", _AGAIN) from error
    size = sum(info.file_size for info in infos)
    if size > largest:
        raise StoppedError("too-large", f"unpacks to {size / 1e6:,.0f} MB", "take out the areas that you need")
    found = [info.filename for info in infos if info.filename.lower().endswith((".shp", ".gpkg"))]
    if len(found) != 1:
        raise StoppedError("several-files", f"holds {_listed(found)} to be read", "unpack it and name one of the files")
    return found[0]


def _escaped(stem: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in stem)


def _layer(found: Any, wanted: str | None) -> str:
    """The layer to read: the one named, or the only one with polygons."""
    kinds = {str(name): str(kind) for name, kind in found}
    if wanted is not None:
        if wanted not in kinds:
            raise StoppedError("no-layer", f"has no layer {wanted!r}; its layers are {_listed(kinds)}", _LAYER)
        return wanted
    polygons = [name for name, kind in kinds.items() if "Polygon" in kind or kind in ("Unknown", "GeometryCollection")]
    if len(polygons) == 1:
        return polygons[0]
    if not polygons:
        raise StoppedError(
            "no-polygons", f"has no layer with polygons; its layers are {_listed(kinds)}", "give a file of areas"
        )
    raise StoppedError("several-layers", f"has {len(polygons)} layers with polygons: {_listed(polygons)}", _LAYER)


def _listed(names: Any) -> str:
    return ", ".join(list(names)[:20]) or "none"


def _collect(pyogrio: Any, source: str, layer: str, raw: Raw) -> None:
    size = _PAGE
    while True:
        try:
            found = _page(pyogrio, source, layer, len(raw.features), size)
        except (pyogrio.errors.DataSourceError, RuntimeError):
            if size == 1:
                raise
            size = 1  # one by one up to the damage
            continue
        raw.features += found
        if len(found) < size:
            return


def _page(pyogrio: Any, source: str, layer: str, begin: int, size: int) -> list[Feature]:
    page = {"skip_features": begin, "max_features": size}
    about, _, shapes, columns = pyogrio.raw.read(source, layer=layer, force_2d=True, **page)
    names = [str(name) for name in about["fields"]]
    found = []
    for number, data in enumerate(shapes if shapes is not None else ()):
        properties = {name: column[number] for name, column in zip(names, columns, strict=True)}
        found.append(Feature(begin + number + 1, properties, _geometry(data)))
    return found


def _geometry(data: bytes | None) -> shapely.Geometry | str:
    if data is None:
        return "has no geometry"
    try:
        return shapely.from_wkb(data)
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        return f"has a geometry that cannot be read: {_short(error)}"


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
