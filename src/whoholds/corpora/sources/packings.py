"""How files are packed, told by their first bytes, and what unpacks one member of each, a little at a time."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

MAGICS = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00"}
MOST_SWELLING = 500  # times; real news gives 3 to 30, gzip can do 1,032 at most, zeros
UNWATCHED = 100_000_000  # bytes unpacked before swelling counts: small files of one line repeated are no bombs
_ZSTD_FED = 1_024  # bytes; a block of 4 can stand for 128 KiB, and the library knows no bound of its own
_ZSTD_WINDOW = 2**27  # bytes; what zstd itself allows without being told
_XZ_MEMORY = 200_000_000  # bytes; xz -9 needs 65 million
_SKIPPABLE = 0x184D2A50  # to 0x184D2A5F: frames of Zstandard that hold no content


class Unpacker(Protocol):
    """What unpacks one member: fed when it needs input, until `eof`; what was not its own is in `unused_data`."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most about `max_length` bytes more."""
        ...


def packing_of(head: bytes) -> str | None:
    """How a file is packed that begins with these bytes: a key of MAGICS; None where it is not, or in no way known here."""
    if len(head) >= 4 and _is_skippable(head):
        return "zstd"
    return next((packing for packing, magic in MAGICS.items() if head.startswith(magic)), None)


class _Gzip:
    """zlib's object, made to tell whether it needs input."""

    def __init__(self) -> None:
        self._unpacking = zlib.decompressobj(wbits=31)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._unpacking.eof

    @property
    def unused_data(self) -> bytes:
        return self._unpacking.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._full and not self._unpacking.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        found = self._unpacking.decompress(self._unpacking.unconsumed_tail + data, max_length)
        self._full = len(found) == max_length
        return found


class _Zstd:
    """zstandard's object, fed a little at a time since it gives all that its input stands for."""

    def __init__(self, dictionary: bytes | None = None) -> None:
        import zstandard

        known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._unpacking = zstandard.ZstdDecompressor(dict_data=known, max_window_size=_ZSTD_WINDOW).decompressobj()
        self._fed, self._at = b"", 0

    @property
    def eof(self) -> bool:
        return self._unpacking.eof

    @property
    def unused_data(self) -> bytes:
        return self._unpacking.unused_data + self._fed[self._at :]

    @property
    def needs_input(self) -> bool:
        return self._at >= len(self._fed)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if data:
            self._fed, self._at = self._fed[self._at :] + data, 0
        start, self._at = self._at, self._at + _ZSTD_FED
        return self._unpacking.decompress(self._fed[start : self._at])


def _xz() -> Unpacker:
    return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)


_UNPACKERS: dict[str, Callable[[], Unpacker]] = {"gzip": _Gzip, "zstd": _Zstd, "bzip2": bz2.BZ2Decompressor, "xz": _xz}


def unpacker_of(packing: str, dictionary: bytes | None = None) -> Unpacker:
    """What unpacks one member that is packed so; Zstandard may need the dictionary it was packed with."""
    return _Zstd(dictionary) if packing == "zstd" else _UNPACKERS[packing]()


def damages() -> tuple[type[Exception], ...]:
    """What unpackers raise for data that are not in order."""
    import zstandard

    return (zlib.error, lzma.LZMAError, zstandard.ZstdError, EOFError, OSError, ValueError, MemoryError)


def _is_skippable(head: bytes) -> bool:
    return int.from_bytes(head[:4], "little") & 0xFFFFFFF0 == _SKIPPABLE
