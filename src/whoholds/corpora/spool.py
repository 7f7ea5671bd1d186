"""Signatures of millions of reports in a temporary file: written in the order they come, looked up by rank."""

from __future__ import annotations

import struct
import tempfile
from array import array
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from whoholds.corpora.signatures import PERMUTATIONS, Signature, Tells, unpacked
from whoholds.corpora.surveyed import Surveyed

_HEAD = struct.Struct("<6I")  # lengths of sentences, headline, words, id, outlet, url; a None is _NONE
_NONE = 0xFFFFFFFF
_UNDATED = date.max.toordinal()


class Spool:
    """Reports on disk. `add` them all, then `ranked`, then look at `band` and `report` by rank.

    Ranks go by day of publication (undated last), within a day by how much is told, most first, then partition and number.
    """

    BANDS = PERMUTATIONS // 4  # of four 16-bit values, which are one 64-bit key

    def __init__(self, folder: Path | None = None) -> None:
        self._minhashes = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed in __exit__
        self._rest = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        self._offsets = array("Q")
        self._days = array("i")
        self._told = array("i")
        self._partitions = array("i")
        self._numbers = array("i")
        self._order = np.empty(0, dtype=np.int64)
        self._keys: npt.NDArray[np.uint64] = np.empty((0, self.BANDS), dtype=np.uint64)
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        del self._keys
        self._minhashes.close()
        self._rest.close()

    def add(self, report: Surveyed) -> None:
        """Append a report."""
        rest = _encoded(report)
        self._minhashes.write(report.signature.minhash)
        self._rest.write(rest)
        self._offsets.append(self._end)
        self._end += len(rest)
        self._days.append(report.published.toordinal() if report.published else _UNDATED)
        self._told.append(len(report.signature.tells.sentences))
        self._partitions.append(report.partition)
        self._numbers.append(report.number)

    def ranked(self) -> int:
        """Rank what was added; how many there are."""
        count = len(self._offsets)
        if count:
            columns = (self._numbers, self._partitions, self._told, self._days)
            numbers, partitions, told, days = (np.frombuffer(column, dtype=np.int32) for column in columns)
            self._order = np.lexsort((numbers, partitions, -told, days)).astype(np.int64)
            self._minhashes.flush()
            mapped = np.memmap(self._minhashes, dtype="<u8", mode="r", shape=(count, self.BANDS))
            self._keys = np.asarray(mapped)  # a plain view, which is quicker to index
        return count

    def band(self, band: int, ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
        """The keys of a band of these ranks."""
        if not len(ranks):
            return np.empty(0, dtype=np.uint64)
        column: npt.NDArray[np.uint64] = np.asarray(self._keys[:, band])[self._order[ranks]]
        return column

    def met_before(self, band: int, ranks: Sequence[int]) -> bool:
        """Whether these ranks, which share the key of a band, all share that of an earlier one too."""
        keys = self._keys[self._order[ranks], :band]
        return bool((keys == keys[0]).all(axis=0).any())

    def sentences(self, rank: int) -> list[int]:
        """The hashes of the sentences of the report of a rank."""
        data = self._read(int(self._order[rank]))
        return unpacked(data[_HEAD.size : _HEAD.size + _HEAD.unpack_from(data)[0]])

    def report(self, rank: int) -> Surveyed:
        """The report of a rank."""
        index = int(self._order[rank])
        sentences, headline, words, identity, outlet, url = _decoded(self._read(index))
        day = self._days[index]
        return Surveyed(
            partition=self._partitions[index],
            number=self._numbers[index],
            id=_text(identity) or "",
            published=None if day == _UNDATED else date.fromordinal(day),
            outlet=_text(outlet),
            url=_text(url),
            signature=Signature(self._keys[index].tobytes(), Tells(sentences or b"", headline or b"", words or b"")),
        )

    def _read(self, index: int) -> bytes:
        start = self._offsets[index]
        end = self._offsets[index + 1] if index + 1 < len(self._offsets) else self._end
        self._rest.seek(start)
        return self._rest.read(end - start)


def _encoded(report: Surveyed) -> bytes:
    tells = report.signature.tells
    texts = [None if text is None else text.encode("utf-8", "surrogatepass") for text in (report.id, report.outlet, report.url)]
    fields = [tells.sentences, tells.headline, tells.words, *texts]
    return _HEAD.pack(*(_NONE if field is None else len(field) for field in fields)) + b"".join(filter(None, fields))


def _decoded(data: bytes) -> list[bytes | None]:
    found: list[bytes | None] = []
    start = _HEAD.size
    for length in _HEAD.unpack_from(data):
        found.append(None if length == _NONE else data[start : start + length])
        start += 0 if length == _NONE else length
    return found


def _text(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8", "surrogatepass")
