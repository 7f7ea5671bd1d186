"""Opening a register file: one is made whole or not at all, and what is no register is refused and left as it was.

A new file is made in a folder of its own beside its place (see `drafts`) and then linked there, so that a program killed
meanwhile leaves no half of a register, and of two programs that make the same file one wins. The write-ahead log is on (readers
never wait), and every commit is on disk before `append` returns (`synchronous = full`: with `normal` a power cut can take the
last appends away, and a register that has told "recorded" must have recorded).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from whoholds.register.sqlite.drafts import drafting
from whoholds.register.sqlite.migrating import APPLICATION, applied, lend_functions, migrate, newest
from whoholds.register.store import StoreError

WAIT = 5.0  # seconds that a writer waits for another one
_MAGIC = b"SQLite format 3\0"
_COPY = "go back to a copy of the file"
_NOT_ONE = "it is left as it was; give the path of a register, or of a file that is not there yet"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn errors of SQLite into StoreErrors that tell the way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(path, error) from error


def _explained(path: Path, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", None)
    match None if code is None else code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreError(f"somebody else is writing to {path}", "try again when the other program is done")
        case sqlite3.SQLITE_FULL:
            return StoreError(f"the disk is full: nothing was written to {path}", "make room and do the same again")
        case sqlite3.SQLITE_READONLY:
            return StoreError(f"{path} cannot be written to", "check who may write to the file and to its folder")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreError(f"{path} is damaged: {error}", _COPY)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return StoreError(f"{path} cannot be opened: {error}", "check who may read the file and its folder")
        case sqlite3.SQLITE_IOERR:
            return StoreError(f"{path} cannot be read or written: {error}", "check the disk, and that there is room on it")
    return StoreError(f"{path}: {error}")


def make(path: Path) -> None:
    """Make an empty register; one that somebody else makes there meanwhile stays. Raises StoreError."""
    try:
        with drafting(path) as draft:
            with told(path):
                _fill(draft)
            draft.chmod(0o666 & ~_umask())
            _put(draft, path)
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {error.strerror}", "check the folder and who may write to it") from error


def _fill(draft: Path) -> None:
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.execute("pragma auto_vacuum = none")
        connection.execute("pragma synchronous = full")
        connection.execute("begin immediate")
        migrate(connection)
        connection.execute("commit")
        connection.execute("pragma journal_mode = wal")
    finally:
        connection.close()


def _put(draft: Path, path: Path) -> None:
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    except OSError:  # a file system without links; renaming replaces, but only what came in the instant between
        if not path.exists():
            draft.rename(path)
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def recognise(path: Path) -> int:
    """The schema that a register file has. Raises StoreError for anything that is no register, which stays as it was."""
    _check_header(path)
    with told(path):
        connection = connect(path, readonly=True)
        try:
            number = applied(connection)
        finally:
            connection.close()
    if not number:
        raise StoreError(f"{path} is not a register of whoholds, though a GeoPackage", _NOT_ONE)
    if number > newest():
        raise StoreError(f"{path} was written by a newer version of whoholds (schema {number})", "upgrade whoholds")
    return number


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}", "check who may read the file") from error
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise StoreError(f"{path} is not a register of whoholds", _NOT_ONE)
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise StoreError(f"{path} is not a register of whoholds but another program's SQLite file", _NOT_ONE)
    page = int.from_bytes(header[16:18], "big")
    whole = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)
    if size < whole and not _has_log(path):  # with a log, SQLite puts the missing pages back
        raise StoreError(f"{path} is truncated: {size:,} bytes of {whole:,} are there", _COPY)


def _has_log(path: Path) -> bool:
    try:
        return Path(f"{path}-wal").stat().st_size > 0
    except OSError:
        return False


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """A connection for use in any thread, one at a time. Raises sqlite3.Error."""
    uri = path.absolute().as_uri()
    if not readonly:
        connection = _connection(f"{uri}?mode=rw")
        connection.execute("pragma synchronous = full")
        connection.execute("pragma foreign_keys = on")
        return connection
    trial: sqlite3.Connection | None = None
    try:
        trial = _connection(f"{uri}?mode=ro")
        trial.execute("select 1 from sqlite_schema limit 1").fetchone()
        return trial
    except sqlite3.OperationalError:
        if trial is not None:
            trial.close()
        if _has_log(path):
            raise
    return _connection(f"{uri}?mode=ro&immutable=1")  # a folder that may not be written to, so no log can be there


def _connection(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False)
    connection.execute("pragma cache_size = -65536")
    connection.execute("pragma temp_store = memory")
    lend_functions(connection)
    return connection


def upgrade(connection: sqlite3.Connection) -> None:
    """Apply what a register lacks of the newest schema, all or nothing. Raises sqlite3.Error."""
    connection.execute("begin immediate")
    try:
        migrate(connection)
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
