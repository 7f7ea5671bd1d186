"""Our own forms: what goes out comes in again."""

from __future__ import annotations

import json

import pytest

from whoholds.formats.contract import claim_to_json
from whoholds.formats.exports import KINDS
from whoholds.formats.imported import claim_from_json
from whoholds.formats.plain import json_text, notation_text
from whoholds.model import Asserted, Claim, Filed, Parted
from whoholds.questions import Register
from whoholds.questions.extract import Extract


def test_the_notation_is_written_into_another_register_with_the_same_documents(exported: Register) -> None:
    text = "".join(notation_text(exported.extract()))
    with Register(":memory:") as other:
        other.store.append([Filed(document) for document in exported.documents()], by="test")
        written = other.write(text, name="export", by="test")
        assert written.problems == ()
        assert "".join(notation_text(other.extract())) == text
        claims = {entry.act.claim.id for entry in written.entries if isinstance(entry.act, Asserted)}
        assert claims == {one.testimony.claim.id for one in exported.extract().claims()}


def test_into_the_same_register_it_brings_nothing_new(exported: Register) -> None:
    before = exported.size()
    assert exported.write("".join(notation_text(exported.extract())), name="export", by="test").entries == ()
    assert exported.size() == before


def test_alliances_go_with_the_claims() -> None:
    with Register(":memory:") as register, Register(":memory:") as other:
        register.write("2020/.. alliance: A with B\n\nalways alliance: A apart from C\n", name="n", by="ann")
        text = "".join(notation_text(register.extract()))
        entries = other.write(text, name="n", by="ann").entries
        assert [entry.kind for entry in entries] == ["allied", "parted"]
        assert isinstance(entries[1].act, Parted)


def test_claims_come_back_from_json(extract: Extract) -> None:
    told = json.loads("".join(json_text("claims", extract)))
    for one, cited in zip(told, extract.claims(), strict=True):
        assert cited.document is not None
        claim = claim_from_json(one, cited.document)
        assert isinstance(claim, Claim)
        assert claim.evidence == cited.testimony.claim.evidence
        again = claim_to_json(claim)
        assert {**again, "id": one["id"]} == {key: one[key] for key in again}
        assert one["id"] == cited.testimony.claim.id


@pytest.mark.parametrize("what", KINDS)
def test_every_kind_is_an_array(what: str, extract: Extract, nothing: Extract) -> None:
    told = json.loads("".join(json_text(what, extract)))
    assert len(told) == extract.given[what] > 0
    assert json.loads("".join(json_text(what, nothing))) == []


def test_nothing_is_an_empty_text(nothing: Extract) -> None:
    assert "".join(notation_text(nothing)) == ""
