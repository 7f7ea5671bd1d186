"""Outlines of a register as GeoJSON features (RFC 7946), for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from whoholds.model import Entry, Outlined, polygons_of
from whoholds.register.store import Box

Json = dict[str, Any]


def boundary_feature(entry: Entry) -> Json:
    """The outline that an entry gives, whole; its id is the entry's number. Raises TypeError for an entry that gives none."""
    act = _act(entry)
    told = {"place": act.site, "name": act.name, "source": act.source, "entry": entry.seq}
    by = {"by": entry.by, "recorded_at": entry.recorded_at.isoformat(timespec="microseconds")}
    return {"type": "Feature", "id": str(entry.seq), "geometry": json.loads(act.geometry), "properties": {**told, **by}}


def boundary_features(entries: Iterable[Entry], box: Box | None = None) -> list[Json]:
    """The outlines whose boxes touch a box (edges included), in the order given."""
    return [boundary_feature(entry) for entry in entries if box is None or _touches(_act(entry), box)]


def _touches(act: Outlined, box: Box) -> bool:
    west, south, east, north = box
    positions = [position for polygon in polygons_of(act.geometry) for position in polygon[0]]
    lons, lats = [lon for lon, _ in positions], [lat for _, lat in positions]
    if max(lats) < south or min(lats) > north:
        return False
    if west <= east:
        return max(lons) >= west and min(lons) <= east
    return max(lons) >= west or min(lons) <= east


def _act(entry: Entry) -> Outlined:
    if not isinstance(entry.act, Outlined):
        raise TypeError(f"entry {entry.seq} is a {entry.kind} entry")
    return entry.act
