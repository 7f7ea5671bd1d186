"""What kind of source a file is whose name does not tell: by its first bytes, unpacked where they are packed."""

from __future__ import annotations

import re

from whoholds.corpora.sources.files import plain
from whoholds.corpora.sources.names import shown
from whoholds.corpora.sources.streams import unpacked
from whoholds.model import Problem

_LOOKED_AT = 4_096  # bytes
_TAR_MAGIC = slice(257, 262)  # POSIX ustar and GNU tar alike
_FEED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.S)
_MAIL = re.compile(rb"From [^\n]{1,300}\d\d:\d\d[^\n]{0,60}\n(?:[A-Za-z][A-Za-z-]*:|>From )")
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_DOCUMENT = (b"word/document", b"mimetypeapplication/vnd.oasis.opendocument.text")
_OFFICE = (b"xl/", b"ppt/", b"mimetypeapplication/")
_ANY_OFFICE = b"[Content_Types].xml"
_OFFICE_HINT = "save it as text or as PDF and read that"


def recognised(path: str) -> str | Problem:
    """The kind of a file by its first bytes, "files" where nothing else fits; a Problem where it is of none that is read.

    Raises NoFileError, OSError and ValueError as opening a plain file does.
    """
    with plain(path) as file:
        head = unpacked(file, name=shown(path)).read(_LOOKED_AT)
    return kind_of_bytes(head, shown(path))


def kind_of_bytes(head: bytes, name: str) -> str | Problem:
    """The kind of a source that begins with these bytes; "files" for whatever may be one report, also for none at all."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if any(sign in head for sign in _DOCUMENT):
            return "files"
        if any(sign in head for sign in _OFFICE):
            return Problem("binary", f"{name} is a table or a presentation, not a text", hint=_OFFICE_HINT)
        return "files" if _ANY_OFFICE in head else "zip"
    if head[_TAR_MAGIC] == b"ustar":
        return "tar"
    if head.startswith((b"WARC/1.", b"WARC/0.")):
        return "warc"
    if _FEED.match(head):
        return "feed"
    if _MAIL.match(head):
        return "mbox"
    return "jsonl" if _OBJECT.match(head) else "files"
