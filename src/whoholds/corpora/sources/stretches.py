"""A stream of text cut into stretches, one report each, at the lines that part them; none longer in memory than a report.

Where each stretch begins (its byte in the stream) and the number of its first line are the same whether the stream is read
from its beginning or from the beginning of any stretch, which is what makes the parts of a file together the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from whoholds.articles.files import LARGEST
from whoholds.corpora.parts import Part
from whoholds.corpora.sources.lines import MOST_PARTS
from whoholds.corpora.sources.streams import Stream

_CHUNK = 1_048_576


class Readable(Protocol):
    """What stretches are read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, none at the end."""
        ...

    def readline(self, size: int, /) -> bytes:
        """The rest of the line, at most `size` bytes of it."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that parts reports, as a pattern for what is in it; it ends a report (`ends`), or else begins one."""

    pattern: re.Pattern[bytes]
    ends: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is between two places where a report begins: its first byte, the number of its first line (from 1), its bytes.

    `data` is None where it is longer than any report. `begun` and `ended` tell whether there is a mark at that side.
    """

    start: int
    line: int
    data: bytes | None
    begun: bool
    ended: bool


def stretches(source: Readable, mark: Mark, *, start: int = 0, line: int = 1, end: int | None = None) -> Iterator[Stretch]:
    """The stretches of what is read from byte `start`, the beginning of a stretch and of line `line`, up to byte `end`.

    Stretches of blanks alone are left out.
    """
    at = _Gathered(start, line)
    for block in _blocks(source, None if end is None else end - start):
        used = 0
        for match in mark.pattern.finditer(block):
            cut = _after(block, match.end()) if mark.ends else match.start()
            at.add(block[used:cut])
            yield from at.done(mark, marked=True)
            used = cut
        at.add(block[used:])
    yield from at.done(mark, marked=False)


def parts_of(kind: str, path: str, stream: Stream, found: Iterable[Stretch], size: int, *names: str) -> Iterator[Part]:
    """Parts of `size` stretches each of those `found` in a stream, each with the number of its first line and `names`.

    Of a packed stream they are at most MOST_PARTS, since each is reached by unpacking what is before it. The last part goes to
    the end. Nothing found gives no part.
    """
    begins = [(each.start, each.line) for number, each in enumerate(found) if number % size == 0]
    if stream.packed:
        begins = begins[:: -(-len(begins) // MOST_PARTS) or 1]
    for at, (start, line) in enumerate(begins, 1):
        end = begins[at][0] if at < len(begins) else None
        yield Part(kind=kind, path=path, start=start, end=end, names=(str(line), *names))


def stretches_in(stream: Stream, part: Part, mark: Mark) -> Iterator[Stretch]:
    """The stretches of a part that `parts_of` gave, of the stream at its beginning."""
    left = part.start
    if not stream.packed:
        stream.seek(part.start)
        left = 0
    while left > 0 and (passed := len(stream.read(min(left, _CHUNK)))):
        left -= passed
    return stretches(stream, mark, start=part.start, line=int(part.names[0]), end=part.end)


@dataclass(slots=True)
class _Gathered:
    """The bytes of a stretch on their way."""

    start: int
    line: int
    begun: bool = False
    _held: list[bytes] = field(default_factory=list)
    _size: int = 0
    _lines: int = 0

    def add(self, data: bytes) -> None:
        self._size += len(data)
        self._lines += data.count(b"\n")
        if self._size <= LARGEST:
            self._held.append(data)
        else:
            self._held.clear()

    def done(self, mark: Mark, *, marked: bool) -> Iterator[Stretch]:
        """The stretch that ends here, if there is anything in it; the next one begins."""
        data = b"".join(self._held) if self._size <= LARGEST else None
        if data is None or data.strip():
            yield Stretch(self.start, self.line, data, self.begun and not mark.ends, marked and mark.ends)
        self.start, self.line, self.begun = self.start + self._size, self.line + self._lines, marked
        self._held.clear()
        self._size = self._lines = 0


def _blocks(source: Readable, left: int | None) -> Iterator[bytes]:
    """Blocks that end where lines do."""
    while left is None or left > 0:
        block = source.read(_CHUNK if left is None else min(_CHUNK, left))
        if not block:
            return
        if not block.endswith(b"\n") and (left is None or left > len(block)):
            block += source.readline(LARGEST if left is None else left - len(block))
        left = None if left is None else left - len(block)
        yield block


def _after(block: bytes, at: int) -> int:
    """Where the next line begins."""
    feed = block.find(b"\n", at)
    return len(block) if feed < 0 else feed + 1
