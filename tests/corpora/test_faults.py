"""What is wrong with a source is told by its name, everything else is read; a run that is killed goes on to the same result.

The heavy ones (a page of 200 MB, bombs, poison, ten thousand empty files) and many kills: `python -m tests.corpora.faulty`.
"""

from __future__ import annotations

import random
from pathlib import Path

from tests.corpora import kills
from tests.corpora.faults import FAULTS, tried
from tests.corpora.running import Command, differences

_QUICK = {"corrupt-warc", "truncated-gzip", "truncated-zip", "wrong-columns"}


def test_each_fault_is_named_and_nothing_else_is_lost(tmp_path: Path) -> None:
    assert tried([fault for fault in FAULTS if fault.name in _QUICK], tmp_path / "faults", workers=1) == []


def test_a_run_that_was_killed_goes_on_to_the_same_result(tmp_path: Path) -> None:
    calm = Command(place=tmp_path, sources=kills.made(tmp_path, 8, 5), out="calm", options=("--workers", "1", "--part", "3"))
    status = calm.run()
    for torn in kills.rounds(calm, 1, 1, seconds=4.0, status=status, most=1):
        assert torn.kills
        assert torn.wrong == ()


def test_a_difference_is_seen(tmp_path: Path) -> None:
    for name, words in (("one", "the same"), ("other", "the same")):
        (tmp_path / name / "claims").mkdir(parents=True)
        (tmp_path / name / "claims" / "00000.jsonl").write_text(words)
        (tmp_path / name / "log.txt").write_text(name)
    assert differences(tmp_path / "one", tmp_path / "other") == []
    (tmp_path / "other" / "claims" / "00000.jsonl").write_text("another")
    (tmp_path / "other" / "claims" / "00001.jsonl").write_text(str(random.Random(1).random()))
    assert differences(tmp_path / "one", tmp_path / "other") == [
        "claims/00001.jsonl is there as well",
        "claims/00000.jsonl differs",
    ]
