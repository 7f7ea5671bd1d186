"""WACZ files: which WARC files are in them, and a member of a zip file as a file that can be read from anywhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from whoholds.articles.files import unreadable
from whoholds.corpora.records import SetAside
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.packings import MOST_SWELLING, UNWATCHED
from whoholds.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_ARCHIVE = "archive/"
_WARCS = (".warc", ".warc.gz", ".warc.zst")
_LOCAL_HEADER = 30  # bytes of the fixed part, which tells in its last four how long the name and what follows it are
_MOST_MEMBERS = 100_000


def warcs_in(path: str) -> Iterator[tuple[str, ...] | SetAside]:
    """The names by which the WARC files at a path are opened: () for the path itself, (member,) for each in a WACZ file."""
    try:
        with Path(path).open("rb") as file:
            if not file.read(4).startswith(b"PK"):
                yield ()
                return
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()[:_MOST_MEMBERS]
    except (OSError, ValueError) as error:
        yield SetAside(shown(path), unreadable(shown(path), error))
        return
    except (zipfile.BadZipFile, NotImplementedError) as error:
        message = f"{shown(path)} is a damaged zip archive: {error}"
        yield SetAside(shown(path), Problem("damaged", message, hint="fetch or copy it again"))
        return
    yield from _warcs(path, infos)


def _warcs(path: str, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, ...] | SetAside]:
    names = [info for info in infos if info.filename.startswith(_ARCHIVE) and info.filename.endswith(_WARCS)]
    if not names:
        message = f"{shown(path)} has no WARC file in its folder {_ARCHIVE}"
        yield SetAside(shown(path), Problem("empty", message, hint="check whether it is a WACZ file"))
    for info in names:
        if info.file_size > UNWATCHED and info.file_size > MOST_SWELLING * info.compress_size:
            place = shown(f"{path}!{info.filename}")
            message = f"{place} swells to more than {MOST_SWELLING} times its size, as no archive does"
            yield SetAside(place, Problem("bomb", message, hint="unpack it yourself if you trust it, and give what comes out"))
        else:
            yield (info.filename,)


def inside(path: Path, member: str) -> BinaryIO:
    """A member of a zip file. One that is stored as it is, as WACZ wants it, can be read from anywhere at no cost.

    Raises OSError, KeyError, zipfile.BadZipFile and NotImplementedError as zipfile does, RuntimeError for a locked one.
    """
    archive = zipfile.ZipFile(path)
    try:
        info = archive.getinfo(member)
        if info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1:
            return cast(BinaryIO, archive.open(info))
    except BaseException:
        archive.close()
        raise
    archive.close()
    return cast(BinaryIO, io.BufferedReader(_Stored(path, info)))


class _Stored(io.RawIOBase):
    """The bytes of a file that are a stored member."""

    def __init__(self, path: Path, info: zipfile.ZipInfo) -> None:
        self._file = path.open("rb")
        self._file.seek(info.header_offset)
        header = self._file.read(_LOCAL_HEADER)
        name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
        self._start = info.header_offset + _LOCAL_HEADER + name + extra
        self._size = info.file_size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        self._file.seek(self._start + self._at)
        count = self._file.readinto(view[: max(0, min(len(view), self._size - self._at))])
        self._at += count
        return count
