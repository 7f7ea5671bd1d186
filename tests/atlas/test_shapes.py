"""`/data/shapes`: outlines of countries, boundaries and cells, for the places that a state of knowledge has."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import shapely

pytest.importorskip("fastapi", reason="fastapi is not installed")

from fastapi.testclient import TestClient

from tests.questions.build import BAKHMUT, KALBAJAR, LACHIN_CITY, say
from tests.register.strategies import outline
from whoholds.atlas import create_app
from whoholds.atlas.settings import Settings
from whoholds.model import Withdrawn
from whoholds.questions import Register

AREA = "A:40.1068,46.0367"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register(tmp_path / "war.whoholds") as opened:
        say(opened, f"2020-11-25 control {KALBAJAR}: Azerbaijan's army [AZE MIL] gains", on="2020-11-25")
        say(opened, f"2020-12-01 control {LACHIN_CITY}: Azerbaijan's army [AZE MIL] gains", on="2020-12-01")
        say(opened, f"2023-05-20 control {BAKHMUT}: Russian forces [RUS MIL] gains", on="2023-05-20")
        yield opened


@pytest.fixture
def client(register: Register) -> TestClient:
    return TestClient(create_app(register), base_url="http://127.0.0.1")


def told(client: TestClient, query: str = "") -> Any:
    answer = client.get(f"/data/shapes{query}")
    assert answer.status_code == 200
    return answer.json()


def countries(shapes: Any) -> set[str]:
    return {feature["properties"]["country"] for feature in shapes["outlines"]["features"]}


def test_outlines_of_the_countries_concerned_and_their_neighbours(client: TestClient) -> None:
    shapes = told(client)
    assert {"AZ", "AM", "UA", "RU"} <= countries(shapes)
    assert "FR" not in countries(shapes)
    for feature in shapes["outlines"]["features"]:
        assert feature["geometry"]["type"] in ("Polygon", "MultiPolygon")
        assert feature["properties"]["source"] and feature["properties"]["name"]
    armenia, azerbaijan = (
        shapely.geometry.shape(feature["geometry"])
        for feature in shapes["outlines"]["features"]
        if feature["properties"]["country"] in ("AM", "AZ")
    )
    assert armenia.intersection(azerbaijan).area < 0.01, "common borders are thinned alike"


def test_cells_of_settlements_and_areas_without_a_boundary(client: TestClient, register: Register) -> None:
    cells = told(client)["cells"]
    assert cells["place"] == [AREA, "geonames:147625", "geonames:713174"]
    assert cells["area"] == [1, 0, 0]
    assert all(ring[0] == ring[-1] and len(ring) > 3 for rings in cells["rings"] for ring in rings)
    (entry,) = register.outline([outline("Kalbajar", AREA)], by="ann")
    shapes = told(client)
    assert shapes["cells"]["place"] == ["geonames:147625", "geonames:713174"]
    [feature] = shapes["boundaries"]["features"]
    assert feature["properties"] == {"place": AREA, "name": "Kalbajar", "source": "a survey", "entry": entry.seq}
    assert shapely.geometry.shape(feature["geometry"]).area == pytest.approx(0.01)
    register.store.append([Withdrawn(entry.seq, "no")], by="ann")
    assert told(client)["cells"] == cells
    assert told(client)["boundaries"]["features"] == []


def test_only_what_was_known_by_then(client: TestClient, register: Register) -> None:
    register.outline([outline("Kalbajar", AREA)], by="ann")
    early = told(client, "?published_by=2020-11-30")
    assert early["cells"]["place"] == []
    assert "UA" not in countries(early)
    before = told(client, "?recorded_by=2000-01-01")
    assert (before["cells"]["place"], before["boundaries"]["features"]) == ([], [])
    assert before["outlines"]["features"] == []


def test_nothing_that_a_publication_delay_holds_back(register: Register) -> None:
    register.outline([outline("Kalbajar", AREA)], by="ann")
    now = datetime.now(UTC)
    settings = Settings(public=True, delay=timedelta(hours=48))
    for later, count in ((timedelta(hours=1), 0), (timedelta(hours=72), 2)):
        held = TestClient(create_app(register, settings, clock=lambda later=later: now + later), base_url="http://127.0.0.1")
        shapes = told(held)
        assert len(shapes["cells"]["place"]) == count
        assert len(shapes["boundaries"]["features"]) == bool(count)


def test_an_answer_is_tagged_gzipped_and_not_sent_twice(client: TestClient, register: Register) -> None:
    answer = client.get("/data/shapes")
    assert answer.headers["content-encoding"] == "gzip"
    tag = answer.headers["etag"]
    same = client.get("/data/shapes", headers={"If-None-Match": f'"other", W/{tag}'})
    assert (same.status_code, same.content) == (304, b"")
    plain = client.get("/data/shapes", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == answer.json()
    say(register, f"2020-11-26 control {KALBAJAR}: Azerbaijan's army [AZE MIL] holds", on="2020-11-26")
    assert client.get("/data/shapes").headers["etag"] == tag, "no place is new"
    register.outline([outline("lake", None)], by="ann")
    assert client.get("/data/shapes").headers["etag"] != tag


def test_an_empty_register() -> None:
    with Register(":memory:") as empty:
        shapes = told(TestClient(create_app(empty), base_url="http://127.0.0.1"))
    assert shapes == {
        "outlines": {"type": "FeatureCollection", "features": []},
        "boundaries": {"type": "FeatureCollection", "features": []},
        "cells": {"place": [], "area": [], "rings": []},
    }


def test_what_is_made_is_gzip(register: Register) -> None:
    from whoholds.atlas.desk import Desk
    from whoholds.atlas.shapes import Shapes

    shapes = Shapes(Desk(register))
    first = shapes.packed(Desk(register).known())
    assert gzip.decompress(first.body).startswith(b'{"outlines"')
    assert shapes.packed(Desk(register).known()) is first, "kept at hand"
