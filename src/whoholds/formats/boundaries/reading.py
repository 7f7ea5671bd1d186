"""What kind of file holds boundaries, told by how it begins, and its areas."""

from __future__ import annotations

from pathlib import Path

from whoholds.formats.boundaries import geojson, kml, tables
from whoholds.formats.boundaries.raw import BoundaryFile, Raw, StoppedError
from whoholds.formats.boundaries.shaping import shaped

LARGEST = 100_000_000  # bytes
_HEAD = 4096


def read_boundaries(path: Path, *, name_field: str | None = None, layer: str | None = None) -> BoundaryFile:
    """The areas of a file, and what is wrong with it and its features. Raises nothing for any file.

    `name_field` is the property that has the names; found by its name where it is not told. `layer` is the one to read where
    a file has several.
    """
    try:
        raw = _raw(path, layer)
    except StoppedError as stopped:
        return BoundaryFile((), (stopped.problem(path.name),), ())
    return shaped(path.name, raw, name_field)


def _raw(path: Path, layer: str | None) -> Raw:
    size, head = _looked_at(path)
    if size > LARGEST:
        raise StoppedError(
            "too-large",
            f"has {size / 1e6:,.0f} MB, more than {LARGEST // 1_000_000}",
            "take out the areas that you need, or simplify it: ogr2ogr -simplify 0.0005 smaller.gpkg FILE",
        )
    suffix, text = path.suffix.lower(), head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix == ".kmz" or text.startswith(b"<"):
        return kml.read(path, LARGEST)
    if text.startswith((b"{", b"[")):
        return geojson.read(path)
    if suffix in tables.SUFFIXES:
        return tables.read(path, layer, LARGEST)
    kinds = ", ".join((".geojson", ".kml", ".kmz", *tables.SUFFIXES))
    raise StoppedError("unknown-kind", "is none of the files that are read", f"give one of {kinds}")


def _looked_at(path: Path) -> tuple[int, bytes]:
    """The size and the first bytes of a file."""
    try:
        if path.is_dir():
            raise StoppedError("folder", "is a folder", "name a file in it")
        with path.open("rb") as file:
            head = file.read(_HEAD)
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StoppedError(
            "unreadable", f"cannot be read: {(reason or str(error)).lower()}", "check the name and the rights"
        ) from error
    if not head.strip():
        raise StoppedError("empty", "is empty", "download or export it again")
    return size, head
