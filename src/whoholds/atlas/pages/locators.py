"""A small drawing of where a place lies: it and the register's places around it, on a grid of degrees, with a scale.

The projection is equirectangular about the place: a degree of longitude is shortened by the cosine of its latitude. No map is
needed for it and no request leaves the machine; the way to the map stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from whoholds.model import Site

WIDTH, HEIGHT = 300.0, 200.0
_KM_PER_DEGREE = 111.2
_LEAST_KM = 8.0
_NAMED = 7
_APART = (64.0, 13.0)  # a name is left out where another stands so near


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the drawing, in its units; `named` tells that there is room for its name."""

    x: float
    y: float
    site: Site
    named: bool


@dataclass(frozen=True, slots=True)
class Locator:
    """The drawing: the place in the middle, others around it, and a bar of `km` kilometres that is `bar` long."""

    dots: tuple[Dot, ...]
    km: int
    bar: float
    radius: float


def locator_of(site: Site, around: Iterable[Site]) -> Locator | None:
    """The drawing of a place; None where it is not known where it lies."""
    if site.place is None:
        return None
    lat, lon = site.place.lat, site.place.lon
    east = max(0.05, math.cos(math.radians(lat)))
    near = sorted(((_offset(one, lat, lon, east), one) for one in around if one.place), key=lambda pair: math.hypot(*pair[0]))
    own = site.place.radius_m / 1000 if site.place.feature not in ("P", "S") else 0.0
    reach = max(_LEAST_KM, min(120.0, max(own * 1.2, *(math.hypot(*at) for at, _ in near[:8]), 0.0)))
    scale = HEIGHT / 2.4 / reach
    named: list[tuple[float, float]] = [(WIDTH / 2, HEIGHT / 2)]
    dots = []
    for (x_km, y_km), one in near:
        x, y = WIDTH / 2 + x_km * scale, HEIGHT / 2 - y_km * scale
        if not (6 <= x <= WIDTH - 6 and 6 <= y <= HEIGHT - 6):
            continue
        room = len(named) <= _NAMED and all(abs(x - a) > _APART[0] or abs(y - b) > _APART[1] for a, b in named)
        if room:
            named.append((x, y))
        dots.append(Dot(round(x, 1), round(y, 1), one, room))
    km = _rounded(reach / 2)
    return Locator(tuple(dots), km, round(km * scale, 1), round(min(own * scale, HEIGHT), 1))


def _offset(site: Site, lat: float, lon: float, east: float) -> tuple[float, float]:
    """Kilometres east and north of a point."""
    assert site.place is not None
    across = (site.place.lon - lon + 180) % 360 - 180
    return across * east * _KM_PER_DEGREE, (site.place.lat - lat) * _KM_PER_DEGREE


def _rounded(km: float) -> int:
    return next((step for step in (100, 50, 20, 10, 5, 2) if step <= km), 1)
