"""The ground of places in square kilometres: of boundaries that were imported, else of cells around settlements.

Sizes are those on the cylindrical equal-area projection of the EASE-Grid 2.0 (EPSG:6933, on WGS 84), on which
the sides of a shape are straight.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from whoholds.model import Entry, Outlined, Site, polygons_of
from whoholds.questions.cells import cells

Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]

_SQUARE_KM = 1_000_000
_EDGE = 85.0  # degrees of latitude that the projection reaches
_KEPT = 4
_LOCK = threading.Lock()
_AT_HAND: OrderedDict[object, dict[str, float]] = OrderedDict()


def sizes(sites: Sequence[Site], outlines: Sequence[Entry]) -> dict[str, float]:
    """How large the shapes of places are, in km², by key: the outlines that entries give, where there are, else the cell.

    Places of neither have none. Where a place has outlines of several sources it is as large as the largest of them. What was
    worked out is kept for these places and entries: the cells of 30,000 places take seconds.
    """
    key = _key(sites, outlines)
    with _LOCK:
        if key not in _AT_HAND:
            _AT_HAND[key] = _sizes(sites, outlines)
            while len(_AT_HAND) > _KEPT:
                _AT_HAND.popitem(last=False)
        return _AT_HAND[key]


def are_at_hand(sites: Sequence[Site], outlines: Sequence[Entry]) -> bool:
    """Whether the sizes of these have been worked out."""
    return _key(sites, outlines) in _AT_HAND


def _key(sites: Sequence[Site], outlines: Sequence[Entry]) -> object:
    # by what they say, not by their numbers: this is kept for all registers of the process
    return frozenset(site.key for site in sites), frozenset(entry.act for entry in outlines)


def _sizes(sites: Sequence[Site], outlines: Sequence[Entry]) -> dict[str, float]:
    bounded = _outlined(entry.act for entry in outlines if isinstance(entry.act, Outlined))
    found = cells(sites, bounded=bounded.keys())
    of_rings = iter(ring_sizes([ring for cell in found for ring in cell.rings]).tolist())
    told = {cell.place: sum(next(of_rings) for _ in cell.rings) for cell in found}
    return told | bounded


def _outlined(outlines: Iterable[Outlined]) -> dict[str, float]:
    """The sizes of outlines by the keys of their places; those of no known place are of no use here."""
    found: dict[str, float] = {}
    for one in outlines:
        if one.site is not None:
            size = sum(map(polygon_size, polygons_of(one.geometry)))
            found[one.site] = max(size, found.get(one.site, 0.0))
    return found


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
