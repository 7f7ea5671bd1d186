"""The file that a gazetteer is made of, as lines of UTF-8: plain, gzipped, or the one text in a zip archive.

Lines count from 1; offsets are bytes of the unpacked text. Everything that stops the reading raises GazetteerError.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from whoholds.grounding.gazetteer.added.problem import GazetteerError

LONGEST = 4_000_000  # bytes of a line; the longest of GeoNames have some 20,000
_HEAD = 1 << 16  # bytes looked at to tell what a file is
_HASHED = 1 << 20  # bytes
_ARCHIVE_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"
_NOT_WHOLE = "download or copy it again"


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells whether a file is still the same: absolute path, size in bytes, time of change (ns), hash of its head."""

    path: str
    size: int
    changed: int
    head: str

    @property
    def day(self) -> str:
        """The file's own date as an ISO day in UTC."""
        return datetime.fromtimestamp(self.changed // 1_000_000_000, UTC).date().isoformat()


@dataclass(slots=True)
class Source:
    """A file to read; `total` is the bytes of its text where that is known, else of the file itself."""

    path: Path
    packing: str
    member: str
    total: int
    identity: Identity
    head: bytes = field(repr=False)

    @contextmanager
    def lines(self, line: int = 0, offset: int = 0) -> Iterator[Lines]:
        """The lines after those already read."""
        lines = Lines(self, line, offset)
        with ExitStack() as stack:
            lines.open(stack)
            yield lines


class Lines:
    """Lines of a source in order; `line` and `offset` are where the last one ended, `faults` what was wrong with any."""

    def __init__(self, source: Source, line: int, offset: int) -> None:
        self.line = line
        self.offset = offset
        self.faults: list[tuple[int, str]] = []
        self.cut_off = False
        self._source = source

    def open(self, stack: ExitStack) -> None:
        """Begin at the offset; the file is closed with the stack."""
        with self._whole():
            self._file: BinaryIO = stack.enter_context(self._source.path.open("rb"))
            self._text: BinaryIO = stack.enter_context(_unpacked(self._file, self._source))
            if self.offset:
                self._text.seek(self.offset)

    def head(self) -> bytes:
        """The beginning of the text, some 64 kB."""
        with self._whole():
            return self._text.read(_HEAD)

    @property
    def done(self) -> int:
        """How many of the source's `total` bytes are read."""
        return self._file.tell() if self._source.packing == "gzip" else self.offset

    def __iter__(self) -> Iterator[str]:
        """The lines with their ends. One that is not UTF-8 is noted in `faults` and comes with question marks in it."""
        while raw := self._next_line():
            self.line += 1
            self.offset += len(raw)
            if len(raw) > LONGEST:
                hint = "a gazetteer is text of one place a line, or GeoJSON with a feature a line"
                raise GazetteerError(f"{self._source.path}:{self.line}: the line is longer than {LONGEST:,} bytes", hint)
            if self.line == 1:
                raw = raw.removeprefix(_BOM)
            self.cut_off = not raw.endswith(b"\n")
            try:
                yield raw.decode("utf-8")
            except UnicodeDecodeError as error:
                self.faults.append((self.line, f"not UTF-8: byte 0x{raw[error.start]:02X} at column {error.start + 1}"))
                yield raw.decode("utf-8", errors="replace")

    def pieces(self, size: int = 1 << 18) -> Iterator[str]:
        """The text in pieces of about so many bytes, whatever its lines. Raises GazetteerError where it is not UTF-8."""
        import codecs

        decoder = codecs.getincrementaldecoder("utf-8")()
        rest = _BOM
        while raw := self._next_piece(size):
            self.offset += len(raw)
            try:
                yield decoder.decode(raw.removeprefix(rest))
            except UnicodeDecodeError as error:
                where = f"byte 0x{error.object[error.start]:02X} about {self.offset - len(raw) + error.start:,} bytes in"
                raise GazetteerError(f"{self._source.path}: is not UTF-8: {where}", encoding_hint(self._source.path)) from error
            rest = b""

    def _next_line(self) -> bytes:
        try:
            return self._text.readline(LONGEST + 1)
        except (*_ARCHIVE_ERRORS, OSError) as error:
            raise self._stopped(error) from error

    def _next_piece(self, size: int) -> bytes:
        with self._whole():
            return self._text.read(size)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is done within is reading: what it raises is told of the file."""
        try:
            yield
        except (*_ARCHIVE_ERRORS, OSError) as error:
            raise self._stopped(error) from error

    def _stopped(self, error: Exception) -> GazetteerError:
        path = self._source.path
        if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile):
            return _unreadable(path, error)
        return GazetteerError(f"{path}:{self.line + 1}: the archive is damaged or cut off: {error}", _NOT_WHOLE)


def open_source(path: Path) -> Source:
    """Look at a file without reading it through. Raises GazetteerError where it is missing, empty, badly packed or binary."""
    try:
        status = path.stat()
        if path.is_dir():
            raise GazetteerError(f"{path}: is a directory", "name a file in it")
        with path.open("rb") as file:
            start = file.read(_HASHED)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not start:
        raise GazetteerError(f"{path}: is empty", _NOT_WHOLE)
    digest = hashlib.sha256(start).hexdigest()[:16]
    identity = Identity(str(path.resolve()), status.st_size, status.st_mtime_ns, digest)
    packing = "zip" if start[:4] == b"PK\x03\x04" else "gzip" if start[:2] == b"\x1f\x8b" else "plain"
    member, total = _member(path) if packing == "zip" else ("", status.st_size)
    source = Source(path, packing, member, total, identity, b"")
    source.head = _head(source)
    return source


def encoding_hint(path: Path) -> str:
    """How a file in another encoding becomes one in UTF-8."""
    return f"save it as UTF-8, for instance: iconv -f LATIN1 -t UTF-8 {path.name} > {path.stem}-utf8{path.suffix}"


def _head(source: Source) -> bytes:
    with source.lines() as lines:
        head = lines.head()
    path = source.path
    if not head.strip():
        raise GazetteerError(f"{path}: is empty", _NOT_WHOLE)
    if head.startswith(_UTF16):
        hint = f"save it as UTF-8, for instance: iconv -f UTF-16 -t UTF-8 {path.name} > {path.stem}-utf8{path.suffix}"
        raise GazetteerError(f"{path}:1: is in UTF-16, not UTF-8", hint)
    if b"\0" in head:
        line = head.count(b"\n", 0, head.index(b"\0")) + 1
        raise GazetteerError(
            f"{path}:{line}: is no text: it has a zero byte", "give a GeoNames dump, a table as CSV, or GeoJSON"
        )
    return head.removeprefix(_BOM)


@contextmanager
def _unpacked(file: BinaryIO, source: Source) -> Iterator[BinaryIO]:
    if source.packing == "gzip":
        with gzip.open(file) as text:
            yield cast(BinaryIO, text)
    elif source.packing == "zip":
        with zipfile.ZipFile(file) as archive, archive.open(source.member) as packed:
            yield cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, packed), 1 << 18))
    else:
        yield file


def _member(path: Path) -> tuple[str, int]:
    """The text in an archive, and its size: GeoNames' archives hold one beside a read-me."""
    try:
        with zipfile.ZipFile(path) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
    except _ARCHIVE_ERRORS as error:
        raise GazetteerError(f"{path}: is no whole zip archive: {error}", _NOT_WHOLE) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    texts = [
        info
        for info in files
        if Path(info.filename).suffix.lower() in (".txt", ".csv", ".tsv", ".json", ".geojson")
        and Path(info.filename).stem.lower() not in ("readme", "licence", "license")
        and not info.filename.startswith("__MACOSX/")
    ]
    if len(texts) != 1:
        names = ", ".join(info.filename for info in texts or files) or "nothing"
        raise GazetteerError(f"{path}: a zip archive with {names}", "unpack it and add the one file that holds places")
    return texts[0].filename, texts[0].file_size


def _unreadable(path: Path, error: OSError) -> GazetteerError:
    if isinstance(error, FileNotFoundError):
        return GazetteerError(
            f"{path}: no such file", "check the name; GeoNames dumps: https://download.geonames.org/export/dump/"
        )
    if isinstance(error, PermissionError):
        return GazetteerError(f"{path}: may not be read", "give yourself the right to read it")
    reason = os.strerror(error.errno) if error.errno else str(error)
    return GazetteerError(f"{path}: cannot be read: {reason.lower()}", _NOT_WHOLE)
