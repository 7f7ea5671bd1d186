"""The atlas's speed on a synthetic war: the timetable of all places, its renewal, what the map's page takes, and whole days.

The same register is served too, and asked over HTTP and by a browser (see `browser`).

`python -m bench.atlas [--claims N] [--places N] [--days N] [--register FILE] [--keep FILE] [--write]`. A register given with
`--register` is one of `--keep`, or of `bench.war`; claims are added to it.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from fastapi.testclient import TestClient

from bench import browser, war
from bench.register import PAGE, Figures, _load, _one_claim, timed
from evaluation import tables
from whoholds.atlas import create_app
from whoholds.questions import Register
from whoholds.questions.timetable import Timetable
from whoholds.register import open_store

_ADDED = 20
_DAYS = 30


@dataclass(slots=True)
class Measured:
    """What was measured, in seconds and bytes."""

    claims: int = 0
    places: int = 0
    spans: int = 0
    build: list[float] = field(default_factory=list)
    renew: list[float] = field(default_factory=list)
    settle: list[float] = field(default_factory=list)
    on: list[float] = field(default_factory=list)
    lines: list[float] = field(default_factory=list)
    first: dict[str, float] = field(default_factory=dict)
    again: dict[str, float] = field(default_factory=dict)
    raw: dict[str, int] = field(default_factory=dict)
    zipped: dict[str, int] = field(default_factory=dict)


def main() -> int:
    """Measure, print, and write if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.atlas", description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000, help="claims (1,000,000)")
    parser.add_argument("--places", type=int, default=30_000, help="places (30,000)")
    parser.add_argument("--days", type=int, default=1_826, help="days of war (1,826)")
    parser.add_argument("--register", type=Path, help="a register of such a war, instead of making one")
    parser.add_argument("--keep", type=Path, help="where to make the register, which is kept")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.register or args.keep or Path(folder) / "war.gpkg"
        if not path.exists():
            make(path, args.claims, args.places, args.days)
        looked = browser.looked_at(path)
        print(*(": ".join(row) for row in browser.rows(looked)), sep="\n", file=sys.stderr, flush=True)
        report = table(measured(path, args.places, args.days), looked)
    print(report)
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(tables.replaced(page, "atlas", f"\n{report}\n"), encoding="utf-8")
    return 0


def make(path: Path, claims: int, places: int, days: int) -> None:
    """Make the register of a war, with all that follows from its claims."""
    land = war.country(places)
    with open_store(str(path), situate=land.situate, create=True) as store:
        _load(store, war.documents(land, claims, days), Figures())


def measured(path: Path, places: int, days: int) -> Measured:
    """What a register takes."""
    found = Measured()
    with Register(path, create=False) as register:
        register.settle()
        found.claims = sum(report.claims for report in register.store.reports())
        timetable = [register.timetable() for _ in _noting(found.build, 3)][-1]
        found.places, found.spans = len(timetable.sites), len(timetable.spans.place)
        _whole_days(timetable, days, found)
        _renew(register, timetable, war.country(places), days, found)
        _serve(register, found)
    return found


def _noting(times: list[float], rounds: int) -> Iterator[int]:
    """Numbers of rounds, the time of each of which is noted."""
    for number in range(rounds):
        begin = perf_counter()
        yield number
        times.append(perf_counter() - begin)


def _whole_days(timetable: Timetable, days: int, found: Measured) -> None:
    rng = random.Random(5)
    for _ in range(_DAYS):
        day = war.FIRST_DAY + timedelta(rng.randrange(days))
        found.on.append(timed(timetable.on, day))
        found.lines.append(timed(timetable.lines, day))


def _renew(register: Register, timetable: Timetable, land: war.Country, days: int, found: Measured) -> None:
    rng = random.Random(6)
    told = {site.key for site in timetable.sites}
    for number in range(_ADDED):
        acts = _one_claim(land, rng.randrange(len(land.places)), war.FIRST_DAY + timedelta(days), uuid4().int % 10**12 + number)
        register.store.append(acts, by="bench")
        found.settle.append(timed(register.settle))
        for _ in _noting(found.renew, 1):
            timetable = register.timetable(earlier=timetable)
    assert told <= {site.key for site in timetable.sites}


def _serve(register: Register, found: Measured) -> None:
    """Over the application, without a network between."""
    client = TestClient(create_app(register), base_url="http://localhost")
    for path in ("/data/timeline", "/data/incidents"):
        found.first[path] = timed(client.get, path)
        times: list[float] = []
        for _ in _noting(times, 5):
            answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        found.again[path] = statistics.median(times)
        assert answer.status_code == 200, answer.text[:200]
        found.raw[path], found.zipped[path] = len(answer.content), len(gzip.compress(answer.content, 5))


def table(found: Measured, looked: browser.Looked) -> str:
    """The figures."""
    rows: list[tuple[str, str]] = [
        ("places", f"{found.places:,}"),
        ("spans of who holds them", f"{found.spans:,}"),
        ("the timetable made from what is kept, median ms", _ms(found.build)),
        ("one more claim: derived and kept, median ms", _ms(found.settle)),
        ("one more claim: the timetable renewed, median ms", _ms(found.renew)),
        ("which spans are in force on a day, median ms", f"{1000 * statistics.median(found.on):.2f}"),
        ("who holds what on a day, in words, median ms", _ms(found.lines)),
    ]
    for path in found.first:
        rows += [
            (f"`{path}`, first answer (made then), ms", _ms([found.first[path]])),
            (f"`{path}`, later answers, median ms", _ms([found.again[path]])),
            (f"`{path}`, bytes (gzipped)", f"{found.raw[path]:,} ({found.zipped[path]:,})"),
        ]
    rows += browser.rows(looked)
    python = f"Python {platform.python_version()} on {platform.machine()}"
    machine = f"{os.cpu_count()} cores, load average {looked.load:.1f} after the browser's part"
    return f"{tables.table([f'{found.claims:,} claims', 'atlas'], rows)}\n\nTaken with {python}, {machine}."


def _ms(times: list[float]) -> str:
    return f"{1000 * statistics.median(times):,.0f}"


if __name__ == "__main__":
    sys.exit(main())
