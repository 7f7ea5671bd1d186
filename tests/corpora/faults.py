"""Sources with something wrong in them, and what must come of them: the fault named, all else read, the exit status 1."""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.corpora import damaged
from tests.corpora.running import Command, aside, claims, surveyed


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A faulty source: `make` writes it into a folder, from a seed, and gives the addresses or names of the good reports in it.

    Each of `told` (a regular expression) must be found in the place or the message of something set aside, and `count` things
    are set aside (None: as many as are told, at least). `lost` good reports may be lost, where a format cannot say more.
    """

    name: str
    make: Callable[[Path, int], list[str]]
    told: tuple[str, ...]
    count: int | None = None
    lost: int = 0
    options: tuple[str, ...] = ()
    poison: bool = False


def tried(faults: Sequence[Fault], place: Path, *, workers: int = 2, timeout: float = 600.0) -> list[str]:
    """What is wrong with how one run deals with some faults together; nothing where all is as it should be."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    good = {fault.name: _made(fault, place) for fault in faults}
    good["fine"] = _fine(place / "fine")
    sources = [f"{fault.name}/{path.name}" for fault in faults for path in sorted((place / fault.name).iterdir())]
    environment = {"PYTHONPATH": str(_poisoned(place))} if any(fault.poison for fault in faults) else {}
    options = ("--workers", str(workers), *(option for fault in faults for option in fault.options))
    command = Command(place=place, sources=(*sources, "fine"), out="out", options=options, environment=environment)
    status = command.run(timeout=timeout)
    if not (command.folder / "aside.jsonl").exists():
        return [f"it ended with {status} and without aside.jsonl: {command.told.read_text()[-500:]}"]
    return [
        *_run_wrong(command, status),
        *(wrong for fault in faults for wrong in _told_wrong(fault, command)),
        *_lost(good, faults, command),
    ]


def _made(fault: Fault, place: Path) -> list[str]:
    (place / fault.name).mkdir()
    return fault.make(place / fault.name, zlib.crc32(fault.name.encode()))


def _run_wrong(command: Command, status: int) -> Iterator[str]:
    if status != 1:
        yield f"it ended with {status}, not 1"
    if b"Traceback" in command.told.read_bytes():
        yield f"a traceback in {command.told}"


def _told_wrong(fault: Fault, command: Command) -> Iterator[str]:
    rows = [row for row in aside(command.folder) if row["place"].startswith(f"{fault.name}/")]
    words = [f"{row['place']}: {row['message']}" for row in rows]
    for pattern in fault.told:
        if not any(re.search(pattern, told) for told in words):
            yield f"{fault.name}: nothing set aside says {pattern!r}"
    if fault.count is not None and len(rows) != fault.count:
        yield f"{fault.name}: {len(rows)} set aside, not {fault.count}: {words[:4]}"


def _lost(good: Mapping[str, list[str]], faults: Sequence[Fault], command: Command) -> Iterator[str]:
    known = {value for row in surveyed(command.folder) for value in (row.get("url"), row.get("name")) if value}
    read = {value for row in claims(command.folder) for value in (row["url"], row["id"]) if value}
    allowed = {fault.name: fault.lost for fault in faults}
    for name, reports in good.items():
        missing = [report for report in reports if report not in known]
        unread = [report for report in reports if report in known and report not in read]
        if len(missing) > allowed.get(name, 0):
            yield f"{name}: {len(missing)} good reports are lost: {missing[:4]}"
        if unread:
            yield f"{name}: {len(unread)} good reports were not read: {unread[:4]}"


def _fine(folder: Path) -> list[str]:
    """Good reports in a source of their own."""
    folder.mkdir()
    for article in damaged.good(2, 1):
        (folder / f"fine-{article.number}.txt").write_text(article.text, encoding="utf-8")
    return ["fine-0.txt", "fine-1.txt"]


def _poisoned(folder: Path) -> Path:
    """A folder for PYTHONPATH whose `sitecustomize` breaks Python processes over marked texts."""
    place = folder / "breaking"
    place.mkdir()
    (place / "sitecustomize.py").write_text(damaged.POISON, encoding="utf-8")
    return place.resolve()


FAULTS: tuple[Fault, ...] = (
    Fault(name="truncated-warc", make=damaged.truncated_warc, told=(r"cut\.warc\.gz",)),
    Fault(name="corrupt-warc", make=damaged.corrupt_warc, told=(r"bad\.warc\.gz",)),
    Fault(name="no-warc", make=damaged.no_warc, told=(r"picture\.warc\.gz",)),
    Fault(name="truncated-gzip", make=damaged.truncated_gzip, told=(r"cut\.jsonl\.gz",)),
    Fault(name="wrong-checksum", make=damaged.wrong_checksum, told=(r"sum\.jsonl\.gz",)),
    Fault(name="no-gzip", make=damaged.no_gzip, told=(r"words\.jsonl\.gz",)),
    Fault(name="corrupt-zip", make=damaged.corrupt_zip, told=(r"bad\.zip!page-1\.html",), count=1),
    Fault(name="truncated-zip", make=damaged.truncated_zip, told=(r"cut\.zip",)),
    Fault(name="huge-page", make=damaged.huge_page, told=(r"huge\.html", r"huge\.warc\.gz@\d+"), count=2),
    Fault(name="zip-bomb", make=damaged.zip_bomb, told=(r"bomb\.zip!zeros\.html", r"bomb\.zip!liar\.html"), count=2),
    Fault(name="gzip-bomb", make=damaged.gzip_bomb, told=(r"bomb\.jsonl\.gz",)),
    Fault(name="empty-files", make=damaged.empty_files, told=(r"empty-0\.txt", r"empty-9999\.txt"), count=10_000),
    Fault(
        name="wrong-columns", make=damaged.wrong_columns, told=(r"other\.csv.*text", r"other\.jsonl:1\b", r"other\.jsonl:3\b")
    ),
    Fault(name="mixed-encodings", make=damaged.mixed_encodings, told=(r"in-none\.txt",), count=1),
    Fault(
        name="poison-survey",
        make=damaged.poison_survey,
        told=("abort", "hang", "swell"),
        count=3,
        poison=True,
        options=("--seconds", "3"),
    ),
    Fault(
        name="poison", make=damaged.poison, told=("abort", "hang", "swell"), count=3, poison=True, options=("--seconds", "5")
    ),
)
