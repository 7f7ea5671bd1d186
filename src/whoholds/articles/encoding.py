"""Bytes to text, and text to what is unusual in its characters.

Nothing is dropped but a byte order mark: control and formatting characters stay in the text, so that its offsets are those of
what was given, and every later stage takes them for spaces. Line breaks stay as they are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from whoholds.model import Problem

_MARKS = [  # longest first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
_FORMATS = [
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"bplist00", "a binary web archive"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file"),
]
_BINARY_SHARE = 0.1  # of control bytes in the sample; damaged text has a few, pictures and programs a quarter
_SAMPLE = 65_536  # bytes looked at to tell a format or an encoding
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WESTERN_SHARE = 0.05  # of bytes above 127; a text with fewer is English with quotation marks and a few accents
_DAMAGED_SHARE = 0.005  # of bytes that are not UTF-8 in a text that mostly is


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes, and what had to be guessed or mended."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded | Problem:
    """The text of `data`, whose encoding the page itself may have `declared`; a Problem when it is no text.

    Byte order marks rule, then UTF-8 where it fits, then the declared encoding, then a guess, which is reported.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    if refused := _refuse(data, name):
        return refused
    if not _wide(data[:_SAMPLE]) and (text := _strictly(data, "utf-8")) is not None:
        return Decoded(text)
    if declared and (text := _strictly(data, declared)) is not None:
        return Decoded(text)
    return _guess(data, name)


def oddities(text: str, *, name: str) -> list[Problem]:
    """A problem when the text holds control characters, text direction overrides or lone surrogates; they are kept."""
    count = sum(1 for _ in _CONTROL.finditer(text))
    if not count:
        return []
    message = f"{name}: {count} control character{'s' * (count > 1)} in the text, kept there and read as spaces"
    return [
        Problem("control-characters", message, hint="nothing to do unless words are broken by them; else clean the text first")
    ]


def no_json_lines(first_line: bytes) -> str | None:
    """What a file is that begins with these bytes, where that cannot be JSON in UTF-8; None when it may be."""
    for mark, encoding in _MARKS[1:]:
        if first_line.startswith(mark):
            return encoding.upper().removesuffix("-LE").removesuffix("-BE")
    return next((kind for magic, kind in _FORMATS if first_line.startswith(magic)), None)


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError:
        return _mended(data, encoding, name)


def _mended(data: bytes, encoding: str, name: str) -> Decoded:
    text = data.decode(encoding, "replace")
    count = text.count("\ufffd")
    places = "1 place is" if count == 1 else f"{count} places are"
    message = f"{name}: {places} not valid {encoding.upper()} and read as \ufffd"
    return Decoded(
        text, (Problem("encoding-damaged", message, hint="the file may be cut off; fetch it again or save it as UTF-8"),)
    )


def _refuse(data: bytes, name: str) -> Problem | None:
    head = data[:_SAMPLE]
    hint = "save the article's text as plain text or as a web page and read that"
    for magic, kind in _FORMATS:
        if head.startswith(magic):
            return Problem("binary", f"{name} is {kind}, not a text", hint=hint)
    wide = _wide(head)
    if not wide and len(head) - len(head.translate(None, _CONTROL_BYTES)) > _BINARY_SHARE * len(head):
        return Problem("binary", f"{name} is not a text: too many of its bytes are control codes", hint=hint)
    return None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark shows in Latin text by a zero in every other byte."""
    half = len(head) // 2
    if half >= 4:
        even, odd = head[0 : 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
        if odd > 0.7 * half and even < 0.1 * half:
            return "utf-16-le"
        if even > 0.7 * half and odd < 0.1 * half:
            return "utf-16-be"
    return None


def _guess(data: bytes, name: str) -> Decoded | Problem:
    sample = data[:_SAMPLE]
    wide = _wide(sample)
    if not wide and _mostly_utf8(data):
        return _mended(data, "utf-8", name)
    high = sum(map((127).__lt__, sample)) / len(sample)
    encoding = wide or ("cp1252" if high < _WESTERN_SHARE and _strictly(sample, "cp1252") is not None else _best(sample))
    if encoding is None:
        hint = "save it as UTF-8 and read that"
        return Problem("binary", f"{name} is not a text in any encoding that could be recognised", hint=hint)
    message = f"{name} does not say its encoding and is not UTF-8; it was read as {encoding}"
    guessed = Problem("encoding-guessed", message, hint="if letters look wrong, save it as UTF-8 and read it again")
    return Decoded(data.decode(encoding, "replace"), (guessed,))


def _mostly_utf8(data: bytes) -> bool:
    high = sum(map((127).__lt__, data[:_SAMPLE]))
    broken = data[:_SAMPLE].decode("utf-8", "replace").count("\ufffd")
    return broken <= max(1, _DAMAGED_SHARE * len(data[:_SAMPLE])) and 4 * broken < high


def _best(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
