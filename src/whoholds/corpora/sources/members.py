"""Packed files that are made of many members, each packed on its own, so that reading can begin at any of them.

So are WARC files: a record a member (ISO 28500, annex D for gzip; the WARC Zstandard specification of the IIPC for frames, with
a dictionary in a skippable frame at the beginning). A damaged member is told, and reading goes on with the next one that is in
order.
"""

from __future__ import annotations

from typing import BinaryIO

from whoholds.corpora.sources.packings import MAGICS, MOST_SWELLING, UNWATCHED, Unpacker, damages, packing_of, unpacker_of
from whoholds.model import Problem

_READ = 65_536
_SCANNED = 1_048_576
_HEAD = 16_384  # packed bytes in which the first bytes of a member can be told
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_LARGEST_DICTIONARY = 16_000_000
_GZIP = b"\x1f\x8b\x08"


class Member:
    """The unpacked bytes of the member of a file that begins at byte `start`, as a file that is read onwards.

    What is wrong with it ends it, and is told in `fault`. Once all of it was read, `end` is where the next one begins.
    """

    def __init__(self, file: BinaryIO, start: int, packing: str, dictionary: bytes | None = None) -> None:
        self.start, self.end = start, start
        self.fault: Problem | None = None
        self._file, self._packing = file, packing
        self._unpacker: Unpacker = unpacker_of(packing, dictionary)
        self._taken = self._given = 0
        file.seek(start)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size` or a block; none at the end of the member."""
        size = size if size > 0 else _READ
        try:
            while not self.fault and not self._unpacker.eof:
                if data := self._stepped(size):
                    return data
        except damages() as error:
            self.fault = Problem(
                "damaged", f"its {self._packing} data cannot be unpacked ({error})", hint="fetch or copy it again"
            )
        if self._unpacker.eof:
            self.end = self.start + self._taken - len(self._unpacker.unused_data)
        return b""

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError("a packed member is read onwards only")

    def close(self) -> None:
        """Nothing: the file is another's."""

    def drain(self) -> None:
        """Read the rest, so that `end` and `fault` are known."""
        while self.read(_READ):
            pass

    def _stepped(self, size: int) -> bytes:
        fed = b""
        if self._unpacker.needs_input:
            fed = self._file.read(_READ)
            self._taken += len(fed)
            if not fed:
                self.fault = Problem("cut-off", "it is cut off", hint="fetch or copy it again; what stands before was read")
                return b""
        data = self._unpacker.decompress(fed, size)
        self._given += len(data)
        if self._given > UNWATCHED and self._given > MOST_SWELLING * self._taken:
            message = f"it swells to more than {MOST_SWELLING} times its size, as no text does"
            self.fault = Problem("bomb", message, hint="unpack it yourself if you trust it, and give what comes out")
            return b""
        return data


def next_member(file: BinaryIO, at: int, packing: str, opening: bytes, dictionary: bytes | None = None) -> int | None:
    """Where, from byte `at` on, the next member begins whose content begins with `opening`; None where there is none.

    A member that is itself packed into another one without being made smaller would be found too; archives of archives are
    the only such files.
    """
    magic = _GZIP if packing == "gzip" else MAGICS[packing]
    while True:
        file.seek(at)
        chunk = file.read(_SCANNED)
        found = chunk.find(magic)
        while found >= 0:
            if _opens(file, at + found, packing, opening, dictionary):
                return at + found
            found = chunk.find(magic, found + 1)
        if len(chunk) < _SCANNED:
            return None
        at += len(chunk) - len(magic) + 1


def dictionary_of(file: BinaryIO) -> bytes | None:
    """The dictionary at the beginning of a Zstandard file, unpacked if it is packed; None where there is none."""
    file.seek(0)
    head = file.read(8)
    length = int.from_bytes(head[4:], "little")
    if not head.startswith(_DICTIONARY) or length > _LARGEST_DICTIONARY:
        return None
    content = file.read(length)
    if packing_of(content) != "zstd":
        return content
    packed = Member(file, 8, "zstd")
    found = bytearray()
    while len(found) <= _LARGEST_DICTIONARY and (data := packed.read()):
        found += data
    return bytes(found)


def _opens(file: BinaryIO, at: int, packing: str, opening: bytes, dictionary: bytes | None) -> bool:
    file.seek(at)
    head = file.read(_HEAD)
    try:
        unpacker = unpacker_of(packing, dictionary)
        found = unpacker.decompress(head, _READ)
        while len(found) < len(opening) and not unpacker.eof and not unpacker.needs_input:
            found += unpacker.decompress(b"", _READ)
    except damages():
        return False
    return found.startswith(opening)
