"""Runs of `whoholds code` in processes of their own, and what they left: compared byte for byte."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
_PASSING = frozenset({"lock", "log.txt"})  # not of the result, nor are drafts, whose names begin with a dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A `whoholds code` to be run in the folder `place`: its sources, the name of its --out, and what else is asked of it."""

    place: Path
    sources: tuple[str, ...]
    out: str
    options: tuple[str, ...] = ("--workers", "2")
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder of the run."""
        return self.place / self.out

    def start(self) -> subprocess.Popen[bytes]:
        """Start it; what it prints goes to a file beside the run's folder."""
        command = [sys.executable, "-m", "whoholds", "code", *self.sources, "--out", self.out, *self.options]
        paths = [*self.environment.get("PYTHONPATH", "").split(os.pathsep), str(ROOT / "src")]
        environment = {**os.environ, "OMP_NUM_THREADS": "1", **self.environment}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        with self.told.open("ab") as told:
            return subprocess.Popen(
                command,
                cwd=self.place,
                env=environment,
                stdout=told,
                stderr=told,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def run(self, *, timeout: float = 600.0) -> int:
        """Run it to its end; its exit status. Raises subprocess.TimeoutExpired."""
        process = self.start()
        try:
            return process.wait(timeout)
        except BaseException:
            kill([*descendants(process.pid), process.pid])
            process.wait()
            raise

    @property
    def told(self) -> Path:
        """What it printed, in all its runs."""
        return self.place / f"{self.out}.txt"


def outputs(folder: Path) -> dict[str, bytes]:
    """The content of every file of a run that belongs to its result, by its name below the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in _PASSING and not path.name.startswith(".")
    }


def differences(one: Path, other: Path) -> list[str]:
    """What differs between the results of two runs, in words; nothing where they are the same byte for byte."""
    first, second = outputs(one), outputs(other)
    missing = [f"{name} is missing" for name in sorted(first.keys() - second.keys())]
    more = [f"{name} is there as well" for name in sorted(second.keys() - first.keys())]
    return [
        *missing,
        *more,
        *(f"{name} differs" for name in sorted(first.keys() & second.keys()) if first[name] != second[name]),
    ]


def aside(folder: Path) -> list[dict[str, Any]]:
    """What a run has set aside."""
    return [json.loads(line) for line in (folder / "aside.jsonl").read_bytes().splitlines()]


def surveyed(folder: Path) -> Iterator[dict[str, Any]]:
    """All records that a run looked at, in order."""
    for path in sorted((folder / "documents").glob("*.jsonl.gz")):
        yield from (json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines())


def claims(folder: Path) -> Iterator[dict[str, Any]]:
    """All documents that a run read, with their claims, in order."""
    for path in sorted((folder / "claims").glob("*.jsonl")):
        yield from (json.loads(line) for line in path.read_bytes().splitlines())


def descendants(process: int) -> list[int]:
    """The processes that it started, those that they started, and so on (Linux)."""
    children: dict[int, list[int]] = {}
    for number, fields in _processes():
        children.setdefault(int(fields[1]), []).append(number)
    found, at = [process], 0
    while at < len(found):
        found += children.get(found[at], [])
        at += 1
    return found[1:]


def alive(processes: Iterable[int]) -> list[int]:
    """Those of them that live."""
    living = {number for number, fields in _processes() if fields[0] != "Z"}
    return [number for number in processes if number in living]


def kill(processes: Iterable[int]) -> None:
    """SIGKILL for all of them that live."""
    for number in processes:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def _processes() -> Iterator[tuple[int, list[str]]]:
    """Number of each process and its state, parent and so on."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            yield int(path.parent.name), path.read_text().rpartition(")")[2].split()
