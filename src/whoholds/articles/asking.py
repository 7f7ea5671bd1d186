"""Asking an address of the web: which addresses may be asked for at all, and one request to one that was checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from ssl import SSLContext

import httpx

from whoholds.articles.reachable import Addresses, Unreachable, addresses_of
from whoholds.model import Problem

AGENT = "whoholds"
"""The name under which it asks; what robots.txt files call it."""

SAVE = "open it in a browser, save the article's text or the page, and add that"
_LONGEST = 2_000  # characters of an address
_HOST = re.compile(rb"[a-z0-9._-]+|[0-9a-f.:]+", re.I)


class RefusedError(Exception):
    """What is fetched is refused, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def refusal(code: str, message: str, hint: str = "") -> RefusedError:
    """The error that a Problem travels in."""
    return RefusedError(Problem(code, message, hint=hint))


def checked(address: str) -> httpx.URL:
    """The address without its fragment, if it is one that may be asked for. Raises RefusedError."""
    if len(address) > _LONGEST or not address.isprintable():
        raise refusal("address", "the address is too long or has unprintable characters", "give it as the browser has it")
    try:
        url = httpx.URL(address)
        host = url.raw_host  # encoded by now: what cannot be a host name fails here
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise refusal("address", f"{shown(address)} is no web address: {error}", "it begins with https://") from None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise refusal("address", f"{shown(address)} is no web address", "it begins with https://")
    if url.userinfo:
        raise refusal("address", "an address with a user or password in it is not asked for", SAVE)
    if url.port is not None and url.port not in (80, 443, *range(1024, 65_536)):
        raise refusal("address", f"port {url.port} is not one that web pages come from", SAVE)
    return url.copy_with(fragment=None)


async def allowed(url: httpx.URL, allow_private: bool) -> Addresses:
    """The addresses of a host, all of them public. Raises RefusedError."""
    port = url.port or (443 if url.scheme == "https" else 80)
    found = await addresses_of(url.raw_host.decode("ascii"), port, allow_private=allow_private)
    if isinstance(found, Unreachable):
        raise refusal(found.code, f"{shown(str(url))}: {found.why}", SAVE if found.code == "private" else "check it")
    return found


async def answered(
    through: httpx.AsyncClient, url: httpx.URL, addresses: Addresses, headers: Mapping[str, str]
) -> httpx.Response:
    """The answer of the first of the addresses that can be connected to; its body is still to come."""
    *others, last = addresses.all
    for address in others:
        with suppress(httpx.ConnectError):
            return await through.send(_request(url, address, headers), stream=True, follow_redirects=False)
    return await through.send(_request(url, last, headers), stream=True, follow_redirects=False)


def client(seconds: float) -> httpx.AsyncClient:
    """A client that gives up after these seconds of silence, and keeps nothing from one to the next but whom it trusts."""
    return httpx.AsyncClient(trust_env=False, timeout=seconds, http2=False, verify=_trusted())


@cache
def _trusted() -> SSLContext:
    return httpx.create_ssl_context(trust_env=False)  # a tenth of a second to read


def _request(url: httpx.URL, address: str, headers: Mapping[str, str]) -> httpx.Request:
    """A request that goes to a checked address, under the name that was asked for (also in TLS)."""
    extensions = {"sni_hostname": url.raw_host.decode("ascii")}
    headers = {"Host": url.netloc.decode("ascii"), **headers}
    return httpx.Request("GET", url.copy_with(host=address), headers=headers, extensions=extensions)


def led_to(url: httpx.URL, response: httpx.Response) -> httpx.URL:
    """Where a redirect leads. Raises RefusedError."""
    where = response.headers.get("location", "")
    if not where:
        raise refusal("redirects", f"{shown(str(url))} leads on without telling where", SAVE)
    try:
        return checked(str(url.join(where)))
    except (httpx.InvalidURL, ValueError):
        raise refusal("redirects", f"{shown(str(url))} leads to what is no web address", SAVE) from None


def shown(address: str) -> str:
    """An address as it is told: short, and without a password."""
    with suppress(httpx.InvalidURL, UnicodeError, ValueError):
        url = httpx.URL(address)
        address = str(url.copy_with(userinfo=b"")) if url.userinfo else address
    words = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in address)
    return words if len(words) <= 100 else f"{words[:99]}…"


def user_agent(contact: str = "") -> str:
    """How the program calls itself, with whom to write to if it is told (printable ASCII)."""
    return f"{AGENT}/{_version()}" + (f" (+{contact})" if contact else "")


@cache
def _version() -> str:
    try:
        return version("whoholds")
    except PackageNotFoundError:
        return "0"
