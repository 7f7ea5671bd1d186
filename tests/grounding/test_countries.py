"""Countries as reports write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grounding import countries

NAMES = {
    "Syria": "SY",
    "SYRIA": "SY",
    "the Democratic Republic of Congo": "CD",
    "DRC": "CD",
    "Congo": "CD",
    "Republic of Congo": "CG",
    "U.S.": "US",
    "US": "US",
    "the United States": "US",
    "UK": "GB",
    "Britain": "GB",
    "Ivory Coast": "CI",
    "Côte d’Ivoire": "CI",
    "Russia": "RU",
    "Iran": "IR",
    "South Korea": "KR",
    "Türkiye": "TR",
    "Burma": "MM",
    "UAE": "AE",
    "Emirates": "AE",
    "Palestine": "PS",
    "Kosovo": "XK",
    "DEMOCRATIC REPUBLIC OF CONGO": "CD",
}
NO_NAMES = ["us", "Syrian", "Moscow", "Island", "Thai", "", "the", "Damascus", "x" * 500]
DEMONYMS = {
    "Syrian": "SY",
    "Syrians": "SY",
    "Congolese": "CD",
    "Briton": "GB",
    "British": "GB",
    "Yemeni": "YE",
    "Yemenis": "YE",
    "Ukrainian": "UA",
    "Turkish": "TR",
    "Turks": "TR",
    "French": "FR",
    "Dutch": "NL",
    "South Sudanese": "SS",
    "Rwandan": "RW",
    "Chinese": "CN",
    "Indian": "IN",
    "Nigerien": "NE",
    "Nigerian": "NG",
    "Saudis": "SA",
    "Serbs": "RS",
}
CAPITALS = {
    "Damascus": "SY",
    "Kyiv": "UA",
    "Kiev": "UA",
    "the Kremlin": "RU",
    "Beijing": "CN",
    "Washington": "US",
    "Tehran": "IR",
    "Whitehall": "GB",
    "Yerevan": "AM",
}


@pytest.mark.parametrize(("words", "code"), NAMES.items())
def test_name(words: str, code: str) -> None:
    found = countries.by_name(words)
    assert found is not None and found.alpha2 == code


@pytest.mark.parametrize("words", NO_NAMES)
def test_no_name(words: str) -> None:
    assert countries.by_name(words) is None


@pytest.mark.parametrize(("words", "code"), DEMONYMS.items())
def test_demonym(words: str, code: str) -> None:
    found = countries.by_demonym(words)
    assert found is not None and found.alpha2 == code


@pytest.mark.parametrize("words", ["syrian", "Syria", "Kurdish", "Frenchs"])
def test_no_demonym(words: str) -> None:
    assert countries.by_demonym(words) is None


@pytest.mark.parametrize(("words", "code"), CAPITALS.items())
def test_seat(words: str, code: str) -> None:
    found = countries.by_capital(words)
    assert found is not None and found.alpha2 == code


@pytest.mark.parametrize("words", ["Brussels", "Male", "Stanley", "Victoria", "Aleppo"])
def test_no_seat(words: str) -> None:
    assert countries.by_capital(words) is None


def test_alpha3() -> None:
    assert countries.alpha3("XK") == "XKX"
    assert countries.alpha3("SY") == "SYR"
    assert countries.alpha3("??") is None
    assert countries.alpha3(None) is None


def test_every_country_has_a_place_on_the_globe() -> None:
    for found in countries.countries():
        assert -90 <= found.lat <= 90 and -180 <= found.lon <= 180
        assert (found.lat, found.lon) != (0.0, 0.0), found
        assert len(found.alpha3) == 3


def test_neighbours_are_mutual_for_the_worked_case() -> None:
    armenia, azerbaijan = countries.country("AM"), countries.country("AZ")
    assert armenia is not None and azerbaijan is not None
    assert "AZ" in armenia.neighbours and "AM" in azerbaijan.neighbours


@given(st.text(max_size=80))
def test_no_words_raise(words: str) -> None:
    for find in (countries.by_name, countries.by_demonym, countries.by_capital, countries.country):
        found = find(words)
        assert found is None or countries.country(found.alpha2) is found
