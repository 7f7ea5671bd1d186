"""Airports and air bases by name."""

from __future__ import annotations

import pytest

from whoholds.grounding.gazetteer import Entry
from whoholds.grounding.gazetteer.airports import airports
from whoholds.grounding.gazetteer.keys import fold


@pytest.fixture(scope="module")
def by_key() -> dict[str, Entry]:
    return {fold(name): entry for entry in airports() for name, _ in entry.names}


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Aleppo International Airport", "SY", 36.18, 37.22),
        ("Aleppo airport", "SY", 36.18, 37.22),
        ("Shayrat airbase", "SY", 34.49, 36.91),
        ("Donetsk airport", "UA", 48.07, 37.74),
        ("Queen Alia International Airport", "JO", 31.72, 35.99),
        ("Juba airport", "SS", 4.87, 31.6),
    ],
)
def test_airports(by_key: dict[str, Entry], name: str, country: str, lat: float, lon: float) -> None:
    place = by_key[fold(name)].place
    assert (place.country, place.feature) == (country, "S")
    assert abs(place.lat - lat) < 0.05 and abs(place.lon - lon) < 0.05


@pytest.mark.parametrize(
    "name", ["John F Kennedy", "Queen Alia", "Ben Gurion", "Charles de Gaulle", "Aleppo", "Juba", "Lowell"]
)
def test_what_an_airport_is_called_after_is_no_airport(by_key: dict[str, Entry], name: str) -> None:
    assert fold(name) not in by_key


def test_farms_strips_are_left_out(by_key: dict[str, Entry]) -> None:
    assert fold("Aero B Ranch Airport") not in by_key
    assert len({id(entry) for entry in by_key.values()}) < 15_000
