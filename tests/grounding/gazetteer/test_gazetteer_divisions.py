"""Divisions of countries: what the package tells, merged with the curated table and the towns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from whoholds.grounding.gazetteer import Entry, Rank, divisions
from whoholds.grounding.gazetteer import towns as town_module
from whoholds.grounding.gazetteer.divisions import Division, merged
from whoholds.grounding.gazetteer.keys import fold
from whoholds.grounding.gazetteer.town_rows import TownRow
from whoholds.grounding.gazetteer.towns import Towns
from whoholds.model import Place


def town(code: int, name: str, lat: float, lon: float, country: str, people: int, *others: str) -> dict[str, Any]:
    return {
        "geonameid": code, "name": name, "latitude": lat, "longitude": lon, "countrycode": country,
        "population": people, "admin1code": "01", "alternatenames": list(others),
    }  # fmt: skip


ROWS = [
    town(1, "Kabul", 34.53, 69.17, "AF", 4_400_000),
    town(2, "Herat", 34.35, 62.2, "AF", 270_000, "Hirat"),
    town(3, "Kunduz", 36.73, 68.86, "AF", 160_000),
    town(4, "Ptuj", 46.42, 15.87, "SI", 18_000),
    town(5, "Kherson", 46.64, 32.61, "UA", 320_000),
    town(6, "Sagaing", 21.88, 95.98, "MM", 78_000),
]


@pytest.fixture(scope="module")
def towns() -> Iterator[Towns]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(town_module, "town_rows", lambda: {str(row["geonameid"]): TownRow(row) for row in ROWS})
        yield Towns()


@pytest.fixture(scope="module")
def found(towns: Towns) -> list[Division]:
    return divisions.divisions(towns)


def curated(name: str, country: str, *aliases: str, feature: str = "A") -> Entry:
    place = Place(name=name, lat=1.0, lon=2.0, country=country, feature=feature, radius_m=80_000)
    return Entry(place, ((name, Rank.NAME), *((alias, Rank.ALIAS) for alias in aliases)), "", 5.2)


def named(entries: list[Entry], name: str, country: str) -> list[Entry]:
    return [
        entry
        for entry in entries
        if entry.place.country == country
        and fold(name) in [fold(spelling) for spelling, rank in entry.names if rank < Rank.ALTERNATE]
    ]


@pytest.mark.parametrize(
    ("country", "name", "lat", "lon"),
    [
        ("HT", "Artibonite", 19.3, -72.5), ("PH", "Zambales", 15.3, 120.1), ("PH", "Ilocos Sur", 17.2, 120.6),
        ("ZW", "Mashonaland East", -17.8, 31.8), ("DK", "Mid-Jutland", 56.2, 9.2), ("SS", "Warrap", 8.5, 28.5),
        ("FR", "Finistère", 48.2, -4.1), ("CN", "Hubei", 31.0, 112.4), ("NG", "Borno", 11.9, 13.1),
    ],
)  # fmt: skip
def test_divisions_stand_where_they_are(
    found: list[Division], towns: Towns, country: str, name: str, lat: float, lon: float
) -> None:
    (entry,) = named(list(merged([], found, towns)), name, country)
    assert entry.place.feature == "A"
    assert abs(entry.place.lat - lat) < 0.7 and abs(entry.place.lon - lon) < 0.7


def test_countries_are_no_divisions(found: list[Division]) -> None:
    names = {(division.country, name) for division in found for name, _ in division.names}
    assert ("FR", "Guadeloupe") not in names and ("CN", "Hong Kong") not in names
    assert not [division for division in found if division.country == "US"]


def test_the_town_is_meant_by_the_bare_name(found: list[Division], towns: Towns) -> None:
    entries = list(merged([], found, towns))
    kunduz = next(entry for entry in named(entries, "Kunduz", "AF"))
    assert kunduz.prominence < 4.6
    assert (kunduz.place.lat, kunduz.place.lon) == (36.73, 68.86)


def test_a_seat_at_the_border_is_not_the_middle(found: list[Division], towns: Towns) -> None:
    (sagaing,) = named(list(merged([], found, towns)), "Sagaing", "MM")
    assert sagaing.place.lat > 23


def test_a_municipality_no_wider_than_its_town_is_left_out(found: list[Division], towns: Towns) -> None:
    assert named(list(merged([], found, towns)), "Ptuj", "SI") == []


def test_a_curated_area_keeps_its_point_and_gets_names(found: list[Division], towns: Towns) -> None:
    entries = list(merged([curated("Deir ez-Zor Governorate", "SY", "Deir Ezzor")], found, towns))
    (entry,) = named(entries, "Deir Ezzor", "SY")
    assert (entry.place.lat, entry.place.lon, entry.prominence) == (1.0, 2.0, 5.2)
    assert "Dayr az Zawr" in [name for name, _ in entry.names]


def test_a_town_keeps_its_name_for_itself(found: list[Division], towns: Towns) -> None:
    (oblast,) = named(list(merged([curated("Kherson Oblast", "UA")], found, towns)), "Kherson Oblast", "UA")
    assert dict(oblast.names)["Kherson"] is Rank.ALTERNATE


def test_a_curated_settlement_is_no_division(found: list[Division], towns: Towns) -> None:
    entries = list(merged([curated("Borno", "NG", feature="P")], found, towns))
    assert len(named(entries, "Borno", "NG")) == 2


def test_without_the_package_there_are_no_divisions(monkeypatch: pytest.MonkeyPatch, towns: Towns) -> None:
    monkeypatch.setattr(divisions, "find_spec", lambda name: None)
    assert divisions.divisions(towns) == []
