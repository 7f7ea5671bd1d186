"""PLOVER's event records: its field names, our words."""

from __future__ import annotations

import json
from typing import Any

from tests.formats.exported import told
from whoholds.formats.plover import _SCALES, claim_record, incident_record, records_text
from whoholds.model import EventType
from whoholds.questions.extract import Extract

FIELDS = frozenset(
    """
    id has_event date time enddate endtime source recipient event event_loc event_text quad_code event_scale mode context link
    text text_info cite_info coder coded_date coded_time comment
    """.split()
)  # of draft 0.8
OURS = frozenset({"size", "standing", "opposing", "voices"})
ACTOR = frozenset({"code", "sector", "actor_text", "identifier_text"})


def records(extract: Extract) -> list[dict[str, Any]]:
    return [one for told in extract.told() if (one := incident_record(told, coder="whoholds 1"))]


def test_fields_are_the_drafts_or_told_to_be_ours(extract: Extract) -> None:
    for record in records(extract):
        assert record.keys() <= FIELDS | OURS
        assert {"id", "date", "source", "event"} <= record.keys()
        for actor in (*record["source"], *record["recipient"]):
            assert actor.keys() <= ACTOR


def test_an_assault_with_its_numbers_and_passages(extract: Extract) -> None:
    incident = told(extract, "ASSAULT")
    record = incident_record(incident, coder="whoholds 1")
    assert record is not None
    assert (record["date"], record["event"], record["quad_code"]) == ("2023-03-05", ["ASSAULT"], 4)
    assert record["source"] == [{"code": "RUS", "sector": "MIL", "actor_text": "Russian forces"}]
    assert record["recipient"] == [{"code": "UKR", "sector": "CVL", "actor_text": "villagers"}]
    assert record["size"] == {"dead": {"low": 3, "high": None}, "injured": {"low": 9, "high": 9}}
    assert record["event_loc"]["geonameid"] == 713174
    assert record["event_loc"]["cc3"] == "UKR"
    assert len(record["text_info"]) == len(record["event_text"]) == 2
    texts = {one.testimony.claim.id: one.document.text for one in extract.claims() if one.document}
    for words, where in zip(record["event_text"], record["text_info"], strict=True):
        assert texts[where["claim"]][where["start"] : where["end"]] == words


def test_what_has_no_day_has_no_record(extract: Extract) -> None:
    without = [one for one in extract.told() if one.incident.when.not_before is None and one.incident.when.not_after is None]
    assert len(without) == 1
    assert incident_record(without[0], coder="whoholds 1") is None


def test_days_between_which_it_lies(extract: Extract) -> None:
    (protest,) = [record for record in records(extract) if record["event"] == ["PROTEST"]]
    assert (protest["date"], protest["enddate"]) == ("2023-04-01", "2023-04-30")
    assert protest["size"] == {"crowd": {"low": 4000, "high": 4000}}


def test_a_claim_is_a_record_of_its_own(extract: Extract) -> None:
    made = [record for one in extract.claims() if (record := claim_record(one, coder="whoholds 1"))]
    assert {record["event"][0] for record in made} == {"ASSAULT", "PROTEST", "AID"}
    assert len({record["id"] for record in made}) == len(made) == 4


def test_every_type_has_its_quad_and_score() -> None:
    assert _SCALES.keys() == set(EventType)
    for quad, score in _SCALES.values():
        assert (quad in (1, 2)) is (score > 0)


def test_a_record_is_a_line(extract: Extract) -> None:
    lines = "".join(records_text([*records(extract), None])).splitlines()
    assert [json.loads(line)["id"] for line in lines] == [record["id"] for record in records(extract)]
    assert list(records_text([])) == []
