"""Processes that documents break: what is set aside, what is not, and what stops all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.corpora.small_runs import RECIPE, STORY, breaking, planned, written
from whoholds.corpora.elsewhere import find_twins
from whoholds.corpora.keeping import lines, read_json
from whoholds.corpora.layout import Layout
from whoholds.corpora.tasks import Done, Limits, Phase, StoppedError, Task
from whoholds.corpora.workers import Child, _Case, _Death
from whoholds.model import Problem


def reports(*marks: str) -> list[dict[str, Any]]:
    """Reports of the story, the first ones with marks that break readers."""
    rows = [{"id": f"r{at}", "text": one.text, "published": "2020-12-01"} for at, one in enumerate(STORY)]
    for row, mark in zip(rows, marks, strict=False):
        row["text"] += f"\n\n{mark}, nobody said." if mark else ""
    return rows


def surveyed(tmp_path: Path, rows: list[dict[str, Any]], child: Child) -> tuple[Layout, Done]:
    layout, _ = planned(tmp_path / "run", written(tmp_path / "in.jsonl", rows))
    done = child.run(Task(str(layout.folder), Phase.SURVEY, 0))
    find_twins(layout, 1)
    return layout, done


def aside(layout: Layout, phase: Phase) -> list[tuple[int, str]]:
    """The lines of the source that a phase set aside, with the reasons."""
    return [(int(one["place"].rpartition(":")[2]), one["code"]) for one in read_json(layout.done(phase, 0))["aside"]]


def test_documents_that_break_the_survey_are_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(breaking(tmp_path / "broken", Phase.SURVEY)))
    with Child(Limits(seconds=4.0, memory=700_000_000)) as child:
        layout, done = surveyed(tmp_path, reports("BROKEN-ABORT", "BROKEN-RAISE", "BROKEN-MEMORY", "BROKEN-HANG"), child)
    assert (done.records, done.aside, done.relevant) == (len(STORY), 4, len(STORY) - 4)
    assert aside(layout, Phase.SURVEY) == [(1, "died"), (2, "failed"), (3, "memory"), (4, "time")]
    assert [line["number"] for line in lines(layout.documents(0))] == list(range(len(STORY)))
    assert "SIGABRT" in read_json(layout.done(Phase.SURVEY, 0))["aside"][0]["message"]
    assert not list(layout.folder.glob(".draft-*"))


def test_a_document_that_breaks_the_reading_is_set_aside_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(breaking(tmp_path / "broken", Phase.READ)))
    with Child() as child:
        layout, _ = surveyed(tmp_path, reports("", "BROKEN-STACK"), child)
        done = child.run(Task(str(layout.folder), Phase.READ, 0))
    assert (done.records, done.aside) == (len(STORY), 1)
    assert aside(layout, Phase.READ) == [(2, "died")]
    read = list(lines(layout.claims(0)))
    assert [one["id"] for one in read] == [f"r{at}" for at in range(len(STORY)) if at != 1]
    assert all(one["claims"] for one in read)


def died(position: int, *, outside: bool = False) -> _Death:
    return _Death("take", position, frozenset({position}), Problem("died", "it died"), outside)


def test_how_often_a_process_must_die_over_a_document() -> None:
    case = _Case(Path("spool"), suspects=frozenset({3, 4}), fetching=None)
    case.note(died(3))
    assert set(case.poison) == {3}  # in work at the first death, and again
    case.note(died(7))
    assert set(case.poison) == {3}  # was not in work then: once more
    case.note(died(7))
    assert set(case.poison) == {3, 7}
    for _ in range(2):
        case.note(died(4, outside=True))
    assert set(case.poison) == {3, 7}
    case.note(died(4, outside=True))
    assert set(case.poison) == {3, 4, 7}


def test_a_source_that_kills_where_it_goes_on_ends_there() -> None:
    case = _Case(Path("spool"), suspects=frozenset(), fetching=5)
    case.note(_Death("fetch", 5, frozenset(), Problem("died", "it died")))
    assert case.ends == (5, Problem("died", "it died"))


def test_a_process_that_cannot_start_stops_the_run() -> None:
    case = _Case(Path("spool"), suspects=frozenset(), fetching=None)
    death = _Death("load", 0, frozenset(), Problem("died", "it died"))
    case.note(death)
    case.note(death)
    with pytest.raises(StoppedError, match="it died"):
        case.note(death)


def test_a_process_killed_from_outside_costs_no_document(tmp_path: Path) -> None:
    with Child() as child:
        layout, _ = surveyed(tmp_path, reports(), child)
        killed: list[int] = []

        def kill() -> None:
            for _ in range(2):
                time.sleep(0.4)
                if process := child._process:
                    killed.append(process.pid)
                    os.kill(process.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        done = child.run(Task(str(layout.folder), Phase.READ, 0))
        killer.join()
    assert len(set(killed)) == 2
    assert (done.records, done.aside) == (len(STORY), 0)


def test_a_missing_model_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHOLDS_MODEL", str(tmp_path / "nothing"))
    with Child() as child:
        layout, _ = surveyed(tmp_path, reports(), child)
        with pytest.raises(StoppedError, match="there is no language model") as error:
            child.run(Task(str(layout.folder), Phase.READ, 0))
    assert "WHOHOLDS_MODEL" in error.value.hint
    assert not layout.done(Phase.READ, 0).exists()


def test_a_damaged_gazetteer_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from whoholds.grounding.gazetteer.cache import index_path

    whole = index_path()
    (tmp_path / "cache").mkdir()
    data = bytearray(whole.read_bytes())
    data[4096:] = b"\x07" * (len(data) - 4096)
    (tmp_path / "cache" / whole.name).write_bytes(data)
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    with Child() as child:
        layout, _ = surveyed(tmp_path, reports(), child)
        with pytest.raises(StoppedError, match="gazetteer"):
            child.run(Task(str(layout.folder), Phase.READ, 0))
    assert not layout.done(Phase.READ, 0).exists()


def test_where_nothing_can_be_written_the_run_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "small").mkdir()
    small = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))\n"
    (tmp_path / "small" / "sitecustomize.py").write_text(small, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "small"))
    layout, _ = planned(tmp_path / "run", written(tmp_path / "in.jsonl", reports()))
    with Child() as child, pytest.raises(StoppedError, match=r"documents/00000\.jsonl\.gz.*too large") as error:
        child.run(Task(str(layout.folder), Phase.SURVEY, 0))
    assert "the same command goes on" in error.value.hint
    assert not list((layout.folder / "documents").iterdir())


def test_a_child_whose_parent_is_gone_ends(tmp_path: Path) -> None:
    layout, _ = planned(tmp_path / "run", written(tmp_path / "in.jsonl", reports()))
    with Child() as child:
        child.run(Task(str(layout.folder), Phase.SURVEY, 0))
        process = child._process
        assert process
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=5) != 0


def test_a_closed_child_stops_what_it_was_at(tmp_path: Path) -> None:
    layout, _ = planned(tmp_path / "run", written(tmp_path / "in.jsonl", reports()))
    child = Child()
    threading.Timer(0.3, child.close).start()
    with pytest.raises(StoppedError):
        child.run(Task(str(layout.folder), Phase.SURVEY, 0))
        child.run(Task(str(layout.folder), Phase.READ, 0))


def test_a_child_that_outlives_a_run_does_not_take_the_next_in_its_folder_for_it(tmp_path: Path) -> None:
    with Child() as child:
        for name in ("one", "other"):
            layout, _ = planned(tmp_path / "run", written(tmp_path / f"{name}.jsonl", [{"id": name, "text": RECIPE}]))
            child.run(Task(str(layout.folder), Phase.SURVEY, 0))
            assert [line["name"] for line in lines(layout.documents(0))] == [name]
            shutil.rmtree(layout.folder)


def test_a_child_that_is_closed_while_its_process_starts_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout, _ = planned(tmp_path / "run", written(tmp_path / "in.jsonl", [{"id": "one", "text": RECIPE}]))
    child, started = Child(), list[subprocess.Popen[bytes]]()

    def starting(*args: Any, **named: Any) -> subprocess.Popen[bytes]:
        child.close()
        started.append(begin(*args, **named))
        return started[0]

    begin = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", starting)
    with pytest.raises(StoppedError, match="stopped"):
        child.run(Task(str(layout.folder), Phase.SURVEY, 0))
    assert started[0].poll() is not None
