"""Requests that somebody's browser is made to send by a page elsewhere, or through another name: told apart and refused.

Three things together: the Host must be a name of ours (DNS rebinding), the browser must say that the request comes from a page
of ours (Sec-Fetch-Site, https://www.w3.org/TR/fetch-metadata/; Origin, RFC 6454), and what enters something must bring the
token that our pages have (`Sessions.csrf`).
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import Scope

from whoholds.atlas.safety.refusing import RefusedError

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PROXIED = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "forwarded", "x-real-ip", "via")
_PORTS = {"http": "80", "https": "443"}


def check_host(scope: Scope, hosts: frozenset[str], *, behind_proxy: bool) -> None:
    """Raises RefusedError where the Host is none of these names, or a proxy is told of that nobody has announced."""
    headers = Headers(scope=scope)
    given = headers.getlist("host")
    if len(given) != 1:
        raise RefusedError(400, "a request must name one host")
    if host_name(given[0]) not in hosts:
        raise RefusedError(421, "this atlas does not answer to that name", "whoever serves it can allow the name: --name HOST")
    if not behind_proxy and (proxied := next((name for name in _PROXIED if name in headers), None)):
        raise RefusedError(400, f"the request came through a proxy ({proxied})", "whoever serves it has to say: --behind-proxy")


def host_name(host: str) -> str:
    """The name in a Host header, without port and final dot, in lower case; IPv6 addresses keep their brackets."""
    name, colon, port = host.strip().lower().rpartition(":")
    if not colon or not port.isdecimal():
        name = host.strip().lower()
    return name.rstrip(".")


def check_origin(scope: Scope) -> None:
    """Raises RefusedError where the browser does not say that a page of ours asks."""
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    # "null" is what browsers write for forms of pages with the policy no-referrer: it tells nothing, Sec-Fetch-Site does.
    tells = origin not in (None, "null")
    if site not in (None, "same-origin") or (tells and not _is_own(origin or "", scope)) or not (tells or site):
        hint = "programs give a token: Authorization: Bearer …; people enter things on the atlas's own pages"
        raise RefusedError(403, "what enters something must come from a page of this atlas", hint)


def _is_own(origin: str, scope: Scope) -> bool:
    own = Headers(scope=scope).get("host", "")
    return _with_port(origin.lower(), scope["scheme"]) == _with_port(f"{scope['scheme']}://{own.lower()}", scope["scheme"])


def _with_port(origin: str, scheme: str) -> str:
    name, colon, port = origin.removeprefix(f"{scheme}://").rpartition(":")
    if colon and port.isdecimal():
        return f"{origin.partition('://')[0]}://{name}:{port}"
    return f"{origin}:{_PORTS.get(scheme, '')}"
