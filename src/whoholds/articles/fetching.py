"""Reports by address: what lies there, fetched from the public web, and nothing from anywhere else.

Who gives an address to a server makes that server ask for him, from where it stands: inside a network, on a machine with
services of its own. So a name is resolved first, every address that it has must be public, and the connection goes to one of
those that were checked, not to what the name means a moment later (DNS rebinding). Each redirect is checked in the same way.
What comes is taken only if it says that it is of a type that is wanted, up to a size and within a time.

Proxies that the environment names are not used: they would resolve names anew, where nothing is checked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from ssl import SSLError
from typing import TypeVar

import httpx

from whoholds.articles.answers import NO_VALIDATORS, Validators
from whoholds.articles.asking import SAVE, RefusedError, allowed, answered, checked, client, led_to, refusal, shown
from whoholds.articles.taking import (
    FEEDS,
    FILES,
    PDF,
    TYPES,
    Asked,
    Bounds,
    Clock,
    Declined,
    Fetched,
    File,
    LeadsOn,
    Page,
    Saved,
    Unchanged,
    own_address,
)
from whoholds.model import Problem

__all__ = [
    "FEEDS",
    "FILES",
    "NO_VALIDATORS",
    "PDF",
    "TYPES",
    "Bounds",
    "Clock",
    "Declined",
    "Fetched",
    "LeadsOn",
    "Saved",
    "Unchanged",
    "Validators",
    "fetch",
    "fetch_once",
    "fetch_to",
    "fetched",
    "own_address",
]

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})

T = TypeVar("T")


def _now() -> datetime:
    return datetime.now(UTC)


def fetch(
    address: str,
    *,
    bounds: Bounds | None = None,
    allow_private: bool = False,
    clock: Clock = _now,
    types: frozenset[str] | None = TYPES,
    known: Validators = NO_VALIDATORS,
    contact: str = "",
) -> Fetched | Unchanged | Problem:
    """What is at an http or https address; a Problem where it is not to be had or is not to be asked for.

    `types` are the media types that are taken, None any. `known` are the validators of what one has: Unchanged tells that it
    is still that, and comes only where there are some. `contact` is whom a site's owner may write to. With `allow_private`
    addresses inside a network are asked too, which is for tests and for those who name the addresses themselves. A server
    that does not give the page gives Declined. Not for code that runs in an event loop; that has `fetched`.
    """
    asked = Asked(bounds or Bounds(), allow_private, clock, types, known, contact)
    return asyncio.run(_within(address, asked, _followed(address, asked, Page(asked))))


async def fetched(
    address: str,
    *,
    bounds: Bounds | None = None,
    allow_private: bool = False,
    clock: Clock = _now,
    types: frozenset[str] | None = TYPES,
    known: Validators = NO_VALIDATORS,
    contact: str = "",
) -> Fetched | Unchanged | Problem:
    """As `fetch`, in an event loop."""
    asked = Asked(bounds or Bounds(), allow_private, clock, types, known, contact)
    return await _within(address, asked, _followed(address, asked, Page(asked)))


def fetch_once(
    address: str,
    *,
    bounds: Bounds | None = None,
    allow_private: bool = False,
    clock: Clock = _now,
    types: frozenset[str] | None = TYPES,
    known: Validators = NO_VALIDATORS,
    contact: str = "",
) -> Fetched | Unchanged | LeadsOn | Problem:
    """As `fetch`, with a redirect told instead of followed: for who has to know first whether he may ask there."""
    asked = Asked(bounds or Bounds(), allow_private, clock, types, known, contact)
    return asyncio.run(_within(address, asked, _once(address, asked, Page(asked))))


def fetch_to(
    path: Path,
    address: str,
    *,
    bounds: Bounds | None = None,
    allow_private: bool = False,
    clock: Clock = _now,
    types: frozenset[str] | None = None,
    known: Validators = NO_VALIDATORS,
    contact: str = "",
) -> Saved | Unchanged | Problem:
    """As `fetch`, into a file, a piece at a time; `bounds` are FILES where none are given.

    The file is there whole or not at all, and replaces one of that name; its folder must exist. It is not asked for packed:
    what is packed by itself (.gz) is kept as it is.
    """
    asked = Asked(bounds or FILES, allow_private, clock, types, known, contact, packed=False)
    return asyncio.run(_within(address, asked, _followed(address, asked, File(asked, path))))


Take = Callable[[httpx.Response, httpx.URL, str | None], Awaitable[T]]


async def _within(address: str, asked: Asked, asking: Awaitable[T]) -> T | Problem:
    """The outcome of asking within the time that there is, with what goes wrong as a Problem."""
    try:
        async with asyncio.timeout(asked.bounds.seconds):
            return await asking
    except RefusedError as refused:
        return refused.problem
    except (TimeoutError, httpx.TimeoutException):
        message = f"{shown(address)} did not answer within {asked.bounds.seconds:g} seconds"
        return Problem("slow", message, hint="try again later")
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return _failure(address, error)


async def _followed(address: str, asked: Asked, take: Take[T]) -> T:
    url, moved, permanent = checked(address.strip()), None, True
    for _ in range(MOST_REDIRECTS + 1):
        found = await _hop(url, asked, take, moved)
        if not isinstance(found, LeadsOn):
            return found
        url, permanent = checked(found.to), permanent and found.permanent
        moved = found.to if permanent else moved
    raise refusal("redirects", f"{shown(address)} leads on more than {MOST_REDIRECTS} times", SAVE)


async def _once(address: str, asked: Asked, take: Take[T]) -> T | LeadsOn:
    return await _hop(checked(address.strip()), asked, take, None)


async def _hop(url: httpx.URL, asked: Asked, take: Take[T], moved: str | None) -> T | LeadsOn:
    # A client for each question: no cookie, no connection and no name of one is left for the next.
    addresses = await allowed(url, asked.allow_private)
    bounds = asked.bounds
    async with client(min(bounds.seconds, bounds.silence)) as through:
        response = await answered(through, url, addresses, asked.headers())
        try:
            if response.status_code in _REDIRECTS:
                return LeadsOn(str(url), str(led_to(url, response)), response.status_code in _PERMANENT)
            return await take(response, url, moved)
        finally:
            await response.aclose()


def _failure(address: str, error: Exception) -> Problem:
    if _is_tls(error):
        message, hint = f"{shown(address)} cannot be trusted: {error}", "its certificate is not in order; " + SAVE
        return Problem("tls", message, hint=hint)
    words = str(error) or type(error).__name__
    return Problem("unreachable", f"{shown(address)} cannot be fetched: {words}", hint="check it, and try again later")


def _is_tls(error: BaseException | None) -> bool:
    while error:
        if isinstance(error, SSLError):
            return True
        error = error.__cause__ or error.__context__
    return "CERTIFICATE_VERIFY_FAILED" in str(error)
