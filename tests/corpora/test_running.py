"""Whole runs: the same files with any number of workers and after any interruption, and what they say."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpora.small_runs import GERMAN, RECIPE, STORY, Silent, contents, written
from whoholds.corpora.keeping import lines, locked
from whoholds.corpora.layout import Layout
from whoholds.corpora.running import Ran, run
from whoholds.corpora.tasks import Done, Phase, StoppedError, Task
from whoholds.corpora.terms import Terms
from whoholds.corpora.workers import Crew

ROWS: list[dict[str, Any] | str] = [
    *({"id": f"r{at}", "text": one.text, "published": "2020-12-01", "outlet": "Wire"} for at, one in enumerate(STORY)),
    {"id": "bread", "text": RECIPE},
    {"id": "brot", "text": GERMAN},
    {"id": "again", "text": STORY[0].text, "published": "2020-12-03", "outlet": "Post", "url": "https://post.example/1"},
    "{this is no JSON",
    {"id": "empty", "text": ""},
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Terms, Ran]:
    """The folder of an undisturbed run with one worker, its terms, and what it said."""
    folder = tmp_path_factory.mktemp("whole")
    terms = Terms(named=(str(written(folder / "in.jsonl", ROWS)),), size=3)
    with Crew(1) as crew:
        ran = run(Layout(folder / "run"), terms, crew, Silent())
    return folder / "run", terms, ran


class Interrupted:
    """A workforce that is interrupted after some tasks; the others it does in another order than it is given them."""

    def __init__(self, crew: Crew, after: int) -> None:
        self._crew, self._left = crew, after

    def perform(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for task in reversed(list(tasks)):
            if not self._left:
                raise KeyboardInterrupt
            self._left -= 1
            yield from self._crew.perform([task])


class Idle:
    """A workforce that must not be asked."""

    def perform(self, tasks: Iterable[Task]) -> Iterator[Done]:
        raise AssertionError(list(tasks))


def test_what_a_run_says(whole: tuple[Path, Terms, Ran]) -> None:
    folder, _, ran = whole
    summary = ran.summary
    assert not ran.already
    assert summary == json.loads((folder / "summary.json").read_text("utf-8"))
    assert (summary["records"], summary["documents"]) == (13, 11)
    assert (summary["other_languages"], summary["not_relevant"], summary["relevant"]) == (1, 1, 9)
    assert (summary["printed_elsewhere"], summary["read"]) == (1, 8)
    assert summary["set_aside"]["total"] == 2
    places = [aside["place"].rpartition(":")[2] for aside in lines(folder / "aside.jsonl")]
    assert places == ["12", "13"]


def test_what_a_run_writes_of_a_document(whole: tuple[Path, Terms, Ran]) -> None:
    from whoholds import read

    folder, terms, _ = whole
    found = [one for path in sorted((folder / "claims").iterdir()) for one in lines(path)]
    assert [one["id"] for one in found] == [f"r{at}" for at in range(8)]
    first, second = found[:2]
    assert first["place"] == f"{terms.named[0]}:1"
    assert (first["document"], first["outlet"], first["published"]) == (STORY[0].id, "Wire", "2020-12-01")
    (other,) = first["also_published_by"]
    assert (other["outlet"], other["url"], other["published"]) == ("Post", "https://post.example/1", "2020-12-03")
    assert second["also_published_by"] == []
    alone = read(STORY[1].text, published="2020-12-01")
    assert [claim["id"] for claim in second["claims"]] == [claim.id for claim in alone.claims]


def test_a_run_that_is_finished_is_not_done_again(whole: tuple[Path, Terms, Ran]) -> None:
    folder, terms, ran = whole
    before = contents(folder)
    again = run(Layout(folder), terms, Idle(), Silent())
    assert (again.already, again.summary) == (True, ran.summary)
    assert contents(folder) == before


def test_any_number_of_workers_and_any_interruption_give_the_same_files(whole: tuple[Path, Terms, Ran], tmp_path: Path) -> None:
    folder, terms, _ = whole
    layout = Layout(tmp_path / "run")
    with Crew(2) as crew:
        for after in (0, 1, 2, 3):
            with pytest.raises(KeyboardInterrupt):
                run(layout, terms, Interrupted(crew, after), Silent())
        (layout.folder / "documents" / ".draft-00001.jsonl.gz-1-ab").write_bytes(b"half")
        layout.done(Phase.SURVEY, 2).unlink()  # killed after the output, before the mark
        run(layout, terms, crew, Silent())
    assert contents(layout.folder) == contents(folder)


def test_a_source_that_changed_after_it_was_read_is_remarked(whole: tuple[Path, Terms, Ran], tmp_path: Path) -> None:
    folder, terms, _ = whole
    source = Path(terms.named[0])
    status, data = source.stat(), source.read_bytes()
    heard = Silent()
    try:
        source.write_bytes(data + b"{}\n")
        run(Layout(folder), terms, Idle(), heard)
    finally:
        source.write_bytes(data)
        os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert len(heard.remarks) == 1
    assert "has changed" in heard.remarks[0]


def test_a_source_that_changed_before_it_was_read_stops_the_run(tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", ROWS)
    layout, terms = Layout(tmp_path / "run"), Terms(named=(str(source),))
    with Crew(1) as crew, pytest.raises(KeyboardInterrupt):
        run(layout, terms, Interrupted(crew, 0), Silent())
    written(source, ROWS[1:])
    with pytest.raises(StoppedError, match="has changed since it was planned"):
        run(layout, terms, Idle(), Silent())


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    layout, terms = Layout(tmp_path / "run"), Terms(named=(str(written(tmp_path / "in.jsonl", ROWS)),))
    with locked(layout.lock) as ours:
        assert ours
        with pytest.raises(StoppedError, match="another process is reading"):
            run(layout, terms, Idle(), Silent())


def test_a_folder_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "thesis.doc").write_text("years of work", "utf-8")
    with pytest.raises(StoppedError, match=r"holds thesis\.doc"):
        run(Layout(tmp_path / "run"), Terms(named=("in.jsonl",)), Idle(), Silent())
    assert os.listdir(tmp_path / "run") == ["thesis.doc"]  # noqa: PTH208


def test_a_run_that_found_nothing_to_read_is_begun_anew(tmp_path: Path, whole: tuple[Path, Terms, Ran]) -> None:
    folder, terms, _ = whole
    layout = Layout(tmp_path / "run")
    run(layout, Terms(named=(str(tmp_path / "no.jsonl"),)), Idle(), Silent())
    with pytest.raises(AssertionError):
        run(layout, terms, Idle(), Silent())
    assert (layout.plan.read_bytes(), layout.run.read_bytes()) == (
        (folder / "plan.jsonl").read_bytes(),
        (folder / "run.json").read_bytes(),
    )
    with pytest.raises(StoppedError, match="other terms"):
        run(layout, Terms(named=("other.jsonl",)), Idle(), Silent())


def test_nothing_named_that_can_be_read_gives_a_finished_run(tmp_path: Path) -> None:
    ran = run(Layout(tmp_path / "run"), Terms(named=(str(tmp_path / "no.jsonl"),)), Idle(), Silent())
    assert (ran.summary["partitions"], ran.summary["set_aside"]) == (0, {"total": 1, "reasons": {"missing": 1}})


def test_parquet_has_the_same_claims(whole: tuple[Path, Terms, Ran], tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    from whoholds.corpora.output import Claims

    folder, _, _ = whole
    read = list(lines(folder / "claims" / "00000.jsonl"))
    with Claims(tmp_path / "00000.parquet") as file:
        for one in read:
            file.add(one)
        file.add({**read[0], "id": "\ud800", "claims": []})
    rows = pq.read_table(tmp_path / "00000.parquet").to_pylist()
    assert [json.loads(row["whole"]) for row in rows[:-1]] == [claim for one in read for claim in one["claims"]]
    assert (rows[-1]["name"], rows[-1]["claim"], rows[-1]["document"]) == ("\ufffd", None, read[0]["document"])


def test_a_run_can_be_moved(whole: tuple[Path, Terms, Ran], tmp_path: Path) -> None:
    folder, terms, ran = whole
    shutil.copytree(folder, tmp_path / "moved")
    assert run(Layout(tmp_path / "moved"), terms, Idle(), Silent()).summary == ran.summary
