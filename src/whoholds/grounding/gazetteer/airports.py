"""Airports and air bases by name, as the package `airportsdata` has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.model import Place

if TYPE_CHECKING:
    from airportsdata import Airport

_RADIUS_M = 3_000
_BIG, _SMALL = 4.4, 3.6  # prominence: international airports and air bases, the others
# Where every farm has its strip, only airports that carry passengers are in the news.
_STRIPS = frozenset({"US", "CA", "AU", "BR", "AR", "ZA", "NZ", "PG"})
_MILITARY = re.compile(
    r"\b(?:Air ?base|Air Force|AFB|Army|Naval|Military|RAF|Joint Base|Air ?field|Air Station)\b", re.IGNORECASE
)
_KIND = re.compile(
    r" (?:International Airport|Airport|Intl\.? Airport|Air ?base|Military Air Base|Airfield|Army Air ?field)$", re.IGNORECASE
)
_FULL = re.compile(r"\b(?:Airport|Base|Airfield|Station|Aerodrome|RAF)\b")


def airports() -> Iterator[Entry]:
    """Airports with scheduled traffic (an IATA code) and air bases; in countries without many landing strips all others too.

    They are named in full only ("Aleppo International Airport", "Aleppo airport"): what an airport is called after is a
    person or a town.
    """
    import airportsdata

    rows = airportsdata.load("ICAO")
    best = _best_of_towns(rows)
    for row in rows.values():
        military = bool(_MILITARY.search(row["name"]))
        lettered = row["icao"].isalpha() and row["country"] not in _STRIPS
        if not (row["iata"] or lettered or (military and row["country"] != "US")) or not _FULL.search(row["name"]):
            continue
        names = list(_names(row, military, best.get((row["country"], fold_once(row["city"]))) == row["icao"]))
        place = Place(name=row["name"], lat=row["lat"], lon=row["lon"], country=row["country"], feature="S", radius_m=_RADIUS_M)
        big = military or "International" in row["name"]
        yield Entry(place, tuple(names), "", _BIG if big else _SMALL)


def _names(row: Airport, military: bool, of_town: bool) -> Iterator[tuple[str, Rank]]:
    name = row["name"]
    yield name, Rank.NAME
    short = _KIND.sub("", name)
    if short != name:
        shapes = ("airport", "international airport", "airfield") + (
            ("air base", "airbase", "military airport") if military else ()
        )
        for shape in shapes:
            yield f"{short} {shape}", Rank.ALIAS
    if of_town:
        yield f"{row['city']} airport", Rank.ALIAS
        yield f"{row['city']} international airport", Rank.ALIAS


def _best_of_towns(rows: dict[str, Airport]) -> dict[tuple[str, str], str]:
    """The airport that "the airport of X" is: the only international one, or the only one."""
    of_town: dict[tuple[str, str], list[Airport]] = {}
    for row in rows.values():
        if row["city"] and row["iata"]:
            of_town.setdefault((row["country"], fold_once(row["city"])), []).append(row)
    best = {}
    for town, own in of_town.items():
        world = [row for row in own if "International" in row["name"]] or own
        if len(world) == 1:
            best[town] = world[0]["icao"]
    return best
