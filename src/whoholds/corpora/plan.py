"""The plan of a run: what the user named, cut into numbered partitions, written once.

Each line of `plan.jsonl` is a partition with its part and what its source looked like, or something that was set aside while
planning. A source is known again by its size and its modification time; where the time differs, by a hash of its size and of
64 kB at its beginning and at its end, which reads little of the largest archive.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whoholds.corpora import sources
from whoholds.corpora.keeping import json_line, kept_lines, lines
from whoholds.corpora.layout import Layout
from whoholds.corpora.parts import Part
from whoholds.corpora.records import SetAside
from whoholds.corpora.sources.names import shown
from whoholds.corpora.tasks import StoppedError
from whoholds.corpora.terms import Terms
from whoholds.formats import problem_to_json
from whoholds.model import Problem

_ENDS = 1 << 16  # bytes at the beginning and the end of a file that tell it from another


@dataclass(frozen=True, slots=True)
class Seen:
    """What the files of a part looked like: bytes and latest modification (nanoseconds, Unix time) of all, and their hash."""

    size: int
    modified: int
    hash: str


def make_plan(layout: Layout, terms: Terms) -> None:
    """Write the plan where there is none yet."""
    if layout.plan.exists():
        return
    partition = 0
    known: dict[str, Seen] = {}  # of the source at hand: the parts of a source follow each other
    with kept_lines(layout.plan) as file:
        names, repeated = _once(terms.named)
        for aside in repeated:
            file.write(json_line(aside_to_json(aside)))
        for one in sources.planned(names, terms.options, size=terms.size, keep=layout.fetched):
            if isinstance(one, SetAside):
                file.write(json_line(aside_to_json(one)))
                continue
            if one.path not in known or Path(one.path).is_dir():
                known = {one.path: seen(one)}
            file.write(json_line({"partition": partition, **_part_to_json(one), "seen": asdict(known[one.path])}))
            partition += 1


def _once(named: Sequence[str]) -> tuple[list[str], list[SetAside]]:
    """The names without those that are another one's again, by whatever path, and a word on each of these."""
    first: dict[str, str] = {}
    repeated = []
    for name in named:
        source = os.path.realpath(name) if os.path.lexists(name) else name
        if source not in first:
            first[source] = name
            continue
        again = "" if first[source] == name else f", as {shown(first[source])}"
        problem = Problem("repeated", f"{shown(name)} is named already{again}", hint="nothing to do: it is read once")
        repeated.append(SetAside(shown(name), problem))
    return list(first.values()), repeated


def partitions(layout: Layout) -> int:
    """How many partitions the plan has."""
    return sum("partition" in line for line in lines(layout.plan))


def set_aside(layout: Layout) -> Iterator[dict[str, Any]]:
    """What was set aside while planning, as JSON."""
    return (line for line in lines(layout.plan) if "partition" not in line)


class Plan:
    """The partitions of a run, each found without reading the others: where each line begins is noted once."""

    def __init__(self, layout: Layout) -> None:
        self._file = layout.plan.open("rb")
        self._starts: list[int] = []
        at = 0
        for line in self._file:
            if line.startswith(b'{"partition"'):
                self._starts.append(at)
            at += len(line)

    def part(self, partition: int) -> Part:
        """The part that a partition is. Raises StoppedError where its source is no longer what was planned."""
        self._file.seek(self._starts[partition])
        told = json.loads(self._file.readline())
        part = _part_from_json(told)
        check(part, Seen(**told["seen"]))
        return part


def changed(layout: Layout) -> None:
    """See that every source is as it was planned. Raises StoppedError for one that is not."""
    known: tuple[str, dict[str, Any]] | None = None
    for line in lines(layout.plan):
        if "partition" not in line or (line["path"], line["seen"]) == known:
            continue
        known = (line["path"], line["seen"])
        check(_part_from_json(line), Seen(**line["seen"]))


def check(part: Part, planned: Seen) -> None:
    """See that a part's files are as they were planned. Raises StoppedError for those that are not."""
    size, modified = _measured(part)
    if (size, modified) == (planned.size, planned.modified):
        return
    if size == planned.size and _hash(part) == planned.hash:
        return
    what = "is gone" if size < 0 else "has changed"
    of = "" if len(_files(part)) == 1 else f" ({part.names[0]} … {part.names[-1]})"
    hint = "put it back as it was, or read what there is now into another folder with --out"
    raise StoppedError(f"{part.path}{of} {what} since it was planned", hint)


def seen(part: Part) -> Seen:
    """What the files of a part look like now; sizes of -1 for what is no file."""
    size, modified = _measured(part)
    return Seen(size, modified, _hash(part))


def aside_to_json(aside: SetAside) -> dict[str, Any]:
    """What was set aside as JSON: its place, and the problem."""
    return {"place": aside.place, **problem_to_json(aside.problem)}


def _files(part: Part) -> list[Path]:
    """The files whose content the part is of; members of an archive are part of the archive."""
    path = Path(part.path)
    return [path / name for name in part.names] if part.names and path.is_dir() else [path]


def _measured(part: Part) -> tuple[int, int]:
    size = modified = 0
    for file in _files(part):
        try:
            status = file.stat()
        except OSError:
            return -1, -1
        size, modified = size + status.st_size, max(modified, status.st_mtime_ns)
    return size, modified


def _hash(part: Part) -> str:
    digest = hashlib.sha256()
    for file in _files(part):
        try:
            with file.open("rb") as stream:
                size = file.stat().st_size
                digest.update(f"{file.name} {size};".encode("utf-8", "surrogateescape"))
                digest.update(stream.read(_ENDS))
                stream.seek(max(stream.tell(), size - _ENDS))
                digest.update(stream.read(_ENDS))
        except OSError:
            digest.update(b"unreadable;")
    return digest.hexdigest()[:32]


def _part_to_json(part: Part) -> dict[str, Any]:
    return {"kind": part.kind, "path": part.path, "start": part.start, "end": part.end, "names": list(part.names)}


def _part_from_json(told: dict[str, Any]) -> Part:
    names = tuple(told["names"])
    return Part(kind=told["kind"], path=told["path"], start=told["start"], end=told["end"], names=names)
