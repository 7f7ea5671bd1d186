"""GeoJSON as RFC 7946 has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from tests.strategies import names, places
from whoholds.formats.fields import HOLDING, INCIDENT, PLOT, REIGN, SITE
from whoholds.formats.geojson import (
    collection,
    collection_text,
    holding_feature,
    incident_feature,
    plot_feature,
    reign_feature,
    site_feature,
)
from whoholds.model import Place, Side, Site, Standing
from whoholds.questions import Register
from whoholds.questions.extract import Extract
from whoholds.questions.who import Plot

KALBAJAR = Site("A:40.1068,46.0367", "Kalbajar", Place(name="K", lat=40.1068, lon=46.0367, country="AZ", feature="A"), ("a",))
NOWHERE = Site("name:the front", "the front")


def all_features(extract: Extract) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    for reign in extract.holdings():
        yield REIGN, reign_feature(reign)
        yield HOLDING, holding_feature(reign.holding)
    for incident in extract.incidents():
        yield INCIDENT, incident_feature(incident)
    for site in extract.places():
        yield SITE, site_feature(site)


def test_longitude_comes_first_and_what_is_nowhere_has_no_geometry() -> None:
    assert site_feature(KALBAJAR)["geometry"] == {"type": "Point", "coordinates": [46.0367, 40.1068]}
    assert site_feature(NOWHERE)["geometry"] is None
    assert site_feature(NOWHERE)["properties"] == {
        "kind": "place",
        "place": "name:the front",
        "name": "the front",
        "country": None,
        "feature": None,
        "within": [],
    }


def test_a_place_on_the_map_has_its_day_and_holder() -> None:
    plot = Plot(
        site=KALBAJAR,
        holder=Side("AZE", "AZE"),
        standing=Standing.CONCEDED,
        begin=None,
        told=date(2020, 11, 25),
        inherited=NOWHERE,
    )
    made = plot_feature(plot, date(2020, 11, 26))
    assert made["id"] == "A:40.1068,46.0367"
    assert {"on": "2020-11-26", "told": "2020-11-25", "begin_not_before": None}.items() <= made["properties"].items()
    assert {"holder": "AZE", "holder_name": "Azerbaijan", "standing": "conceded"}.items() <= made["properties"].items()
    assert {"inherited": "name:the front", "inherited_name": "the front"}.items() <= made["properties"].items()
    assert list(made["properties"]) == ["kind", *PLOT]


def test_every_feature_has_the_fields_of_its_kind_in_order(extract: Extract) -> None:
    made = list(all_features(extract))
    assert {feature["properties"]["kind"] for _, feature in made} == {"holding", "incident", "place"}
    for kinds, feature in made:
        assert list(feature["properties"]) == ["kind", *kinds]
        assert feature["id"]


def test_ids_are_those_that_the_register_traces(exported: Register) -> None:
    extract = exported.extract()
    for reign in extract.holdings():
        assert exported.trace(reign_feature(reign)["properties"]["finding"])
    for incident in extract.incidents():
        assert exported.trace(incident_feature(incident)["id"])


def test_a_collection_has_its_box_and_foreign_members(extract: Extract) -> None:
    made = collection(map(site_feature, extract.places()), timeStamp="2020-11-26T00:00:00Z", numberReturned=2)
    lons, lats = zip(*(feature["geometry"]["coordinates"] for feature in made["features"]), strict=True)
    assert made["bbox"] == [min(lons), min(lats), max(lons), max(lats)]
    assert made["numberReturned"] == 2
    with pytest.raises(ValueError, match="bbox"):
        collection([], bbox=[0, 0, 0, 0])


def test_a_collection_of_nothing_is_valid() -> None:
    assert collection([]) == {"type": "FeatureCollection", "features": []}
    assert json.loads("".join(collection_text([]))) == {"type": "FeatureCollection", "features": []}
    assert "bbox" not in collection([site_feature(NOWHERE)])


def test_the_text_in_pieces_is_the_collection(extract: Extract) -> None:
    features = [feature for _, feature in all_features(extract)]
    assert json.loads("".join(collection_text(features, on="2020"))) == collection(features, on="2020")


@given(names, places)
def test_any_name_survives(name: str, place: Place) -> None:
    feature = site_feature(Site("k", name, place))
    assert json.loads("".join(collection_text([feature])))["features"] == [feature]


def test_pyogrio_reads_it(extract: Extract, tmp_path: Any) -> None:
    pyogrio = pytest.importorskip("pyogrio", reason="pyogrio is not installed")
    file = tmp_path / "all.geojson"
    file.write_text("".join(collection_text(map(reign_feature, extract.holdings()))), encoding="utf-8")
    meta, _, geometry, data = pyogrio.raw.read(file)
    rows = dict(zip(meta["fields"], data, strict=True))
    assert len(geometry) == len(list(extract.holdings()))
    assert "Azerbaijan" in set(rows["holder_name"])
