"""Tracing: from any id to the words and back up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.questions.build import kalbajar
from whoholds.model import Rejected
from whoholds.questions import Register
from whoholds.questions.tracing import TracedClaim, TracedDocument, TracedEntry, TracedFinding
from whoholds.register.store import ConflictError


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        yield opened


@pytest.fixture
def claim(register: Register) -> str:
    return register.who("Kalbajar district", "2020-11-26").supporting[0].claim.id


def test_a_claim_with_its_document_entries_and_findings(register: Register, claim: str) -> None:
    traced = register.trace(claim[:6])
    assert isinstance(traced, TracedClaim)
    assert traced.standing
    assert traced.document
    span = traced.testimony.claim.evidence
    assert traced.document.text[span.start : span.end] == span.quote
    assert [entry.kind for entry in traced.entries] == ["asserted"]
    assert {finding.id for finding in traced.findings} == {
        chapter.holding.id
        for chapter in register.history("Kalbajar district").chapters
        if claim in (*chapter.holding.supporting, *chapter.holding.opposing)
    }


def test_a_finding_leads_to_words(register: Register) -> None:
    holding = register.who("Kalbajar district", "2020-11-26").holding
    assert holding
    traced = register.trace(holding.id)
    assert isinstance(traced, TracedFinding)
    assert traced.finding == holding
    assert {word.claim.id for word in traced.supporting} == set(holding.supporting)


def test_a_document_by_id_and_by_name(register: Register, claim: str) -> None:
    told = register.trace(claim)
    assert isinstance(told, TracedClaim)
    assert told.document
    for name in (told.document.id, told.document.id[:10], told.document.name):
        traced = register.trace(name)
        assert isinstance(traced, TracedDocument)
        assert traced.document == told.document
        assert [word.claim.id for word in traced.claims] == [claim]


def test_an_entry_and_what_took_it_back(register: Register, claim: str) -> None:
    told = register.trace(claim)
    assert isinstance(told, TracedClaim)
    (asserted,) = told.entries
    register.judge(claim, Rejected(), because="misread", words=told.words, by="ann")
    register.withdraw(asserted.seq, because="misread", by="ann")
    traced = register.trace(str(asserted.seq))
    assert isinstance(traced, TracedEntry)
    assert traced.entry == asserted
    assert [entry.kind for entry in traced.about] == ["judged", "withdrawn"]
    again = register.trace(claim)
    assert isinstance(again, TracedClaim)
    assert not again.standing


@pytest.mark.parametrize("id", ["ffffffffffffffff", "99999", "no such name", "holding-000000000000", "a"])
def test_what_is_nothing_is_refused(register: Register, id: str) -> None:
    with pytest.raises(ConflictError) as raised:
        register.trace(id)
    assert raised.value.hint


def test_what_is_several_is_refused(register: Register) -> None:
    with pytest.raises(ConflictError, match="ids begin with hold"):
        register.trace("hold")
