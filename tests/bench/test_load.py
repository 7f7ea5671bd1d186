"""Fifty clients for a few seconds: nothing that was entered is lost, and nothing fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.load import load
from tests.questions.build import kalbajar
from whoholds.atlas import create_app
from whoholds.questions import Register

SOURCE = Path(__file__).parent.parent.parent / "src"


def test_fifty_clients_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")]))
    path = tmp_path / "war.whoholds"
    with Register(path) as register:
        kalbajar(register)
        api = create_app(register).openapi() or {}
        if "/api/claims/{id}/verdicts" not in api.get("paths", {}):
            pytest.skip("the atlas takes no verdicts")
    result = load(path, clients=50, seconds=5)
    assert not result.faults, result.told()
    assert result.lost == set(), result.told()
    assert result.entered, result.told()
    assert set(result.statuses) <= {200, 201}, result.told()
