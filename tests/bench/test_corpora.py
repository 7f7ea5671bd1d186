"""The tables of the bench of archives say what was measured."""

from __future__ import annotations

import pytest

from bench import corpora
from bench.newsroom import Kind
from bench.phases import Measured, Sample, Stopwatch


def measured(form: str, processes: int, *, whole: float) -> Measured:
    samples = [Sample("surveying", float(at), 100_000_000 + at) for at in range(10)]
    samples += [Sample("reading", 10.0 + at, 300_000_000 + at * 10_000_000) for at in range(10)]
    return Measured(form, processes, 1_000, 100, 23_000, whole, {"surveying": 20.0, "reading": 10.0}, samples)


def test_peaks_are_the_most_in_each_part_of_a_phase() -> None:
    run = measured("warc", 2, whole=40.0)
    assert run.peaks("reading", 3) == [320_000_000, 350_000_000, 390_000_000]
    assert run.peaks("twins", 2) == [0, 0]
    assert run.most == 390_000_000


def test_rates_are_by_process_and_costs_follow_from_them() -> None:
    runs = [measured("warc", 1, whole=80.0), measured("warc", 2, whole=40.0)]
    phases = corpora.phase_table(runs)
    assert "| warc, 2 | 1,000 | 10.0 | 25.0 | 1,150 | 25.0 | 12.5 |" in phases
    cost = corpora.cost_table(runs)
    core_hours = 1e6 / 12.5 / 3_600
    assert f"| warc | 12.5 | {core_hours:,.1f} | {core_hours * corpora.PRICE:,.2f} |" in cost


def test_the_mixed_stream_is_compared_with_the_bare_pipeline() -> None:
    runs = [measured("warc", 1, whole=80.0), measured("jsonl", 1, whole=20.0)]
    told = corpora.comparison(runs, [4.0, 6.0, 5.0], 0.05, [0.7, 0.8, 0.75])
    assert "| jsonl: times the bare pipeline's speed | 10.0 |" in told
    assert "| warc: times the bare pipeline's speed | 2.5 |" in told
    assert "| warc: times the speed of finding articles and the bare pipeline | 3.1 |" in told
    assert "| relevant articles alone: whole pipeline, % of the bare one's speed | 75 |" in told


def test_phases_are_told_apart() -> None:
    run = Measured("warc", 1)
    watch = Stopwatch(run)
    for words in ("looking at the sources", "surveying", "reading", ""):
        watch.begin(words)
    assert list(run.phases) == ["looking at the sources", "surveying", "reading"]
    with pytest.raises(RuntimeError):
        watch.remark("changed", "")


def test_the_stream_of_the_bare_pipeline_is_mixed_and_english() -> None:
    found = list(corpora.stream(1, 60))
    assert len(found) == 60
    assert {kind for _, kind in found} == {Kind.RELEVANT, Kind.OTHER}
    assert {document.language for document, _ in found} <= {"en", None}
