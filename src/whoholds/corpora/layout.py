"""The folder of a run: which file is where.

    run.json          versions and options; another reader or other options are refused
    plan.jsonl        what is read, cut into numbered partitions
    fetched/          what came from web addresses and standard input
    documents/00000.jsonl.gz   phase 1: every record of a partition, with text, signature and language of the relevant ones
    twins/00000.json  phase 2: which documents of a partition are printed elsewhere as well, and which are reprints
    twins.jsonl       all groups of twins
    readings/00000.jsonl.gz    phase 3: what was read, without loss, for the register
    claims/00000.jsonl (or .parquet)   phase 3: one object a document that was read
    done/read-00000.json       the counts of a phase of a partition and what was set aside in it; written last
    aside.jsonl       all that was set aside, in order
    summary.json      the counts

Beside these are `lock`, which the process at work holds, `log.txt`, which nothing reads, and names that begin with a dot, which
are unfinished and may be deleted when nothing is at work.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from whoholds.corpora.tasks import Phase


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a run's folder."""

    folder: Path

    @property
    def plan(self) -> Path:
        return self.folder / "plan.jsonl"

    @property
    def run(self) -> Path:
        return self.folder / "run.json"

    @property
    def twins(self) -> Path:
        return self.folder / "twins.jsonl"

    @property
    def summary(self) -> Path:
        return self.folder / "summary.json"

    @property
    def aside(self) -> Path:
        return self.folder / "aside.jsonl"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    @property
    def fetched(self) -> Path:
        """The folder of what was fetched from web addresses and read from standard input."""
        return self.folder / "fetched"

    @property
    def parted(self) -> tuple[Path, ...]:
        """The folders that have a file for each partition."""
        return tuple(self.folder / name for name in ("documents", "twins", "readings", "claims", "done"))

    def documents(self, partition: int) -> Path:
        return self.folder / "documents" / f"{partition:05}.jsonl.gz"

    def elsewhere(self, partition: int) -> Path:
        """What of a partition is printed elsewhere; missing where nothing is."""
        return self.folder / "twins" / f"{partition:05}.json"

    def readings(self, partition: int) -> Path:
        return self.folder / "readings" / f"{partition:05}.jsonl.gz"

    def claims(self, partition: int, ending: str = "jsonl") -> Path:
        return self.folder / "claims" / f"{partition:05}.{ending}"

    def done(self, phase: Phase, partition: int) -> Path:
        return self.folder / "done" / f"{phase.value}-{partition:05}.json"
