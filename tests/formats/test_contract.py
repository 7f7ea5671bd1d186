"""The JSON contract: its fields in their order, and back again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from tests import strategies
from tests.grounding.times.reading import sentences_of
from whoholds.formats import claim_from_json, claim_to_json, grounding_to_json, problem_to_json, reading_to_json
from whoholds.grounding import ground
from whoholds.model import (
    Action,
    Actor,
    Change,
    Claim,
    Control,
    Count,
    Document,
    Event,
    EventType,
    Obligation,
    Offset,
    Place,
    Problem,
    Role,
    Step,
    When,
    Where,
)
from whoholds.pipeline import Reading

DOCUMENT = Document(text="Rebels left Old Mill on Saturday. Rebels left.", name="wire-1")
REBELS = Actor(name="Rebels", country="COD", role=Role.REB)
PLACE = Place(name="Old Mill", lat=-1.5, lon=29.0, country="CD", feature="P", geonameid=7)
COMMON_HEAD = ["kind", "quote", "said_by", "factuality", "when", "where", "where_lat", "where_lon", "where_country"]
COMMON_TAIL = ["id", "quote_start", "quote_end", "where_geonameid", "confidence"]


def claim(matter: Event | Control | Obligation) -> Claim:
    return Claim(
        matter=matter,
        evidence=DOCUMENT.span(0, 32),
        said_by=(Actor(name="a witness", role=Role.CVL),),
        when=When("2024-03-02"),
        where=Where(name="Old Mill", place=PLACE),
        confidence=0.75,
    )


def fields_between(told: dict[str, Any]) -> list[str]:
    """The fields of the matter, after checking those around them."""
    names = list(told)
    assert names[: len(COMMON_HEAD)] == COMMON_HEAD
    assert names[-len(COMMON_TAIL) :] == COMMON_TAIL
    return names[len(COMMON_HEAD) : -len(COMMON_TAIL)]


def test_an_event() -> None:
    told = claim_to_json(claim(Event(type=EventType.RETREAT, actors=(REBELS,), killed=Count(14, None))))
    assert fields_between(told) == ["type", "actors", "recipients", "killed"]
    assert told["actors"] == [{"name": "Rebels", "country": "COD", "role": "REB"}]
    assert told["killed"] == {"low": 14, "high": None}
    assert told["said_by"] == ["a witness"]
    assert (told["when"], told["where"], told["where_lat"], told["where_lon"]) == ("2024-03-02", "Old Mill", -1.5, 29.0)
    assert (told["where_country"], told["where_geonameid"], told["confidence"]) == ("CD", 7, 0.75)
    assert (told["quote"], told["quote_start"], told["quote_end"]) == ("Rebels left Old Mill on Saturday", 0, 32)


def test_control() -> None:
    told = claim_to_json(claim(Control(change=Change.LOSES, former=REBELS)))
    assert fields_between(told) == ["change", "holder", "from"]
    assert told["holder"] is None
    assert told["from"]["role"] == "REB"


def test_an_obligation_leaves_out_what_is_not_told() -> None:
    bare = claim_to_json(claim(Obligation(step=Step.MET, action=Action.WITHDRAW)))
    assert fields_between(bare) == ["step", "action", "obligors", "beneficiaries", "due", "agreement"]
    full = claim_to_json(
        claim(
            Obligation(
                step=Step.EXTENDED,
                action=Action.WITHDRAW,
                due=When("2024-04"),
                due_was=When("2024-03"),
                due_after=Offset("-P6M", "its expiry"),
                agreement="the truce",
                asked_by=REBELS,
                reason="rain",
            )
        )
    )
    assert fields_between(full) == [
        *("step", "action", "obligors", "beneficiaries", "due", "due_was", "due_after", "agreement", "reason", "asked_by"),
    ]
    assert full["due_after"] == {"offset": "-P6M", "trigger": "its expiry"}
    assert (full["due"], full["due_was"], full["reason"], full["asked_by"]["name"]) == ("2024-04", "2024-03", "rain", "Rebels")


def test_a_reading() -> None:
    problem = Problem("no-date", "no date is told", DOCUMENT.span(24, 32), "use --published")
    told = reading_to_json(Reading(DOCUMENT, (claim(Control(change=Change.HOLDS)),), (problem, Problem("x", "y"))))
    assert list(told) == ["id", "claims", "problems"]
    assert told["id"] == "wire-1"
    assert told["problems"] == [
        {
            "code": "no-date",
            "message": "no date is told",
            "hint": "use --published",
            "start": 24,
            "end": 32,
            "quote": "Saturday",
        },
        {"code": "x", "message": "y"},
    ]


@settings(max_examples=60, deadline=None)
@given(strategies.readings())
def test_json_comes_back(reading: tuple[Document, list[Claim]]) -> None:
    document, claims = reading
    for original in claims:
        told = json.loads(json.dumps(claim_to_json(original)))
        back = claim_from_json(told, document)
        assert isinstance(back, Claim), back
        assert claim_to_json(back) == {**told, "id": back.id}
        assert back.evidence == original.evidence


def test_the_id_comes_back_where_the_contract_holds_all_of_the_meaning() -> None:
    original = Claim(matter=Event(type=EventType.RETREAT, actors=(REBELS,)), evidence=DOCUMENT.span(0, 11))
    back = claim_from_json(claim_to_json(original), DOCUMENT)
    assert isinstance(back, Claim)
    assert back.id == original.id


def test_words_without_characters_are_looked_up() -> None:
    told = {"kind": "control", "change": "holds", "quote": "Rebels left", "occurrence": 2}
    back = claim_from_json(told, DOCUMENT)
    assert isinstance(back, Claim)
    assert back.evidence.start == 34


GOOD: dict[str, Any] = {"kind": "event", "type": "AID", "quote": "Rebels"}


def test_bad_objects_name_the_field() -> None:
    wrong = {
        "kind": {"kind": "rumour"},
        "type": {"type": "WAR"},
        "quote": {"quote": "not there"},
        "when": {"when": "yesterday"},
        "actors": {"actors": [{"country": "COD"}]},
        "killed": {"killed": {"low": 5, "high": 2}},
        "where_lat": {"where": "Old Mill", "where_lat": "north"},
        "factuality": {"factuality": "sure"},
    }
    for name, fields in wrong.items():
        problem = claim_from_json({**GOOD, **fields}, DOCUMENT)
        assert isinstance(problem, Problem), name
        assert f'"{name}"' in problem.message
    assert isinstance(claim_from_json({"kind": "event"}, DOCUMENT), Problem)
    assert problem_to_json(problem)["code"] == "claim"


@pytest.mark.parametrize("offset", [{"offset": "two weeks", "trigger": "it"}, {"offset": "P2W"}, "P2W"])
def test_a_stretch_that_is_none_is_a_problem(offset: object) -> None:
    told = {"kind": "obligation", "step": "set", "action": "pay", "quote": "Rebels", "due_after": offset}
    problem = claim_from_json(told, DOCUMENT)
    assert isinstance(problem, Problem)
    assert '"due_after"' in problem.message


def test_a_time_tells_what_it_counts_from_where_it_counts_from_something_named() -> None:
    document = Document(text="They leave within 14 days of the ceasefire, on 5 May 2020.")
    told = grounding_to_json(ground(document, sentences_of(document.text)))["times"]
    assert told[0] == {
        "start": 18,
        "end": 25,
        "text": "14 days",
        "type": "DURATION",
        "value": "P14D",
        "edtf": None,
        "anchor": {"text": "the ceasefire", "offset": "P14D"},
    }
    assert "anchor" not in told[1]
