"""What the tests of all kinds of sources need: a source read whole and in parts, and packings to put files in."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import zstandard
from hypothesis import settings

from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Record, SetAside, Written

PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda data: data,
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "zstd": lambda data: zstandard.ZstdCompressor(write_checksum=True).compress(data),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}
WHOLE = 10**9
DEFAULTS = Options()
at_leisure = settings(deadline=None, max_examples=60)  # other work on the machine must not fail a test


def planned(kind: ModuleType, path: Path, size: int = WHOLE, options: Options = DEFAULTS) -> list[Part | SetAside]:
    """The parts of a file."""
    found: list[Part | SetAside] = list(kind.parts(str(path), options, size))
    return found


def read(kind: ModuleType, path: Path, size: int = WHOLE, options: Options = DEFAULTS) -> list[Record | SetAside]:
    """What is in a file, read part by part, with what planning set aside."""
    found: list[Record | SetAside] = []
    for part in planned(kind, path, size, options):
        found += [part] if isinstance(part, SetAside) else kind.records(part, options)
    return found


def aside(found: list[Record | SetAside]) -> list[tuple[str, str]]:
    """Places, without their folder, and codes of what was set aside."""
    return [(each.place.rpartition("/")[2], each.problem.code) for each in found if isinstance(each, SetAside)]


def texts(found: list[Record | SetAside]) -> list[str]:
    """The texts of the reports."""
    return [each.text for each in found if isinstance(each, Written)]


def raws(found: list[Record | SetAside]) -> list[Raw]:
    """The reports that are bytes."""
    return [each for each in found if isinstance(each, Raw)]
