"""What an answer of the web tells besides its body: of what type it is, how long it stands, when to ask again."""

from __future__ import annotations

import re
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from whoholds.articles.asking import SAVE, refusal

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_LONGEST = 500  # characters of a validator that is kept and sent back
_FURTHEST = timedelta(days=30)  # that an answer may put off the next question


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What tells one state of a page from another (RFC 9110, 8.8), as the server wrote it; None: it told none."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


def validators(response: httpx.Response) -> Validators:
    """The validators of an answer; those that are no header's words, or are very long, are left out."""
    etag, modified = (_kept(response.headers.get(name)) for name in ("etag", "last-modified"))
    return Validators(etag=etag, last_modified=modified)


def _kept(value: str | None) -> str | None:
    value = (value or "").strip()
    return value if value and len(value) <= _LONGEST and value.isascii() and value.isprintable() else None


def max_age(response: httpx.Response) -> int | None:
    """The seconds for which an answer stays fresh by its Cache-Control (RFC 9111, 5.2.2.1); 0 for no-cache and no-store."""
    told = response.headers.get("cache-control", "")
    if re.search(r"\bno-(?:cache|store)\b", told, re.IGNORECASE):
        return 0
    found = _MAX_AGE.search(told)
    return int(found[1]) if found else None


def again(response: httpx.Response, now: datetime) -> datetime | None:
    """The instant (UTC) of Retry-After (RFC 9110, 10.2.3), at most 30 days from now; None where it is not told."""
    told = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,18}", told):
        return now + min(_FURTHEST, timedelta(seconds=min(int(told), 10**8)))
    try:
        instant = parsedate_to_datetime(told)
    except (ValueError, TypeError, OverflowError):
        return None
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    return min(max(instant, now), now + _FURTHEST)


def content_type(response: httpx.Response) -> tuple[str, str | None]:
    """The media type in lower case without parameters ("" where none is told), and the charset or None."""
    kind, _, parameters = response.headers.get("content-type", "").partition(";")
    charset = next((p.partition("=")[2] for p in parameters.split(";") if p.strip().lower().startswith("charset=")), "")
    return kind.strip().lower(), charset.strip().strip("\"'") or None


def length(response: httpx.Response) -> int | None:
    """The bytes that an answer says are to come, as they are sent; None where it does not say."""
    told = response.headers.get("content-length", "")
    return int(told) if re.fullmatch(r"[0-9]{1,18}", told) else None


async def unpacked(response: httpx.Response, largest: int) -> AsyncIterator[bytes]:
    """The body, unpacked at most `largest` bytes at a time: a few bytes of gzip can stand for gigabytes.

    Raises RefusedError for what is packed in another way or is cut off.
    """
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        async for piece in response.aiter_raw():
            yield piece
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise refusal("packing", f"the answer is packed in a way that was not asked for ({packing[:20]})", SAVE)
    unpacking = zlib.decompressobj(wbits=47)  # gzip or zlib, as its head tells
    try:
        async for piece in response.aiter_raw():
            waiting = piece
            while waiting:
                if unpacking.eof:  # gzip may come in several members, and with nothing that matters behind them
                    if not waiting.startswith(b"\x1f"):
                        break
                    unpacking = zlib.decompressobj(wbits=47)
                yield unpacking.decompress(waiting, largest)
                waiting = unpacking.unused_data if unpacking.eof else unpacking.unconsumed_tail
        yield unpacking.flush()
        if not unpacking.eof:
            raise refusal("packing", "the answer was cut off", "try again later")
    except zlib.error as error:
        raise refusal("packing", f"the answer cannot be unpacked: {error}", SAVE) from None


async def as_sent(response: httpx.Response) -> AsyncIterator[bytes]:
    """The body as it was sent, packed or not."""
    async for piece in response.aiter_raw():
        yield piece
