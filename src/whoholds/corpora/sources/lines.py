"""Streams as numbered lines, none of them ever longer in memory than told, and the cutting of a file into parts by them.

Lines end at a line feed; where each begins (its byte in the unpacked stream) and its number are the same however the file is
cut, which is what makes the parts of a file together the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.corpora.parts import Part
from whoholds.corpora.sources.streams import Stream

MOST_PARTS = 64  # of a packed file: each is reached by unpacking all before it, so all together cost 32 times the unpacking
_CHUNK = 1_048_576


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number (from 1), the byte it begins at, and its bytes with the line feed; `data` None where too long."""

    number: int
    start: int
    length: int
    data: bytes | None


def lines_of(stream: Stream, longest: int, *, number: int = 1, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of a stream that stands at byte `start`, the beginning of line `number`, up to byte `end` (None: to its end).

    A line longer than `longest` bytes is passed over, not held.
    """
    while end is None or start < end:
        data = stream.readline(longest + 1)
        if not data:
            return
        length = len(data)
        kept: bytes | None = data
        if length > longest and not (length == longest + 1 and data.endswith(b"\n")):
            kept, length = None, length + _rest_of_line(stream, data)
        yield Line(number, start, length, kept)
        number, start = number + 1, start + length


def skip_lines(stream: Stream, count: int) -> int:
    """Pass over so many lines; the number of bytes they had. Fewer where the stream ends before."""
    passed = 0
    while count > 0 and (chunk := stream.peek(_CHUNK)):
        found = chunk.count(b"\n")
        if found < count:
            count, used = count - found, len(chunk)
        else:
            used = _nth_feed(chunk, count) + 1
            count = 0
        passed += len(stream.read(used))
    return passed


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where a file may be cut: the byte that a line begins at, and the number of lines before it."""

    start: int
    lines_before: int


def cuts(stream: Stream, size: int) -> Iterator[Cut]:
    """Where every `size` lines of a stream begin, its beginning first and its end, which is no beginning, last.

    An empty stream has one cut only, for both.
    """
    start = lines = 0
    within = False
    yield Cut(0, 0)
    while chunk := stream.read(_CHUNK):
        found, used = chunk.count(b"\n"), 0
        while lines % size + found >= size:
            feeds = size - lines % size
            used = _nth_feed(chunk, feeds, used) + 1
            lines, found = lines + feeds, found - feeds
            yield Cut(start + used, lines)
        lines, start, within = lines + found, start + len(chunk), not chunk.endswith(b"\n")
    if start:
        yield Cut(start, lines + within)


def by_number(kind: str, path: str, found: list[Cut]) -> Iterator[Part]:
    """Parts by line numbers; the last one goes to the end, wherever that is, and tells if it is no true end."""
    starts = [cut.lines_before for cut in found[:-1] or found] or [0]
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        yield Part(kind=kind, path=path, start=start, end=end)


def at_most(found: list[Cut], most: int) -> list[Cut]:
    """The cuts thinned out so that they leave at most so many parts, the first and the last kept."""
    step = -(-(len(found) - 1) // most) or 1
    return [*found[:-1:step], found[-1]]


def _nth_feed(chunk: bytes, count: int, begin: int = 0) -> int:
    at = begin - 1
    for _ in range(count):
        at = chunk.index(b"\n", at + 1)
    return at


def _rest_of_line(stream: Stream, data: bytes) -> int:
    passed = 0
    while not data.endswith(b"\n") and (data := stream.readline(_CHUNK)):
        passed += len(data)
    return passed
