"""What the map's page takes: the timetable and the incidents in columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from tests.questions.build import ARMENIA, BAKHMUT, kalbajar, say
from whoholds.atlas import create_app
from whoholds.questions import Register

DAYS = [date(2020, 11, day) for day in (1, 13, 24, 25, 30)]


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        say(
            opened,
            "2020-11-28 event Kalbajar (AZ 40.10984 46.04446 #586268): ASSAULT by gunmen [AZE UAF]",
            "killed 3",
            on="2020-11-28",
        )
        say(opened, f"../2020-12-01 control Nowhereville: {ARMENIA} holds", on="2020-12-01")
        yield opened


@pytest.fixture
def client(register: Register) -> TestClient:
    return TestClient(create_app(register), base_url="http://localhost")


def test_a_day_filtered_out_of_the_timeline_is_the_map_of_that_day(register: Register, client: TestClient) -> None:
    told = client.get("/data/timeline").json()
    spans, epoch = told["spans"], date.fromisoformat(told["epoch"])
    rows = list(zip(*(spans[name] for name in ("place", "side", "standing", "begin", "end", "inherited")), strict=True))
    assert rows == sorted(rows, key=lambda row: (row[0], row[3] if row[3] is not None else -(10**9)))
    for day in DAYS:
        number = (day - epoch).days
        held = {
            (told["places"]["key"][place], told["sides"][side]["key"] if side >= 0 else None, told["standings"][standing])
            for place, side, standing, begin, end, _ in rows
            if (begin is None or begin <= number) and (end is None or number <= end)
        }
        plots = register.map(day).plots
        assert held == {(one.site.key, one.holder and one.holder.key, one.standing.value) for one in plots}, day


def test_the_head_of_the_timeline(register: Register, client: TestClient) -> None:
    told = client.get("/data/timeline").json()
    epoch = date.fromisoformat(told["epoch"])
    assert told["seq"] == register.size()
    assert told["known"] == {"published_by": None, "recorded_by": None}
    assert epoch + timedelta(told["latest"]) == date(2020, 12, 1)
    assert epoch + timedelta(told["last"]) == date(2020, 12, 1)
    assert {side["name"] for side in told["sides"]} == {"Armenia", "Azerbaijan"}
    assert [[str(epoch + timedelta(day)), count] for day, count in told["changes"]] == [["2020-11-25", 2]]
    assert sum(count for _, count in told["activity"]) == 5
    places = told["places"]
    unknown = places["name"].index("Nowhereville")
    assert (places["lat"][unknown], places["lon"][unknown], places["country"][unknown]) == (None, None, None)
    spans, feature = told["spans"], places["feature"]
    inherited = [area for place, area in zip(spans["place"], spans["inherited"], strict=True) if feature[place] == "P"]
    assert inherited == [feature.index("A")] * 2


def test_an_earlier_state_of_knowledge_is_another_answer(client: TestClient) -> None:
    now, then = client.get("/data/timeline"), client.get("/data/timeline?published_by=2020-11-14")
    assert then.json()["known"]["published_by"] == "2020-11-14"
    assert len(then.json()["places"]["key"]) == 1 < len(now.json()["places"]["key"])
    assert now.headers["etag"] != then.headers["etag"]


def test_incidents_in_columns_refer_to_places_of_the_timeline(client: TestClient) -> None:
    told, timeline = client.get("/data/incidents").json(), client.get("/data/timeline").json()
    assert told["seq"] == timeline["seq"]
    incidents = told["incidents"]
    assert [told["types"][one] for one in incidents["type"]] == ["ASSAULT"]
    assert incidents["killed"] == [[3, 3]]
    assert [timeline["places"]["key"][one] for one in incidents["place"]] == ["geonames:586268"]
    assert incidents["first"] == incidents["last"] == [(date(2020, 11, 28) - date(1970, 1, 1)).days]


def test_what_the_asker_has_is_not_sent_again(register: Register, client: TestClient) -> None:
    for path in ("/data/timeline", "/data/incidents"):
        answer = client.get(path)
        tag = answer.headers["etag"]
        assert client.get(path, headers={"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    say(register, f"2023-05-20 event {BAKHMUT}: ASSAULT by gunmen [RUS UAF]", on="2023-05-20")
    assert client.get("/data/incidents", headers={"If-None-Match": tag}).status_code == 200


def test_whoever_takes_no_gzip_gets_the_same(client: TestClient) -> None:
    plain = client.get("/data/timeline", headers={"Accept-Encoding": "identity"})
    zipped = client.get("/data/timeline", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert plain.content == zipped.content


def test_an_empty_register() -> None:
    with Register(":memory:") as register:
        client = TestClient(create_app(register), base_url="http://localhost")
        told = client.get("/data/timeline").json()
        assert (told["seq"], told["first"], told["last"], told["latest"]) == (0, None, None, None)
        assert told["spans"]["place"] == told["changes"] == told["activity"] == []
        assert client.get("/data/incidents").json()["incidents"]["id"] == []
        assert client.get("/figures").status_code == 200
