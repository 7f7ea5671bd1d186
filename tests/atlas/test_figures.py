"""The page of figures, and the same as JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.questions.build import KALBAJAR, LACHIN_CITY, kalbajar, say
from whoholds.atlas import create_app
from whoholds.atlas.ground import polygon_size, ring_sizes
from whoholds.model import Outlined
from whoholds.questions import Register

NAMES = ("area", "settlements", "incidents", "outlets")


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        say(
            opened,
            f"../2020-11-20 control {LACHIN_CITY}: Armenian forces [ARM MIL] holds",
            on="2020-11-20",
            outlet="=HYPERLINK(1)",
        )
        say(
            opened, f"2020-11-24 event {KALBAJAR}: ASSAULT by gunmen [AZE UAF]", on="2020-11-24", outlet="<img src=x onerror=1>"
        )
        yield opened


@pytest.fixture
def client(register: Register) -> TestClient:
    return TestClient(create_app(register), base_url="http://localhost")


@pytest.mark.parametrize("name", NAMES)
def test_the_file_has_the_rows_of_the_answer(client: TestClient, name: str) -> None:
    told = client.get(f"/api/figures/{name}").json()
    answer = client.get(f"/api/figures/{name}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head == [told["about"], *(f"{column['name']} ({told['unit']})" for column in told["columns"])]
    assert rows
    assert [[cell.removeprefix("'") for cell in row] for row in rows] == [[str(cell) for cell in row] for row in told["rows"]]


def test_who_holds_settlements_and_ground(client: TestClient) -> None:
    settlements, area = (client.get(f"/api/figures/{name}?first=2020-11-24&last=2020-11-25").json() for name in NAMES[1::-1])
    assert [column["name"] for column in settlements["columns"]] == ["Armenia"]
    assert settlements["rows"] == [["2020-11-24", 1], ["2020-11-25", 1]]
    assert [column["key"] for column in area["columns"]] == ["ARM", "AZE"]
    (_, before, none), (_, town, district) = area["rows"]
    assert none == 0
    assert town + district == pytest.approx(before, abs=0.2)
    assert 500 < district < 6_000, "the district is some 1,900 km²"


def test_ground_is_that_of_a_boundary_where_one_was_imported(client: TestClient, register: Register) -> None:
    def held() -> float:
        told = client.get("/api/figures/area?first=2020-11-24&last=2020-11-24").json()
        return float(sum(told["rows"][0][1:]))

    before = held()
    (district,) = (one for one in client.get("/api/places").json()["places"] if one["name"] == "Kalbajar")
    rings = ([[46.0, 40.0], [46.1, 40.0], [46.1, 40.1], [46.0, 40.0]], [[46.0, 40.0], [46.2, 40.0], [46.2, 40.2], [46.0, 40.0]])
    rest = []  # the ground of the town, which has no boundary
    for ring in rings:  # the second takes the place of the first
        geometry = json.dumps({"type": "Polygon", "coordinates": [ring]})
        register.outline([Outlined("Kalbajar", district["key"], geometry, "a survey")], by="tester")
        rest.append(held() - polygon_size([ring]))
    assert rest[0] == pytest.approx(rest[1], abs=0.2)
    assert 0 <= rest[0] < before


def test_text_of_reports_is_neither_markup_nor_a_formula(client: TestClient) -> None:
    page = client.get("/figures").text
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "'=HYPERLINK(1)" in client.get("/api/figures/outlets.csv").text
    assert not re.search(r"<[^>]* (?:style|on[a-z]+)=", page)
    assert not re.search(r"<script(?![^>]* src=)", page)


def test_the_page_has_a_table_under_each_chart_and_keeps_what_was_asked(client: TestClient) -> None:
    client.get("/api/figures/area")
    page = client.get("/figures?first=2020-11-20&last=2020-11-26&published_by=2020-11-30").text
    for name in NAMES:
        assert f'data-name="{name}"' in page
        assert f"/api/figures/{name}.csv?published_by=2020-11-30&amp;first=2020-11-20&amp;last=2020-11-26" in page
    assert page.count("<details>") == page.count("<caption") == len(NAMES)
    assert 'name="published_by" value="2020-11-30"' in page


def test_a_period_the_wrong_way_round_is_told(client: TestClient) -> None:
    query = "?first=2020-12-01&last=2020-11-01"
    assert client.get(f"/api/figures/area{query}").status_code == 400
    page = client.get(f"/figures{query}")
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert "before it begins" in page.text


@pytest.mark.parametrize("query", ["?first=0001-01-01&last=9999-12-31", "?first=9999-12-31", "?last=0001-01-01"])
def test_the_ends_of_the_calendar(client: TestClient, query: str) -> None:
    for name in NAMES:
        answer = client.get(f"/api/figures/{name}{query}")
        assert answer.status_code == 200
        assert len(answer.json()["rows"]) <= 401


def test_no_such_figure_or_day(client: TestClient) -> None:
    assert client.get("/api/figures/nonsense").status_code == 400
    assert client.get("/api/figures/area?first=someday").status_code == 400


def test_sizes_are_those_of_the_ellipsoid() -> None:
    from pyproj import Geod

    ring = [[46.0, 40.0], [46.5, 40.0], [46.5, 40.4], [46.0, 40.4], [46.0, 40.0]]
    hole = [[46.1, 40.1], [46.2, 40.1], [46.2, 40.2], [46.1, 40.2], [46.1, 40.1]]
    size, _ = Geod(ellps="WGS84").polygon_area_perimeter(*zip(*ring, strict=True))
    assert ring_sizes([ring, ring[::-1]]).tolist() == pytest.approx([abs(size) / 1e6] * 2, rel=1e-3)
    assert polygon_size([ring, hole]) == pytest.approx(ring_sizes([ring])[0] - ring_sizes([hole])[0])
    assert polygon_size([]) == 0
    assert len(ring_sizes([])) == 0
