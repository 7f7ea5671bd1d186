"""Checking: what is whole passes, whatever is not is named, and mending mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.questions.build import kalbajar
from whoholds.model import Holding, Standing
from whoholds.questions import Register
from whoholds.register.store import Sought


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        opened.settle()
        yield opened


def last_holding(register: Register) -> Holding:
    found = [one for one in register.store.findings(Sought(kind="holding")) if isinstance(one, Holding)]
    return max(found, key=lambda one: one.told)


def test_a_whole_register(register: Register) -> None:
    assert list(register.check()) == []


def test_an_empty_register() -> None:
    with Register(":memory:") as register:
        assert list(register.check()) == []


@pytest.mark.parametrize(
    ("gone", "put", "expected"),
    [
        (True, False, "is not kept"),
        (True, True, "kept otherwise"),
    ],
)
def test_findings_that_drifted(register: Register, gone: bool, put: bool, expected: str) -> None:
    holding = last_holding(register)
    other = replace(holding, standing=Standing.CONTESTED)
    register.store.settle("control", [], gone=[holding.id] if gone else [], found=[other] if put else [])
    problems = list(register.check())
    assert any(expected in problem.message and holding.id in problem.message for problem in problems)
    assert all(problem.hint for problem in problems)
    register.mend()
    assert list(register.check()) == []


def test_a_finding_without_words(register: Register) -> None:
    holding = last_holding(register)
    invented = replace(holding, supporting=("0" * 16,), told=holding.told.replace(year=2030))
    register.store.settle("control", [], gone=[], found=[invented])
    messages = " ".join(problem.message for problem in register.check())
    assert "nothing in the register leads to it" in messages
    assert "0000000000000000" in messages
    register.mend()
    assert list(register.check()) == []
