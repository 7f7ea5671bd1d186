"""A run over an archive with a stopwatch and scales: seconds of each phase, and memory of each process that reads."""

from __future__ import annotations

import gzip
import json
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from whoholds.corpora import running
from whoholds.corpora.layout import Layout
from whoholds.corpora.memory import resident
from whoholds.corpora.tasks import Done, Limits
from whoholds.corpora.terms import Terms
from whoholds.corpora.workers import Crew

_EVERY = 0.5  # seconds between looks at memory


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process had in memory at a moment of a phase, bytes; seconds of the monotonic clock."""

    phase: str
    at: float
    resident: int


@dataclass(slots=True)
class Measured:
    """What a run took, in seconds; `words` are those of the documents that were read."""

    form: str
    processes: int
    records: int = 0
    relevant: int = 0
    words: int = 0
    whole: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)

    @property
    def survey(self) -> float:
        """Seconds of phase 1."""
        return self.phases.get("surveying", 0.0)

    @property
    def reading(self) -> float:
        """Seconds of phase 3."""
        return self.phases.get("reading", 0.0)

    @property
    def most(self) -> int:
        """The most that any process had, bytes."""
        return max((sample.resident for sample in self.samples), default=0)

    def peaks(self, phase: str, parts: int) -> list[int]:
        """The most that any process had in each of so many equal parts of a phase's time, bytes; 0 where nothing was seen."""
        own = [sample for sample in self.samples if sample.phase == phase]
        found = [0] * parts
        if own:
            begin, length = own[0].at, max(1e-9, own[-1].at - own[0].at)
            for sample in own:
                part = min(parts - 1, int((sample.at - begin) / length * parts))
                found[part] = max(found[part], sample.resident)
        return found


class Stopwatch:
    """Hears of the phases of a run."""

    def __init__(self, measured: Measured) -> None:
        self._measured = measured
        self.phase = ""
        self._since = time.perf_counter()

    def begin(self, words: str, *, of: int | None = None, done: int = 0, documents: int | None = None) -> None:
        """A phase begins, and the one before ends."""
        now = time.perf_counter()
        if self.phase:
            self._measured.phases[self.phase] = now - self._since
        self.phase, self._since = words, now

    def step(self, done: Done) -> None:
        """A partition is done; nothing is to be noted."""

    def remark(self, message: str, hint: str) -> None:
        """Nothing is to be remarked of a new run. Raises RuntimeError."""
        raise RuntimeError(message)


def measured(form: str, source: Path, out: Path, processes: int) -> Measured:
    """Run over a source into a new folder with so many processes."""
    found = Measured(form, processes)
    watch = Stopwatch(found)
    over = threading.Event()
    with Crew(processes, Limits()) as crew:
        scales = threading.Thread(target=_weigh, args=(found, watch, over), daemon=True)
        scales.start()
        begun = time.perf_counter()
        summary = running.run(Layout(out), Terms(named=(str(source),)), crew, watch).summary
        found.whole = time.perf_counter() - begun
        watch.begin("")
        over.set()
        scales.join()
    found.records, found.relevant = summary["records"], summary["relevant"]
    found.words = _words_read(out)
    return found


def _weigh(found: Measured, watch: Stopwatch, over: threading.Event) -> None:
    while not over.wait(_EVERY):
        for process in _children():
            found.samples.append(Sample(watch.phase, time.monotonic(), resident(process)))


def _children() -> list[int]:
    """The processes that this one started (Linux)."""
    own = Path(f"/proc/{os.getpid()}/task")
    return [int(number) for task in own.iterdir() for number in (task / "children").read_text().split()]


def _words_read(out: Path) -> int:
    """The words of the documents that stood to be read, reprints left out."""
    read = set()
    for path in (out / "claims").glob("*.jsonl"):
        read |= {json.loads(line)["document"] for line in path.read_bytes().splitlines()}
    words = 0
    for path in (out / "documents").glob("*.jsonl.gz"):
        for line in gzip.decompress(path.read_bytes()).splitlines():
            row = json.loads(line)
            if "text" in row and row["document"] in read:
                words += len(row["text"].split())
    return words
