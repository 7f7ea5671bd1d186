"""Names of places: any spelling, keys, kinds, and never a guess."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.questions.build import AZERBAIJAN, KALBAJAR, LACHIN, LACHIN_CITY, say
from whoholds.model import Place
from whoholds.questions import PlaceError, Register
from whoholds.questions.places import is_of, parted


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        say(opened, f"2020-11-25 control {KALBAJAR}: {AZERBAIJAN} gains", on="2020-11-25")
        say(opened, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains", on="2020-12-01")
        say(opened, f"2022-08-26 control {LACHIN_CITY}: {AZERBAIJAN} gains", on="2022-08-26")
        say(opened, "2020-12-01 control Hill 7: rebels [AZE REB] gains", on="2020-12-01")
        yield opened


@pytest.mark.parametrize(
    "name", ["Kalbajar", "KALBAJAR", "Kelbajar", "Kəlbəcər", "Kalbajar district", "the district of Kalbajar"]
)
def test_any_spelling_means_the_place(register: Register, name: str) -> None:
    site = register.site(name)
    assert site.name == "Kalbajar"
    assert site.place
    assert site.place.feature == "A"


def test_a_key_means_its_site(register: Register) -> None:
    for site in register.store.sites():
        assert register.site(site.key) == site


def test_a_place_that_the_gazetteer_lacks_is_known_by_its_name(register: Register) -> None:
    assert register.site("hill 7").place is None


def test_two_places_of_a_name_are_for_the_asker_to_choose(register: Register) -> None:
    with pytest.raises(PlaceError) as raised:
        register.site("Lachin")
    assert raised.value.problem.code == "ambiguous-place"
    for site in raised.value.sites:
        assert register.site(site.key) == site


@pytest.mark.parametrize(("name", "feature"), [("Lachin city", "P"), ("town of Lachin", "P"), ("Lachin district", "A")])
def test_the_word_for_its_kind_chooses(register: Register, name: str, feature: str) -> None:
    place = register.site(name).place
    assert place
    assert place.feature == feature


def test_a_place_in_an_area_of_the_register(register: Register) -> None:
    site = register.site("Kalbajar city")
    assert register.store.site(site.key) is None
    assert register.site("Kalbajar").key in site.within
    assert register.site(site.key) == site


def test_an_area_around_places_of_the_register(register: Register) -> None:
    assert register.site("Azerbaijan").key in register.site("Kalbajar").within


@pytest.mark.parametrize("name", ["", " ", "Reykjavik", "Nowhereatallville", "geonames:0", "\x1b[31m"])
def test_what_is_not_known_is_refused(register: Register, name: str) -> None:
    with pytest.raises(PlaceError) as raised:
        register.site(name)
    assert raised.value.problem.code == "unknown-place"
    assert raised.value.hint


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lachin", ("Lachin", "")),
        ("Lachin district", ("Lachin", "district")),
        ("the town of Lachin", ("Lachin", "town")),
        ("New York City", ("New York", "city")),
        ("district", ("district", "")),
    ],
)
def test_parted(name: str, expected: tuple[str, str]) -> None:
    assert parted(name) == expected


def test_is_of() -> None:
    town = Place(name="x", lat=0.0, lon=0.0, country=None, feature="P")
    assert is_of(town, "town")
    assert not is_of(town, "district")
    assert is_of(None, "district")
