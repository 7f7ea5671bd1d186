"""How fast archives are read, in what memory, at what cost: `python -m bench.corpora [--pages N] [--write]`.

Synthetic pages (`bench.pages`), one in ten of them relevant, go through `whoholds code`'s own phases with one and with two
processes, as a WARC file, JSON lines and a folder. The largest run is that of the WARC file with two processes; the others have
a fifth of its pages. In the same run, before and after each, the bare language pipeline (see `stages`) reads texts of the same
stream, relevant or not, so that both are compared on the machine as it was.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bench import newsroom, pages, stages
from bench.__main__ import machine
from bench.newsroom import Kind, Shares
from bench.phases import Measured, measured
from evaluation import tables
from whoholds.articles import from_bytes, from_text
from whoholds.corpora.reading import ready
from whoholds.language import english
from whoholds.model import Document

DOCS = Path(__file__).parent.parent / "docs"
PRICE = 0.0425  # dollars for an hour of a core; see docs/scale.md
MONTH = 11_700_000  # articles of CC-NEWS in a month; see docs/scale.md
NAMES = {"warc": "news.warc.gz", "jsonl": "news.jsonl.gz", "folder": "saved"}
_SAMPLE = 80  # texts that the bare pipeline reads each time
_ROUNDS = 5
_FIFTH = 5


def main() -> int:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpora", description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000, help="pages of the largest run (20000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md and docs/scale.md")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        runs, bare = run_all(Path(place), args.pages, args.seed)
    relevant = relevant_only(args.seed)
    extraction = extracted(args.seed)
    report = [phase_table(runs), comparison(runs, bare, extraction, relevant), memory_table(runs), machine()]
    cost = cost_table(runs)
    print("\n\n".join([*report, cost]))
    if args.write:
        _renew("benchmarks.md", "corpora", [*report[:-1], cost, report[-1]])
        _renew("scale.md", "cost", [cost])
    return 0


def run_all(place: Path, count: int, seed: int) -> tuple[list[Measured], list[float]]:
    """All runs, and the speeds of the bare pipeline in between (articles a second, on one core)."""
    runs, bare = [], [bare_speed(seed)]
    for form, name in NAMES.items():
        for processes in (1, 2):
            size = count if (form, processes) == ("warc", 2) else max(60, count // _FIFTH)
            source = place / f"{size}" / name
            if not source.exists():
                pages.write(source, size, form, seed)
            runs.append(measured(form, source, place / f"out-{form}-{processes}", processes))
            bare.append(bare_speed(seed + len(runs)))
    return runs, bare


def bare_speed(seed: int) -> float:
    """Articles a second of the bare language pipeline over a mixed stream: what is English, relevant or not."""
    documents = [document for document, _ in stream(seed + 500, _SAMPLE)]
    return len(documents) / stages.bare(documents, english.pipeline())


def relevant_only(seed: int) -> list[float]:
    """The whole pipeline's speed over relevant articles, in a process set up as a worker's is, as shares of the bare one's."""
    reader, found = ready(), []
    for number in range(_ROUNDS):
        shares = Shares(relevant=1.0, foreign=0.0, blank=0.0, reprints=0.0)
        documents = [document for document, _ in stream(seed + 900 + number, _SAMPLE // 2, shares)]
        bare = stages.bare(documents, english.pipeline())
        whole, _ = stages.whole(documents, reader)
        found.append(bare / whole)
    return found[1:]  # the first loads the gazetteer


def extracted(seed: int) -> float:
    """Seconds that it takes to find the article in a page, median."""
    taken = []
    for article in newsroom.articles(_SAMPLE, seed + 700):
        page = pages.printed(article, seed + 700)
        begun = time.perf_counter()
        from_bytes(page.data, name="page")
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def stream(seed: int, count: int, shares: Shares | None = None) -> Iterator[tuple[Document, Kind]]:
    """English documents of a stream."""
    articles = (a for a in newsroom.articles(20 * count, seed, shares) if a.language == "en" and a.paragraphs)
    for article in islice(articles, count):
        yield from_text(article.text, name=str(article.number), published=article.published), article.kind


def phase_table(runs: Sequence[Measured]) -> str:
    """How fast each phase went."""
    headings = [
        "source, processes",
        "pages",
        "of them to be read, %",
        "survey, pages/s a process",
        "reading, words/s a process",
        "whole, pages/s",
        "pages/s a process",
    ]
    rows = [
        [
            f"{run.form}, {run.processes}",
            f"{run.records:,}",
            f"{100 * run.relevant / run.records:.1f}",
            f"{run.records / run.survey / run.processes:.1f}",
            f"{run.words / run.reading / run.processes:,.0f}" if run.reading else None,
            f"{run.records / run.whole:.1f}",
            f"{run.records / run.whole / run.processes:.1f}",
        ]
        for run in runs
    ]
    return tables.table(headings, rows)


def comparison(runs: Sequence[Measured], bare: Sequence[float], extraction: float, relevant: Sequence[float]) -> str:
    """The whole beside the bare language pipeline."""
    speed = statistics.median(bare)
    rows: list[list[object]] = [["bare language pipeline over everything, articles/s", f"{speed:.1f}"]]
    for run in (run for run in runs if run.processes == 1):
        own = run.records / run.whole
        rows.append([f"{run.form}, one process: articles/s", f"{own:.1f}"])
        rows.append([f"{run.form}: times the bare pipeline's speed", f"{own / speed:.1f}"])
    rows.append(["finding the article in a page of 60 kB, ms", f"{1000 * extraction:.1f}"])
    with_extraction = 1 / (1 / speed + extraction)
    own = next(run.records / run.whole for run in runs if (run.form, run.processes) == ("warc", 1))
    rows.append(["warc: times the speed of finding articles and the bare pipeline", f"{own / with_extraction:.1f}"])
    rows.append(
        ["relevant articles alone: whole pipeline, % of the bare one's speed", f"{100 * statistics.median(relevant):.0f}"]
    )
    return tables.table(["one in ten relevant, one core", ""], rows)


def memory_table(runs: Sequence[Measured]) -> str:
    """What a process had in memory, the most of any, by fifths of the survey's and of the reading's time."""
    headings = [
        "MB a process",
        *(f"{phase} {part}/{_FIFTH}" for phase in ("survey", "reading") for part in range(1, _FIFTH + 1)),
        "most",
    ]
    rows = [
        [
            f"{run.form}, {run.processes}, {run.records:,} pages",
            *(f"{peak / 1e6:.0f}" for phase in ("surveying", "reading") for peak in run.peaks(phase, _FIFTH)),
            f"{run.most / 1e6:.0f}",
        ]
        for run in runs
    ]
    return tables.table(headings, rows)


def cost_table(runs: Sequence[Measured]) -> str:
    """Core hours and dollars, from the speed with two processes."""
    rows = []
    for run in (run for run in runs if run.processes == max(run.processes for run in runs)):
        rate = run.records / run.whole / run.processes
        million, month = 1e6 / rate / 3_600, MONTH / rate / 3_600
        rows.append(
            [
                run.form,
                f"{rate:.1f}",
                f"{million:,.1f}",
                f"{million * PRICE:,.2f}",
                f"{month:,.0f}",
                f"{month * PRICE:,.0f}",
                f"{month / 64:,.1f}",
            ]
        )
    headings = [
        "source",
        "articles/s a core",
        "core hours a million",
        f"dollars a million, at {PRICE} a core hour",
        f"core hours a month of {MONTH / 1e6:.1f} million",
        "dollars a month",
        "hours on 64 cores",
    ]
    return tables.table(headings, rows)


def _renew(page: str, part: str, content: Sequence[str]) -> None:
    path = DOCS / page
    path.write_text(
        tables.replaced(path.read_text(encoding="utf-8"), part, "\n" + "\n\n".join(content) + "\n"), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
