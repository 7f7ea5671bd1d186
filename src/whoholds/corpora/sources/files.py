"""Folders at any depth and single files, each file one report.

Folders are gone through in the order of their names, so that the same folder gives the same parts on any system. A link to a
folder is followed once. A file is looked at again when it is read, since anything may have happened to it after planning: what
is no plain file any more is not opened in a way that could wait for ever.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from whoholds.articles.days import parse_day
from whoholds.articles.files import LARGEST, unreadable
from whoholds.corpora.parts import Options, Part
from whoholds.corpora.records import Raw, Record, SetAside, Told
from whoholds.corpora.sources.names import Tally, endings_of, media_type_of, shown
from whoholds.corpora.sources.origins import origin_of
from whoholds.corpora.sources.streams import unpacked
from whoholds.model import Problem

HERE = "."
_FETCHED = re.compile(r"[0-9a-f]{16}-")


@dataclass(frozen=True, slots=True)
class Found:
    """A file below a folder: its path from there, with slashes."""

    name: str


@dataclass(slots=True)
class Walk:
    """The files below a folder, in the order of their names; what cannot be gone through or is no file is told in its place.

    `own` is the folder of the run, which may lie in a source and is none.
    """

    folder: str
    tally: Tally
    own: Path | None = None
    seen: set[tuple[int, int]] = field(default_factory=set)

    def found(self) -> Iterator[Found | SetAside]:
        """Raises nothing. Memory is that of the names of the folders on the way down."""
        stack = [self._entries("")]
        while stack:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
            elif isinstance(item, str):
                stack.append(self._entries(item))
            else:
                yield item

    def _entries(self, below: str) -> Iterator[Found | SetAside | str]:
        """What a folder holds: files, and folders as the plain paths of what is to be gone through."""
        path = os.path.join(self.folder, below) if below else self.folder  # noqa: PTH118 -- Path would mend "a/../b"
        try:
            if self._is_own(path):
                self.tally.no_reports["the folder of this run"] += 1
                return
            if (first := self._first_time(path)) is not None:
                yield first
                return
            with os.scandir(path) as entries:
                listed = sorted((entry.name, _sort_of(entry)) for entry in entries)
        except OSError as error:
            yield SetAside(shown(path), fault(path, error))
            return
        yield from self._told_apart(path, below, listed)

    def _told_apart(self, path: str, below: str, listed: list[tuple[str, str]]) -> Iterator[Found | SetAside | str]:
        pages = {name.rpartition(".")[0] for name, _ in listed if endings_of(name)[0] in (".html", ".htm")}
        for name, sort in listed:
            within = f"{below}/{name}" if below else name
            if name.startswith(".") or (sort == "folder" and _belongs_to_page(name, pages)):
                self.tally.no_reports["hidden" if name.startswith(".") else "folders of saved pages"] += 1
            elif sort == "folder":
                yield within
            elif sort == "file":
                yield Found(within)
            else:
                whole = os.path.join(path, name)  # noqa: PTH118
                yield SetAside(shown(whole), _no_file(whole, sort))

    def _is_own(self, path: str) -> bool:
        return self.own is not None and self.own.exists() and self.own.samefile(path)

    def _first_time(self, path: str) -> SetAside | None:
        told = os.stat(path)  # noqa: PTH116
        if (told.st_dev, told.st_ino) in self.seen:
            message = f"{shown(path)} is a link to a folder that is read already under another name"
            return SetAside(shown(path), Problem("repeated-folder", message, hint="nothing to do: it is read once"))
        self.seen.add((told.st_dev, told.st_ino))
        return None


def _sort_of(entry: os.DirEntry[str]) -> str:
    try:
        if entry.is_dir():
            return "folder"
        if entry.is_file():
            return "file"
        return "link that leads nowhere" if entry.is_symlink() else "pipe, a device or a socket"
    except OSError:  # a link to itself
        return "link that leads nowhere"


def _belongs_to_page(name: str, pages: set[str]) -> bool:
    """Browsers save the frames, scripts and pictures of "x.html" in a folder "x_files" beside it."""
    return name.endswith("_files") and name.removesuffix("_files") in pages


def records(part: Part, options: Options) -> Iterator[Record | SetAside]:
    """The files of a part, in order, one record each; of a part without names the file it is. Raises nothing for bad files."""
    if not part.names:
        yield read_file(part.path, part.path)
        return
    for name in part.names:
        yield read_file(joined(part.path, name), name)


def joined(folder: str, name: str) -> str:
    """The path of a file below a folder; below the one that one is in, the name as it was given."""
    return name if folder == HERE else os.path.join(folder, name)  # noqa: PTH118 -- as named, not as Path has it


def read_file(path: str, name: str) -> Raw | SetAside:
    """The record of one file, called `name`; set aside when it is no plain file, too large or cannot be read."""
    place = shown(path)
    try:
        with plain(path) as file:
            data = _content(file, path, packed=bool(endings_of(name)[1]))
    except (OSError, ValueError) as error:
        return SetAside(place, fault(path, error))
    if isinstance(data, Problem):
        return SetAside(place, data)
    if _FETCHED.match(os.path.basename(path)):  # noqa: PTH119 -- as named
        return _fetched(path, name, data)
    return Raw(place=place, name=shown(name), data=data, content_type=media_type_of(name))


def _fetched(path: str, name: str, data: bytes) -> Raw:
    """The record of a file that came from a web address, as its answer told; of another with such a name, as it is."""
    origin = origin_of(Path(path))
    if origin is None:
        return Raw(place=shown(path), name=shown(name), data=data, content_type=media_type_of(name))
    told = Told(url=origin.url, retrieved=parse_day(origin.retrieved))
    return Raw(
        place=shown(path), name=origin.url, data=data, content_type=media_type_of(name), charset=origin.charset, told=told
    )


class NoFileError(OSError):
    """A path is that of something which is no plain file."""


def plain(path: str) -> BinaryIO:
    """A plain file, open. Raises NoFileError for a pipe, device or socket, OSError and ValueError as opening does."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise NoFileError("a pipe, a device or a socket")
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def _content(file: BinaryIO, path: str, *, packed: bool) -> bytes | Problem:
    """The bytes of a file that is not too large for a report, unpacked where it is packed on its own ("page.html.gz")."""
    if not packed:
        if os.fstat(file.fileno()).st_size > LARGEST:
            return too_large(path)
        data = file.read(LARGEST + 1)
        return too_large(path) if len(data) > LARGEST else data
    stream = unpacked(file, name=shown(path))
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        return too_large(path)
    return stream.fault or data


def fault(path: str, error: OSError | ValueError) -> Problem:
    """The problem of a path that `plain` raised an error for."""
    if isinstance(error, NoFileError):
        return _no_file(path, "pipe, a device or a socket")
    return unreadable(shown(path), error)


def too_large(path: str) -> Problem:
    """The problem of what is larger than any report, by its path or place."""
    message = f"{shown(path)} is larger than {LARGEST // 1_000_000} MB, too large for one report"
    return Problem("too-large", message, hint="split it, one report a file, or make it JSON lines")


def _no_file(path: str, sort: str) -> Problem:
    return Problem(
        "no-file", f"{shown(path)} is a {sort}, not a file", hint="copy what it stands for into a file and read that"
    )
