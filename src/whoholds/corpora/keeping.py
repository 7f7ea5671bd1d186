"""Keeping files: whole or not at all, whoever is killed when, and the same bytes for the same content.

A file is written under a name of its own beside the one it is to have, brought to the disk (fsync) and renamed (POSIX rename is
atomic). Two processes that write the same file do not meet: the later one puts equal bytes in the place of the earlier one's.
"""

from __future__ import annotations

import errno
import fcntl
import gzip
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

_DRAFT = ".draft-"
_LEVEL = 6  # of gzip

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EFBIG})
"""What the system says where nothing more can be written."""


@contextmanager
def scratch(folder: Path, name: str) -> Iterator[Path]:
    """A name for a file that nobody else uses, and that is gone once the block is left."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{_DRAFT}{name}-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A name to write a file under that is to be `path`; on leaving it is, unless an error is on its way."""
    with scratch(path.parent, path.name) as other:
        try:
            yield other
            with other.open("rb") as file:
                os.fsync(file.fileno())
        except OSError as error:
            if error.errno in FULL and error.filename is None:
                error.filename = str(path)  # streams do not tell whose they are
            raise
        other.replace(path)
        _sync(path.parent)


def keep(path: Path, data: bytes) -> None:
    """Make these bytes the file's."""
    with draft(path) as other:
        other.write_bytes(data)


def keep_json(path: Path, value: Any) -> None:
    """Make the file this value, indented."""
    keep(path, json_line(value, indent=2))


@contextmanager
def kept_lines(path: Path) -> Iterator[IO[bytes]]:
    """A stream for lines of a file that is to be `path`, compressed where its name ends in .gz."""
    with draft(path) as other, other.open("wb") as file:
        if path.suffix != ".gz":
            yield file
            return
        with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0) as packed:
            yield packed  # type: ignore[misc]


def lines(path: Path) -> Iterator[Any]:
    """The values of a file of JSON lines, compressed or not."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        for line in file:
            yield json.loads(line)


def read_json(path: Path) -> Any:
    """The value of a file of JSON. Raises OSError where there is none."""
    return json.loads(path.read_bytes())


def json_line(value: Any, *, indent: int | None = None) -> bytes:
    """A value as JSON in UTF-8 with a line break; halves of surrogate pairs, which UTF-8 has not, as escapes."""
    try:
        return json.dumps(value, ensure_ascii=False, indent=indent).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent).encode() + b"\n"


def clear_drafts(folders: Iterable[Path]) -> None:
    """Delete what killed processes left unfinished."""
    for folder in folders:
        for path in folder.glob(f"{_DRAFT}*"):
            path.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold a lock until the block is left, or this process dies however; False where another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
