"""The project's own gold: well formed, scored, and above its floors."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation import floors, gold, score, tasks
from evaluation.actors import gold_actors
from whoholds.model import Action, Change, EventType, Factuality, Role, Step, When
from whoholds.pipeline import Reader

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
ROWS = gold.load(gold.OWN_GOLD)
CLAIMS = [(row, claim) for row in ROWS for claim in row["claims"]]
MATTERS = {
    "event": {"type", "actors", "recipients"},
    "control": {"change", "holder", "from"},
    "obligation": {"step", "action", "obligors", "beneficiaries", "due", "agreement"},
}


@pytest.fixture(scope="module")
def predictions() -> dict[str, list[dict[str, object]]]:
    return {row["id"]: row["claims"] for row in gold.read(ROWS, Reader())}


def test_each_example_has_gold() -> None:
    texts = {path.read_text(encoding="utf-8").strip() for path in (ROOT / "examples").glob("*.txt")}
    assert {row["text"].strip() for row in ROWS} == texts


@pytest.mark.parametrize(("row", "claim"), CLAIMS, ids=[f"{row['id']}: {claim['quote'][:40]}" for row, claim in CLAIMS])
def test_gold_is_well_formed(row: dict[str, object], claim: dict[str, object]) -> None:
    start, end = score.gold_quote(str(row["text"]), claim)
    assert str(row["text"])[start:end] == claim["quote"]
    Factuality(str(claim["factuality"]))
    for key in ("when", "due", "due_was"):
        if claim.get(key):
            When(str(claim[key]))
    assert MATTERS[str(claim["kind"])] <= set(claim)
    for key, values in (("type", EventType), ("change", Change), ("step", Step), ("action", Action)):
        if key in claim:
            values(str(claim[key]))
    for _, country, role in gold_actors({"claims": [claim]}):
        assert country is None or re.fullmatch("[A-Z]{3}", country)
        assert role is None or Role(role)


def test_scores_hold_their_floors() -> None:
    limits = {name: floor for name, floor in floors.load().items() if name.startswith("own.")}
    figures = dict(floors.flatten({"own": tasks.own_gold(Reader())}))
    assert limits
    assert floors.unmeasured(figures, limits) == []
    assert floors.below(figures, limits) == []


@pytest.mark.skipif(not (SHARED / "score" / "claims.py").exists(), reason="the shared scorers are not here")
def test_both_scorers_agree(tmp_path: Path, predictions: dict[str, list[dict[str, object]]]) -> None:
    lines = tmp_path / "predictions.jsonl"
    gold.write_lines(({"id": key, "claims": claims} for key, claims in predictions.items()), lines)
    command = [sys.executable, "-B", str(SHARED / "score" / "claims.py"), str(gold.OWN_GOLD), str(lines)]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = score.as_report(score.score(ROWS, predictions))
    assert {kind: {**row, "slots": row.get("slots", {})} for kind, row in ours.items()} == {
        kind: {**row, "slots": row.get("slots", {})} for kind, row in theirs.items()
    }


@pytest.mark.skipif(not (SHARED / "gold" / "validate.py").exists(), reason="the shared validator is not here")
def test_gold_passes_the_shared_validator() -> None:
    command = [sys.executable, "-B", str(SHARED / "gold" / "validate.py"), str(gold.OWN_GOLD)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
