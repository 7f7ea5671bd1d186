"""How far areas reach and how many people live in them, estimated from the towns nearer to them than to their neighbours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from whoholds.grounding.gazetteer.towns import Floats

_KM_PER_DEGREE = 111.2
_LEAST_KM, _MOST_KM = 8.0, 900.0
_FEW_TOWNS = 4
_SHARE_INSIDE = 90  # per cent of the towns; the farthest belong to a neighbour with a ragged border
_ALONE_KM = 60.0


@dataclass(frozen=True, slots=True)
class Reach:
    """The people in an area's towns, how far it reaches in metres, and the rows of its towns."""

    population: int
    radius_m: int
    towns: tuple[int, ...]


def reaches(points: Sequence[tuple[float, float]], towns: Floats) -> list[Reach]:
    """The reach of each point (latitude, longitude in degrees) among these towns (rows of latitude, longitude, population).

    Every town counts for the nearest point. Without towns an area reaches half the way to its nearest neighbour.
    """
    places = np.array(points, dtype=np.float64).reshape(-1, 2)
    if not len(places):
        return []
    owners, distances = _nearest(places, towns)
    gaps = _gaps(places)
    found = []
    for number in range(len(places)):
        own = np.flatnonzero(owners == number)
        far = float(np.percentile(distances[own], _SHARE_INSIDE)) if len(own) >= _FEW_TOWNS else gaps[number] / 2
        radius = min(_MOST_KM, max(_LEAST_KM, far))
        found.append(Reach(int(towns[own, 2].sum()), round(radius) * 1000, tuple(own.tolist())))
    return found


def _nearest(places: Floats, towns: Floats) -> tuple[Floats, Floats]:
    owners = np.full(len(towns), -1.0)
    least = np.full(len(towns), np.inf)
    for number, (lat, lon) in enumerate(places):
        distances = _kilometres(lat, lon, towns)
        nearer = distances < least
        owners[nearer] = number
        least[nearer] = distances[nearer]
    return owners, least


def _gaps(places: Floats) -> list[float]:
    """The distance from each point to the nearest other, in kilometres."""
    gaps = []
    for number, (lat, lon) in enumerate(places):
        others = np.delete(places, number, axis=0)
        gaps.append(float(_kilometres(lat, lon, others).min()) if len(others) else 2 * _ALONE_KM)
    return gaps


def _kilometres(lat: float, lon: float, towns: Floats) -> Floats:
    """Distances on a plane that touches the globe there: good enough to tell which of two is nearer."""
    east = (towns[:, 1] - lon + 180) % 360 - 180
    kilometres: Floats = _KM_PER_DEGREE * np.hypot(towns[:, 0] - lat, east * math.cos(math.radians(lat)))
    return kilometres
