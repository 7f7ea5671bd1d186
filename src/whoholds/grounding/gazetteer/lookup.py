"""Looking names up in the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from whoholds.grounding import countries
from whoholds.grounding.gazetteer.cache import index_path
from whoholds.grounding.gazetteer.entry import Rank
from whoholds.grounding.gazetteer.index import unpack
from whoholds.grounding.gazetteer.keys import ARTICLES, edits, fold, skeleton
from whoholds.model import Place

_KEYS_REMEMBERED = 50_000
_PLACES_REMEMBERED = 50_000
_SHORTEST_VARIANT = 6  # letters; shorter names have too many neighbours
_VARIANTS = 12


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


class Gazetteer:
    """The index, open for reading. One object serves one thread at a time; several may be open on one file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._candidates = lru_cache(maxsize=_KEYS_REMEMBERED)(self._read)
        self._place = lru_cache(maxsize=_PLACES_REMEMBERED)(self._read_place)

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """Open an index file; without a path the user's own, made first where it is missing (some 15 seconds, once).

        Raises FileNotFoundError for a path without a file, sqlite3.DatabaseError for a file that is no index.
        """
        path = path or index_path()
        if not path.is_file():
            raise FileNotFoundError(path)
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        connection.execute("select 1 from name limit 1")
        return cls(connection)

    def lookup(self, name: str) -> tuple[Place, ...]:
        """The places of this name, the most prominent first; spelled otherwise by a letter or two if none is spelled so."""
        return tuple(candidate.place for candidate in self.candidates(name) or self.variants(name))

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """What exactly this name can mean, but for case, diacritics, hyphens and an Arabic article; most prominent first."""
        key = fold(name)
        if not key:
            return ()
        found = self._candidates(key)
        nation = countries.by_name(name)
        return (_nation(nation), *(item for item in found if not item.is_country)) if nation else found

    def variants(self, name: str) -> tuple[Candidate, ...]:
        """What a transliteration of this name can mean: the same consonants, a letter or (in long names) two apart."""
        key = fold(name)
        letters = len(key)
        if letters < _SHORTEST_VARIANT:
            return ()
        limit = 1 if letters < 8 else 2
        near: list[Candidate] = []
        seen: set[Place] = set()
        for (other,) in self._connection.execute("select key from spelling where skeleton = ? limit 200", (skeleton(key),)):
            distance = edits(key, other, limit)
            if distance <= limit:
                near += [
                    Candidate(item.place, Rank.ALTERNATE, item.admin1, item.prominence, distance, item.is_country)
                    for item in self._candidates(other)
                    if item.rank < Rank.ALTERNATE and item.place not in seen
                ]
                seen.update(item.place for item in near)
        near.sort(key=lambda item: (item.edits, -item.prominence))
        return tuple(near[:_VARIANTS])

    def knows(self, words: Sequence[str]) -> bool:
        """Whether these words together are a name of anything."""
        return bool(self.candidates(" ".join(words)))

    def _read(self, key: str) -> tuple[Candidate, ...]:
        row = self._connection.execute("select places from name where key = ?", (key,)).fetchone()
        if row is None:
            first, _, rest = key.partition(" ")
            if rest and first in ARTICLES:
                return self._candidates(rest) if len(rest) > 3 else ()
            row = (
                self._connection.execute("select places from name where key = ?", ("al " + key,)).fetchone()
                if len(key) > 4
                else None
            )
        return tuple(self._candidate(number, rank) for number, rank in unpack(row[0])) if row else ()

    def _candidate(self, number: int, rank: Rank) -> Candidate:
        place, admin1, prominence = self._place(number)
        is_country = place.feature == "A" and place.population > 0
        return Candidate(place, rank, admin1, prominence, 0, is_country)

    def _read_place(self, number: int) -> tuple[Place, str, float]:
        row = self._connection.execute(
            "select name, lat, lon, country, feature, geonameid, population, radius_m, admin1, prominence"
            " from place where id = ?",
            (number,),
        ).fetchone()
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
        return place, admin1, prominence


@lru_cache(maxsize=512)
def _nation(nation: countries.Country) -> Candidate:
    from whoholds.grounding.gazetteer.sources import country_entry

    entry = country_entry(nation)
    return Candidate(entry.place, Rank.NAME, "", entry.prominence, 0, True)


@cache
def gazetteer() -> Gazetteer:
    """The user's gazetteer, opened once a process."""
    return Gazetteer.open()
