"""Tar archives from the first byte to the last, by the standard library's reader of headers, with what that leaves out.

That reader takes a damaged header for the end, and the end of the file too; here both are told, and reading goes on at the next
header that is whole. It believes the sizes of long names; here nothing larger than a report is ever read at once.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Self

from whoholds.articles.files import LARGEST
from whoholds.corpora.sources.archived import DamagedError
from whoholds.corpora.sources.files import plain
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.streams import unpacked
from whoholds.model import Problem

_STEP = 1_000_000  # bytes passed over at a time
_MOST_BARREN = LARGEST // tarfile.BLOCKSIZE  # blocks that are zeros or no headers, before the rest is given up
_HINT = "fetch or copy it again; what stands before and after was read"


class Forward:
    """A stream as the reader of headers wants it: it may seek forward, and never has more than a report read at once."""

    def __init__(self, source: BinaryIO, *, at: int | None = None) -> None:
        self._source = source
        self._seekable = at is not None
        self._at = at or 0
        if at is not None:
            source.seek(at)

    def tell(self) -> int:
        """The byte that is read next."""
        return self._at

    def read(self, count: int) -> bytes:
        """At most so many bytes, fewer at the end. Raises tarfile.ReadError where that is more than a report has."""
        if count > LARGEST:
            raise tarfile.ReadError(f"a header of {count:,} bytes")
        data = self._source.read(count)
        self._at += len(data)
        return data

    def seek(self, at: int) -> None:
        """Go forward to a byte, or to the end where that is before it. Raises tarfile.ReadError for going back."""
        if self._seekable:
            self._source.seek(at)
            self._at = at
            return
        if at < self._at:
            raise tarfile.ReadError("a size that is less than nothing")
        while self._at < at and self.read(min(at - self._at, _STEP)):
            pass


class _Header(tarfile.TarInfo):
    """A header; what is none is noted before the reader goes on."""

    @classmethod
    def fromtarfile(cls, tar: tarfile.TarFile) -> Self:
        noting = tar.noted if isinstance(tar, _Tar) else _Noted()
        try:
            found = super().fromtarfile(tar)
        except tarfile.HeaderError as error:
            noting.no_header(error, tar.offset)
            raise
        noting.header()
        return found


@dataclass(slots=True)
class _Noted:
    """What the reader of headers passes over. `gaps` are the bytes where whole headers end, `ended` tells of the end's mark."""

    gaps: list[int] = field(default_factory=list)
    ended: bool = False
    within: bool = False
    barren: int = 0

    def header(self) -> None:
        self.ended = self.within = False
        self.barren = 0

    def no_header(self, error: tarfile.HeaderError, at: int) -> None:
        """Raises tarfile.ReadError where nothing is to be hoped for any more."""
        self.barren += 1
        if isinstance(error, tarfile.EOFHeaderError):  # type: ignore[attr-defined]
            self.ended = True
        elif not isinstance(error, tarfile.EmptyHeaderError) and not self.within:  # type: ignore[attr-defined]
            self.within = True
            self.gaps.append(at)
        if self.barren > _MOST_BARREN:
            raise tarfile.ReadError(f"{_MOST_BARREN:,} blocks without a header")


class _Tar(tarfile.TarFile):
    """An archive that is read once, forward."""

    tarinfo = _Header

    def __init__(self, source: Forward) -> None:
        self.noted = _Noted()
        super().__init__(fileobj=source, mode="r", ignore_zeros=True, encoding="utf-8")  # type: ignore[arg-type]


class Archive:
    """An archive open for reading onwards: `number` members were gone through. Raises as `plain` does and tarfile.ReadError."""

    def __init__(self, path: str, *, at: int = 0) -> None:
        self._place = shown(path)
        file = plain(path)
        self._stream = unpacked(file, name=self._place)
        self.packed = self._stream.packed
        self.number = 0
        try:
            self._source = Forward(self._stream) if self.packed else Forward(file, at=at)
            self._tar = _Tar(self._source)
        except BaseException:
            self._stream.close()
            raise

    def members(self) -> Iterator[tarfile.TarInfo]:
        """The members from here on; a damaged end ends them, see `faults`."""
        while (info := self._tar.next()) is not None:
            self._tar.members = []  # type: ignore[attr-defined]  # all of them would be kept
            self.number += 1
            yield info

    def pieces(self, info: tarfile.TarInfo) -> Iterator[bytes]:
        """The bytes of the member that was gone to last. Raises DamagedError where the archive is cut off within it."""
        left = info.size
        try:
            self._source.seek(info.offset_data)
            while left and (piece := self._source.read(min(left, _STEP))):
                left -= len(piece)
                yield piece
        except (tarfile.TarError, OSError, ValueError) as error:
            raise DamagedError(str(error)) from None
        if left:
            raise DamagedError(f"it is cut off, {left:,} of its {info.size:,} bytes are missing")

    @property
    def faults(self) -> Iterator[Problem]:
        """What was wrong with what was read so far: damaged headers, each with its byte, and an end that is none."""
        for at in self._tar.noted.gaps:
            yield Problem("damaged", f"{self._place} is damaged: at byte {at:,} there is no header of a member", hint=_HINT)
        if self._stream.fault:
            yield self._stream.fault
        elif not self._tar.noted.ended and not self._tar.noted.within:
            yield Problem("cut-off", f"{self._place} ends without the mark of the end and may be cut off", hint=_HINT)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
