"""Outlines as text: GeoJSON polygons (RFC 7946, 3.1.6 and 3.1.7), read without any library.

Positions are (longitude, latitude) in decimal degrees, WGS 84. A ring is closed: its last position is its first.
"""

from __future__ import annotations

import json
from typing import Any

Position = tuple[float, float]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]


def polygons_of(geometry: str) -> tuple[Polygon, ...]:
    """The polygons of an outline, each its outer ring and then its holes; heights are left out.

    Raises ValueError for what is no GeoJSON Polygon or MultiPolygon with positions on the globe.
    """
    try:
        value = json.loads(geometry)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("it is no JSON") from error
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"it is a {kind or 'value'}, not a Polygon or MultiPolygon")
    found = value.get("coordinates")
    polygons = tuple(_polygon(part) for part in _listed([found] if kind == "Polygon" else found))
    if not polygons:
        raise ValueError("it is empty")
    return polygons


def _polygon(value: Any) -> Polygon:
    rings = tuple(_ring(ring) for ring in _listed(value))
    if not rings:
        raise ValueError("a polygon has no ring")
    return rings


def _ring(value: Any) -> Ring:
    ring = tuple(_position(position) for position in _listed(value))
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("a ring is not closed or has fewer than four positions")
    return ring


def _position(value: Any) -> Position:
    numbers = _listed(value)[:2]
    if len(numbers) < 2 or any(isinstance(number, bool) or not isinstance(number, int | float) for number in numbers):
        raise ValueError(f"{str(value)[:40]} is no position")
    lon, lat = numbers
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # not a number is not in between either
        raise ValueError(f"{lon:g}, {lat:g} is not on the globe")
    return float(lon), float(lat)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError(f"{str(value)[:40]} stands where a list should")
    return value
