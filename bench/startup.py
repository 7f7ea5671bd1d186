"""From the command line to the last line printed, each time in a fresh process."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = "import sys; from whoholds.cli import main; sys.argv[0] = 'whoholds'; main()"
COMMAND = ["read", "examples/handover.txt"]
RUNS = 5


def once(cache: str) -> float:
    """Seconds of one run with this cache folder. Raises CalledProcessError when the command fails."""
    # TMPDIR too: an index left in the folder for temporary files would be found there.
    environment = {**os.environ, "WHOHOLDS_CACHE": cache, "TMPDIR": cache, "PYTHONPATH": str(ROOT / "src")}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", PROGRAM, *COMMAND],
        cwd=ROOT,
        env=environment,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def measure() -> tuple[float, float]:
    """Seconds of a first run with an empty cache, where the gazetteer's index is compiled, and the median of five after it."""
    with tempfile.TemporaryDirectory() as cache:
        cold = once(cache)
        return cold, statistics.median(once(cache) for _ in range(RUNS))
