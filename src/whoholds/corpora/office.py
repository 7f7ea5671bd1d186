"""Documents of word processors to text: Word (.docx), OpenDocument (.odt) and Rich Text (.rtf), paragraphs by blank lines.

A .docx or .odt file is a zip archive that may be made to swell to any size; what it tells of itself is looked at first, and
nothing is unpacked beyond it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache

from whoholds.articles import from_bytes, from_text
from whoholds.articles.encoding import oddities
from whoholds.corpora import office_xml
from whoholds.corpora.sources.archived import MOST_SWELLING, UNWATCHED
from whoholds.model import Document, Problem

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
MEDIA_TYPES = frozenset((DOCX, ODT, RTF))
_LARGEST_TEXT = 40_000_000  # bytes of the parts of a file that are XML; five hundred reports have some 10
_MOST_MEMBERS = 10_000
_RTF_MAGIC = b"{\\rtf"
_ZIP_MAGIC = b"PK\x03\x04"
_SIGNS = (b"[Content_Types].xml", b"word/document", b"mimetype" + ODT.encode())
_LOOKED_AT = 4_096
_WORD = re.compile(r"word/(?:document\d*|footnotes|endnotes)\.xml")  # some programs number the first
_OPEN = "content.xml"
_HINT = "save it as text or as PDF and read that"
_FIELD = re.compile(rb"\{\\field(?![a-z])")  # renamed: the library puts the addresses of links into the text
_CELL = re.compile(rb"\\(?:nest)?cell(?![a-z])")  # else it parts the cells of tables by "|"


def is_document(data: bytes) -> bool:
    """Whether bytes are those of a word processor's document, by the first few thousand of them."""
    head = data[:_LOOKED_AT]
    return head.startswith(_RTF_MAGIC) or (head.startswith(_ZIP_MAGIC) and any(sign in head for sign in _SIGNS))


def document_of(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """The document of a word processor's file, called `name`; None, with a Problem, where there is nothing to read in it."""
    if not data.startswith((_RTF_MAGIC, _ZIP_MAGIC)):
        return from_bytes(data, name=name)  # a text or page under the name of a document, or what it tells is none
    text = text_of(data, name)
    if isinstance(text, Problem):
        return None, [text]
    if not any(map(str.isalnum, text)):
        return None, [Problem("empty", f"{name} has no words in it", hint="give a file with the report's text in it")]
    return from_text(text, name=name), oddities(text, name=name)


@lru_cache(maxsize=2)  # a file is looked at whether it is an export, then read
def text_of(data: bytes, name: str) -> str | Problem:
    """The text of a word processor's file; a Problem, with `name`, where it is none or not in order. Raises nothing."""
    if data.startswith(_RTF_MAGIC):
        return _of_rtf(data, name)
    return _of_archive(data, name)


def _of_archive(data: bytes, name: str) -> str | Problem:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if fault := _swells(archive.infolist(), name):
                return fault
            of_word = sorted(filter(_WORD.fullmatch, archive.namelist()))  # the text comes first, before the notes
            if of_word and of_word[0].startswith("word/document"):
                return "\n\n".join(office_xml.text_of(archive.read(each), office_xml.WORD) for each in of_word).strip()
            if _OPEN in archive.namelist():
                return office_xml.text_of(archive.read(_OPEN), office_xml.OPEN_DOCUMENT)
    except Exception as error:  # zipfile and lxml raise errors of many kinds for files that follow no standard
        return _damaged(name, str(error) or type(error).__name__)
    return Problem("binary", f"{name} is no document of a word processor", hint=_HINT)


def _damaged(name: str, reason: str) -> Problem:
    return Problem("damaged", f"{name} is damaged: it cannot be read as a document ({reason[:200]})", hint=_HINT)


def _swells(infos: list[zipfile.ZipInfo], name: str) -> Problem | None:
    """What speaks against unpacking a file: encryption, too many parts, or a part that swells as no text does."""
    if any(info.flag_bits & 1 for info in infos):
        return Problem("encrypted", f"{name} is locked with a password", hint="save it without one")
    texts = [info for info in infos if info.filename.endswith((".xml", ".rels"))]
    swelling = any(info.file_size > UNWATCHED and info.file_size > MOST_SWELLING * info.compress_size for info in texts)
    if swelling or len(infos) > _MOST_MEMBERS:
        return Problem("bomb", f"{name} swells when it is unpacked as no report does", hint=_HINT)
    if (size := sum(info.file_size for info in texts)) > _LARGEST_TEXT:
        message = f"{name} has {size // 1_000_000} MB of text and marks, more than {_LARGEST_TEXT // 1_000_000}"
        return Problem("too-large", message, hint="split it, or save it as text and read that")
    return None


def _of_rtf(data: bytes, name: str) -> str | Problem:
    from striprtf.striprtf import rtf_to_text

    converted: Callable[..., str] = rtf_to_text
    plain = _FIELD.sub(rb"{\\withaddress", _CELL.sub(rb"\\tab", data))
    try:
        text = converted(plain.decode("latin-1"), encoding="cp1252", errors="replace")
    except Exception as error:
        return _damaged(name, str(error) or type(error).__name__)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # RTF writes them in two halves
    return re.sub(r"\n{3,}", "\n\n", text.replace("\x00", "")).strip()
