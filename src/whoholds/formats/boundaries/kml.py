"""KML 2.2 (OGC 12-007r2) and KMZ: placemarks with polygons, whose coordinates are longitude, latitude, WGS 84.

The file is not trusted: entities are not expanded, a document that declares any is refused, nothing is fetched, and what a KMZ
unpacks to is limited.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import shapely
from lxml import etree  # type: ignore[import-untyped]

from whoholds.formats.boundaries.raw import Feature, Raw, StoppedError

_AGAIN = "download or export it again"


def read(path: Path, largest: int) -> Raw:
    """The placemarks of a file, those before a fault where it is no whole XML. Raises StoppedError where it is no KML."""
    raw = Raw()
    try:
        with path.open("rb") as file:
            _collect(_unpacked(file, largest) if path.suffix.lower() == ".kmz" else file, raw)
    except etree.XMLSyntaxError as error:
        raw.stopped = StoppedError("not-xml", f"line {error.lineno}: is no whole XML: {error.msg}"[:200], _AGAIN)
    except OSError as error:
        raise StoppedError("unreadable", f"cannot be read: {(error.strerror or str(error)).lower()}") from error
    return raw


def _unpacked(file: BinaryIO, largest: int) -> BinaryIO:
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
            if not names:
                raise StoppedError("not-kml", "is an archive without a KML document", _AGAIN)
            with archive.open(names[0]) as document:
                data = document.read(largest + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise StoppedError("not-kml", f"is no whole KMZ archive: {error}", _AGAIN) from error
    if len(data) > largest:
        raise StoppedError("too-large", f"unpacks to more than {largest // 1_000_000} MB", "take out the areas that you need")
    return io.BytesIO(data)


def _collect(file: BinaryIO, raw: Raw) -> None:
    depth = 0
    events = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    for event, element in events:
        if event == "start":
            if not depth:
                _check_root(element)
            depth += 1
            continue
        depth -= 1
        if _local(element) == "Placemark":
            raw.features.append(_feature(len(raw.features) + 1, element))
            element.clear()


def _check_root(element: Any) -> None:
    info = element.getroottree().docinfo
    if info.internalDTD is not None and any(True for _ in info.internalDTD.iterentities()):
        raise StoppedError("entities", "declares entities, which could hide anything", "export it again without a DOCTYPE")
    if _local(element) not in ("kml", "Document", "Folder", "Placemark"):
        raise StoppedError(
            "not-kml", f"is XML, but no KML: it begins with <{_local(element)[:40]}>", "give GeoJSON, KML or GeoPackage"
        )


def _feature(number: int, placemark: Any) -> Feature:
    properties: dict[str, Any] = {}
    for element in placemark.iter(etree.Element):
        kind = _local(element)
        if kind == "SimpleData" or kind == "Data":
            value = next((_text(child) for child in element if _local(child) == "value"), _text(element))
            properties.setdefault(str(element.get("name")), value)
    name = next((_text(child) for child in placemark if _local(child) == "name"), "")
    if name:
        properties = {"name": name} | {key: value for key, value in properties.items() if key != "name"}
    try:
        polygons = [_polygon(element) for element in placemark.iter(etree.Element) if _local(element) == "Polygon"]
    except ValueError as error:
        return Feature(number, properties, f"has a geometry that cannot be read: {error}")
    if not polygons:
        return Feature(number, properties, "has no polygon")
    return Feature(number, properties, polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons))


def _polygon(element: Any) -> shapely.Geometry:
    outer = [ring for boundary in element if _local(boundary) == "outerBoundaryIs" for ring in _rings(boundary)]
    inner = [ring for boundary in element if _local(boundary) == "innerBoundaryIs" for ring in _rings(boundary)]
    if not outer:
        raise ValueError("a polygon has no outer boundary")
    return shapely.polygons(outer[0], inner or None)


def _rings(boundary: Any) -> Iterator[Any]:
    for element in boundary.iter(etree.Element):
        if _local(element) == "coordinates":
            positions = [[float(number) for number in one.split(",")[:2]] for one in _text(element).split()]
            if len(positions) < 3 or any(len(position) < 2 for position in positions):
                raise ValueError("a ring has fewer than three positions")
            yield shapely.linearrings(positions)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return " ".join((element.text or "").split())
