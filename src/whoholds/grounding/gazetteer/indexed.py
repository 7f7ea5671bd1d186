"""One index file, open for reading."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.entry import Rank
from whoholds.grounding.gazetteer.index import unpack
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.model import Place

EMBEDDED = "embedded"
_PLACES_REMEMBERED = 50_000
_KEYS_REMEMBERED = 2_000  # enough for the names of a document; who asks for more remembers what was made of them
_GEONAMEID = re.compile("[0-9]{1,18}")  # what SQLite has a whole number for
_COLUMNS = "name, lat, lon, country, feature, geonameid, population, radius_m, admin1, prominence"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean: how the name belongs to it, its division's code ("" unless known) and its prominence.

    `edits` is how many letters the name found differs from the one asked for; `is_country` tells a whole country.
    """

    place: Place
    rank: Rank
    admin1: str = ""
    prominence: float = 0.0
    edits: int = 0
    is_country: bool = False


def with_rank(item: Candidate, rank: Rank) -> Candidate:
    """The candidate under a name of this rank."""
    return item if item.rank is rank else Candidate(item.place, rank, item.admin1, item.prominence, item.edits, item.is_country)


class Index:
    """A file that `compile_index` or `gazetteer add` made. All methods raise sqlite3.DatabaseError where it is damaged."""

    def __init__(self, path: Path, name: str = EMBEDDED) -> None:
        """Open the file. Raises FileNotFoundError where there is none, sqlite3.DatabaseError where it is no index."""
        if not path.is_file():
            raise FileNotFoundError(path)
        self.path = path
        self.name = name
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        for table in ("name", "place", "spelling"):
            self._connection.execute(f"select 1 from {table} limit 1")
        self.place = lru_cache(maxsize=_PLACES_REMEMBERED)(self._place)
        self.owners_of_name = lru_cache(maxsize=_KEYS_REMEMBERED)(self._owners_of_name)

    def close(self) -> None:
        """Close the file; nothing can be read from it then."""
        self._connection.close()

    def owners(self, key: str) -> list[tuple[int, Rank]]:
        """Numbers of the places that bear this key, with the rank of the name, the most prominent first."""
        row = self._connection.execute("select places from name where key = ?", (key,)).fetchone()
        return unpack(row[0]) if row else []

    def spelled(self, bones: str) -> list[str]:
        """The keys of this skeleton, of names that are more than alternate ones."""
        return [key for (key,) in self._connection.execute("select key from spelling where skeleton = ? limit 200", (bones,))]

    def with_id(self, geonameid: int) -> Iterator[int]:
        """Numbers of the places of this GeoNames id."""
        for (number,) in self._connection.execute("select id from place where geonameid = ?", (geonameid,)):
            yield number

    def towns_of_divisions(self) -> Iterator[tuple[str, float, float, int]]:
        """Division (country.admin1.admin2), latitude, longitude and population of the towns whose division is known."""
        columns = [row[1] for row in self._connection.execute("pragma table_info(place)")]
        if "division" in columns:
            towns = "select division, lat, lon, population from place where feature = 'P' and division <> ''"
            yield from self._connection.execute(towns)

    def ground(self, place: Place) -> tuple[str | None, str | None, int] | None:
        """The key of a place's site if it is another's, the name to show if it is another, the number of what is around it.

        None for a place that this index does not have or knows nothing around.
        """
        if place.geonameid is not None:
            numbers = list(self.with_id(place.geonameid))
        else:
            numbers = [number for number, _ in self.owners_of_name(place.name) if self.place(number).place == place]
        for number in numbers:
            row = self._connection.execute("select key, shown, around from ground where id = ?", (number,)).fetchone()
            if row is not None:
                key, shown, around = row
                return key, shown, around
        return None

    def chain(self, number: int) -> tuple[str, ...]:
        """The keys that `ground` has the number of."""
        row = self._connection.execute("select keys from around where id = ?", (number,)).fetchone()
        return tuple(row[0].split()) if row else ()

    def towns_in(self, cells: Sequence[int], country: str) -> list[tuple[float, float, int]]:
        """Latitude, longitude and the number of what is around them, of the towns of a country in these cells."""
        asked = ", ".join("?" * len(cells))
        query = f"select lat, lon, around from ground join place using (id) where cell in ({asked}) and country = ?"
        return self._connection.execute(query, (*cells, country)).fetchall()

    def towns_of(self, nations: Collection[str]) -> Iterator[tuple[str, str, float, float, str]]:
        """Country, site key, latitude, longitude and the keys around them (spaces between), of towns in known divisions."""
        query = (
            "select country, coalesce(key, 'geonames:' || geonameid, printf('P:%.4f,%.4f', lat, lon)), lat, lon, keys"
            " from ground join place using (id) join around on around.id = around"
            f" where cell is not null and country in ({', '.join('?' * len(nations))})"
        )
        yield from self._connection.execute(query, tuple(nations))

    def with_key(self, key: str) -> Place | None:
        """The place of a key, if it is a GeoNames id or an area's class and point; None if this index has none."""
        kind, _, rest = key.partition(":")
        if kind == "geonames":
            known = self.with_id(int(rest)) if _GEONAMEID.fullmatch(rest) else ()
            return next((self.place(number).place for number in known), None)
        row = self._connection.execute("select id from area where key = ?", (key,)).fetchone()
        return self.place(row[0]).place if row else None

    def settlements(self, box: tuple[float, float, float, float], least: int) -> list[Place]:
        """The populated places in a box (west, south, east, north) with at least so many people, by number."""
        west, south, east, north = box
        query = "select id from place where feature = 'P' and lat between ? and ? and lon between ? and ? and population >= ?"
        found = self._connection.execute(f"{query} order by id", (south, north, west, east, least))
        return [self._place(number).place for (number,) in found.fetchall()]

    def size(self) -> tuple[int, int]:
        """How many places and how many keys it holds; counting takes as long as reading the file."""
        (places,) = self._connection.execute("select count(*) from place").fetchone()
        (keys,) = self._connection.execute("select count(*) from name").fetchone()
        return places, keys

    def silent_names(self, number: int) -> str:
        """The names of a place in other scripts than the Latin one, joined by commas; only added gazetteers keep them."""
        try:
            row = self._connection.execute("select names from silent where id = ?", (number,)).fetchone()
        except sqlite3.OperationalError:  # no such table
            return ""
        return row[0] if row else ""

    def of_key(self, key: str) -> tuple[Candidate, ...]:
        """What this key can mean, the most prominent first."""
        return tuple(with_rank(self.place(number), rank) for number, rank in self.owners(key))

    def _owners_of_name(self, name: str) -> list[tuple[int, Rank]]:
        return self.owners(fold_once(name))

    def _place(self, number: int) -> Candidate:
        """The place of this number, as its own name has it."""
        row = self._connection.execute(f"select {_COLUMNS} from place where id = ?", (number,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"place {number} is missing")
        name, lat, lon, country, feature, geonameid, population, radius_m, admin1, prominence = row
        place = Place(
            name=name,
            lat=lat,
            lon=lon,
            country=country,
            feature=feature,
            geonameid=geonameid,
            population=population,
            radius_m=radius_m,
        )
        nation = countries.country(country) if country and feature == "A" and geonameid else None
        return Candidate(place, Rank.NAME, admin1, prominence, 0, nation is not None and nation.geonameid == geonameid)
