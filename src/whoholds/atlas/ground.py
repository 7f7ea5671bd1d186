"""The ground of places in square kilometres: of boundaries that were imported, else of cells around settlements.

Sizes are those on the cylindrical equal-area projection of the EASE-Grid 2.0 (EPSG:6933, on WGS 84), on which
the sides of a shape are straight.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from whoholds.model import Site
from whoholds.questions.cells import cells

Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]
Boundaries = Mapping[str, Iterable[Polygon]]

_SQUARE_KM = 1_000_000
_EDGE = 85.0  # degrees of latitude that the projection reaches
_KEPT = 4
_LOCK = threading.Lock()
_AT_HAND: OrderedDict[object, dict[str, float]] = OrderedDict()


def sizes(sites: Sequence[Site], boundaries: Boundaries) -> dict[str, float]:
    """How large the shapes of places are, in km², by key: the boundary where there is one, else the cell.

    Places of neither have none. What was worked out is kept for these places and boundaries: the cells of 30,000 places take
    seconds.
    """
    key = _key(sites, boundaries)
    with _LOCK:
        if key not in _AT_HAND:
            _AT_HAND[key] = _sizes(sites, boundaries)
            while len(_AT_HAND) > _KEPT:
                _AT_HAND.popitem(last=False)
        return _AT_HAND[key]


def are_at_hand(sites: Sequence[Site], boundaries: Boundaries) -> bool:
    """Whether the sizes of these have been worked out."""
    return _key(sites, boundaries) in _AT_HAND


def _key(sites: Sequence[Site], boundaries: Boundaries) -> object:
    return frozenset(site.key for site in sites), frozenset(boundaries)


def _sizes(sites: Sequence[Site], boundaries: Boundaries) -> dict[str, float]:
    found = cells(sites, bounded=boundaries.keys())
    of_rings = iter(ring_sizes([ring for cell in found for ring in cell.rings]).tolist())
    told = {cell.place: sum(next(of_rings) for _ in cell.rings) for cell in found}
    return told | {key: sum(map(polygon_size, polygons)) for key, polygons in boundaries.items()}


def polygon_size(rings: Polygon) -> float:
    """The size of a polygon, its outer ring first and then its holes, in km²; 0 for none."""
    outer, *holes = ring_sizes(rings).tolist() or [0.0]
    return max(0.0, float(outer - sum(holes)))


def ring_sizes(rings: Sequence[Ring]) -> NDArray[np.float64]:
    """The size of what each closed ring of (longitude, latitude), in degrees, goes around, in km², whichever way it runs."""
    if not rings:
        return np.empty(0)
    lengths = np.array([len(ring) for ring in rings])
    points = np.array([point[:2] for point in chain.from_iterable(rings)], np.float64)
    x, y = _projection().transform(points[:, 0], points[:, 1].clip(-_EDGE, _EDGE))
    crossed = np.append(x[:-1] * y[1:] - x[1:] * y[:-1], 0.0)
    crossed[np.cumsum(lengths) - 1] = 0.0  # from a ring's last point, which is its first, no side leads on
    found: NDArray[np.float64] = np.abs(np.add.reduceat(crossed, np.cumsum(lengths) - lengths)) / 2 / _SQUARE_KM
    return found


@cache
def _projection() -> Transformer:
    return Transformer.from_crs(4326, 6933, always_xy=True)
