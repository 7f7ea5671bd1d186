"""WARC files as runs of records, each found by the byte it begins at, whatever is damaged between them.

A file is in one of three shapes. Plain: records one after another. By members: each record packed on its own, as crawlers write
them, so that reading may begin at any. Solid: packed as a whole, by someone who had a plain one; its bytes are counted as they
are when unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar, cast

from whoholds.articles.files import unreadable
from whoholds.corpora.records import SetAside
from whoholds.corpora.sources.members import Member, dictionary_of, next_member
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.packings import packing_of
from whoholds.corpora.sources.streams import Stream, unpacked
from whoholds.corpora.sources.zip_members import inside, warcs_in
from whoholds.model import Problem

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["Crawl", "Found", "opened_crawl", "warcs_in"]

SOLID = "solid"  # a name in a part, after that of the member, that says how its bytes are counted
_OPENING = b"WARC/"
_OPENING_LINE = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_HEAD = re.compile(rb"WARC/(?:[^\r\n]+\r?\n)*\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.I | re.M)
_LONGEST_OPENING = 12  # bytes
_CHUNK = 1_048_576
_HINT = "fetch or copy the archive again; the records before and after were read"
_CUT_OFF = Problem("cut-off", "it is cut off", hint="fetch or copy it again; what stands before was read")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was taken from the record that begins at byte `at`, or that what is there could not be read."""

    at: int
    held: T | SetAside


Take = Callable[["WarcRecord", str], T]
"""What is wanted of a record that stands at a place; it reads the record before the next one is come to."""


class Crawl:
    """An open WARC file; `place` is what it is called, `solid` whether it is packed as a whole."""

    def __init__(self, file: BinaryIO, place: str, *, solid: bool | None = None) -> None:
        self.place = place
        self._file = file
        file.seek(0)
        self.packing = packing_of(file.read(6))
        self.size = file.seek(0, io.SEEK_END)
        self._dictionary = dictionary_of(file) if self.packing == "zstd" else None
        self.solid = self._is_solid() if solid is None else solid

    def __enter__(self) -> Crawl:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def by_members(self) -> bool:
        """Whether reading may begin anywhere in the packed file."""
        return self.packing is not None and not self.solid

    def found(self, start: int, end: int | None, take: Take[T]) -> Iterator[Found[T]]:
        """What `take` takes from the records that begin from byte `start` on and before byte `end`, in order."""
        return (self._members if self.by_members else self._texts)(start, end, take)

    def next_start(self, at: int) -> int | None:
        """Where, from byte `at` on, the next record begins; None where there is none. For files by members."""
        return next_member(self._file, at, self.packing or "", _OPENING, self._dictionary)

    def _is_solid(self) -> bool:
        if self.packing in (None, "bzip2", "xz"):
            return self.packing is not None
        seen = 0
        with suppress(StopIteration):
            at = 0
            while seen == 0 and at < self.size:
                member = Member(self._file, at, self.packing or "", self._dictionary)
                records = _iterated(member)
                with suppress(OSError):
                    for _ in records:
                        seen += 1
                        if seen == 2:
                            return True
                member.drain()
                if member.fault or member.end <= at:
                    return False
                at = member.end
        return False

    def _members(self, start: int, end: int | None, take: Take[T]) -> Iterator[Found[T]]:
        at: int | None = start
        while at is not None and at < (self.size if end is None else end):
            member = Member(self._file, at, self.packing or "", self._dictionary)
            yield from self._in_member(member, take)
            if member.fault:
                yield Found(at, self._damaged(at, member.fault))
                at = self.next_start(at + 1)
            else:
                at = member.end

    def _in_member(self, member: Member, take: Take[T]) -> Iterator[Found[T]]:
        """Each record when the next one or the member's end was reached, since only then it is known to be whole."""
        held: list[Found[T]] = []
        count = 0
        try:
            for record in _iterated(member):
                yield from held
                place = f"{self.place}@{member.start}" + (f"+{count}" if count else "")
                held = [Found(member.start, take(record, place))]
                count += 1
        except OSError as error:
            member.fault = member.fault or _no_record(error)
        member.drain()
        if not member.fault:
            yield from held

    def _texts(self, start: int, end: int | None, take: Take[T]) -> Iterator[Found[T]]:
        at: int | None = start
        told = False  # of a run of damage only once
        while at is not None and (end is None or at < end):
            stream = self._reached(at)
            last = None
            taken = False
            try:
                for record in _iterated(stream):
                    if end is not None and record.stream_pos >= end:
                        return
                    last = record.stream_pos
                    told = False
                    held = take(record, f"{self.place}@{last}")
                    taken = bool(held)
                    yield Found(last, held)
                if stream.fault:
                    yield Found(last or at, self._damaged(last or at, stream.fault))
                elif (cut := self._cut_off(at if last is None else last, taken=taken)) is not None:
                    yield Found(cut, self._damaged(cut, _CUT_OFF))
                return
            except OSError as error:
                at = at if last is None else last
                if not told:
                    yield Found(at, self._damaged(at, stream.fault or _no_record(error, after=last is not None)))
                told = True
            if stream.fault:
                return
            at = self._next_text(at + 1)

    def _cut_off(self, last: int, *, taken: bool) -> int | None:
        """Where a plain file ends within the head of a record, or within the last one, from which nothing was taken.

        Either is taken for a whole record, or for none, by what iterates over them.
        """
        if self.packing is not None:
            return None
        self._file.seek(last)
        read = self._file.read(_CHUNK)
        head = _HEAD.match(read)
        told = _LENGTH.search(head[0]) if head else None
        if head is None or told is None:
            return last if head is None and len(read) < _CHUNK else None
        end = last + head.end() + int(told[1])
        if end > self.size:
            return None if taken else last
        self._file.seek(end)
        return end if self._file.read(_CHUNK).strip() else None

    def _reached(self, at: int) -> Stream:
        """A stream that stands at a byte of what is unpacked."""
        self._file.seek(0)
        stream = unpacked(cast(BinaryIO, _Borrowed(self._file)), name=self.place)
        if not stream.packed:
            stream.seek(at)
        else:
            left = at
            while left > 0 and (data := stream.read(min(left, _CHUNK))):
                left -= len(data)
        return stream

    def _next_text(self, at: int) -> int | None:
        """Where, from byte `at` on, the line begins that a record begins with."""
        stream = self._reached(at)
        window = b""
        while chunk := stream.read(_CHUNK):
            window += chunk
            if found := _OPENING_LINE.search(window):
                return at + found.start()
            kept = window[-_LONGEST_OPENING:]
            at, window = at + len(window) - len(kept), kept
        return None

    def _damaged(self, at: int, fault: Problem) -> SetAside:
        place = f"{self.place}@{at}"
        return SetAside(place, Problem(fault.code, f"{place}: {fault.message}", hint=fault.hint or _HINT))


def opened_crawl(path: str, names: tuple[str, ...]) -> Crawl | SetAside:
    """The WARC file at a path, or in the WACZ file there under the first of the names; the second may say that it is solid."""
    member = names[0] if names else ""
    place = shown(f"{path}!{member}" if member else path)
    try:
        file = inside(Path(path), member) if member else _opened(path)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        if isinstance(error, OSError):
            return SetAside(place, unreadable(place, error))
        return SetAside(place, Problem("damaged", f"{place} cannot be read: {error}", hint="fetch or copy the archive again"))
    return Crawl(file, place, solid=SOLID in names[1:] if names else None)


def _opened(path: str) -> BinaryIO:
    return Path(path).open("rb")


class _Borrowed(io.RawIOBase):
    """A file that is not closed with what reads it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def _iterated(source: Member | Stream) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator

    return iter(ArchiveIterator(source, stream_detect=False))


def _no_record(error: Exception, *, after: bool = False) -> Problem:
    what = "what follows the record" if after else "what is there"
    return Problem("damaged", f"{what} is no WARC record ({error})", hint=_HINT)
