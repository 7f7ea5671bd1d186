"""Tar archives, packed or not: each member that is a report by its name is one record.

A plain archive is cut at bytes, so that any part is reached at once. A packed one can only be read from its beginning: its
parts are numbers of members, and a process that has read one goes on from there with the next, so that it unpacks the archive
once whatever parts of it fall to it. Members are read in memory, never written under their names.
"""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager

from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Record, SetAside
from whoholds.corpora.sources.archived import DamagedError, Held, Member, Runs, Selection, is_held
from whoholds.corpora.sources.files import fault
from whoholds.corpora.sources.names import Tally, shown
from whoholds.corpora.sources.tar_reading import Archive
from whoholds.model import Problem

KIND = "tar"
_HINT = "fetch or copy it again; what stands before was read"


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside | Held]:
    """The parts of an archive, of `size` reports each, what it holds besides, and where it is damaged.

    The archive is gone through once. Raises nothing for bad archives.
    """
    try:
        archive = Archive(path)
    except (tarfile.TarError, OSError, ValueError) as error:
        yield SetAside(shown(path), _unreadable(path, error))
        return
    tally = Tally(shown(path), kind=KIND)
    with closing(archive):
        yield from _cut(path, archive, _selection(options), Runs(size), tally)
        if not archive.number:
            yield SetAside(
                shown(path), Problem("empty", f"{shown(path)} is an empty archive", hint="give one with reports in it")
            )
        yield from tally.told()
        yield from (SetAside(shown(path), problem) for problem in archive.faults)


def _cut(path: str, archive: Archive, selection: Selection, runs: Runs, tally: Tally) -> Iterator[Part | SetAside | Held]:
    """The parts, up to where reading fails."""
    first: int | None = None
    last = 0
    failed: SetAside | None = None
    try:
        for info in archive.members():
            first, last = info.offset if first is None else first, info.offset_data
            name = _name(info) if info.isreg() else _no_file(info, tally)
            if is_held(name):
                yield Held(Member(path, name, info.size), archive.pieces(info))
            if run := runs.add(selection.takes(name, tally)):
                yield _part(path, archive, run, (first, last))
                first = None
    except (tarfile.TarError, OSError, ValueError) as error:
        failed = SetAside(shown(path), _unreadable(path, error))
    if run := runs.rest():
        yield _part(path, archive, run, (first or 0, last))
    if failed:
        yield failed


def _part(path: str, archive: Archive, numbers: tuple[int, int], span: tuple[int, int]) -> Part:
    """A part by the numbers of its members where the archive is packed, else from its first header to its last content."""
    start, end = numbers if archive.packed else span
    return Part(kind=KIND, path=path, start=start, end=end)


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The reports of a part, in the order of the archive. Raises nothing for bad members."""
    try:
        with _archive_at(part) as archive:
            yield from _records(part, archive, _selection(options))
    except (tarfile.TarError, OSError, ValueError) as error:
        yield SetAside(shown(part.path), _unreadable(part.path, error))


def _records(part: Part, archive: Archive, selection: Selection) -> Iterator[Raw | SetAside]:
    for info in archive.members():
        if archive.packed and archive.number <= part.start:
            continue
        name = _name(info)
        if info.isreg() and selection.takes(name):
            yield _record(archive, info, Member(part.path, name, info.size))
        if part.end is not None and (archive.number if archive.packed else info.offset_data) >= part.end:
            return


def _record(archive: Archive, info: tarfile.TarInfo, member: Member) -> Raw | SetAside:
    if problem := member.refused:
        return SetAside(member.place, problem)
    if info.issparse():
        message = f"{member.place} is a file with holes, which is not read"
        return SetAside(member.place, Problem("sparse", message, hint="unpack the archive and give the folder"))
    try:
        return member.record(b"".join(archive.pieces(info)))
    except DamagedError as error:
        return SetAside(member.place, member.damaged(error))


_kept: list[tuple[tuple[object, ...], Archive]] = []  # the packed archive a part of which was read last, at its end


@contextmanager
def _archive_at(part: Part) -> Iterator[Archive]:
    """The archive of a part, at its beginning or, packed, somewhere before; one that is packed stays open for the next part.

    Raises as Archive does.
    """
    told = os.stat(part.path)  # noqa: PTH116 -- a path as named
    identity = (part.path, told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns)
    archive = None
    while _kept:
        other, kept = _kept.pop()
        if other == identity and kept.number <= part.start:
            archive = kept
        else:
            kept.close()
    archive = archive or Archive(part.path, at=part.start)
    try:
        yield archive
    except BaseException:
        archive.close()
        raise
    if archive.packed:
        _kept.append((identity, archive))
    else:
        archive.close()


def _selection(options: Options) -> Selection:
    return Selection(everything=options.kind == KIND)


def _no_file(info: tarfile.TarInfo, tally: Tally) -> str:
    """No name for what is no file; it is counted."""
    if not info.isdir():
        tally.no_reports["links" if info.islnk() or info.issym() else "pipes and devices"] += 1
    return ""


def _name(info: tarfile.TarInfo) -> str:
    return info.name.removeprefix("./")


def _unreadable(path: str, error: tarfile.TarError | OSError | ValueError) -> Problem:
    if isinstance(error, tarfile.TarError):
        return Problem("damaged", f"{shown(path)} is no whole tar archive: {error}", hint=_HINT)
    return fault(path, error)
