"""Bytes whose encoding is told by what holds them (the header of an answer, a part of a mail) made UTF-8."""

from __future__ import annotations

import codecs

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def in_utf8(data: bytes, charset: str | None) -> bytes:
    """The bytes in UTF-8 where they are a text in `charset`; as they are where they are UTF-8 already, marked, or do not fit.

    Bytes that fit UTF-8 are UTF-8 whatever the charset: that rarely is chance, and wrong headers are common.
    """
    if not charset or data.startswith(_MARKS) or _fits_utf8(data):
        return data
    try:
        return data.decode(charset).encode("utf-8")
    except (LookupError, ValueError):  # no such encoding, or not its text
        return data


def _fits_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
