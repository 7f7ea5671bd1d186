"""What a record of a crawl was answered with: its body, without the transfer's and the content's packing (RFC 9110, 9112)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Protocol

from whoholds.articles.files import LARGEST
from whoholds.model import Problem

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_CHUNK_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78]")
_HINT = "nothing to do; if there are many, the archive may be damaged: fetch it again"


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


def payload_of(record: WarcRecord, place: str) -> bytes | Problem:
    """The body of a record that stands at `place`; a Problem where it is cut off, cannot be unpacked or is too large."""
    if record.content_length > LARGEST:
        return _too_large(place)
    expected = record.content_length  # before reading, of what follows the headers
    body = _read(record.reader, LARGEST + 1)
    if len(body) < expected:
        return Problem("cut-off", f"{place}: only {len(body):,} of {expected:,} bytes are there", hint=_HINT)
    try:
        return _bounded(_unpacked(body, record), place)
    except (OSError, ValueError) as error:
        return Problem("damaged", f"{place}: what was answered cannot be unpacked ({error})", hint=_HINT)


def _bounded(body: bytes, place: str) -> bytes | Problem:
    return body if len(body) <= LARGEST else _too_large(place)


def _unpacked(body: bytes, record: WarcRecord) -> bytes:
    """The body without chunks and packing. Crawlers often take them off and leave the header: then the body shows it."""
    headers = record.http_headers if record.is_http else None
    if headers is None:
        return body
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and _CHUNK_SIZE.match(body):
        body = _chunks(body)
    for packing in reversed((headers.get("Content-Encoding") or "").lower().split(",")):
        body = _off(body, packing.strip())
    return body


def _chunks(body: bytes) -> bytes:
    from fastwarc.stream_io import ChunkedReader

    return _read(ChunkedReader(io.BytesIO(body)), LARGEST + 1)


def _off(body: bytes, packing: str) -> bytes:
    """A body with one packing taken off. Raises OSError or ValueError for what cannot be unpacked."""
    from fastwarc.stream_io import BrotliReader, GzipReader, ZstdReader

    source = io.BytesIO(body)
    if packing in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _read(GzipReader(source), LARGEST + 1)
    if packing == "deflate" and _ZLIB.match(body):
        return _read(GzipReader(source, zlib=True), LARGEST + 1)
    if packing == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
        return _read(ZstdReader(source), LARGEST + 1)
    if packing == "br" and not _is_text(body):
        return _read(BrotliReader(source), LARGEST + 1)
    return body


def _is_text(body: bytes) -> bool:
    """Whether a body that has no sign of its own to begin with is plain already."""
    head = body[:400]
    return b"\x00" not in head and (head.lstrip().startswith((b"<", b"\xef\xbb\xbf")))


def _read(source: _Readable, most: int) -> bytes:
    found = bytearray()
    while len(found) < most and (data := source.read(min(most - len(found), 1_048_576))):
        found += data
    return bytes(found)


def _too_large(place: str) -> Problem:
    message = f"{place} is larger than {LARGEST // 1_000_000} MB, too large for one report"
    return Problem("too-large", message, hint="nothing to do if it is no report; otherwise take it out and split it")
