"""A job on a register that can be killed anywhere and run again, and programs that do so: run by `test_faults` as a process.

    python -m tests.register.faulty work PATH            the job, from wherever it was left
    python -m tests.register.faulty kills FOLDER N SEED  the job, killed N times at random moments, looked at after each
    python -m tests.register.faulty adds FOLDER N SEED   `whoholds add` on forty reports, killed N times in the same way
    python -m tests.register.faulty full PATH BYTES      the job where no file can grow beyond so many bytes
    python -m tests.register.faulty write PATH NAME N    N appends, as one of several writers

Processes are forked: what is killed has its own connections and nothing of its parent's.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.register.asking import FINDINGS, finding_of, settle
from tests.register.processes import finished, forked
from tests.register.stories import KALBAJAR
from whoholds.model import (
    Accepted,
    Act,
    Asserted,
    Claim,
    Document,
    Edited,
    Filed,
    Judged,
    Place,
    Rejected,
    Verdict,
    When,
    Where,
    hash_of,
)
from whoholds.register import open_store
from whoholds.register.store import EVERYTHING, Sought, StaleError, Store, StoreError, Wanted

BATCHES = 16


def report(number: int) -> tuple[Document, list[Claim]]:
    """A report of some hundred words with three claims; every sixth is a new text at the address of the one before it."""
    sentence = f"Unit {number} entered village {number % 7}. Battle {number} killed many. Talks on corridor {number} go on. "
    filler = " ".join(f"word{number * 1000 + i}" for i in range(150))
    document = Document(
        text=sentence + filler,
        name=f"report-{number}.txt",
        url=f"https://example.org/{number - (number % 6 == 5)}",
        outlet=f"Outlet {number % 3}",
        published=date.fromordinal(date(2022, 1, 1).toordinal() + number),
    )
    village = Place(name=f"Village {number % 7}", lat=40.0 + number % 7, lon=46.0, country="AZ", feature="P")
    claims = [
        replace(
            KALBAJAR,
            evidence=document.span(start, end),
            said_by=(),
            where=Where(name=village.name, place=village),
            when=When(f"2022-{number % 12 + 1:02}"),
            derivation=None,
        )
        for start, end in ((0, 10), (10, 30), (31, 50))
    ]
    return document, claims


def batch(number: int) -> list[Act]:
    """What one call of `append` is given: a report with its claims, and judgements of two of them."""
    document, claims = report(number)
    verdicts: dict[int, Verdict] = {0: Accepted(), 1: Rejected(), 2: Edited(replace(claims[2], when=When("2021")))}
    verdict = verdicts[number % 3]
    words = claims[number % 3].evidence.quote
    return [Filed(document), *map(Asserted, claims), Judged(claims[number % 3].id, verdict, "looked at", hash_of(words))]


def work(locator: Path | str) -> None:
    """Add every batch and settle; done again it adds what is not there."""
    with open_store(str(locator), create=True) as store:
        job(store)


def job(store: Store) -> None:
    """Add every batch and settle."""
    for number in range(BATCHES):
        store.append(batch(number), by="worker")
        if number % 4 == 3:
            settle(store)
    settle(store)


def digest(store: Store) -> list[object]:
    """What does not depend on when entries were recorded."""
    entries = [(entry.seq, entry.by, entry.act) for entry in store.entries()]
    claims = [
        (testimony.claim, testimony.entry, testimony.outlets, testimony.accepted) for testimony in store.testimony(Wanted())
    ]
    kept = [finding for kind in FINDINGS.values() for finding in store.findings(Sought(kind=kind))]
    return [entries, claims, kept, [store.stale(kind) for kind in FINDINGS], store.search("battle 3")]


def look(locator: Path | str, whole: list[object]) -> int:
    """Check a register that was left in the middle of the job; how many entries it has. Raises AssertionError."""
    with open_store(str(locator)) as store:
        problems = list(store.verify())
        assert not problems, problems
        entries = [(entry.seq, entry.by, entry.act) for entry in store.entries()]
        wanted = whole[0]
        assert isinstance(wanted, list)
        assert entries == wanted[: len(entries)], "entries are the first of those of an undisturbed run"
        assert len(entries) in boundaries(wanted), f"{len(entries)} entries: half a call of append is there"
        check_kept(store)
    return len(entries)


def boundaries(entries: Sequence[tuple[int, str, Act]]) -> set[int]:
    """The numbers of entries after which a call of `append` ended."""
    return {0, len(entries), *(seq - 1 for seq, _, act in entries if isinstance(act, Filed))}


def check_kept(store: Store) -> None:
    """Whatever is not noted as stale is kept as it would be derived now."""
    for kind, finding in FINDINGS.items():
        stale = store.stale(kind)
        if EVERYTHING in stale:
            continue
        derived = {
            found.id: (testimony, found)
            for testimony in store.testimony(Wanted(kinds=[kind]))
            for found in [finding_of(testimony)]
        }
        kept = {found.id: found for found in store.findings(Sought(kind=finding))}
        for id, (testimony, found) in derived.items():
            key = testimony.site.key if kind == "control" and testimony.site else testimony.claim.id
            assert key in stale or kept.get(id) == found, f"{id} is not kept, and {key} is not stale"


def kills(folder: Path, times: int, seed: int) -> Iterator[str]:
    """Kill the job so often, each time at a random moment; what happened."""
    chance = random.Random(seed)
    calm = folder / "calm.gpkg"
    begun = time.monotonic()
    assert finished(forked(lambda: work(calm))) == 0
    lasts = time.monotonic() - begun
    with open_store(str(calm)) as store:
        whole = digest(store)
    killed = files = reruns = 0
    progress: set[int] = set()
    while killed < times:
        files += 1
        path = folder / f"register-{files}.gpkg"
        while killed < times:
            child = forked(lambda path=path: work(path))  # type: ignore[misc]
            time.sleep(chance.choice((0.02, 0.3, 1.0)) * lasts * chance.random())
            os.kill(child, signal.SIGKILL)
            if finished(child) == 0:
                break
            killed += 1
            if path.exists():
                progress.add(look(path, whole))
        assert finished(forked(lambda path=path: work(path))) == 0, "running it again completes it"  # type: ignore[misc]
        reruns += 1
        with open_store(str(path)) as store:
            assert digest(store) == whole, "the result is that of an undisturbed run"
            assert not list(store.verify())
        left = sorted(file.name for file in folder.iterdir() if file.name not in (path.name, calm.name))
        assert not left, f"left beside it: {left}"
        path.unlink()
        yield f"file {files}: {killed} killed so far"
    yield f"killed {killed} times, {files} files, {reruns} completed, found at {len(progress)} different numbers of entries"


def adds(folder: Path, times: int, seed: int) -> Iterator[str]:
    """Kill `whoholds add` so often, each time at a random moment; what happened."""
    chance = random.Random(seed)
    reports = folder / "reports"
    reports.mkdir()
    for number in range(40):
        (reports / f"{number:02}.txt").write_text(news(number), encoding="utf-8")

    def adding(path: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "whoholds", "add", str(path), str(reports), "--published", "2020-11-29"]
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    calm, begun = folder / "calm.gpkg", time.monotonic()
    assert adding(calm).wait() == 0
    lasts = time.monotonic() - begun
    with open_store(str(calm)) as store:
        whole = entered(store)
    killed = files = 0
    progress: set[int] = set()
    while killed < times:
        files += 1
        path, left = folder / f"register-{files}.gpkg", 1.0
        while killed < times:
            running, begun = adding(path), time.monotonic()
            time.sleep(lasts * chance.uniform(0.2, 0.4 + 0.5 * left))  # what is there already is not read again
            running.kill()
            if running.wait() == 0:
                lasts = min(lasts, time.monotonic() - begun) if left == 1.0 else lasts
                break
            killed += 1
            if path.exists():
                with open_store(str(path)) as store:
                    assert not list(store.verify())
                    entries = entered(store)
                assert entries == whole[: len(entries)], "entries are the first of those of an undisturbed run"
                progress.add(len(entries))
                left = 1 - len(entries) / len(whole)
        assert adding(path).wait() == 0, "running it again completes it"
        with open_store(str(path)) as store:
            assert entered(store) == whole, "nothing is missing and nothing there twice"
            assert not list(store.verify())
        path.unlink()
        yield f"file {files}: {killed} killed so far"
    yield f"killed {killed} times, {files} files, found at {sorted(progress)} entries of {len(whole)}"


def entered(store: Store) -> list[tuple[int, str, Act]]:
    """The entries without their instants."""
    return [(entry.seq, entry.by, entry.act) for entry in store.entries()]


def news(number: int) -> str:
    """A report that is read in some milliseconds."""
    town = ("Kalbajar", "Lachin", "Aghdam", "Shusha", "Fuzuli")[number % 5]
    return (
        f"The army seized {town} on {1 + number % 28} November 2020, the defence ministry said. {number + 2} soldiers died in"
        f" fighting near {town}. Armenia will withdraw from Lachin by 1 December 2020."
    )


def full(path: Path, limit: int) -> None:
    """The job, with no file growing beyond `limit` bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    work(path)


def write(locator: Path | str, name: str, times: int) -> None:
    """Append reports of one's own and shared ones, as one of several writers."""
    with open_store(str(locator), create=True) as store:
        for number in range(times):
            document, claims = report(number)
            own = replace(document, text=f"{name} reports: {document.text}", url=f"https://example.org/{name}/{number}")
            store.append([Filed(own), Filed(replace(document, url=None)), *map(Asserted, claims)], by=name)
            if number % 3 == 2:
                with suppress(StaleError):  # another writer was quicker: what is stale stays so
                    settle(store)


def main(arguments: Sequence[str]) -> int:
    """Run one of the programs; the exit code is 3 where the store refused."""
    command, target, *rest = arguments
    try:
        match command:
            case "work":
                work(Path(target))
            case "kills":
                for line in kills(Path(target), int(rest[0]), int(rest[1])):
                    print(line, flush=True)
            case "adds":
                for line in adds(Path(target), int(rest[0]), int(rest[1])):
                    print(line, flush=True)
            case "full":
                full(Path(target), int(rest[0]))
            case "write":
                write(Path(target), rest[0], int(rest[1]))
            case _:
                return 2
    except StoreError as error:
        print(f"StoreError: {error.message} ({error.hint})", flush=True)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
