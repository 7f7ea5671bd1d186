"""The settlements under a map: those of the register and the gazetteer's, as arrays that polygons can be laid over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whoholds.formats.imports.polygons import Patch, needed
from whoholds.grounding.gazetteer.around import situate
from whoholds.grounding.gazetteer.settlements import Box, settlements_in
from whoholds.model import Place, Site, Where

_MARGIN = 0.5  # degrees, so that a front that moves a little does not have the gazetteer asked again
_POINTS = "PS"


@dataclass(frozen=True, slots=True)
class Settlement:
    """A place of the register or the gazetteer that a map can be asked about: the site it is, and how a claim names it."""

    key: str
    where: Where
    place: Place


class Ground:
    """Settlements by number, in the order in which they were met; more are met as maps reach farther.

    `least` is how many people a settlement of the gazetteer needs; the register's own count whatever their size.
    """

    def __init__(self, sites: Iterable[Site], *, least: int = 0) -> None:
        self._least = least
        self.settlements: list[Settlement] = []
        self._keys: set[str] = set()
        self._box: Box | None = None
        for site in sorted(sites, key=lambda site: site.key):
            if site.place and site.place.feature in _POINTS:
                self._take(site)
        self._lay()

    def __len__(self) -> int:
        return len(self.settlements)

    def reach(self, box: Box) -> None:
        """Take in what the gazetteer has in a box (west, south, east, north)."""
        known = self._box
        if known and known[0] <= box[0] and known[1] <= box[1] and box[2] <= known[2] and box[3] <= known[3]:
            return
        outer = known or box
        west, south = min(box[0], outer[0]) - _MARGIN, min(box[1], outer[1]) - _MARGIN
        east, north = max(box[2], outer[2]) + _MARGIN, max(box[3], outer[3]) + _MARGIN
        self._box = west, south, east, north
        for place in settlements_in(self._box, least=self._least):
            self._take(situate(Where(name=place.name, place=place)))
        self._lay()

    def under(self, patch: Patch) -> NDArray[np.intp]:
        """The numbers of the settlements in a polygon or on its border."""
        shapely = needed()
        if patch.shape.is_empty:
            return np.empty(0, np.intp)
        west, south, east, north = patch.shape.bounds
        lon, lat = self._lon, self._lat
        near = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        if not len(near):
            return near
        shapely.prepare(patch.shape)
        inside: NDArray[np.bool_] = shapely.intersects_xy(patch.shape, lon[near], lat[near])
        return np.asarray(near[inside])

    def _take(self, site: Site) -> None:
        if site.key not in self._keys and site.place is not None:
            self._keys.add(site.key)
            self.settlements.append(Settlement(site.key, Where(name=site.name, place=site.place), site.place))

    def _lay(self) -> None:
        self._lon = np.array([one.place.lon for one in self.settlements], dtype=float)
        self._lat = np.array([one.place.lat for one in self.settlements], dtype=float)
