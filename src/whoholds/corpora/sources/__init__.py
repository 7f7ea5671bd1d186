"""Where reports come from: one module a kind of source, each with `parts` and `records`.

What the user names is a file, a folder, a pattern of paths, a web address or `-`. The kind of a file is told by its ending,
else by its first bytes, unless the options force one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from whoholds.corpora.layout import Layout
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Record, SetAside
from whoholds.corpora.sources import exports, files
from whoholds.corpora.sources.archived import Held
from whoholds.corpora.sources.files import Found, Walk
from whoholds.corpora.sources.globs import is_pattern, matching
from whoholds.corpora.sources.names import Tally, kind_of, shown
from whoholds.corpora.sources.recognising import recognised
from whoholds.corpora.sources.unpacking import unpacked_to
from whoholds.model import Problem

if TYPE_CHECKING:
    from types import ModuleType

KINDS = {  # kind: module
    "files": "files",
    "jsonl": "jsonl",
    "csv": "csv_tables",
    "feed": "feeds",
    "warc": "warc",
    "export": "exports",
    "mbox": "mailboxes",
    "zip": "zips",
    "tar": "tars",
}
STANDARD_INPUT = "-"
_OF_FILES = ("files", "zip", "tar")  # kinds whose records are files, any of which may be an export of many reports


class Kind(Protocol):
    """What a module that reads one kind of source has."""

    def parts(self, path: str, options: Options, size: int) -> Iterator[Part | SetAside | Held]:
        """A source cut into parts of at most about `size` records; of an archive also what holds many reports in it."""
        ...

    def records(self, part: Part, options: Options) -> Iterator[Record | SetAside]:
        """The records of a part, in order."""
        ...


def planned(named: Sequence[str], options: Options, *, size: int, keep: Path) -> Iterator[Part | SetAside]:
    """What the user named, in order, cut into parts of at most about `size` records.

    `keep` is the folder for what comes from web addresses and standard input, which is a file like any other from then on.
    Of a folder the parts come as they fill, so that reports and archives in it may change places; the order is the same each
    time. Raises ValueError for a kind that there is not, nothing for bad sources.
    """
    if options.kind is not None and options.kind not in KINDS:
        raise ValueError(f"there is no kind {options.kind}; kinds are {', '.join(KINDS)}")
    batch = _Batch(size)
    for name in named:
        for path in _paths(name, options, keep):
            yield from (path,) if isinstance(path, SetAside) else _source(path, options, batch, keep)
    yield from batch.rest()


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The records of a part, in order, as they are asked for. Raises nothing for bad data."""
    found = _module(part.kind).records(part, options)
    return exports.unfolded_all(found) if part.kind in _OF_FILES and options.kind != "files" else found


def _module(kind: str) -> Kind:
    module: ModuleType = import_module(f"{__name__}.{KINDS[kind]}")
    return cast(Kind, module)


class _Batch:
    """Single files on their way into parts of at most `size`; those with paths from the root are not put with others."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._root = files.HERE
        self._names: list[str] = []

    def add(self, path: str) -> Iterator[Part]:
        root = "/" if path.startswith("/") else files.HERE
        if root != self._root or len(self._names) == self.size:
            yield from self.rest()
        self._root = root
        self._names.append(path)

    def rest(self) -> Iterator[Part]:
        if self._names:
            yield Part(kind="files", path=self._root, names=tuple(self._names))
        self._names = []


def _paths(name: str, options: Options, keep: Path) -> Iterator[str | SetAside]:
    """The paths that a name of the user's stands for."""
    if name == STANDARD_INPUT:
        from whoholds.corpora.sources.standard_input import kept

        yield _path(kept(keep))
    elif name.startswith(("http://", "https://")):
        from whoholds.corpora.sources.addresses import fetched

        yield _path(fetched(name, options, keep))
    elif is_pattern(name) and not os.path.lexists(name):
        found = matching(name)
        yield from found
        if not found:
            message = f"nothing fits the pattern {shown(name)}"
            yield SetAside(shown(name), Problem("missing", message, hint="check it; ** stands for folders at any depth"))
    else:
        yield name


def _path(found: Path | SetAside) -> str | SetAside:
    return found if isinstance(found, SetAside) else str(found)


def _source(path: str, options: Options, batch: _Batch, keep: Path) -> Iterator[Part | SetAside]:
    """The parts of a file or folder."""
    if os.path.isdir(path):  # noqa: PTH112 -- as named, not as Path has it
        yield from batch.rest()
        yield from _folder(path, options, batch.size, keep)
        yield from batch.rest()
        return
    try:
        files.plain(path).close()  # no other module need take care not to wait for a pipe
        kind = options.kind or kind_of(path) or recognised(path)
    except (OSError, ValueError) as error:
        yield SetAside(shown(path), files.fault(path, error))
        return
    if isinstance(kind, Problem):
        yield SetAside(shown(path), kind)
    elif kind == "files" and not (options.kind is None and exports.holds_many(path)):
        yield from batch.add(path)
    else:
        yield from _parts(exports.KIND if kind == "files" else kind, path, options, batch.size, keep)


def _folder(folder: str, options: Options, size: int, keep: Path) -> Iterator[Part | SetAside]:
    """The parts of a folder: its reports as they fill parts, in between what else is in it."""
    tally = Tally(shown(folder))
    names: list[str] = []
    found: Found | SetAside | None = None
    run = keep.parent if Layout(keep.parent).fetched == keep else None
    for found in Walk(folder, tally, own=run).found():
        if isinstance(found, SetAside):
            yield found
            continue
        kind = options.kind or _kind_within(found.name, tally)
        if kind == "files" and options.kind is None and exports.holds_many(files.joined(folder, found.name)):
            kind = exports.KIND
        if kind == "files":
            names.append(found.name)
        elif kind is not None:
            yield from _parts(kind, files.joined(folder, found.name), options, size, keep)
        if len(names) == size:
            yield Part(kind="files", path=folder, names=tuple(names))
            names = []
    if names:
        yield Part(kind="files", path=folder, names=tuple(names))
    if found is None and not tally.no_reports:
        yield SetAside(
            shown(folder), Problem("empty", f"{shown(folder)} is an empty folder", hint="name one with reports in it")
        )
    yield from tally.told()


def _parts(kind: str, path: str, options: Options, size: int, keep: Path) -> Iterator[Part | SetAside]:
    """The parts of a file of a kind; what holds many reports in an archive is unpacked first and cut by its own kind."""
    for found in _module(kind).parts(path, options, size):
        if not isinstance(found, Held):
            yield found
            continue
        file = unpacked_to(keep, found)
        within = kind_of(found.member.name)
        if isinstance(file, SetAside):
            yield file
        elif within:
            yield from _parts(within, str(file), options, size, keep)


def _kind_within(name: str, tally: Tally) -> str | None:
    """The kind of a file in a folder; None, and counted, where it is none to be read."""
    if tally.takes(name):
        return None
    kind = kind_of(name)
    if kind is None:
        tally.is_unknown(name)
    return kind
