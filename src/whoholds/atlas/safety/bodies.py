"""The bodies of requests: taken in whole before anything else sees them, never more than so many bytes or for so long.

Bodies here are small (a verdict, a claim, a report), so that keeping one whole costs less than every handler's care for half
ones. That the length is not told beforehand (chunked transfer) makes no difference: what arrives is counted.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from whoholds.atlas.safety.refusing import RefusedError

PATIENCE = 30.0  # seconds for the whole body
_POLITENESS = 2.0  # seconds that we go on reading what was refused: who is cut off while writing never reads why


async def taken_in(scope: Scope, receive: Receive, largest: int, patience: float = PATIENCE) -> Receive:
    """A `receive` that gives the whole body at once. Raises RefusedError for one that is too large, too slow, or cut off."""
    headers = Headers(scope=scope)
    told = headers.get("content-length", "")
    if told and not told.isdecimal():
        raise RefusedError(400, "the length of the body is no number")
    if told and int(told) > largest:
        if "expect" not in headers:
            await _let_go(receive, largest)
        raise _too_large(largest)
    try:
        async with asyncio.timeout(patience):
            body = await _read(receive, largest)
    except TimeoutError:
        hint = "send it faster, or less of it"
        raise RefusedError(408, f"the body did not arrive within {patience:g} seconds", hint, {"Connection": "close"}) from None
    return _given(body, receive)


async def _read(receive: Receive, largest: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(400, "the body was cut off")
        body += message.get("body", b"")
        if len(body) > largest:
            if message.get("more_body"):
                await _let_go(receive, largest)
            raise _too_large(largest)
        if not message.get("more_body"):
            return bytes(body)


def _given(body: bytes, receive: Receive) -> Receive:
    given = False

    async def whole() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return whole


async def _let_go(receive: Receive, largest: int) -> None:
    """Read on for a moment without keeping anything."""
    read = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_POLITENESS):
            while read <= largest:
                message = await receive()
                read += len(message.get("body", b""))
                if not message.get("more_body"):
                    return


def _too_large(largest: int) -> RefusedError:
    hint = "send less at once"
    return RefusedError(413, f"the body is larger than {largest:,} bytes", hint, {"Connection": "close"})
