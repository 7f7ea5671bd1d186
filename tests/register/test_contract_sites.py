"""What every store must do, asked of memory, SQLite and PostgreSQL alike: sites."""

from __future__ import annotations

from dataclasses import replace

from tests.register.conftest import open_at
from tests.register.contract import filled, the
from tests.register.stories import ASSERTED, DENIED, KALBAJAR, UNDATED, at
from whoholds.model import Erased, Place, Site, Where, site_of
from whoholds.register.store import Store


def test_sites_are_those_that_claims_name(store: Store) -> None:
    filled(store)
    keys = [site.key for site in store.sites()]
    assert keys == sorted(keys)
    assert set(keys) == {site_of(act.claim.where).key for act in ASSERTED if act.claim.where}
    kalbajar = store.site("geonames:585514")
    assert kalbajar == site_of(KALBAJAR.where)  # type: ignore[arg-type]
    assert [site.key for site in store.sites(keys=["geonames:585514", "none"])] == ["geonames:585514"]
    assert list(store.sites(keys=[])) == []
    assert [site.key for site in store.sites(box=(46.0, 40.0, 47.0, 41.0))] == ["geonames:585514"]
    assert len(list(store.sites(box=(40.0, 0.0, 50.0, 60.0)))) == 3
    assert list(store.sites(box=(170.0, -90.0, -170.0, 90.0))) == []


def test_a_box_across_the_date_line(store: Store) -> None:
    filled(store)
    west_of_lachin_round_to_sanaa = (46.2, -90.0, 45.0, 90.0)
    names = [site.name for site in store.sites(box=west_of_lachin_round_to_sanaa)]
    assert names == ["صنعاء", "Lachin"], "Kalbajar lies between"


def test_sites_by_name_whatever_the_case_and_diacritics(store: Store) -> None:
    filled(store)
    for name in ("Kalbajar", "KALBAJAR", "Kəlbəcər", "kəlbəcər"):
        assert [site.key for site in store.sites_called(name)] == ["geonames:585514"], name
    for name in ("the café", "THE CAFE", "the Cafe\u0301"):
        assert [site.name for site in store.sites_called(name)] == ["the café"], name
    assert store.sites_called("صنعاء")[0].place is not None
    assert store.sites_called("Atlantis") == store.sites_called("") == ()


def test_the_register_says_where_a_place_lies(locator: str) -> None:
    country = Site("country:AZ", "Azerbaijan")
    district = Site(
        "kalbajar district", "Kalbajar District", Place(name="Kalbajar District", lat=40.1, lon=46.0, country="AZ", feature="A")
    )

    def situate(where: Where) -> Site:
        return replace(site_of(where), within=(district.key, country.key))

    with open_at(locator, situate) as store:
        filled(store)
        found = store.site("geonames:585514")
        assert found is not None
        assert found.within == (district.key, country.key)
        assert the(store, KALBAJAR).site == found  # type: ignore[union-attr]
        assert list(store.sites(within=[country.key])) == list(store.sites())
        assert list(store.sites(within=["elsewhere", district.key], keys=["geonames:585514"])) == [found]
        assert list(store.sites(within=["geonames:585514"])) == list(store.sites(within=[])) == []


def test_the_areas_around_all_places_are_those_of_the_sites(locator: str) -> None:
    around = {"geonames:585514": ("district \udfff\0", "country:AZ"), "name:the café": ("country:XX",)}

    def situate(where: Where) -> Site:
        own = site_of(where)
        return replace(own, within=around.get(own.key, ()))

    with open_at(locator, situate) as store:
        assert dict(store.within()) == {}
        filled(store)
        assert dict(store.within()) == {site.key: site.within for site in store.sites()}
        assert {key: areas for key, areas in store.within().items() if areas} == around
        store.append([Erased(UNDATED.id, "law")], by="counsel", at=at(1))
        assert "name:the café" not in store.within()
        around["geonames:585514"] = ("another district",)
        store.append([Erased(DENIED.id, "law")], by="counsel", at=at(2))
        kalbajar = store.site("geonames:585514")
        assert kalbajar is not None
        assert store.within()[kalbajar.key] == kalbajar.within == ("another district",), "situated anew: claims are left"
