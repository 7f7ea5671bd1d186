"""Places of data sets: a point and a name, or an area and its name, looked up in the gazetteer.

A point is the gazetteer's settlement or site of that name nearest to it, within 15 km; else a place of its own, at its point.
An area (a district, a province, a country) is the gazetteer's area of that name around the point, so that what is only known
to be somewhere in a province is not put into the town whose point it was given.
"""

from __future__ import annotations

import re
from functools import lru_cache

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.model import Place, Where

_NEAR_KM = 15.0
_PART_KM = 25.0  # "near X" of both data sets
_AREA_KM = 400.0
_KIND = re.compile(
    r"\s+(?:city|town|village|district|region|province|governorate|oblast|county|raion|state|municipality)$", re.I
)
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")


@lru_cache(maxsize=512)
def nation(name: str) -> str | None:
    """The alpha-2 code of a country as data sets write it, former names in brackets too; None for an unknown one."""
    bare = _BRACKETS.sub("", name).strip()
    for words in (bare, *_BRACKETS.findall(name), bare.partition(",")[0].strip(), bare.replace("-", " and ")):
        if found := countries.by_name(words):
            return found.alpha2
    return None


@lru_cache(maxsize=20_000)
def spot(name: str, lat: float, lon: float, country: str | None) -> Where:
    """The settlement or site of a name at a point."""
    bare = name.partition(" - ")[0].strip()
    near = _named((name, bare, _KIND.sub("", bare)), lat, lon, country, "PS", _NEAR_KM)
    return Where(name=name, place=near or Place(name=bare or name, lat=lat, lon=lon, country=country, feature="P"))


@lru_cache(maxsize=20_000)
def vicinity(name: str, lat: float, lon: float, country: str | None) -> Where:
    """What is near a settlement, but not in it: its own point, with a reach of 25 km."""
    found = spot(name, lat, lon, country)
    return found if found.place and found.place.geonameid else _own(name, lat, lon, country, int(_PART_KM * 1000))


@lru_cache(maxsize=20_000)
def area(name: str, lat: float, lon: float, country: str | None) -> Where:
    """The area of a name around a point; where the gazetteer has none, a place of its own with a reach of 25 km."""
    bare = _KIND.sub("", name)
    found = _named((name, bare), lat, lon, country, "A", _AREA_KM)
    return Where(name=name, place=found) if found else _own(name, lat, lon, country, int(_PART_KM * 1000))


def stretch(name: str, lat: float, lon: float, country: str | None) -> Where:
    """A stretch of land, water or air around a point, with a reach of 25 km."""
    return _own(name, lat, lon, country, int(_PART_KM * 1000))


@lru_cache(maxsize=512)
def whole(country: str | None, name: str) -> Where:
    """A country as a whole."""
    found = [item.place for item in gazetteer().candidates(name) if item.is_country]
    known = countries.country(country) if country else None
    if not found and known:
        found = [item.place for item in gazetteer().candidates(known.name) if item.is_country]
    return Where(name=name, place=found[0] if found else None)


def _own(name: str, lat: float, lon: float, country: str | None, radius_m: int) -> Where:
    return Where(name=name, place=Place(name=name, lat=lat, lon=lon, country=country, feature="L", radius_m=radius_m))


def _named(names: tuple[str, ...], lat: float, lon: float, country: str | None, features: str, reach_km: float) -> Place | None:
    """The nearest of the places that bear one of these names, the first of them that any bears."""
    for name in dict.fromkeys(names):
        found = [
            (kilometres(lat, lon, item.place.lat, item.place.lon), item.place)
            for item in (gazetteer().candidates(name) if name else ())
            if item.place.feature in features and not item.is_country and country in (item.place.country, None)
        ]
        near = min(found, key=lambda pair: pair[0], default=None)
        if near and near[0] <= reach_km:
            return near[1]
    return None
