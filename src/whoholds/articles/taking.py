"""What may come from an address of the web and what becomes of it: a page in memory, a file, nothing new, or a refusal."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from whoholds.articles.answers import (
    NO_VALIDATORS,
    Validators,
    again,
    as_sent,
    content_type,
    length,
    max_age,
    unpacked,
    validators,
)
from whoholds.articles.asking import SAVE, RefusedError, refusal, shown, user_agent
from whoholds.model import Problem

Clock = Callable[[], datetime]

TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""What reports come as."""
PDF = frozenset({"application/pdf"})
FEEDS = frozenset(
    "application/rss+xml application/atom+xml application/rdf+xml application/xml text/xml application/feed+json"
    " application/json application/x-rss+xml application/x-atom+xml text/rss+xml text/rss application/octet-stream".split()
)
"""What feeds come as; many servers send them as text/html or text/plain, too."""

_PIECE = 1 << 20  # bytes that are unpacked at a time on the way to a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is fetched at most: bytes (as they are after unpacking), and seconds for all of it, redirects included.

    `silence` is how many of these seconds may pass without a byte.
    """

    largest: int = 10_000_000
    seconds: float = 20.0
    silence: float = 60.0


FILES = Bounds(largest=20_000_000_000, seconds=12 * 3_600.0)
"""For archives: what a crawl's WARC files have, at what a slow line brings in a night."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at an address: the bytes, the address it came from in the end, the instant (UTC) and what it said it is.

    `content_type` is without parameters, in lower case; `charset` is what it told of its encoding, or None. `validators` are
    for asking again, `max_age` the seconds that it says it stays fresh (None: it does not say). `moved` is the address to ask
    from now on, where permanent redirects led away from the one that was asked.
    """

    data: bytes
    url: str
    retrieved: datetime
    content_type: str
    charset: str | None
    validators: Validators = NO_VALIDATORS
    max_age: int | None = None
    moved: str | None = None


def own_address(url: str, told: str | None) -> str:
    """The address of a page that came from `url`: the one that it tells of itself, if that is of the same site.

    A page may leave out what only counts visitors, but cannot pass for one of another site. `www.` makes no other site.
    """
    return told if told and _site(told) and _site(told) == _site(url) else url


def _site(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""


@dataclass(frozen=True, slots=True)
class Saved:
    """As `Fetched`, with the bytes in a file at `path`, `size` of them."""

    path: Path
    size: int
    url: str
    retrieved: datetime
    content_type: str
    charset: str | None
    validators: Validators = NO_VALIDATORS
    max_age: int | None = None
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What is there is what the validators stand for (304)."""

    url: str
    retrieved: datetime
    validators: Validators = NO_VALIDATORS
    max_age: int | None = None
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class LeadsOn:
    """A redirect that was not followed: from where, to where, and whether the old address is to be forgotten."""

    url: str
    to: str
    permanent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Problem):
    """A server that answers with anything but 200: its status, and the instant (UTC) of its Retry-After, if it told one."""

    status: int
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """How something is asked for: see `fetching.fetch`."""

    bounds: Bounds
    allow_private: bool
    clock: Clock
    types: frozenset[str] | None
    known: Validators
    contact: str
    packed: bool = True

    def headers(self) -> dict[str, str]:
        """The headers of the request but Host."""
        accepted = "*/*"
        if self.types is not None:
            best, others = self.types - {"text/plain"}, self.types & {"text/plain"}
            accepted = ", ".join([*sorted(best, reverse=True), *(f"{kind};q=0.9" for kind in others)])
        headers = {
            "User-Agent": user_agent(self.contact),
            "Accept": accepted,
            "Accept-Encoding": "gzip, identity" if self.packed else "identity",
        }
        if self.known.etag:
            headers["If-None-Match"] = self.known.etag
        if self.known.last_modified:
            headers["If-Modified-Since"] = self.known.last_modified
        return headers


class Page:
    """Takes an answer's body into memory."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    async def __call__(self, response: httpx.Response, url: httpx.URL, moved: str | None) -> Fetched | Unchanged:
        if unchanged := _unchanged(response, url, moved, self._asked):
            return unchanged
        _accept(response, url, self._asked)
        data = bytearray()
        async for piece in _bounded(unpacked(response, self._asked.bounds.largest), url, self._asked.bounds):
            data += piece
        kind, charset = content_type(response)
        now = self._asked.clock()
        return Fetched(bytes(data), str(url), now, kind, charset, validators(response), max_age(response), moved)


class File:
    """Takes an answer's body into a file."""

    def __init__(self, asked: Asked, path: Path) -> None:
        self._asked = asked
        self._path = path

    async def __call__(self, response: httpx.Response, url: httpx.URL, moved: str | None) -> Saved | Unchanged:
        if unchanged := _unchanged(response, url, moved, self._asked):
            return unchanged
        _accept(response, url, self._asked)
        beside = self._path.with_name(f".{self._path.name[:100]}.{uuid4().hex[:12]}.part")
        body = as_sent(response) if _is_packed_itself(response, url) else unpacked(response, _PIECE)
        try:
            size = await _written(beside, _bounded(body, url, self._asked.bounds))
            beside.replace(self._path)
        except OSError as error:
            raise refusal("unwritable", f"{self._path} cannot be written: {error.strerror or error}", "make room") from None
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
        kind, charset = content_type(response)
        told = validators(response), max_age(response), moved
        return Saved(self._path, size, str(url), self._asked.clock(), kind, charset, *told)


async def _written(path: Path, pieces: AsyncIterator[bytes]) -> int:
    with path.open("xb") as file:
        async for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _is_packed_itself(response: httpx.Response, url: httpx.URL) -> bool:
    """Whether a body that is said to be packed is a packed file: servers tell of x.warc.gz that it is packed, too."""
    kind, _ = content_type(response)
    return kind in ("application/gzip", "application/x-gzip") or url.path.lower().endswith((".gz", ".tgz", ".wacz"))


def _unchanged(response: httpx.Response, url: httpx.URL, moved: str | None, asked: Asked) -> Unchanged | None:
    if response.status_code != 304 or asked.known == NO_VALIDATORS:
        return None
    told = validators(response)
    kept = Validators(
        etag=told.etag or asked.known.etag,
        last_modified=told.last_modified or asked.known.last_modified,
    )
    return Unchanged(str(url), asked.clock(), kept, max_age(response), moved)


def _accept(response: httpx.Response, url: httpx.URL, asked: Asked) -> None:
    """Raises RefusedError for an answer whose body is not to be read."""
    if response.status_code != 200:
        message = f"{shown(str(url))} answered {response.status_code} {response.reason_phrase}".rstrip()
        when = again(response, asked.clock())
        hint = f"it asks to come again after {when:%Y-%m-%d %H:%M} UTC" if when else SAVE
        raise RefusedError(Declined("status", message, hint=hint, status=response.status_code, again=when))
    kind, _ = content_type(response)
    if asked.types is not None and kind not in asked.types:
        if kind == "application/pdf":
            raise refusal("pdf", f"{shown(str(url))} is a PDF document, which is not read", "save its text and add that")
        message = f"{shown(str(url))} is {kind[:80] or 'of no type that it tells'}, not {_wanted(asked.types)}"
        raise refusal("type", message, SAVE)
    if (length(response) or 0) > asked.bounds.largest:
        raise _too_large(url, asked.bounds)


def _wanted(types: frozenset[str]) -> str:
    if types <= TYPES:
        return "a text or a web page"
    return "a feed" if types & FEEDS else ", ".join(sorted(types))


async def _bounded(pieces: AsyncIterator[bytes], url: httpx.URL, bounds: Bounds) -> AsyncIterator[bytes]:
    """The pieces of a body as long as they are not too many."""
    taken = 0
    async for piece in pieces:
        taken += len(piece)
        if taken > bounds.largest:
            raise _too_large(url, bounds)
        yield piece


def _too_large(url: httpx.URL, bounds: Bounds) -> RefusedError:
    return refusal("too-large", f"{shown(str(url))} is larger than {bounds.largest:,} bytes", SAVE)
