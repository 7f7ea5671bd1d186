"""How runs bear being killed and what is wrong in archives.

    python -m tests.corpora.faulty kills DIR N SEED [--pages P]
    python -m tests.corpora.faulty faults DIR [NAME…]

`kills` runs `whoholds code` with two workers over generated sources, undisturbed, and then N times with SIGKILL at random
moments for the parent, a child or all, started again until it is through; every file must be the same byte for byte. `faults`
reads each of the faulty sources of `faults.py`. Both print what they found and end with 1 if anything was wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.corpora import faults, kills
from tests.corpora.running import Command


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpora.faulty", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    killing = commands.add_parser("kills")
    killing.add_argument("place", type=Path)
    killing.add_argument("rounds", type=int)
    killing.add_argument("seed", type=int)
    killing.add_argument("--pages", type=int, default=2_000)
    faulty = commands.add_parser("faults")
    faulty.add_argument("place", type=Path)
    faulty.add_argument("names", nargs="*")
    args = parser.parse_args()
    if args.command == "kills":
        return _kills(args.place, args.rounds, args.seed, args.pages)
    return _faults(args.place, args.names)


def _kills(place: Path, rounds: int, seed: int, count: int) -> int:
    place.mkdir(parents=True, exist_ok=True)
    sources = kills.made(place, count, seed)
    calm = Command(place=place, sources=sources, out="calm", options=("--workers", "2", "--part", str(max(8, count // 24))))
    begun = time.monotonic()
    status = calm.run(timeout=7_200)
    seconds = time.monotonic() - begun
    print(f"undisturbed: {seconds:.1f} s, status {status}", flush=True)
    failed = hits = 0
    for number, torn in enumerate(kills.rounds(calm, rounds, seed, seconds=seconds, status=status)):
        hits += len(torn.kills)
        failed += bool(torn.wrong)
        told = ", ".join(f"{victim} after {after} s" for victim, after in torn.kills)
        print(f"{number}: {told or 'not killed'}: {'; '.join(torn.wrong[:8]) or 'the same'}", flush=True)
    print(f"{rounds} runs, {hits} kills, {failed} with another result")
    return 1 if failed else 0


def _faults(place: Path, names: list[str]) -> int:
    wrong = 0
    for fault in faults.FAULTS:
        if names and fault.name not in names:
            continue
        found = faults.tried([fault], place / fault.name)
        wrong += bool(found)
        print(f"{fault.name}: {'; '.join(found[:8]) or 'as it should be'}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
