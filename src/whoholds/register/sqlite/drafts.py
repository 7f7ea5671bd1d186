"""Drafts: the folders, beside a register's place, in which it is made; those that killed programs left are removed.

A program that makes a register holds a lock on the folder of its draft for as long as it lives, so what can be locked belongs
to nobody any more. The lock is the folder's, not the file's: a draft that is done is the register itself under a second name,
and to open and close a register beside SQLite gives up the locks that SQLite has on it
(https://www.sqlite.org/howtocorrupt.html, section 2.2). Where folders cannot be locked (Windows, some network file systems) a
draft an hour old counts as left: making one takes less than a second.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NAME = "draft"
_ABANDONED = 3600.0  # seconds

if sys.platform == "win32":

    def _lock(folder: Path, *, wait: bool) -> int | None:
        raise OSError("folders cannot be locked")

else:
    import fcntl

    def _lock(folder: Path, *, wait: bool) -> int | None:
        """Lock a folder: what to close to let go of it, None where another holds it. Raises OSError where none can be."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:
            os.close(handle)
            raise
        return handle


@contextmanager
def drafting(path: Path) -> Iterator[Path]:
    """Where to make what is to become `path`: a file that is not there yet, in a folder that goes away. Raises OSError."""
    folder, handle = _reserved(path)
    try:
        yield folder / _NAME
    finally:
        _clear(folder)
        if handle is not None:
            os.close(handle)


def _reserved(path: Path) -> tuple[Path, int | None]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{_short(path)}.", suffix=".new", dir=path.parent))
        handle = None
        with suppress(OSError):
            handle = _lock(folder, wait=True)
        if folder.exists():
            return folder, handle
        if handle is not None:  # another program took it for abandoned in the instant before it was locked
            os.close(handle)


def sweep(path: Path) -> None:
    """Remove what killed programs left of drafts of this register; drafts in use stay, and whatever else is beside it."""
    ours = re.compile(rf"\.{re.escape(_short(path))}\.[a-z0-9_]{{8}}\.new")  # as `tempfile` names them
    with suppress(OSError), os.scandir(path.absolute().parent) as found:
        for entry in found:
            if ours.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                _clear_abandoned(Path(entry.path))


def _clear_abandoned(folder: Path) -> None:
    try:
        handle = _lock(folder, wait=False)
    except OSError:
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _ABANDONED:
                _clear(folder)
        return
    if handle is not None:
        _clear(folder)
        os.close(handle)


def _clear(folder: Path) -> None:
    with suppress(OSError):  # what cannot be removed now can be later; what is not of a draft stays, and the folder with it
        for end in ("", "-journal", "-wal", "-shm"):
            (folder / f"{_NAME}{end}").unlink(missing_ok=True)
        folder.rmdir()


def _short(path: Path) -> str:
    return path.name[:40]  # as bytes too far from the 255 that a name may have
