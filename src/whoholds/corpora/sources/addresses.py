"""Web addresses as sources: what is there is fetched once, kept as a file, and then is a file of its kind.

Beside each file stands what is known of where it came from (`.origin.json`): the address asked, the one that answered, the
instant (UTC), the media type and the SHA-256 of the bytes. What is kept is never asked for again, so that a run that is
continued reads what it read before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from whoholds.articles.fetching import FILES, Bounds, Saved, fetch_to
from whoholds.corpora.parts import Options
from whoholds.corpora.records import SetAside
from whoholds.corpora.sources.origins import KEY_LENGTH, Origin, origin_of, read_origin, side_file, write_origin
from whoholds.model import Problem

__all__ = ["Origin", "fetched", "origin_of"]

_ENDINGS = {  # of media types, for addresses whose path ends in none that is known
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "message/rfc822": ".eml",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rss",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/warc": ".warc",
    "application/wacz": ".wacz",
    "application/zip": ".zip",
    "application/x-tar": ".tar",
}
_FIRM = frozenset({"text/html", "application/xhtml+xml", "application/pdf", "application/rss+xml", "application/atom+xml"})
_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60
_INSIDE = "with --allow-private addresses inside your network and of this machine are asked, too"
_HASHED = 1_048_576


def fetched(
    address: str, options: Options, keep: Path, *, bounds: Bounds = FILES, clock: Callable[[], datetime] | None = None
) -> Path | SetAside:
    """The file in `keep` with what is at an address, fetched if it is not there yet; else what is wrong."""
    key = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]
    if (origin := read_origin(side_file(keep, key))) and (keep / origin.file).is_file():
        return keep / origin.file
    try:
        keep.mkdir(parents=True, exist_ok=True)
        return _taken(address, options, keep, key, bounds, clock or _now)
    except OSError as error:
        message = f"{keep} cannot be written: {error.strerror or error}"
        return SetAside(address, Problem("unwritable", message, hint="make room, or choose another folder with --out"))


def _taken(
    address: str, options: Options, keep: Path, key: str, bounds: Bounds, clock: Callable[[], datetime]
) -> Path | SetAside:
    waiting = keep / f".{key}.{uuid4().hex[:8]}"
    try:
        saved = fetch_to(waiting, address, bounds=bounds, allow_private=options.allow_private, clock=clock)
        if not isinstance(saved, Saved):
            fault = saved if isinstance(saved, Problem) else Problem("unchanged", f"{address} gave nothing")
            return SetAside(address, replace(fault, hint=_INSIDE) if fault.code == "private" else fault)
        path = keep / f"{key}-{_name(saved)}"
        origin = Origin(
            address,
            saved.url,
            _instant(saved.retrieved),
            saved.content_type,
            saved.charset,
            saved.size,
            _hash(waiting),
            path.name,
        )
        waiting.replace(path)
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
    write_origin(side_file(keep, key), origin)
    return path


def _name(saved: Saved) -> str:
    """What a file is called: as in the address, with an ending that tells its kind."""
    last = unquote(urlsplit(saved.url).path).rstrip("/").rpartition("/")[2]
    name = _NAME.sub("_", last)[-_LONGEST_NAME:].lstrip("._") or "index"
    ending = _ENDINGS.get(saved.content_type, "")
    if not ending or name.lower().endswith(ending) or ("." in name and saved.content_type not in _FIRM):
        return name
    return name + ending


def _hash(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_HASHED):
            found.update(data)
    return found.hexdigest()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _now() -> datetime:
    return datetime.now(UTC)
