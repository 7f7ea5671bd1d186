"""Choosing among namesakes: a sum of weighted features, each a fact that can be told to the reader.

The weights are in units of prominence: one unit outweighs ten times the population. They were set by hand and
swept on LGL, TR-News, GeoVirus and GeoWebNews: half of any weight, or half as much again, changes the mean F1 at 161 km of
the four by less than half a point, and no single one by more than one and a quarter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from whoholds.grounding.gazetteer import Candidate, Rank
from whoholds.grounding.gazetteer.distance import kilometres

WEIGHTS = {
    "prominence": 1.0,  # as the gazetteer has it
    "alternate name": -1.2,  # one of many alternate names rather than the name
    "country": 1.6,  # it is a whole country
    "country mentioned": 3.0,  # share of the text's mentions of countries that are of its country, and where it is published
    "division mentioned": 1.5,  # the text names its state
    "near": 2.2,  # falls off with the distance to the nearest place already settled
    "company": 1.2,  # other names of the text that may lie close by
    "container": 8.0,  # "Arlington, Virginia"
    "feature agrees": 1.2,  # "region" beside it and it is an area; "town" and it is one
    "feature differs": -0.8,
    "spelling": -1.6,  # for each letter that differs
}
_NEAR_KM = 120.0
_CELL = 1.5  # degrees
_COMPANY_FULL = 4.0


@dataclass(slots=True)
class Surroundings:
    """What a document tells of where it is: weights of countries and divisions, settled points, cells with names in them."""

    nations: dict[str, float] = field(default_factory=dict)
    divisions: dict[str, float] = field(default_factory=dict)
    points: list[tuple[float, float]] = field(default_factory=list)
    cells: dict[tuple[int, int], set[str]] = field(default_factory=dict)

    def mention_nation(self, alpha2: str | None, weight: float) -> None:
        if alpha2:
            self.nations[alpha2] = self.nations.get(alpha2, 0.0) + weight

    def settle(self, lat: float, lon: float) -> None:
        if (lat, lon) not in self.points:
            self.points.append((lat, lon))

    def note(self, name: str, candidates: tuple[Candidate, ...]) -> None:
        """Remember where a name of the text may lie."""
        for item in candidates[:25]:
            if not item.is_country:
                self.cells.setdefault(_cell(item.place.lat, item.place.lon), set()).add(name)


def features(
    candidate: Candidate, around: Surroundings, name: str, wanted: str, container: tuple[Candidate, ...], state: str
) -> Iterator[tuple[str, float]]:
    """The features of one candidate as (name of the weight, value); those of value 0 are left out."""
    place = candidate.place
    yield "prominence", candidate.prominence
    if candidate.rank is Rank.ALTERNATE:
        yield "alternate name", 1.0
    if candidate.is_country:
        yield "country", 1.0
    share = around.nations.get(place.country or "", 0.0)
    if share:
        yield "country mentioned", share / (share + 1.0)
    if candidate.admin1 and place.country == "US":
        told = around.divisions.get(candidate.admin1, 0.0)
        if told:
            yield "division mentioned", told / (told + 1.0)
    if not candidate.is_country:
        near = max((math.exp(-kilometres(place.lat, place.lon, *point) / _NEAR_KM) for point in around.points), default=0.0)
        if near > 0.01:
            yield "near", near
        company = _company(place.lat, place.lon, name, around)
        if company:
            yield "company", company
    if (container and any(_inside(candidate, item) for item in container)) or (state and candidate.admin1 == state):
        yield "container", 1.0
    if wanted:
        yield ("feature agrees", 1.0) if _fits(place.feature, wanted) else ("feature differs", 1.0)
    if candidate.edits:
        yield "spelling", float(candidate.edits)


def total(parts: list[tuple[str, float]]) -> float:
    """The score that features add up to."""
    return sum(WEIGHTS[name] * value for name, value in parts)


def _company(lat: float, lon: float, name: str, around: Surroundings) -> float:
    row, column = _cell(lat, lon)
    names: set[str] = set()
    for i in (row - 1, row, row + 1):
        for j in (column - 1, column, column + 1):
            names |= around.cells.get((i, j), _NOBODY)
    return min(1.0, len(names - {name}) / _COMPANY_FULL)


_NOBODY: set[str] = set()


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // _CELL), int(lon // _CELL)


def _inside(candidate: Candidate, container: Candidate) -> bool:
    if candidate.place.country != container.place.country or candidate.place == container.place:
        return False
    if container.is_country:
        return True
    if candidate.admin1 and container.admin1:
        return candidate.admin1 == container.admin1
    place, area = candidate.place, container.place
    return area.feature in "AL" and kilometres(place.lat, place.lon, area.lat, area.lon) <= 1.3 * area.radius_m / 1000


def _fits(feature: str, wanted: str) -> bool:
    return feature == wanted or (wanted == "L" and feature in "ALT") or (wanted == "A" and feature == "L")
