"""Zip archives: each member that is a report by its name is one record.

The list of members at the end of the file is read once a process and cut into parts by numbers. Nothing in it is believed: a
member is never unpacked beyond what a report may have, nor where it would swell as no text does, nor where its data are those
of another member too, by which a few kilobytes can stand for terabytes. Members are never written under their names.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from lzma import LZMAError
from typing import BinaryIO

from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Record, SetAside
from whoholds.corpora.sources.archived import MOST_SWELLING, UNWATCHED, DamagedError, Held, Member, Runs, Selection, is_held
from whoholds.corpora.sources.files import fault, plain
from whoholds.corpora.sources.names import Tally, shown
from whoholds.model import Problem

KIND = "zip"
MOST_MEMBERS = 300_000  # about 1 kB of memory each
_LARGEST_LIST = 100_000_000  # bytes of the list of members: 46 and the name for each
_LOCAL_HEADER = 30  # bytes before the name of a member
_STEP = 1_000_000  # bytes
_SMALL_STEP = 4_096  # bytes, also of what is unpacked at a time; bzip2 can make 80 MB of them, and zipfile sets it no bound
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_END = struct.Struct("<4s4H2LH")  # the end of the central directory, 4.3.16 of PKWARE's APPNOTE
_END_MAGIC = b"PK\x05\x06"
_END64 = struct.Struct("<4sQ2H2L4Q")  # the same for large archives, 4.3.14
_END64_MAGIC = b"PK\x06\x06"
_LOCATOR_SIZE = 20  # bytes between the two, 4.3.15
_LONGEST_END = _END.size + 65_535 + _LOCATOR_SIZE + _END64.size
_IN_ZIP64 = 0xFFFFFFFF
_FAULTS = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class _Archive:
    """An open archive, and where the members begin whose data overlap the next one's."""

    file: zipfile.ZipFile
    members: Sequence[zipfile.ZipInfo]
    overlapping: frozenset[int]


def parts(path: str, options: Options, size: int) -> Iterator[Part | SetAside | Held]:
    """The parts of an archive, of `size` reports each, and what it holds besides. Raises nothing for bad archives."""
    archive = _opened(path)
    if isinstance(archive, Problem):
        yield SetAside(shown(path), archive)
        return
    if not archive.members:
        yield SetAside(shown(path), Problem("empty", f"{shown(path)} is an empty archive", hint="give one with reports in it"))
    tally, selection, runs = Tally(shown(path), kind=KIND), _selection(options), Runs(size)
    for info in archive.members:
        member = Member(path, _name(info), info.file_size)
        if is_held(member.name):
            yield _held(archive, info, member)
        if run := runs.add(selection.takes(member.name, tally)):
            yield Part(kind=KIND, path=path, start=run[0], end=run[1])
    if run := runs.rest():
        yield Part(kind=KIND, path=path, start=run[0], end=run[1])
    yield from tally.told()


def _held(archive: _Archive, info: zipfile.ZipInfo, member: Member) -> Held | SetAside:
    problem = _refused(archive, info, member.place)
    return SetAside(member.place, problem) if problem else Held(member, _pieces(archive.file, info))


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The reports of a part in the order of the list of members. Raises nothing for bad members."""
    archive = _opened(part.path)
    if isinstance(archive, Problem):
        yield SetAside(shown(part.path), archive)
        return
    selection = _selection(options)
    for number in range(part.start, len(archive.members))[: None if part.end is None else max(part.end - part.start, 0)]:
        info = archive.members[number]
        name = _name(info)
        if selection.takes(name):
            yield _record(archive, info, Member(part.path, name, info.file_size))


def _selection(options: Options) -> Selection:
    return Selection(everything=options.kind == KIND)


def _record(archive: _Archive, info: zipfile.ZipInfo, member: Member) -> Raw | SetAside:
    if problem := member.refused or _refused(archive, info, member.place):
        return SetAside(member.place, problem)
    try:
        return member.record(b"".join(_pieces(archive.file, info)))
    except DamagedError as error:
        return SetAside(member.place, member.damaged(error))


def _refused(archive: _Archive, info: zipfile.ZipInfo, place: str) -> Problem | None:
    if info.flag_bits & _ENCRYPTED:
        return Problem("encrypted", f"{place} is locked with a password", hint="unpack the archive and give the folder")
    swollen = info.file_size > UNWATCHED and info.file_size > MOST_SWELLING * info.compress_size
    if swollen or info.header_offset in archive.overlapping:
        fault = f"swells to more than {MOST_SWELLING} times its size" if swollen else "shares its bytes with another member"
        return Problem("bomb", f"{place} {fault}, as no report does", hint="unpack it yourself if you trust it")
    return None


def _pieces(file: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, at most as many as the list of members tells. Raises DamagedError."""
    bounded = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    try:
        with file.open(info) as stream:
            while piece := stream.read(_STEP if bounded else _SMALL_STEP):
                yield piece
    except _FAULTS as error:
        raise DamagedError(str(error) or type(error).__name__) from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; one in UTF-8 that is not marked so, as many programs write it, is not read as cp437."""
    name = info.filename.removeprefix("./")
    if info.flag_bits & _UTF8_NAME or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except ValueError:
        return name


def _opened(path: str) -> _Archive | Problem:
    """The archive at a path; the last one stays open, since the parts of one are mostly read one after another."""
    try:
        told = os.stat(path)  # noqa: PTH116 -- a path as named
        return _archive(path, (told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns))
    except (zipfile.BadZipFile, NotImplementedError, struct.error) as error:
        hint = "fetch it again; what can be saved of it: zip -FF damaged.zip --out mended.zip"
        return Problem("damaged", f"{shown(path)} is no whole zip archive: {str(error).lower()}", hint=hint)
    except _TooLongError as error:
        return Problem("too-large", f"{shown(path)}: {error}", hint="unpack it and give the folder")
    except (OSError, ValueError) as error:
        return fault(path, error)


class _TooLongError(Exception):
    """A list of members that memory is not risked for."""


@lru_cache(maxsize=1)
def _archive(path: str, _identity: tuple[int, ...]) -> _Archive:
    source = plain(path)
    if (size := _list_size(source)) > _LARGEST_LIST:
        raise _TooLongError(f"its list of members has {size:,} bytes, more than {_LARGEST_LIST:,}")
    file = zipfile.ZipFile(source)
    members = file.infolist()
    if len(members) > MOST_MEMBERS:
        raise _TooLongError(f"it has {len(members):,} members, more than {MOST_MEMBERS:,}")
    return _Archive(file, members, _overlapping(members, file.start_dir))


def _list_size(source: BinaryIO) -> int:
    """The bytes of the list of members, as the end of the file tells; 0 where it tells nothing, which zipfile then tells."""
    source.seek(0, os.SEEK_END)
    source.seek(max(0, source.tell() - _LONGEST_END))
    tail = source.read()
    at = tail.rfind(_END_MAGIC)
    if at < 0 or at + _END.size > len(tail):
        return 0
    size: int = _END.unpack_from(tail, at)[5]
    long = at - _LOCATOR_SIZE - _END64.size
    if long >= 0 and tail.startswith(_END64_MAGIC, long):
        size = max(size if size != _IN_ZIP64 else 0, _END64.unpack_from(tail, long)[8])
    return size


def _overlapping(members: Sequence[zipfile.ZipInfo], list_begins: int) -> frozenset[int]:
    """Where the members begin whose data reach into the next member or the list."""
    spans = sorted((info.header_offset, info.header_offset + _LOCAL_HEADER + info.compress_size) for info in members)
    starts = [*(start for start, _ in spans[1:]), list_begins]
    return frozenset(start for (start, end), following in zip(spans, starts, strict=False) if end > following)
