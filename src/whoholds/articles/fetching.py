"""Reports by address: one page fetched from the public web, and nothing from anywhere else.

Who gives an address to a server makes that server ask for him, from where it stands: inside a network, on a machine with
services of its own. So a name is resolved first, every address that it has must be public, and the connection goes to one of
those that were checked, not to what the name means a moment later (DNS rebinding). Each redirect is checked in the same way.
What comes is taken for a report only if it says that it is text, up to a size and within a time.

Proxies that the environment names are not used: they would resolve names anew, where nothing is checked.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from ssl import SSLError

import httpx

from whoholds.articles.reachable import Addresses, Unreachable, addresses_of
from whoholds.model import Problem

TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
MOST_REDIRECTS = 5
_LONGEST = 2_000  # characters of an address
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOST = re.compile(rb"[a-z0-9._-]+|[0-9a-f.:]+", re.I)
_SAVE = "open it in a browser, save the article's text or the page, and add that"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is fetched at most: bytes (as they are after unpacking), and seconds for all of it, redirects included."""

    largest: int = 10_000_000
    seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at an address: the bytes, the address it came from in the end, the instant (UTC) and what it said it is.

    `content_type` is without parameters, in lower case; `charset` is what it told of its encoding, or None.
    """

    data: bytes
    url: str
    retrieved: datetime
    content_type: str
    charset: str | None


def fetch(
    address: str, *, bounds: Bounds | None = None, allow_private: bool = False, clock: Clock = lambda: datetime.now(UTC)
) -> Fetched | Problem:
    """What is at an http or https address; a Problem where it is not to be had or is not to be asked for.

    With `allow_private` addresses inside a network are asked too, which is for tests and for those who name the addresses
    themselves. Not for code that runs in an event loop; that has `fetched`.
    """
    return asyncio.run(fetched(address, bounds=bounds, allow_private=allow_private, clock=clock))


async def fetched(
    address: str, *, bounds: Bounds | None = None, allow_private: bool = False, clock: Clock = lambda: datetime.now(UTC)
) -> Fetched | Problem:
    """As `fetch`, in an event loop."""
    bounds = bounds or Bounds()
    try:
        async with asyncio.timeout(bounds.seconds):
            return await _fetched(address.strip(), bounds, allow_private, clock)
    except _RefusedError as refused:
        return refused.problem
    except TimeoutError:
        return _problem("slow", f"{_shown(address)} did not answer within {bounds.seconds:g} seconds", "try again later")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return _failure(address, error)


class _RefusedError(Exception):
    """What is fetched is refused, and why."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.problem = _problem(code, message, hint)


async def _fetched(address: str, bounds: Bounds, allow_private: bool, clock: Clock) -> Fetched:
    url = _checked(address)
    # A client for each fetch: no cookie, no connection and no name of one is left for the next.
    async with httpx.AsyncClient(trust_env=False, timeout=bounds.seconds, http2=False) as client:
        for _ in range(MOST_REDIRECTS + 1):
            response = await _answered(client, url, await _allowed(url, allow_private))
            try:
                if response.status_code not in _REDIRECTS:
                    return await _taken(response, url, bounds, clock)
                url = _next(url, response)
            finally:
                await response.aclose()
    raise _RefusedError("redirects", f"{_shown(address)} leads on more than {MOST_REDIRECTS} times", _SAVE)


def _checked(address: str) -> httpx.URL:
    """The address, if it is one that may be asked for. Raises _RefusedError."""
    if len(address) > _LONGEST or not address.isprintable():
        raise _RefusedError("address", "the address is too long or has unprintable characters", "give it as the browser has it")
    try:
        url = httpx.URL(address)
        host = url.raw_host  # encoded by now: what cannot be a host name fails here
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise _RefusedError("address", f"{_shown(address)} is no web address: {error}", "it begins with https://") from None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise _RefusedError("address", f"{_shown(address)} is no web address", "it begins with https://")
    if url.userinfo:
        raise _RefusedError("address", "an address with a user or password in it is not asked for", _SAVE)
    if url.port is not None and url.port not in (80, 443, *range(1024, 65_536)):
        raise _RefusedError("address", f"port {url.port} is not one that web pages come from", _SAVE)
    return url.copy_with(fragment=None)


async def _allowed(url: httpx.URL, allow_private: bool) -> Addresses:
    """The addresses of a host, all of them public. Raises _RefusedError."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await addresses_of(url.raw_host.decode("ascii"), port, allow_private=allow_private)
    if isinstance(found, Unreachable):
        raise _RefusedError(found.code, f"{_shown(str(url))}: {found.why}", _SAVE if found.code == "private" else "check it")
    return found


async def _answered(client: httpx.AsyncClient, url: httpx.URL, addresses: Addresses) -> httpx.Response:
    """The answer of the first of the addresses that can be connected to; its body is still to come."""
    *others, last = addresses.all
    for address in others:
        with suppress(httpx.ConnectError):
            return await client.send(_request(url, address), stream=True, follow_redirects=False)
    return await client.send(_request(url, last), stream=True, follow_redirects=False)


def _request(url: httpx.URL, address: str) -> httpx.Request:
    """A request that goes to a checked address, under the name that was asked for (also in TLS)."""
    headers = {
        "Host": url.netloc.decode("ascii"),
        "User-Agent": f"whoholds/{_version()}",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9",
        "Accept-Encoding": "gzip, identity",
    }
    extensions = {"sni_hostname": url.raw_host.decode("ascii")}
    return httpx.Request("GET", url.copy_with(host=address), headers=headers, extensions=extensions)


def _next(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    where = response.headers.get("location", "")
    if not where:
        raise _RefusedError("redirects", f"{_shown(str(url))} leads on without telling where", _SAVE)
    try:
        return _checked(str(url.join(where)))
    except (httpx.InvalidURL, ValueError):
        raise _RefusedError("redirects", f"{_shown(str(url))} leads to what is no web address", _SAVE) from None


async def _taken(response: httpx.Response, url: httpx.URL, bounds: Bounds, clock: Clock) -> Fetched:
    if response.status_code != 200:
        raise _RefusedError("status", f"{_shown(str(url))} answered {response.status_code} {response.reason_phrase}", _SAVE)
    kind, charset = _content_type(response)
    if kind == "application/pdf":
        raise _RefusedError("pdf", f"{_shown(str(url))} is a PDF document, which is not read", "save its text and add that")
    if kind not in TYPES:
        raise _RefusedError(
            "type", f"{_shown(str(url))} is {kind[:80] or 'of no type that it tells'}, not a text or a web page", _SAVE
        )
    if response.headers.get("content-length", "").isdecimal() and int(response.headers["content-length"]) > bounds.largest:
        raise _too_large(url, bounds)
    data = bytearray()
    async for piece in _unpacked(response, bounds.largest):
        data += piece
        if len(data) > bounds.largest:
            raise _too_large(url, bounds)
    return Fetched(bytes(data), str(url), clock(), kind, charset)


def _content_type(response: httpx.Response) -> tuple[str, str | None]:
    kind, _, parameters = response.headers.get("content-type", "").partition(";")
    charset = next((p.partition("=")[2] for p in parameters.split(";") if p.strip().lower().startswith("charset=")), "")
    return kind.strip().lower(), charset.strip().strip("\"'") or None


async def _unpacked(response: httpx.Response, largest: int) -> AsyncIterator[bytes]:
    """The body, unpacked a little at a time: a few bytes of gzip can stand for gigabytes."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        async for piece in response.aiter_raw():
            yield piece
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise _RefusedError("packing", f"the answer is packed in a way that was not asked for ({packing[:20]})", _SAVE)
    unpacking = zlib.decompressobj(wbits=47)  # gzip or zlib, as its head tells
    try:
        async for piece in response.aiter_raw():
            waiting = piece
            while waiting:
                yield unpacking.decompress(waiting, largest)
                waiting = unpacking.unconsumed_tail
        if not unpacking.eof:
            raise _RefusedError("packing", "the answer was cut off", "try again later")
    except zlib.error as error:
        raise _RefusedError("packing", f"the answer cannot be unpacked: {error}", _SAVE) from None


def _too_large(url: httpx.URL, bounds: Bounds) -> _RefusedError:
    return _RefusedError("too-large", f"{_shown(str(url))} is larger than {bounds.largest:,} bytes", _SAVE)


def _failure(address: str, error: Exception) -> Problem:
    if _is_tls(error):
        return _problem("tls", f"{_shown(address)} cannot be trusted: {error}", "its certificate is not in order; " + _SAVE)
    words = str(error) or type(error).__name__
    return _problem("unreachable", f"{_shown(address)} cannot be fetched: {words}", "check it, and try again later")


def _is_tls(error: BaseException | None) -> bool:
    while error:
        if isinstance(error, SSLError):
            return True
        error = error.__cause__ or error.__context__
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def _problem(code: str, message: str, hint: str = "") -> Problem:
    return Problem(code, message, hint=hint)


def _shown(address: str) -> str:
    """An address as it is told: short, and without a password."""
    with suppress(httpx.InvalidURL, UnicodeError, ValueError):
        url = httpx.URL(address)
        address = str(url.copy_with(userinfo=b"")) if url.userinfo else address
    words = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in address)
    return words if len(words) <= 100 else f"{words[:99]}…"


@cache
def _version() -> str:
    try:
        return version("whoholds")
    except PackageNotFoundError:
        return "0"
