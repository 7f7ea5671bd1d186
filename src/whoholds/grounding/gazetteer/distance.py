"""Distances on the globe."""

from __future__ import annotations

import math


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points in degrees."""
    half = math.pi / 360
    chord = (
        math.sin((other_lat - lat) * half) ** 2
        + math.cos(lat * 2 * half) * math.cos(other_lat * 2 * half) * math.sin((other_lon - lon) * half) ** 2
    )
    return 12_742.0 * math.asin(math.sqrt(min(1.0, chord)))
