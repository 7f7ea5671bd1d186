"""OGC API - Features: the map of a day and of a period, boxes, paging, and what the standard says of parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.atlas.served import HOME, Served, served

ITEMS = "/api/collections/holdings/items"


@pytest.fixture(scope="module")
def atlas() -> Iterator[Served]:
    with served() as opened:
        yield opened


def held(told: dict[str, Any]) -> dict[str, str | None]:
    return {one["properties"]["place"]: one["properties"]["holder"] for one in told["features"]}


def test_the_landing_page_leads_to_all_that_the_standard_asks_for(atlas: Served) -> None:
    links = {one["rel"]: one for one in atlas.get("/api/")["links"]}
    for rel in ("self", "service-desc", "service-doc", "conformance", "data"):
        answer = atlas.ask.get(links[rel]["href"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(links[rel]["type"])
    classes = atlas.get("/api/conformance")["conformsTo"]
    assert {one.rpartition("/")[2] for one in classes} == {"core", "oas30", "geojson"}


def test_every_collection_leads_to_its_items_and_each_item_to_itself(atlas: Served) -> None:
    collections = atlas.get("/api/collections")["collections"]
    assert [one["id"] for one in collections] == ["holdings", "incidents", "places", "boundaries"]
    for one in collections:
        items = next(link["href"] for link in one["links"] if link["rel"] == "items")
        told = atlas.get(items)
        assert told["type"] == "FeatureCollection"
        assert told["numberReturned"] == len(told["features"])
        assert told["timeStamp"] == "2024-05-01T12:00:00Z"
        for feature in told["features"]:
            single = atlas.get(f"{items}/{feature['id']}")
            assert next(link["href"] for link in single["links"] if link["rel"] == "self") == f"{items}/{feature['id']}"
            assert single["properties"].items() <= feature["properties"].items()
            assert single["geometry"] == feature["geometry"]


def test_the_map_of_a_day_is_the_registers(atlas: Served) -> None:
    for day in ("2020-11-14", "2020-11-25", "2021-01-01", "2023-05-20"):
        told = atlas.get(f"{ITEMS}?on={day}&limit=1000")
        chart = atlas.register.map(day)
        assert held(told) == {plot.site.key: plot.holder and plot.holder.key for plot in chart.plots}
        assert told["on"] == day
        assert told["numberMatched"] == len(chart.plots)


def test_without_a_day_the_map_is_of_the_last_one_known(atlas: Served) -> None:
    assert atlas.get(ITEMS)["on"] == "2023-05-20"


def test_a_period_has_every_holding_that_touches_it(atlas: Served) -> None:
    def stretches(period: str) -> list[tuple[str, str | None, str | None]]:
        found = atlas.get(f"{ITEMS}?datetime={period}")["features"]
        told = (one["properties"] for one in found)
        return [(one["holder"], one["first"], one["last"]) for one in told if one["name"] == "Kalbajar"]

    armenian = ("ARM", stretches("2020-11-20")[0][1], "2020-11-24")
    assert stretches("2020-11-20") == [armenian]
    assert stretches("2020-11-24/2020-11-25") == [armenian, ("AZE", "2020-11-25", None)]
    assert stretches("2020-11-25/..") == [("AZE", "2020-11-25", None)]
    assert stretches("2020-11-24T23:30:00-02:00/") == [("AZE", "2020-11-25", None)]
    assert stretches("../2020-11-24") == [armenian]
    assert len(stretches("../..")) == 2


def test_a_box_takes_in_its_edges_and_crosses_the_date_line(atlas: Served) -> None:
    def names(box: str) -> set[str]:
        return {one["properties"]["name"] for one in atlas.get(f"/api/collections/places/items?bbox={box}")["features"]}

    assert names("45,39,47,41") == {"Kalbajar", "Lachin"}
    assert names("46.0367,40.1068,46.0367,40.1068") == {"Kalbajar"}
    assert names("45,39,-10,47,41,9000") == {"Kalbajar", "Lachin"}
    assert names("46.5,-90,46,90") == {"Lachin", "Bakhmut"}
    assert len(atlas.get(f"{ITEMS}?bbox=170,-90,-170,90")["features"]) == 0
    assert held(atlas.get(f"{ITEMS}?bbox=46.5,39,46,48&on=2021-01-01")) == {
        "A:39.6375,46.5469": "AZE",
        "geonames:147625": "AZE",
    }


def test_pages_follow_each_other_without_a_gap(atlas: Served) -> None:
    whole = [one["id"] for one in atlas.get(f"{ITEMS}?datetime=../..")["features"]]
    seen: list[str] = []
    address: str | None = f"{ITEMS}?datetime=../..&limit=2"
    before = None
    while address:
        told = atlas.get(address)
        links = {one["rel"]: one["href"] for one in told["links"]}
        seen += [one["id"] for one in told["features"]]
        if before:
            assert [one["id"] for one in atlas.get(links["prev"])["features"]] == before
        before, address = [one["id"] for one in told["features"]], links.get("next")
    assert seen == whole
    assert len(whole) > 2


def test_incidents_by_box_and_period(atlas: Served) -> None:
    address = "/api/collections/incidents/items"
    (battle,) = atlas.get(f"{address}?bbox=37,48,39,49&datetime=2023-05-01/2023-05-31")["features"]
    assert (battle["properties"]["type"], battle["properties"]["killed_low"]) == ("ASSAULT", 12)
    assert atlas.get(f"{address}?datetime=2023-05-21/..")["features"] == []
    assert atlas.get(f"{address}?bbox=0,0,1,1")["features"] == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("colour=red", "colour"),
        ("on=2020-13-01", "on"),
        ("datetime=yesterday", "datetime"),
        ("datetime=2020-11-25/2020-11-14", "datetime"),
        ("datetime=2020-02-30", "datetime"),
        ("on=2020-11-25&datetime=2020-11-25", "on"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,x", "bbox"),
        ("bbox=nan,2,3,4", "bbox"),
        ("bbox=0,10,5,-10", "bbox"),
        ("bbox=0,0,181,10", "bbox"),
        ("limit=0", "limit"),
        ("limit=50001", "limit"),
        ("offset=-1", "offset"),
        ("recorded_by=0001-01-01T00:00:00%2B14:00", "recorded_by"),
    ],
)
def test_parameters_that_are_wrong_are_named(atlas: Served, query: str, name: str) -> None:
    told = atlas.trouble(f"{ITEMS}?{query}")
    assert told["status"] == 400
    assert [one["name"] for one in told["where"]] == [name]


def test_a_parameter_given_twice_is_refused(atlas: Served) -> None:
    assert atlas.trouble(f"{ITEMS}?limit=1&limit=2")["status"] == 400


def test_what_is_not_there(atlas: Served) -> None:
    for id in ("nowhere", "geonames:1", "A:40.1068,46.0367@1999-01-01", "holding-000000000000", "@", "..@.."):
        assert atlas.trouble(f"{ITEMS}/{id}")["status"] == 404
    assert atlas.trouble("/api/collections/castles")["status"] == 400
    assert atlas.trouble("/api/collections/castles/items")["status"] == 404


def test_a_kept_holding_is_an_item_under_its_id(atlas: Served) -> None:
    holding = atlas.register.who("Kalbajar", "2020-11-26").finding
    told = atlas.get(f"{ITEMS}/{holding}")
    assert told["properties"]["holder"] == "AZE"
    assert {"rel": "related", "type": "application/json", "href": f"{HOME}/api/holdings/{holding}"} in told["links"]


def test_an_empty_register_has_empty_collections() -> None:
    with served(empty=True) as atlas:
        for name in ("holdings", "incidents", "places", "boundaries"):
            assert atlas.get(f"/api/collections/{name}/items")["features"] == []
            assert "extent" not in atlas.get(f"/api/collections/{name}")
