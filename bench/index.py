"""The gazetteer's index, each time in a fresh process: seconds and memory of compiling, opening and a first look-up."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 5
# Peak resident memory: Linux tells it of this program alone in /proc (its `getrusage` also counts the process that started it);
# macOS in bytes; Windows has no such count.
PROGRAM = """
import json, sys, time
started = time.perf_counter()
from whoholds.grounding.gazetteer import Gazetteer
imported = time.perf_counter()
opened_index = Gazetteer.open()
opened = time.perf_counter()
found = len(opened_index.candidates("Kalbajar")) + len(opened_index.candidates("Washington"))
looked = time.perf_counter()
try:
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
except OSError:
    try:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    except ImportError:
        peak = 0
print(json.dumps({"open": opened - imported, "lookup": looked - opened, "peak": peak, "found": found}))
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds to open the index and to look two names up for the first time, and the peak resident memory in bytes."""

    open: float
    lookup: float
    peak: int


def once(cache: str) -> Opening:
    """Open the index of this cache folder in a fresh process.

    Raises CalledProcessError when that fails, ValueError when nothing was found.
    """
    environment = {**os.environ, "WHOHOLDS_CACHE": cache, "TMPDIR": cache, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    if not told["found"]:
        raise ValueError("the index knows none of the names")
    return Opening(told["open"], told["lookup"], told["peak"])


def measure() -> tuple[Opening, Opening]:
    """A first opening, which compiles the index, and the medians of five after it."""
    with tempfile.TemporaryDirectory() as cache:
        first = once(cache)
        later = [once(cache) for _ in range(RUNS)]
    columns = ((run.open, run.lookup, float(run.peak)) for run in later)
    opened, looked, peak = (statistics.median(column) for column in zip(*columns, strict=True))
    return first, Opening(opened, looked, int(peak))
