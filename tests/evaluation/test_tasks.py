"""Tasks run the product over gold and hand both to the scorer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from evaluation import __main__ as evaluation
from evaluation import gold, tasks
from whoholds.pipeline import Reader

ECHO = """
import json, sys
rows = lambda path: {r["id"]: r for r in map(json.loads, open(path))}
gold, predicted = rows(sys.argv[1]), rows(sys.argv[2])
print(json.dumps({"ids": sorted(gold) == sorted(predicted), "options": sys.argv[3:], "micro": {"f1": 0.25}}))
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "score").mkdir()
    (tmp_path / "score" / "echo.py").write_text(ECHO, encoding="utf-8")
    rows = [{"id": "a", "text": "Quiet."}, {"id": "b", "text": "Calm.", "dct": "2020-11-25T10:00"}]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def nothing(rows: list[dict[str, Any]], reader: Reader) -> Iterator[dict[str, Any]]:
    return ({"id": row["id"], "claims": []} for row in rows)


def test_a_scorer_gets_gold_predictions_and_options(shared: Path) -> None:
    task = tasks.Task(name="types.x", title="x", gold="rows.jsonl", score="echo.py", options=("--flag",))
    with mock.patch.object(gold, "read", nothing):
        assert tasks.run(task, shared, Reader()) == {"ids": True, "options": ["--flag"], "micro": {"f1": 0.25}}


def test_what_is_not_there_is_left_out(shared: Path) -> None:
    here = tasks.Task(name="types.here", title="here", gold="rows.jsonl", score="echo.py")
    absent = tasks.Task(name="types.absent", title="absent", gold="none.jsonl", score="echo.py")
    with mock.patch.object(gold, "read", nothing), mock.patch.object(tasks, "SHARED_TASKS", (here, absent)):
        results = evaluation.measure(shared, ("types",))
        assert list(results["types"]) == ["here"]
        assert "| here | – | – | – | 0.250 |" in evaluation.render(results)


def test_documents_keep_what_gold_tells() -> None:
    document = gold.document({"id": "b", "text": "Calm.", "dct": "2020-11-25T10:00", "title": "T"})
    assert (document.name, document.title, str(document.published)) == ("b", "T", "2020-11-25")
    assert gold.document({"id": "b", "text": "Calm.", "dct": "1998"}).published is None
    assert gold.document({"id": "b", "text": "Calm."}).published is None


def test_names_of_tasks_are_distinct() -> None:
    names = [task.name for task in tasks.SHARED_TASKS]
    assert len(set(names)) == len(names)
    assert {task.group for task in tasks.SHARED_TASKS} <= set(evaluation.HEADINGS)


def test_faults_are_told_apart_from_the_report() -> None:
    report = '{"f1": 0.5,\n "p": 1}'
    assert tasks.split(report + "\n") == ("", {"f1": 0.5, "p": 1})
    assert tasks.split(f"missed a 'x {{' 1\nfalse b\n{report}") == ("missed a 'x {' 1\nfalse b\n", {"f1": 0.5, "p": 1})
    with pytest.raises(ValueError):
        tasks.split("no report")


def test_errors_are_asked_of_the_scorer(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task = tasks.Task(name="types.x", title="x", gold="rows.jsonl", score="echo.py")
    with mock.patch.object(gold, "read", nothing):
        assert tasks.run(task, shared, Reader(), errors=7)["options"] == ["--errors", "7"]
