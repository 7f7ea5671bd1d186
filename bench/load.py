"""What an atlas bears: many clients that read and judge at the same time, and whether anything that was entered is lost.

`python -m bench.load REGISTER [--clients N] [--seconds N]` serves a register in a process of its own, and asks it from this
one. Every tenth request is a verdict; each is entered under a reason of its own, so that afterwards the register itself can
tell whether every one that was answered with "entered" is there. The register is changed: give it a copy.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from whoholds.model import Judged, hash_of
from whoholds.questions import Register
from whoholds.register.store import Wanted

_JUDGED = 0.1  # share of the requests that enter something
_MOST_IDS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What can be asked of a register: paths to read, and claims to judge with the hashes of their words."""

    paths: tuple[str, ...]
    claims: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Load:
    """What came of it: milliseconds of each answer, answers by status, faults by path, and the reasons entered.

    A fault is an answer that tells of one of the server (500 and above), or a request without an answer.
    """

    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    entered: set[str] = field(default_factory=set)
    seconds: float = 0.0
    lost: set[str] = field(default_factory=set)

    def count(self, path: str, status: int) -> None:
        """Count an answer."""
        self.statuses[status] += 1
        if status >= 500:
            self.faults[f"{status} {path}"] += 1

    def told(self) -> str:
        """The figures in a line."""
        cuts = statistics.quantiles(self.took, n=20) if len(self.took) > 1 else [0.0] * 19
        return (
            f"{len(self.took) / self.seconds:.0f} requests/s over {self.seconds:.0f} s, median {cuts[9]:.0f} ms, "
            f"95 % within {cuts[18]:.0f} ms; {len(self.entered):,} verdicts entered, {len(self.lost):,} lost; "
            f"answers {dict(sorted(self.statuses.items()))}; faults {dict(self.faults)}"
        )


def asked_of(path: Path) -> Asked:
    """What to ask of a register. Findings are left out: their ids follow from their claims, which are judged meanwhile."""
    with Register(path) as register:
        register.settle()
        store = register.store
        testimony = [one for one, _ in zip(store.testimony(Wanted()), range(_MOST_IDS), strict=False)]
        claims = [one.claim for one in testimony]
        sites = [site.key for site, _ in zip(store.sites(), range(_MOST_IDS), strict=False)]
        documents = sorted({claim.evidence.document for claim in claims})
    paths = ["/", "/agreements", "/documents", "/review", "/data/timeline", "/api/collections/holdings/items?limit=100"]
    paths += [*(f"/places/{key}" for key in sites), *(f"/documents/{id}" for id in documents)]
    paths += [f"/api/claims/{claim.id}" for claim in claims]
    return Asked(tuple(paths), tuple((claim.id, hash_of(claim.evidence.quote)) for claim in claims))


def load(path: Path, *, clients: int, seconds: float, seed: int = 1) -> Load:
    """Serve the register at a path and ask it with so many clients for so long; afterwards look for what was entered."""
    asked, result = asked_of(path), Load()
    with served(path) as address:
        began = time.monotonic()
        asyncio.run(_all(address, asked, result, clients, began + seconds, seed))
        result.seconds = time.monotonic() - began
    with Register(path, readonly=True) as register:
        kept = {entry.act.reason for entry in register.log() if isinstance(entry.act, Judged)}
    result.lost = result.entered - kept
    return result


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a register that another process serves meanwhile."""
    command = [sys.executable, "-m", "whoholds", "serve", str(path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.terminate()


async def _all(address: str, asked: Asked, result: Load, clients: int, until: float, seed: int) -> None:
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=httpx.Limits(max_connections=clients)) as client:
        page = await client.get("/", headers={"Accept": "text/html"})
        found = re.search(r'name="csrf" content="([^"]*)"', page.text)
        assert found, "the page does not tell the token to enter with"
        own = {"Origin": address, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": found[1]}
        numbers = range(clients)
        await asyncio.gather(*(_one(client, own, asked, result, until, random.Random(f"{seed} {n}"), n) for n in numbers))


async def _one(
    client: httpx.AsyncClient, own: dict[str, str], asked: Asked, result: Load, until: float, rng: random.Random, number: int
) -> None:
    count = 0
    while time.monotonic() < until:
        count += 1
        began = time.monotonic()
        try:
            if rng.random() < _JUDGED:
                await _judge(client, own, rng.choice(asked.claims), f"load {number}.{count}", result, rng)
            else:
                path = rng.choice(asked.paths)
                result.count(path, (await client.get(path)).status_code)
        except httpx.HTTPError as error:
            result.faults[type(error).__name__] += 1
        result.took.append((time.monotonic() - began) * 1_000)


async def _judge(
    client: httpx.AsyncClient, own: dict[str, str], claim: tuple[str, str], reason: str, result: Load, rng: random.Random
) -> None:
    id, words = claim
    verdict = {"verdict": rng.choice(("accept", "reject")), "because": reason, "words": words}
    answer = await client.post(f"/api/claims/{id}/verdicts", json=verdict, headers=own)
    result.count("a verdict", answer.status_code)
    if answer.status_code == 201:
        result.entered.add(reason)


def main() -> int:
    """Measure and print; 1 where something was lost or failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("register", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    args = parser.parse_args()
    result = load(args.register, clients=args.clients, seconds=args.seconds)
    print(result.told())
    return 1 if result.lost or result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
