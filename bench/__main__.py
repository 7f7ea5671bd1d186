"""Measure the speed of whoholds: `python -m bench [--articles N] [--rounds N] [--against MODEL] [--no-startup] [--write]`.

Every round reads other texts; the bare language pipeline and the whole one take turns on the same texts, and medians are
reported. One process; set OMP_NUM_THREADS to say how many threads the language model may use.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from bench import index, stages, startup, texts
from evaluation import tables
from whoholds.language import english
from whoholds.language.choice import load
from whoholds.language.parsed import Pipeline
from whoholds.pipeline import Reader

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=int, default=100, help="articles a round (100)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (5)")
    parser.add_argument("--no-startup", action="store_true", help="leave out the start-up of a fresh process")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md")
    parser.add_argument("--against", action="append", default=[], metavar="NAME", help="time another language model too")
    args = parser.parse_args()
    if args.write and args.no_startup:
        parser.error("--write needs the start-up times too")
    with tempfile.TemporaryDirectory() as empty:
        os.environ["WHOHOLDS_DATA"] = empty  # what somebody added would count
        report = reported(args)
    print("\n\n".join(report))
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(tables.replaced(page, "benchmarks", "\n" + "\n\n".join(report) + "\n"), encoding="utf-8")
    return 0


def reported(args: argparse.Namespace) -> list[str]:
    """The tables."""
    rivals = {name: load(name) for name in args.against}
    report = [throughput(args.articles, args.rounds, rivals)]
    if not args.no_startup:
        cold, warm = startup.measure()
        rows = [["first run, empty cache (the index is compiled)", seconds(cold)], ["later runs, median of 5", seconds(warm)]]
        report.append(tables.table([f"start-up to result: `whoholds {' '.join(startup.COMMAND)}`", "seconds"], rows))
        report.append(gazetteer())
    return [*report, machine()]


def throughput(count: int, rounds: int, rivals: Mapping[str, Pipeline]) -> str:
    """The tables of speed and of stages. The rivals, other language pipelines, are timed over the same texts."""
    reader = Reader()
    stages.whole(texts.articles(3, seed=0), reader)  # loads the model and the gazetteer
    ratios, speeds, bare_speeds, per_article, claims = [], [], [], [], 0
    spent: dict[str, float] = defaultdict(float)
    others: dict[str, list[float]] = defaultdict(list)
    for seed in range(1, rounds + 1):
        documents = texts.articles(count, seed)
        length = texts.words(documents)
        bare = stages.bare(documents, english.pipeline())
        for name, rival in rivals.items():
            others[name].append(length / stages.bare(documents, rival))
        whole, found = stages.whole(documents, reader)
        ratios.append(whole / bare)
        bare_speeds.append(length / bare)
        speeds.append(length / whole)
        per_article.append(count / whole)
        claims += found
        for stage, taken in stages.shares(texts.articles(count, seed + 1_000), reader).items():
            spent[stage] += taken
    total = sum(spent.values())
    speed: list[list[object]] = [
        ["whole pipeline, words/s", round(statistics.median(speeds))],
        ["whole pipeline, articles/s", f"{statistics.median(per_article):.1f}"],
        ["bare language pipeline, words/s", round(statistics.median(bare_speeds))],
        ["time of the whole, as a multiple of the bare language pipeline", f"{statistics.median(ratios):.2f}"],
        ["words an article", round(length / count)],
        ["claims an article", f"{claims / count / rounds:.1f}"],
        *([f"language pipeline {Path(name).name}, words/s", round(statistics.median(own))] for name, own in others.items()),
    ]
    grounding = sum(spent[stage] for stage in ("times", "places", "actors")) / spent["language"]
    speed.append(["time of all grounding, as a share of the language's", f"{100 * grounding:.1f} %"])
    share = [[stage, f"{100 * spent[stage] / total:.1f} %"] for stage in spent]
    return "\n\n".join(
        [
            tables.table([f"{rounds} rounds of {count} articles, medians", ""], speed),
            tables.table(["stage", "share of the time"], share),
        ]
    )


def gazetteer() -> str:
    """The table of the gazetteer's index."""
    first, later = index.measure()
    rows = [
        ["first opening, empty cache: seconds", seconds(first.open)],
        ["first opening: peak memory, MB", round(first.peak / 1e6)],
        ["later openings, median of 5: milliseconds", f"{1000 * later.open:.1f}"],
        ["two names looked up after it: milliseconds", f"{1000 * later.lookup:.1f}"],
        ["later openings: peak memory of the process, MB", round(later.peak / 1e6)],
    ]
    return tables.table(["index of the gazetteer", ""], rows)


def seconds(value: float) -> str:
    """Seconds as printed."""
    return f"{value:.2f}"


def machine() -> str:
    """What the figures were taken on, without names of machines."""
    threads = os.environ.get("OMP_NUM_THREADS", "not set")
    made_of = f"{platform.machine()}, {os.cpu_count()} cores"
    return f"Taken with Python {platform.python_version()} on {made_of}, OMP_NUM_THREADS {threads}."


if __name__ == "__main__":
    sys.exit(main())
