"""Outlines of places in their table, and as the layer that a GIS sees."""

from __future__ import annotations

import struct
from collections.abc import Collection
from datetime import datetime

from whoholds.model import Entry, Outlined, polygons_of
from whoholds.register.codec import pack, storable
from whoholds.register.knowledge import latest_outlines
from whoholds.register.sqlite import entries
from whoholds.register.sqlite.database import Database
from whoholds.register.sqlite.point import GPKG_HEADER
from whoholds.register.sqlite.reading import last_entry, struck
from whoholds.register.sqlite.rows import text

_POLYGON, _MULTIPOLYGON = 3, 6  # of well-known binary


def outline_row(seq: int, act: Outlined) -> tuple[object, ...]:
    """A row of the table `outline`."""
    return seq, storable(act.name), text(act.site), storable(act.source), 1, pack(act), gpkg_multipolygon(act.geometry)


def gpkg_multipolygon(geometry: str) -> bytes:
    """An outline as GeoPackageBinary (OGC 12-128r17, 2.1.3), WGS 84. Raises ValueError for what is no polygon."""
    polygons = polygons_of(geometry)
    found = [GPKG_HEADER, struct.pack("<BII", 1, _MULTIPOLYGON, len(polygons))]
    for polygon in polygons:
        found.append(struct.pack("<BII", 1, _POLYGON, len(polygon)))
        for ring in polygon:
            numbers = [number for position in ring for number in position]
            found.append(struct.pack(f"<I{len(numbers)}d", len(ring), *numbers))
    return b"".join(found)


def outlines(database: Database, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
    """See `Store.outlines`."""
    upto = None if recorded_by is None else last_entry(database, recorded_by)
    rows = database.rows("select entry from outline order by entry")
    numbers = [row[0] for row in rows if upto is None or row[0] <= upto]
    gone = struck(database, numbers, upto)
    return latest_outlines(_entries(database, [seq for seq in numbers if seq not in gone]))


def outlines_like(database: Database, act: Outlined) -> tuple[Entry, ...]:
    """See `Book.outlines`."""
    if act.site is None:
        chosen, value = "site is null and name = :value", storable(act.name)
    else:
        chosen, value = "site = :value", storable(act.site)
    rows = database.rows(
        f"select entry from outline where standing and source = :source and {chosen} order by entry",
        source=storable(act.source),
        value=value,
    )
    return _entries(database, [row[0] for row in rows])


def strike(database: Database, roots: Collection[int]) -> None:
    """Note which of the outlines among these entries are withdrawn."""
    numbers = (
        [row[0] for row in database.rows("select entry from outline where entry in (:*roots)", roots=list(roots))]
        if roots
        else []
    )
    if numbers:
        gone = struck(database, numbers)
        database.many("update outline set standing = ? where entry = ?", [(seq not in gone, seq) for seq in numbers])


def _entries(database: Database, numbers: Collection[int]) -> tuple[Entry, ...]:
    found = [entries.entry(database, seq) for seq in numbers]
    return tuple(entry for entry in found if entry is not None)
