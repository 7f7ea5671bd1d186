"""Files as streams of bytes, unpacked where they are packed: gzip, Zstandard, bzip2 and xz, told by their first bytes.

A packed file may be cut off, damaged, or a few bytes that stand for terabytes. So a stream gives what can be read, ends, and
tells in `fault` what was wrong; it never raises for the data in it, and never holds more than a few blocks in memory. Several
packed members one after another are one stream, as gzip (RFC 1952) and Zstandard (RFC 8878) have it.
"""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from whoholds.articles.files import unreadable
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.packings import MOST_SWELLING, UNWATCHED, Unpacker, damages, packing_of, unpacker_of
from whoholds.model import Problem

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_READ = 65_536
_GIVEN = 131_072  # bytes unpacked at a time


class _Source(io.RawIOBase):
    """Where a stream has its bytes from: how they are packed (None: not at all), and what was wrong with them so far."""

    packing: str | None = None
    fault: Problem | None = None

    def readable(self) -> bool:
        return True


class Stream(io.BufferedReader):
    """The bytes of a file, unpacked. After the end has been reached `fault` tells whether that was the true end."""

    def __init__(self, source: _Source) -> None:
        super().__init__(source, _GIVEN)
        self._source = source

    @property
    def fault(self) -> Problem | None:
        """What was wrong with what was read so far; None while nothing was."""
        return self._source.fault

    @property
    def packed(self) -> bool:
        """Whether the file is packed, so that what is in the middle of it can be reached from its beginning only."""
        return self._source.packing is not None


def opened(path: Path, *, name: str | None = None) -> Stream | Problem:
    """The stream of a file, called `name` in what is told of it; a Problem where the system does not hand it out."""
    name = name or shown(str(path))
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            return Problem("no-file", f"{name} is a pipe or device, not a file", hint="give - and pipe it into standard input")
        file = path.open("rb")
    except (OSError, ValueError) as error:
        return unreadable(name, error)
    return unpacked(file, name=name)


def unpacked(file: BinaryIO, *, name: str) -> Stream:
    """The stream of an open file, read from where it stands; closing the stream closes the file."""
    return Stream(_Unpacked(file, name))


def recoded(stream: Stream, encoding: str) -> Stream:
    """A stream in another encoding, such as UTF-16, as UTF-8; closing it closes the other."""
    return Stream(_Recoded(stream, encoding))


class _Recoded(_Source):
    """A stream in another encoding as UTF-8; what is not valid in that encoding becomes U+FFFD."""

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self.packing = encoding  # not to be read from the middle either

    def close(self) -> None:
        self._stream.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._ready
        while len(data) < len(view) and (read := self._stream.read(_READ)):
            data += self._decoder.decode(read).encode("utf-8", "replace")
        if len(data) < len(view):
            data += self._decoder.decode(b"", final=True).encode("utf-8", "replace")
        self.fault = self._stream.fault
        count = min(len(view), len(data))
        view[:count], self._ready = data[:count], data[count:]
        return count


class _Unpacked(_Source):
    """The bytes of a file, unpacked; see Stream, which buffers them."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._taken = self._given = 0
        self._waiting = b""
        self._ready = b""
        self._done = False
        self._waiting = self._read(6)
        self.packing = packing_of(self._waiting)
        self._unpacker: Unpacker | None = unpacker_of(self.packing) if self.packing else None

    def seekable(self) -> bool:
        return self.packing is None and self._file.seekable()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if not self.seekable():
            raise io.UnsupportedOperation("a packed file is read from its beginning")
        self._waiting = self._ready = b""
        self._done = False
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return (
            self._file.tell() - len(self._waiting) - len(self._ready)
            if self.packing is None
            else self._given - len(self._ready)
        )

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """As much as there is room for, so that a look ahead sees as far as it may."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (self._ready or not self._done):
            if not self._ready:
                self._ready = self._more()
            count = min(len(view) - filled, len(self._ready))
            view[filled : filled + count] = self._ready[:count]
            self._ready = self._ready[count:]
            filled += count
        return filled

    def _more(self) -> bytes:
        if self._unpacker is None:
            data, self._waiting = self._waiting or self._read(_GIVEN), b""
            self._done = not data
            return data
        try:
            data = self._stepped(self._unpacker)
        except damages() as error:
            return self._ended(self._damaged(error))
        self._given += len(data)
        if self._given > UNWATCHED and self._given > MOST_SWELLING * self._taken:
            return self._ended(self._bomb())
        return data

    def _stepped(self, unpacker: Unpacker) -> bytes:
        if unpacker.eof:
            self._next_member(unpacker.unused_data + self._waiting)
            return b""
        if unpacker.needs_input:
            fed = self._waiting or self._read(_READ)
            self._waiting = b""
            if not fed:
                return self._ended(self._cut_off())
        else:
            fed = b""
        return unpacker.decompress(fed, _GIVEN)

    def _next_member(self, rest: bytes) -> None:
        """Go on with the member that follows; zeros after the last one are padding, as tapes have it."""
        rest = (rest + self._read(6)) if len(rest) < 6 else rest
        while rest and not rest.strip(b"\x00"):
            rest = self._read(_READ)
        if self.packing is None or not rest:
            self._done = True
        elif packing_of(rest) == self.packing:
            self._unpacker, self._waiting = unpacker_of(self.packing), rest
        else:
            self._ended(self._rubbish())

    def _read(self, count: int) -> bytes:
        try:
            data = self._file.read(count)
        except OSError as error:
            self._ended(unreadable(self._name, error))
            return b""
        self._taken += len(data)
        return data

    def _ended(self, fault: Problem) -> bytes:
        self.fault, self._done = self.fault or fault, True
        return b""

    def _at(self) -> str:
        return f"after {self._given:,} bytes that could be unpacked"

    def _cut_off(self) -> Problem:
        message = f"{self._name} is cut off: its {self.packing} data end {self._at()}"
        return Problem("cut-off", message, hint="fetch or copy it again; what stands before was read")

    def _damaged(self, error: Exception) -> Problem:
        message = f"{self._name} is damaged: its {self.packing} data cannot be unpacked {self._at()} ({error})"
        return Problem("damaged", message, hint="fetch or copy it again; what stands before was read")

    def _rubbish(self) -> Problem:
        message = f"{self._name} goes on with something that is not {self.packing} {self._at()}"
        return Problem("damaged", message, hint="fetch or copy it again; what stands before was read")

    def _bomb(self) -> Problem:
        message = f"{self._name} swells to more than {MOST_SWELLING} times its size {self._at()}, as no text does"
        return Problem("bomb", message, hint="unpack it yourself if you trust it, and give what comes out")
