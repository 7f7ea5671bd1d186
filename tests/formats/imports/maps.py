"""Small maps of control, drawn for tests: polygons by day, and the truth about any point."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST = date(2023, 1, 1)
Box = tuple[float, float, float, float]
Drawn = Sequence[tuple[str, Box]]
"""Values of the property and boxes (west, south, east, north)."""


def ring(box: Box) -> list[list[float]]:
    west, south, east, north = box
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def collection(drawn: Drawn, field: str = "status", **more: Any) -> dict[str, Any]:
    """A FeatureCollection as public maps have them: polygons among points, with styles beside the property that tells."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {field: value, "fill": "#a52714", "stroke-width": 1.2} if value else {},
            "geometry": {"type": "Polygon", "coordinates": [ring(box)]},
        }
        for value, box in drawn
    ]
    marker = {"type": "Feature", "properties": {field: "A brigade"}, "geometry": {"type": "Point", "coordinates": [38, 48, 0]}}
    return {"type": "FeatureCollection", "features": [*features, marker], **more}


def write(folder: Path, days: Mapping[date, Drawn], name: str = "{day}.geojson", field: str = "status") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for day, drawn in days.items():
        (folder / name.format(day=day)).write_text(json.dumps(collection(drawn, field)), encoding="utf-8")
    return folder


def at(drawn: Drawn, lat: float, lon: float) -> set[str]:
    """The values of the boxes that hold a point, borders included."""
    return {value for value, (west, south, east, north) in drawn if west <= lon <= east and south <= lat <= north}


def one_sided(seed: int, days: int, step: int = 1) -> dict[date, Drawn]:
    """Three boxes of one side each day, drawn anew: places change hands about every other day."""
    rng = random.Random(seed)
    found: dict[date, Drawn] = {}
    for number in range(0, days * step, step):
        corners = [(37 + rng.random(), 48 + rng.random()) for _ in range(3)]
        found[FIRST + timedelta(number)] = [("occupied", (x, y, x + 0.4, y + 0.4)) for x, y in corners]
    return found


def two_sided(seed: int, days: int, gap: float = 0.0) -> dict[date, Drawn]:
    """A front from north to south that jumps each day, with a strip of `gap` degrees between the sides."""
    rng = random.Random(seed)
    found: dict[date, Drawn] = {}
    for number in range(days):
        front = 37.2 + rng.random()
        sides = ("ours", (36.8, 48.0, front, 49.0)), ("theirs", (front + max(gap, 1e-9), 48.0, 39.0, 49.0))
        found[FIRST + timedelta(number)] = sides
    return found
