"""The JSON of a register: everything can be written, and says what the thing says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from tests.questions import reports
from tests.questions.build import BAKHMUT, KALBAJAR, kalbajar, say
from whoholds.formats import answers, findings
from whoholds.model import (
    Accepted,
    Actor,
    Affiliation,
    Bounds,
    Edited,
    Holding,
    Incident,
    Rejected,
    Side,
    Undertaking,
)
from whoholds.questions import Register
from whoholds.questions.adding import Added, Became
from whoholds.register.store import Sought, Wanted


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    """Every kind of entry and finding."""
    with Register(":memory:") as opened:
        claims = kalbajar(opened)
        owed = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
        say(opened, f"2020-11-10 obligation {KALBAJAR}: set {owed}", "due 2020-11-15", "under truce", on="2020-11-10")
        say(opened, f"2023-01-05 event {BAKHMUT}: ASSAULT on villagers [UKR CVL]", "killed 3..5", on="2023-01-05")
        for claim, verdict in zip(claims, (Accepted(), Rejected()), strict=False):
            opened.judge(claim, verdict, because="test", words=opened.shown(claim).words, by="ann")
        shown = opened.shown(claims[2])
        edited = Edited(shown.testimony.claim)
        opened.judge(claims[2], edited, because="test", words=shown.words, by="ann")
        opened.withdraw(opened.size(), because="test", by="ann")
        opened.write("2020/.. alliance: A with B\n\nalways alliance: A apart from C\n", name="n", by="ann")
        erased = say(opened, f"2023-02-05 event {BAKHMUT}: AID to villagers [UKR CVL]", on="2023-02-05")
        opened.erase(erased[0].act.document.id, because="test", by="ann")  # type: ignore[union-attr]
        opened.settle()
        yield opened


def test_every_entry_can_be_written(register: Register) -> None:
    written = [findings.entry_to_json(entry) for entry in register.log()]
    json.dumps(written)
    assert {one["kind"] for one in written} == {
        "filed",
        "asserted",
        "judged",
        "withdrawn",
        "allied",
        "parted",
        "erased",
        "tombstone",
    }
    assert {one["verdict"] for one in written if one["kind"] == "judged"} == {"accept", "reject", "edit"}
    assert [one["entry"] for one in written] == list(range(1, register.size() + 1))
    assert all(one["recorded_at"].endswith("+00:00") for one in written)


@pytest.mark.parametrize(("kind", "of"), [("holding", Holding), ("undertaking", Undertaking), ("incident", Incident)])
def test_every_finding_can_be_written(register: Register, kind: str, of: type) -> None:
    found = list(register.store.findings(Sought(kind=kind)))
    assert found
    for finding in found:
        assert isinstance(finding, of)
        told = json.loads(json.dumps(findings.finding_to_json(finding)))
        assert (told["id"], told["kind"]) == (finding.id, kind)
        assert told["supporting"] == list(finding.supporting)
        assert told["standing"] == finding.standing.value
        assert told["derivation"] is None or told["derivation"]["rule"]


def test_an_incident_has_its_range(register: Register) -> None:
    (incident,) = register.store.findings(Sought(kind="incident"))
    assert findings.finding_to_json(incident)["killed"] == {"low": 3, "high": 5}


def test_every_answer_can_be_written(register: Register) -> None:
    day = "2020-11-26"
    who = register.who("Kalbajar district", day, published_by=day)
    told = [
        answers.who_to_json(who),
        answers.chart_to_json(register.map(day)),
        answers.history_to_json(register.history("Kalbajar district")),
        answers.due_to_json(register.due(day, all=True)),
        answers.incidents_to_json(register.incidents("Bakhmut")),
        answers.difference_to_json(register.diff("2020-11-01", day)),
        answers.affiliations_to_json(register.affiliations(day, "Armenia")),
        answers.affiliations_to_json(register.affiliations(day)),
        *(answers.hit_to_json(hit) for hit in register.search("Kalbajar")),
        *(answers.traced_to_json(register.trace(id)) for id in _ids(register)),
        answers.added_to_json(Added(document=reports.ENTRY, became=Became.NEW), []),
    ]
    json.dumps(told)
    assert told[0]["published_by"] == day
    assert told[0]["recorded_by"] is None
    assert told[0]["holding"]["id"] == who.finding


def _ids(register: Register) -> list[str]:
    claims = [told.claim for told in register.store.testimony(Wanted())]
    kinds = ("holding", "undertaking", "incident")
    kept = [one.id for kind in kinds for one in register.store.findings(Sought(kind=kind))]
    return [claims[0].id, claims[0].evidence.document, "1", *kept]


def test_what_is_not_told_is_null() -> None:
    assert findings.bounds_to_json(Bounds(None, date(2020, 1, 2))) == {"not_before": None, "not_after": "2020-01-02"}
    assert findings.side_to_json(None) is None
    assert findings.side_to_json(Side("SYR REB", "rebels")) == {"key": "SYR REB", "name": "rebels"}
    told = findings.affiliation_to_json(Affiliation(member=Actor(name="A"), side=Actor(name="B"), last=date(2020, 1, 2)))
    assert (told["first"], told["last"], told["apart"], told["source"]) == (None, "2020-01-02", False, "actor table")
    document = findings.document_to_json(reports.ENTRY)
    assert "text" not in document
    assert findings.document_to_json(reports.ENTRY, text=True)["text"] == reports.ENTRY.text
    assert document["url"] is None
