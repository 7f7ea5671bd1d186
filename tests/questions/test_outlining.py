"""Which place an outline is that of: its name, where it lies and how large it is have to fit, else nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shapely

from tests.questions.build import KALBAJAR, say
from whoholds.model import Site
from whoholds.questions import Register
from whoholds.questions.outlining import Unplaced, outlined, place_of

AREA_KALBAJAR, TOWN_KALBAJAR = "A:40.1068,46.0367", "geonames:586268"
DISTRICT = shapely.box(45.8, 39.9, 46.4, 40.3)
TOWN = shapely.box(46.03, 40.10, 46.06, 40.12)


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def key(found: Site | Unplaced) -> str | None:
    return found.key if isinstance(found, Site) else None


@pytest.mark.parametrize("name", ["Kalbajar", "KALBAJAR", "Kelbajar", "Kalbajar district", "Kalbajar Rayon", "Kəlbəcər"])
def test_a_wide_outline_is_that_of_the_district(register: Register, name: str) -> None:
    assert key(place_of(register.store, name, DISTRICT)) == AREA_KALBAJAR


def test_a_small_outline_is_that_of_the_town(register: Register) -> None:
    assert key(place_of(register.store, "Kalbajar", TOWN)) == TOWN_KALBAJAR
    assert key(place_of(register.store, "Kalbajar city", TOWN)) == TOWN_KALBAJAR


def test_the_kind_that_the_name_tells_counts(register: Register) -> None:
    found = place_of(register.store, "Kalbajar city", DISTRICT)
    assert isinstance(found, Unplaced)
    assert "larger" in found.reason


def test_near_is_near_enough_and_far_is_not(register: Register) -> None:
    assert key(place_of(register.store, "Kalbajar", shapely.box(46.06, 40.10, 46.09, 40.12))) == TOWN_KALBAJAR
    found = place_of(register.store, "Kalbajar", shapely.box(48, 40.1, 48.03, 40.12))
    assert isinstance(found, Unplaced)
    assert {site.key for site in found.sites} == {AREA_KALBAJAR, TOWN_KALBAJAR}


def test_what_can_be_either_is_told_and_not_guessed(register: Register) -> None:
    found = place_of(register.store, "Kalbajar", shapely.box(45.94, 40.03, 46.14, 40.18))
    assert isinstance(found, Unplaced)
    assert found.reason == "'Kalbajar' can mean 2 places there"
    assert {site.key for site in found.sites} == {AREA_KALBAJAR, TOWN_KALBAJAR}


@pytest.mark.parametrize("name", ["", "  ", "Xyzzyville", "District 7 of nowhere"])
def test_names_of_nothing(register: Register, name: str) -> None:
    assert isinstance(place_of(register.store, name, DISTRICT), Unplaced)


def test_exchanged_axes_are_found_out(register: Register) -> None:
    found = place_of(register.store, "Kalbajar", shapely.box(39.9, 45.8, 40.3, 46.4))
    assert isinstance(found, Unplaced)
    assert found.exchanged


def test_a_place_that_only_claims_name(register: Register) -> None:
    say(register, "2020-11-25 control Post 7 (AZ 40.2 46.1): Azerbaijan's army [AZE MIL] gains", on="2020-11-25")
    [post] = [site for site in register.store.sites() if site.name == "Post 7"]
    assert key(place_of(register.store, "post 7", shapely.box(46.09, 40.19, 46.11, 40.21))) == post.key


def test_the_key_that_a_file_tells_goes_before_its_name(register: Register) -> None:
    say(register, f"2020-11-25 control {KALBAJAR}: Azerbaijan's army [AZE MIL] gains", on="2020-11-25")
    assert key(place_of(register.store, "anything", TOWN, AREA_KALBAJAR)) == AREA_KALBAJAR
    assert key(place_of(register.store, "Kalbajar", TOWN, "no such key")) == TOWN_KALBAJAR


def test_an_outline_is_entered_and_nothing_derived_changes(register: Register) -> None:
    say(register, f"2020-11-25 control {KALBAJAR}: Azerbaijan's army [AZE MIL] gains", on="2020-11-25")
    before = register.who("Kalbajar", "2020-11-26")
    site = place_of(register.store, "Kalbajar", DISTRICT)
    assert isinstance(site, Site)
    act = outlined("Kalbajar", site, DISTRICT, "a survey")
    (entry,) = register.outline([act], by="ann")
    assert register.outline([act], by="ann") == ()
    assert register.outlines() == (entry,)
    assert shapely.equals(shapely.from_geojson(act.geometry), DISTRICT)
    assert register.who("Kalbajar", "2020-11-26") == before
    register.withdraw(entry.seq, because="drawn by hand", by="ann")
    assert register.outlines() == ()
    assert list(register.check()) == []
