"""Where the report that is read for others breaks the reading, the others are read, whatever is interrupted when."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.corpora.small_runs import Silent, breaking, contents, written
from tests.corpora.test_registering import SHORTER, TAKEN
from tests.corpora.test_running import Interrupted
from whoholds.corpora.keeping import lines
from whoholds.corpora.layout import Layout
from whoholds.corpora.registering import enter
from whoholds.corpora.running import Ran, run
from whoholds.corpora.tasks import Phase
from whoholds.corpora.terms import Terms
from whoholds.corpora.workers import Crew
from whoholds.model import Filed
from whoholds.questions import Register

BROKEN = TAKEN.replace("Rebels seize Homs", "Rebels seize Homs BROKEN-RAISE")
BROKEN_TOO = TAKEN.replace("Rebels seize Homs", "BROKEN-RAISE in Homs")
ROWS: list[dict[str, Any]] = [
    {"id": "first", "text": BROKEN, "published": "2024-12-09", "outlet": "Wire"},
    {"id": "second", "text": BROKEN_TOO, "published": "2024-12-10", "outlet": "Post"},
    {"id": "third", "text": SHORTER, "published": "2024-12-10", "outlet": "Coast Daily"},
    {"id": "fourth", "text": TAKEN, "published": "2024-12-11", "outlet": "Echo"},
]


@pytest.fixture(autouse=True)
def _broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(breaking(tmp_path / "broken", Phase.READ)))


def ran(folder: Path, terms: Terms) -> Ran:
    with Crew(1) as crew:
        return run(Layout(folder), terms, crew, Silent())


def read_in(folder: Path) -> list[tuple[str, list[str]]]:
    """What was read, and where each stands as well."""
    found = [one for path in sorted((folder / "claims").iterdir()) for one in lines(path)]
    assert all(one["claims"] for one in found)
    return [(one["id"], [other["outlet"] for other in one["also_published_by"]]) for one in found]


@pytest.mark.parametrize("size", [1, 8])
def test_reprints_of_what_cannot_be_read_are_read_themselves(tmp_path: Path, size: int) -> None:
    terms = Terms(named=(str(written(tmp_path / "in.jsonl", ROWS)),), size=size)
    summary = ran(tmp_path / "run", terms).summary
    assert (summary["relevant"], summary["read"], summary["printed_elsewhere"]) == (4, 1, 1)
    assert summary["set_aside"] == {"total": 2, "reasons": {"failed": 2}}
    assert read_in(tmp_path / "run") == [("third", ["Echo"])]
    enter(Layout(tmp_path / "run"), terms, summary["partitions"], str(tmp_path / "war.whoholds"), lambda entered: None)
    with Register(tmp_path / "war.whoholds") as register:
        filed = [entry.act.document.outlet for entry in register.log() if isinstance(entry.act, Filed)]
    assert filed == ["Coast Daily", "Echo"]


def test_the_files_are_the_same_after_any_interruption(tmp_path: Path) -> None:
    terms = Terms(named=(str(written(tmp_path / "in.jsonl", ROWS)),), size=1)
    ran(tmp_path / "whole", terms)
    torn = Layout(tmp_path / "torn")
    with Crew(1) as crew:
        for _ in range(20):
            if torn.summary.exists():
                break
            with suppress(KeyboardInterrupt):
                run(torn, terms, Interrupted(crew, 1), Silent())
    assert contents(torn.folder) == contents(tmp_path / "whole")


def test_what_was_kept_halfway_is_kept_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from whoholds.corpora import standing_in

    terms = Terms(named=(str(written(tmp_path / "in.jsonl", ROWS)),), size=1)
    ran(tmp_path / "whole", terms)
    told = standing_in.keep_elsewhere
    with monkeypatch.context() as patched:

        def killed(*args: Any) -> None:
            told(*args)
            raise KeyboardInterrupt

        patched.setattr(standing_in, "keep_elsewhere", killed)
        with pytest.raises(KeyboardInterrupt):
            ran(tmp_path / "torn", terms)
    ran(tmp_path / "torn", terms)
    assert contents(tmp_path / "torn") == contents(tmp_path / "whole")
    assert json.loads((tmp_path / "torn" / "summary.json").read_text("utf-8"))["read"] == 1
