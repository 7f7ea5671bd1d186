"""Outlines of countries: every country has one, and it is where the country is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shapely

from whoholds.grounding import countries, outlines


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the package with Natural Earth's outlines is not installed."""

    def forget() -> None:
        for cached in (outlines._reader, outlines._numbers, outlines._outline, outlines._simplified):
            cached.cache_clear()

    monkeypatch.setattr(outlines, "_PACKAGE", "no_such_package")
    forget()
    yield
    monkeypatch.undo()
    forget()


def within(alpha2: str, lon: float, lat: float) -> bool:
    found = outlines.outline(alpha2)
    assert found is not None
    return bool(found.contains(shapely.Point(lon, lat)))


@pytest.mark.parametrize("alpha2", ["AM", "AZ", "HU", "IQ", "LY", "ML", "MM", "PS", "RS", "SD", "SS", "SY", "UA", "XK", "YE"])
def test_a_country_has_an_outline_around_its_middle(alpha2: str) -> None:
    found, country = outlines.outline(alpha2), countries.country(alpha2)
    assert found is not None
    assert country is not None
    assert found.is_valid
    assert found.geom_type in ("Polygon", "MultiPolygon")
    assert found.distance(shapely.Point(country.lon, country.lat)) < 1
    assert outlines.source_of(alpha2) == outlines.NATURAL_EARTH


def test_only_parts_overseas_that_their_countries_outlines_have_lack_one() -> None:
    lacking = {country.alpha2 for country in countries.countries() if not outlines.source_of(country.alpha2)}
    assert lacking <= {"BQ", "BV", "CC", "CX", "GP", "MQ", "RE", "SJ", "TK", "YT"}
    assert within("FR", 55.5, -21.1)


def test_borders_are_those_that_most_states_recognise() -> None:
    assert within("UA", 34.1, 44.95)
    assert not within("RU", 34.1, 44.95)
    assert within("AZ", 46.75, 39.82)
    assert within("PS", 34.45, 31.5)
    assert not within("IL", 35.2, 31.9)


def test_detail_leaves_points_out() -> None:
    full, simple = outlines.outline("UA"), outlines.outline("UA", 0.05)
    assert full is not None
    assert simple is not None
    assert shapely.get_num_coordinates(simple) < shapely.get_num_coordinates(full) / 5
    assert full.symmetric_difference(simple).area < full.area / 50
    assert outlines.outline("LI", 5.0) is not None, "what is small stays"


def test_an_unknown_country_has_none() -> None:
    assert outlines.outline("ZZ") is None
    assert outlines.outline("") is None
    assert outlines.source_of("ZZ") is None


def test_coarse_outlines_where_the_better_ones_are_not_installed(coarse: None) -> None:
    assert outlines.source_of("AZ") == outlines.COUNTRYINFO
    assert within("AZ", 46.75, 39.82)
    assert outlines.outline("MM") is None
