"""A run on a Dask cluster gives what a run on this machine gives, also when a worker is killed; what stops one is told."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.newsroom import Shares, articles
from tests.corpora.running import alive, descendants, differences
from whoholds.corpora import children, cluster, running
from whoholds.corpora.layout import Layout
from whoholds.corpora.tasks import Done, Limits, Phase, StoppedError, Task, Workforce
from whoholds.corpora.terms import Terms
from whoholds.corpora.workers import Crew

pytest.importorskip("distributed")


class Heard:
    """Hears how far a run is, and does something once when the first partition is done whose documents were read."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self._then: Callable[[], None] | None = then
        self._phase = ""

    def begin(self, words: str, **more: Any) -> None:
        self._phase = words

    def step(self, done: Done) -> None:
        if self._phase == "reading" and self._then:
            self._then()
            self._then = None

    def remark(self, message: str, hint: str) -> None:
        raise AssertionError(message)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen short reports, most of them relevant."""
    folder = tmp_path_factory.mktemp("archive")
    for article in articles(12, seed=8, shares=Shares(relevant=0.7, foreign=0.1, blank=0.1, reprints=0.1)):
        words = "\n\n".join((article.title, *article.paragraphs[:2])) if article.paragraphs else ""
        (folder / f"{article.number:02}.txt").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def calm(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run on this machine that nothing disturbed."""
    folder = tmp_path_factory.mktemp("calm") / "run"
    with Crew(1) as crew:
        ran(folder, archive, crew, Heard())
    return folder


def ran(folder: Path, archive: Path, workforce: Workforce, tell: Heard) -> dict[str, Any]:
    return running.run(Layout(folder), Terms(named=(str(archive),), size=2), workforce, tell).summary


def test_a_worker_killed_while_it_reads_changes_nothing(archive: Path, calm: Path, tmp_path: Path) -> None:
    killed: list[int] = []
    with cluster.on(cluster.LOCAL, workers=3, limits=Limits()) as workforce:
        client = workforce._client

        def kill() -> None:
            busy = [worker for worker, tasks in client.processing().items() if tasks]
            process = client.run(os.getpid, workers=busy[:1])[busy[0]]
            killed.extend([process, *descendants(process)])
            os.kill(process, signal.SIGKILL)

        torn = ran(tmp_path / "torn", archive, workforce, Heard(kill))
    assert len(killed) >= 2, "the worker had no child"
    assert torn["claims"] > 0
    assert differences(calm, tmp_path / "torn") == []
    until = time.monotonic() + 10
    while alive(killed) and time.monotonic() < until:
        time.sleep(0.1)
    assert alive(killed) == []


def test_without_dask_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StoppedError) as stopped, cluster.on("tcp://127.0.0.1:1", workers=1, limits=Limits()):
        pass
    assert "whoholds[cluster]" in stopped.value.hint


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(StoppedError) as stopped, cluster.on("tcp://127.0.0.1:1", workers=1, limits=Limits()):
        pass
    assert "tcp://127.0.0.1:1" in stopped.value.message


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(StoppedError), cluster.on("no:such:thing", workers=1, limits=Limits()):
        pass


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (children.Wanted("0.0.0", None), ("0.0.0", "pip install")),
        (children.Wanted(children.version(), "/nowhere"), ("/nowhere", "whole paths")),
        (children.Wanted(children.version(), None), ("does not see", "share")),
    ],
)
def test_a_worker_that_would_read_otherwise_says_so(tmp_path: Path, wanted: children.Wanted, words: tuple[str, str]) -> None:
    told = children.complaint(str(tmp_path), wanted)
    assert told and words[0] in told[0] and words[1] in told[1]


def test_a_worker_with_another_gazetteer_says_so(calm: Path, tmp_path: Path) -> None:
    wanted = children.Wanted(children.version(), None)
    assert children.complaint(str(calm), wanted) is None
    run = json.loads((calm / "run.json").read_text(encoding="utf-8"))
    run["reader"]["gazetteer"] = "another"
    (tmp_path / "run.json").write_text(json.dumps(run), encoding="utf-8")
    (complaint, _) = children.complaint(str(tmp_path), wanted) or ("", "")
    assert "another" in complaint


def test_children_wait_for_the_next_task_until_they_are_dismissed(calm: Path) -> None:
    own = children.Children()
    before = set(descendants(os.getpid()))
    assert [own.do(Task(str(calm), Phase.SURVEY, number), Limits()).records for number in (0, 1)] == [2, 2]
    started = set(descendants(os.getpid())) - before
    assert len(started) == 1
    own.dismiss("another run")
    assert alive(started) == []


def test_a_dismissal_ends_what_is_at_work_for_its_run_and_nothing_else(calm: Path) -> None:
    own = children.Children()
    child = own._taken(Task(str(calm), Phase.SURVEY, 0), Limits())
    own.dismiss("another run")
    assert child.run(Task(str(calm), Phase.SURVEY, 0)).records == 2
    own.dismiss(str(calm))
    with pytest.raises(StoppedError):
        child.run(Task(str(calm), Phase.SURVEY, 0))


def test_children_go_home_when_there_is_nothing_to_do(calm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "IDLE", 0.1)
    own = children.Children()
    before = set(descendants(os.getpid()))
    own.do(Task(str(calm), Phase.SURVEY, 0), Limits())
    until = time.monotonic() + 10
    while alive(set(descendants(os.getpid())) - before) and time.monotonic() < until:
        time.sleep(0.05)
    assert alive(set(descendants(os.getpid())) - before) == []
