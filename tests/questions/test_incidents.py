"""Incidents asked for by place, days and type."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.questions.build import BAKHMUT, say
from whoholds.model import Count, EventType
from whoholds.questions import Register


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        for killed, outlet in ((3, "Example Wire"), (5, "Other Post")):
            head = f"2023-01-05 event {BAKHMUT}: ASSAULT by Russian forces [RUS MIL] on villagers [UKR CVL]"
            say(opened, head, f"killed {killed}", on="2023-01-05", outlet=outlet)
        say(opened, f"2023-02-01/2023-02-03 event {BAKHMUT}: AID by Red Cross [NGO] to villagers [UKR CVL]", on="2023-02-04")
        say(opened, "undated event Goma (CD -1.67409 29.22845 #216281): PROTEST by residents [COD CVL]", on="2023-02-04")
        yield opened


def types(register: Register, *asked: object, **more: object) -> list[str]:
    answer = register.incidents(*asked, **more)  # type: ignore[arg-type]
    return [happening.incident.type.value for happening in answer.happenings]


def test_two_reports_of_one_happening(register: Register) -> None:
    (happening,) = register.incidents("Bakhmut", type=EventType.ASSAULT).happenings
    assert happening.incident.range("killed") == Count(3, 5)
    assert {word.outlet for word in happening.supporting} == {"Example Wire", "Other Post"}
    assert happening.opposing == ()


def test_by_day_then_undated_first(register: Register) -> None:
    assert types(register) == ["PROTEST", "ASSAULT", "AID"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2023-01-05", "2023-01-05", ["ASSAULT"]),
        ("2023-01-06", None, ["AID"]),
        (None, "2023-02-01", ["ASSAULT", "AID"]),
        ("2023-02-03", "2023-02-03", ["AID"]),
        ("2023-02-04", None, []),
        ("2023-01-06", "2023-01-31", []),
    ],
)
def test_during(register: Register, first: str | None, last: str | None, expected: list[str]) -> None:
    assert types(register, "Bakhmut", first, last) == expected


def test_in_an_area(register: Register) -> None:
    assert types(register, "Ukraine") == ["ASSAULT", "AID"]
    assert types(register, "Goma") == ["PROTEST"]


def test_as_known_then(register: Register) -> None:
    assert types(register, published_by="2023-01-31") == ["ASSAULT"]
    assert types(register, recorded_by=date(2020, 1, 1)) == []
