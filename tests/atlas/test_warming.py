"""What is warmed is not made again when it is asked for, and an unreadable register does not end the warming in a fault."""

from __future__ import annotations

import pytest

pytest.importorskip("fastapi", reason="fastapi is not installed")

from fastapi.testclient import TestClient

from tests.questions.build import kalbajar
from whoholds.atlas import columns, create_app, data, shapes
from whoholds.atlas.api import holding_features
from whoholds.atlas.desk import Desk
from whoholds.atlas.warming import warm
from whoholds.questions import Register
from whoholds.register.store import StoreError

PATHS = ("/data/timeline", "/data/shapes", "/data/incidents", "/api/collections/holdings/items")


def test_what_is_warmed_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with Register(":memory:") as register:
        kalbajar(register)
        app = create_app(register)
        warm(app.state.desk)
        for module, name in ((columns, "packed"), (shapes, "shapes_of"), (holding_features, "_made"), (data, "columns")):
            monkeypatch.setattr(module, name, None)  # whoever made something again would fail
        client = TestClient(app, base_url="http://127.0.0.1")
        assert [client.get(path).status_code for path in PATHS] == [200] * len(PATHS)


def test_a_register_that_cannot_be_read_is_left_to_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(**_: object) -> None:
        raise StoreError("the register cannot be read", "is the disk there?")

    with Register(":memory:") as register:
        monkeypatch.setattr(register, "timetable", unreadable)
        warm(Desk(register))
