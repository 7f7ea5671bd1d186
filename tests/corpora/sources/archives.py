"""Archives made for tests, and what becomes of the records in them."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Record, SetAside
from whoholds.corpora.sources import planned, records

PROSE = "The army entered the town on Wednesday after the last of its defenders had left, the ministry said."
PAGE = (
    "<!DOCTYPE html><html><head><title>Army enters town</title></head>"
    f"<body><article><p>{PROSE}</p><p>{PROSE[4:]}</p></article></body></html>"
)


def plan(*named: object, options: Options | None = None, size: int = 256, keep: Path | None = None) -> list[Part | SetAside]:
    return list(planned([str(name) for name in named], options or Options(), size=size, keep=keep or Path("kept")))


def read_all(found: Iterable[Part | SetAside], options: Options | None = None) -> tuple[list[Record], list[SetAside]]:
    """The records of all parts, and what was set aside when planning and when reading."""
    read: list[Record] = []
    aside: list[SetAside] = []
    for part in found:
        for one in [part] if isinstance(part, SetAside) else records(part, options or Options()):
            aside.append(one) if isinstance(one, SetAside) else read.append(one)
    return read, aside


def all_of(
    *named: object, options: Options | None = None, size: int = 256, keep: Path | None = None
) -> tuple[list[Record], list[SetAside]]:
    return read_all(plan(*named, options=options, size=size, keep=keep), options)


def names(read: Iterable[Record]) -> list[str]:
    return [record.name for record in read]


def contents(read: Iterable[Record]) -> list[bytes]:
    return [record.data for record in read if isinstance(record, Raw)]


def codes(aside: Iterable[SetAside]) -> list[str]:
    return [one.problem.code for one in aside]


def write_tar(path: Path, members: Sequence[tuple[str | tarfile.TarInfo, bytes]], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for member, data in members:
            info = tarfile.TarInfo(member) if isinstance(member, str) else member
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path
