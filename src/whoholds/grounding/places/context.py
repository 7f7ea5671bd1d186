"""The features that look at what else a document names: arrays over the candidates of all names, in the rows of `Scene`.

A name never speaks for itself: what counts for a candidate is what the names spelled otherwise mean, each of their candidates
by its probability. Distances are chords through the earth in kilometres, which differ from great circles by less than a
hundredth up to 3,000 km.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from whoholds.grounding.gazetteer import Candidate
from whoholds.grounding.places.features import CAPITAL, FIRST, LARGE_TOWN, PROMINENCE, SECOND, Array, first_look
from whoholds.grounding.places.names import Name

_EARTH_KM = 6371.0
_LIKELY = 0.02  # candidates less probable than this speak for nothing
_POINT_M = 300_000  # the point of larger ground is near nothing
_NEAR_KM, _AROUND_KM, _DATELINE_KM, _SAME_KM = 60.0, 200.0, 150.0, 80.0
_CELL = 1.0  # degrees
_COMPANY = 3.0
_SPOKEN_OF = 0.05
_BLOCK = 400  # rows whose distances are held at once
_LISTED_COUNTRY, _LISTED_LEVEL = 0.5, 0.5

(_NAMED, _NAMED_SHARE, _SHARE, _DIVISION, _DIVISION_SHARE, _NEAR, _AROUND, _COMPANY_AT, _MOST, _LOCAL, _FILED_NATION,
 _FILED_NEAR, _LIST, _ELSEWHERE, _AREAS, _OWN_DIVISION, _OWN_CAPITAL,
 _LONE_CAPITAL, _LONE_TOWN, _UNSPOKEN) = range(len(SECOND))  # fmt: skip

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Scene:
    """The candidates of a document's names as arrays; `owner` is the name of each row, `starts` the first row of each name."""

    def __init__(self, names: Sequence[Name], nations: frozenset[str], outlet: str) -> None:
        self.names = tuple(names)
        self._nations, self._outlet = nations, outlet
        self.first = np.vstack([first_look(name, nations, outlet) for name in names]) if names else np.zeros((0, len(FIRST)))
        sizes = [len(name.candidates) for name in names]
        self.starts: Ints = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64) if names else np.zeros(0, np.int64)
        self.owner: Ints = np.repeat(np.arange(len(names)), sizes)
        self.weight = np.array([name.weight for name in names])
        self.told = np.array([bool(name.container or name.state) for name in names], bool)
        groups: dict[str, int] = {}
        self.group: Ints = np.array([groups.setdefault(name.group, len(groups)) for name in names], np.int64)
        self._read_places()
        self.company, self.most, self.local = self._company()

    def _read_places(self) -> None:
        codes: dict[object, int] = {None: 0}
        items = self._items = [item for name in self.names for item in name.candidates]
        places = [item.place for item in items]
        self.nation: Ints = np.array([codes.setdefault(place.country, len(codes)) for place in places], np.int64)
        divisions: dict[object, int] = {None: 0}
        self.division: Ints = np.array(
            [
                divisions.setdefault((item.place.country, item.admin1) if item.admin1 else None, len(divisions))
                for item in items
            ],
            np.int64,
        )
        self._divisions, self._codes = divisions, codes
        self.country: Flags = np.array([item.is_country for item in items], bool)
        self.area: Flags = np.array([place.feature == "A" for place in places], bool) & ~self.country
        self.pointed: Flags = np.array([place.radius_m < _POINT_M for place in places], bool) & ~self.country
        radius = np.array([place.radius_m / 1000 for place in places])
        self.reach = np.where(self.pointed | self.country, 0.0, radius)  # what lies in wide ground is near to it
        self.lat = np.array([place.lat for place in places])
        self.lon = np.array([place.lon for place in places])
        self.level: Ints = np.where(self.country, 0, np.where(self.area, 1, 2))
        lat, lon = np.radians(self.lat), np.radians(self.lon)
        self.unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1) * _EARTH_KM

    def candidate(self, row: int) -> Candidate:
        """The candidate of a row."""
        return self._items[row]

    def _company(self) -> tuple[Array, Array, Array]:
        """For each row how many other names could lie in its cell or the next ones; that, by its name's best; by all names."""
        rows = len(self.owner)
        if not rows:
            return np.zeros(0), np.zeros(0), np.zeros(0)
        down, across = np.floor(self.lat / _CELL).astype(np.int64), np.floor(self.lon / _CELL).astype(np.int64)
        cell = (down + 200) * 1000 + across + 400
        group = self.group[self.owner]
        steps = np.array([i * 1000 + j for i in (-1, 0, 1) for j in (-1, 0, 1)])
        spread = (cell[self.pointed][:, None] + steps).ravel() * len(self.names) + np.repeat(group[self.pointed], 9)
        cells, counts = np.unique(np.unique(spread) // len(self.names), return_counts=True)
        number = np.zeros(rows)
        if len(cells):
            at = np.minimum(np.searchsorted(cells, cell), len(cells) - 1)
            number = np.where(self.pointed & (cells[at] == cell), counts[at] - 1.0, 0.0)
        best = np.maximum.reduceat(number, self.starts)[self.owner]
        names = max(1, len(np.unique(self.group)) - 1)
        local = float(number.max()) / names if len(number) else 0.0
        most = np.divide(number, best, out=np.zeros(rows), where=best > 0)
        return number / (number + _COMPANY), most, np.full(rows, local)

    def second_look(self, likely: Array) -> Array:
        """The features of SECOND for every row, when the rows are as probable as `likely` tells."""
        found = np.zeros((len(self.owner), len(SECOND)))
        if not len(self.owner):
            return found
        self._shares(found, likely * self.weight[self.owner])
        found[:, _COMPANY_AT], found[:, _MOST] = self.company, self.most
        found[:, _LOCAL] = self.first[:, PROMINENCE] * self.local
        self._distances(found, likely)
        self._lists(found, likely)
        return found

    def _shares(self, found: Array, mass: Array) -> None:
        group = self.group[self.owner]
        small = ~self.country
        named = _elsewhere(group, self.nation, mass * self.country)
        found[:, _NAMED] = np.where(self.nation > 0, named / (named + 1.0), 0.0)
        every = _elsewhere(group, np.zeros_like(self.nation), mass * self.country)
        found[:, _NAMED_SHARE] = np.where(self.nation > 0, named / np.maximum(every, 1.0), 0.0)
        told = _elsewhere(group, self.nation, mass * small)
        others = _elsewhere(group, np.zeros_like(self.nation), mass * small)
        found[:, _SHARE] = np.where(self.nation > 0, told / (others + 1.0), 0.0)
        own = self._states(group)
        division = _elsewhere(group, self.division, mass * self.area) + own
        found[:, _DIVISION] = np.where((self.division > 0) & small, division / (division + 1.0), 0.0)
        towns = _elsewhere(group, self.division, mass * (small & ~self.area))
        found[:, _DIVISION_SHARE] = np.where((self.division > 0) & small, towns / (others + 1.0), 0.0)
        areas = _elsewhere(group, self.nation, mass * self.area)
        spoken_of = np.maximum(found[:, _NAMED], found[:, _SHARE])
        found[:, _OWN_DIVISION] = spoken_of * self.area
        found[:, _OWN_CAPITAL] = spoken_of * self.first[:, CAPITAL]
        behind = np.maximum.reduceat(spoken_of, self.starts)[self.owner] - spoken_of
        found[:, _UNSPOKEN] = np.where(spoken_of < _SPOKEN_OF, behind + spoken_of, 0.0)
        found[:, _LONE_CAPITAL] = behind * self.first[:, CAPITAL]
        found[:, _LONE_TOWN] = behind * self.first[:, LARGE_TOWN]
        found[:, _AREAS] = np.where(self.area & (self.nation > 0), areas / (others + 1.0), 0.0)

    def _states(self, group: Ints) -> Array:
        """How often other names have the row's division after them as an abbreviation ("Arlington, Va.")."""
        told = np.zeros(len(self.owner))
        for at, name in enumerate(self.names):
            number = self._divisions.get(("US", name.state)) if name.state else None
            if number is not None:
                told[(self.division == number) & (group != self.group[at])] += 1.0
        return told

    def _distances(self, found: Array, likely: Array) -> None:
        source = np.flatnonzero(self.pointed & (likely > _LIKELY))
        if not len(source):
            return
        group, filed = self.group[self.owner], np.array([name.dateline for name in self.names])[self.owner]
        likelihood = likely[source]
        for start in range(0, len(self.owner), _BLOCK):
            rows = slice(start, start + _BLOCK)
            squared = 2.0 * (_EARTH_KM**2 - self.unit[rows] @ self.unit[source].T)
            km = np.maximum(np.sqrt(np.maximum(squared, 0.0)) - self.reach[rows][:, None], 0.0)
            within = self.nation[rows][:, None] == self.nation[source]
            km = np.where(self.country[rows][:, None], np.where(within, 0.0, np.inf), km)
            same = group[rows][:, None] == group[source]
            other = np.where(same, 0.0, likelihood)
            near = (np.exp(-km / _NEAR_KM) * other).max(axis=1)
            around = (np.exp(-km / _AROUND_KM) * other).sum(axis=1)
            there = filed[source] * other
            nation = (there * within).max(axis=1)
            sister = same & (self.owner[rows][:, None] != self.owner[source]) & self.told[self.owner[source]]
            elsewhere = (np.exp(-km / _SAME_KM) * sister * likelihood).max(axis=1)
            found[rows, _NEAR], found[rows, _AROUND] = near, around / (around + 1.0)
            found[rows, _FILED_NATION] = nation
            found[rows, _FILED_NEAR] = (np.exp(-km / _DATELINE_KM) * there).max(axis=1)
            found[rows, _ELSEWHERE] = elsewhere

    def _lists(self, found: Array, likely: Array) -> None:
        ends = [*self.starts[1:], len(self.owner)]
        at = {id(name): i for i, name in enumerate(self.names)}
        for i, name in enumerate(self.names):
            rows = np.arange(self.starts[i], ends[i])
            others = [at[id(other)] for other in name.beside if id(other) in at]
            for j in others:
                cols = np.arange(self.starts[j], ends[j])
                level = self.level[rows][:, None] == self.level[cols]
                nation = self.nation[rows][:, None] == self.nation[cols]
                kin = level * (_LISTED_LEVEL + _LISTED_COUNTRY * (nation | self.country[rows][:, None]))
                found[rows, _LIST] += (kin * likely[cols]).sum(axis=1) / len(others)


def _elsewhere(group: Ints, code: Ints, mass: Array) -> Array:
    """For each row the mass of the rows of the same code in other groups."""
    total = np.bincount(code, mass)
    pair = group * (int(code.max()) + 1) + code
    others: Array = np.maximum(total[code] - np.bincount(pair, mass)[pair], 0.0)
    return others
