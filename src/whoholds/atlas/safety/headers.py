"""Headers that every answer has, errors and static files too, and what becomes of a fault in the program."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whoholds.atlas.safety.refusing import RefusedError
from whoholds.atlas.settings import Settings

_HOST = re.compile(r"(?:\{s\}\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?\Z")
_FORBIDDEN = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
_SECURE = "max-age=31536000"  # a year; of other names under the same host nothing is said


class TilesError(ValueError):
    """An address of map tiles that is none."""


def tile_source(template: str) -> str:
    """Where the tiles of a template such as `https://{s}.tiles.example/{z}/{x}/{y}.png` come from, as a CSP source.

    Raises TilesError for what is no such template.
    """
    parts = urlsplit(template.strip())
    if parts.scheme not in ("http", "https") or not _HOST.match(parts.netloc.lower()):
        raise TilesError("it begins with https:// and a host, without a user")
    if not all(f"{{{axis}}}" in parts.path + parts.query for axis in "zxy"):
        raise TilesError("{z}, {x} and {y} must stand in it")
    return f"{parts.scheme}://{parts.netloc.lower().replace('{s}.', '*.')}"


def content_policy(settings: Settings) -> str:
    """The Content-Security-Policy: everything from here alone, but pictures from the tile server if there is one."""
    tiles = f" {tile_source(settings.tiles)}" if settings.tiles else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{tiles}; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


class Headed:
    """Puts the headers on whatever is answered. A fault is told as such, without its words, and raised again for the log."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.always = {
            "Content-Security-Policy": content_policy(settings),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FORBIDDEN),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def headed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._put(MutableHeaders(scope=message), scope)
            await send(message)

        try:
            await self.app(scope, receive, headed)
        except Exception as error:
            if not started:
                await (await _fault(scope, error))(scope, receive, headed)
            raise

    def _put(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in self.always.items():
            headers[name] = value
        if scope["scheme"] == "https":
            headers["Strict-Transport-Security"] = _SECURE
        headers.setdefault("Cache-Control", "private, no-cache" if self.settings.tokens else "no-cache")
        if self.settings.tokens:
            headers.add_vary_header("Cookie, Authorization")


async def _fault(scope: Scope, error: Exception) -> Response:
    """What is told of a fault: by the application's own handler, if it has one and that has no fault itself."""
    handler = scope["app"].exception_handlers.get(Exception)
    if handler is not None:
        with suppress(Exception):
            told = await handler(Request(scope), error)
            assert isinstance(told, Response)
            return told
    return RefusedError(500, "something went wrong in the program", "the log of the program tells what").response(scope)
