"""Between the application and the network: HEAD is answered as GET without a body, large answers are packed (gzip)."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SMALLEST = 2_000  # bytes worth packing
_LEVEL = 1  # a map of 30,000 places is packed in a quarter of the time that level 9 takes, to a size a third greater
_PACKED = ("/api", "/data", "/static", "/lib")  # pages bear a secret beside what askers write: they are not packed (BREACH)


class Heads:
    """Answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)


class Packed:
    """Packs large answers where the asker takes gzip, and sits on another machine: on the same one it would only cost time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._packing = GZipMiddleware(app, minimum_size=_SMALLEST, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        packs = scope["type"] == "http" and scope["path"].startswith(_PACKED) and not _is_near(scope)
        await (self._packing if packs else self._app)(scope, receive, send)


def _is_near(scope: Scope) -> bool:
    """Whether the asker is on this machine, and no proxy that asks for somebody else."""
    host = (scope.get("client") or ("",))[0]
    forwarded = any(name in (b"forwarded", b"x-forwarded-for") for name, _ in scope["headers"])
    return host in ("127.0.0.1", "::1") and not forwarded
