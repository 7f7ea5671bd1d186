"""First- and second-order divisions of countries (ISO 3166-2), as the package `iso3166-2` has them: names, kinds, points."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import iso_names
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.keys import fold_once, skeleton
from whoholds.grounding.gazetteer.reach import Reach, reaches
from whoholds.grounding.gazetteer.towns import TOWN_OF_NOTE, Towns
from whoholds.model import Place

_ELSEWHERE = frozenset({"US"})  # its states and counties come from other tables
_LEAST, _MOST = 3.4, 6.0  # prominence
_BELOW_PEOPLE = 1.0  # an area is named a tenth as often as a town of as many people
_BELOW_TOWN = 0.7  # "Kabul" is the town; the province needs a word that tells it
_TOWN_SHARE = 0.1  # of the people in the area
_SEAT_KM = 100  # a province stands at its seat, as far as that does not lie at its border
_CONSONANTS = "~"  # before a key that is but the consonants of one
_TELLING = 4  # characters of such a key; what agrees in fewer is the same only close by
_HARDLY_MORE_KM = 15  # an area no wider around the town of its name is that town


@dataclass(frozen=True, slots=True)
class Division:
    """A division: the codes of its country, itself and what it is part of, its names, point in degrees and reach.

    `reach.towns` are rows of `Towns.people` of the country.
    """

    country: str
    code: str
    parent: str | None
    names: tuple[tuple[str, Rank], ...]
    lat: float
    lon: float
    reach: Reach


def divisions(towns: Towns) -> list[Division]:
    """All divisions with names of their own but those that are countries by themselves; empty without the package."""
    found: list[Division] = []
    for country, rows in _table().items():
        if country not in _ELSEWHERE:
            found += _of_country(country, rows, towns)
    return found


def merged(curated: Iterable[Entry], found: list[Division], towns: Towns) -> Iterator[Entry]:
    """Curated entries and divisions, none twice: a curated area that is a division gets its further names."""
    by_key: dict[tuple[str, str], Division] = {}
    for division in reversed(found):
        for key in _keys(division.names):
            by_key[division.country, key] = division
    used: set[str] = set()
    for entry in curated:
        same = _same(entry, by_key) if entry.place.feature in "AL" else None
        if same is None or same.code in used:
            yield entry
            continue
        used.add(same.code)
        known = {fold_once(name) for name, _ in entry.names}
        more = tuple(_lesser(named, same, towns) for named in same.names if fold_once(named[0]) not in known)
        names = tuple(sorted(entry.names + more, key=lambda named: named[1]))
        yield Entry(entry.place, names, entry.admin1, entry.prominence, same.code)
    for division in found:
        if division.code not in used and (entry_of := _entry(division, towns)):
            yield entry_of


def _lesser(named: tuple[str, Rank], division: Division, towns: Towns) -> tuple[str, Rank]:
    """A further name of a curated area; one that a town of its country bears is hardly the area's without a word for it."""
    name, rank = named
    return name, Rank.ALTERNATE if towns.namesake(division.country, name) else max(rank, Rank.ALIAS)


def _same(entry: Entry, by_key: dict[tuple[str, str], Division]) -> Division | None:
    place = entry.place
    for key in _keys(entry.names):
        division = by_key.get((place.country or "", key))
        if division is None:
            continue
        telling = not key.startswith(_CONSONANTS) or len(key) > _TELLING
        if telling or kilometres(place.lat, place.lon, division.lat, division.lon) <= _SEAT_KM:
            return division
    return None


def _keys(names: tuple[tuple[str, Rank], ...]) -> Iterator[str]:
    """The names without the words for a kind, and their consonants after a tilde."""
    for name, rank in names:
        if rank < Rank.ALTERNATE:
            key = iso_names.bare(name)
            yield key
            yield _CONSONANTS + skeleton(key)


def _entry(division: Division, towns: Towns) -> Entry | None:
    """The division as an entry, at the town of its name if one lies in it; None where it is hardly more than that town."""
    people = division.reach.population
    prominence = min(_MOST, max(_LEAST, math.log10(max(people, 1)) - _BELOW_PEOPLE))
    point, narrow = (division.lat, division.lon), division.reach.radius_m <= _HARDLY_MORE_KM * 1000
    for name, rank in division.names:
        town = towns.namesake(division.country, name) if rank < Rank.ALTERNATE else None
        if town is None:
            continue
        away = kilometres(town.lat, town.lon, division.lat, division.lon)
        if narrow and away <= _HARDLY_MORE_KM:
            return None
        if town.population and (town.population >= TOWN_OF_NOTE or town.population >= _TOWN_SHARE * people):
            prominence = min(prominence, max(math.log10(town.population), _LEAST) - _BELOW_TOWN)
            if away <= _SEAT_KM:
                point = (town.lat, town.lon)
    place = Place(
        name=division.names[0][0],
        lat=point[0],
        lon=point[1],
        country=division.country,
        feature="A",
        radius_m=division.reach.radius_m,
    )
    return Entry(place, division.names, "", prominence, division.code)


def _of_country(country: str, rows: dict[str, Any], towns: Towns) -> Iterator[Division]:
    people = towns.people(country)
    by_parent: dict[str | None, list[str]] = {}
    for code, row in rows.items():
        by_parent.setdefault(row["parentCode"], []).append(code)
    lands: dict[str, Reach] = {}
    waiting: list[tuple[str | None, list[int]]] = [(None, list(range(len(people))))]
    while waiting:
        parent, inside = waiting.pop()
        codes = by_parent.get(parent, [])
        own = reaches([tuple(rows[code]["latLng"]) for code in codes], people[inside])
        for code, land in zip(codes, own, strict=True):
            lands[code] = replace(land, towns=tuple(inside[number] for number in land.towns))
            waiting.append((code, list(lands[code].towns)))
    for code, land in lands.items():
        row = rows[code]
        names = iso_names.names(row["name"], row["localOtherName"], row["type"])
        if names and not any(_is_country(name, country) for name, rank in names if rank < Rank.ALTERNATE):
            lat, lon = row["latLng"]
            yield Division(country, code, row["parentCode"], names, lat, lon, land)


def _is_country(name: str, country: str) -> bool:
    """Whether the division is listed among the countries too ("Guadeloupe"), or could be taken for one ("Luxembourg")."""
    found = countries.by_name(name)
    return found is not None and (found.alpha2 != country or fold_once(found.name) == fold_once(name))


def _table() -> dict[str, dict[str, Any]]:
    """Country and division codes to rows. The file is read beside the package: importing it would load an HTTP client."""
    spec = find_spec("iso3166_2")
    if spec is None or spec.origin is None:
        return {}
    table: dict[str, dict[str, Any]] = json.loads(Path(spec.origin).with_name("iso3166-2.json").read_text("utf-8"))
    return table
