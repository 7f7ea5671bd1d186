"""Killing runs at random moments until they are through, and comparing what they leave with what an undisturbed run leaves."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bench import pages
from bench.newsroom import Shares
from tests.corpora.running import Command, alive, descendants, differences, kill

_LONGEST = 15.0  # seconds that the children of a killed parent may live
_VICTIMS = ("parent", "parent", "parent", "child", "group")


@dataclass(frozen=True, slots=True)
class Torn:
    """What came of a run that was killed: whom each kill hit after how many seconds, its last status, and what was wrong."""

    kills: tuple[tuple[str, float], ...]
    status: int
    wrong: tuple[str, ...]


def made(place: Path, count: int, seed: int) -> tuple[str, ...]:
    """Sources of so many pages in all: half of them in a WARC file, the rest in JSON lines and in a folder; their names."""
    half, quarter = count // 2, count // 4
    shares = Shares(relevant=0.2, reprints=0.1)
    pages.write(place / "news.warc.gz", half, "warc", seed, shares=shares, bulk=5)
    pages.write(place / "export.jsonl", quarter, "jsonl", seed + 1, shares=shares)
    pages.write(place / "saved", count - half - quarter, "folder", seed + 2, shares=shares, bulk=5)
    return ("news.warc.gz", "export.jsonl", "saved")


def rounds(calm: Command, count: int, seed: int, *, seconds: float, status: int, most: int = 8) -> Iterator[Torn]:
    """Tear so many runs apart that are otherwise like `calm`, which took `seconds` and ended with `status`.

    After `most` kills a run is left in peace.
    """
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        command = replace(calm, out=f"torn-{number}")
        kills, last, wrong = _torn(command, rng, seconds, most)
        if last != status:
            wrong.append(f"it ended with {last}, not {status}")
        if b"Traceback" in command.told.read_bytes():
            wrong.append(f"a traceback in {command.told}")
        wrong += differences(calm.folder, command.folder)
        yield Torn(tuple(kills), last, tuple(wrong))


def _torn(command: Command, rng: random.Random, seconds: float, most: int) -> tuple[list[tuple[str, float]], int, list[str]]:
    kills: list[tuple[str, float]] = []
    wrong: list[str] = []
    while True:
        process = command.start()
        delay = rng.uniform(0.05, seconds) if len(kills) < most else 100 * seconds
        try:
            return kills, process.wait(delay), wrong
        except subprocess.TimeoutExpired:
            victim = rng.choice(_VICTIMS)
            kills.append((victim, round(delay, 2)))
        if victim == "child":
            kill(rng.sample(children, 1) if (children := descendants(process.pid)) else [])
            try:
                return kills, process.wait(10 * seconds + 60), wrong
            except subprocess.TimeoutExpired:
                wrong.append("it stood still after a child was killed")
        children = descendants(process.pid)
        kill([process.pid, *(children if victim == "group" else [])])
        process.wait()
        if left := _left_over(children):
            wrong.append(f"{len(left)} processes outlived a killed {victim}")


def _left_over(processes: list[int]) -> list[int]:
    """Those that do not end of themselves; they are ended."""
    until = time.monotonic() + _LONGEST
    while (left := alive(processes)) and time.monotonic() < until:
        time.sleep(0.1)
    kill(left)
    return left
