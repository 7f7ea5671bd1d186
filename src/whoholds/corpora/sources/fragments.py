"""Fragments of HTML, as feeds have them, to text: paragraphs parted by blank lines."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_MARKUP = re.compile(r"<[a-zA-Z!/]|&(?:#\d|#x|[a-zA-Z]+;)")
_TAG = re.compile(r"<[^>]*>")
_BLOCKS = frozenset(
    "address article aside blockquote body dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main"
    " nav ol p pre section table td th tr ul".split()
)
_SILENT = frozenset("script style noscript template iframe object svg button form".split())
_SPACES = re.compile(r"[^\S\n]+")
_FEEDS = re.compile(r"\n{2,}")


def text_of(markup: str) -> str:
    """The text of some markup, or of plain text, which stays as it is but for spaces at its ends; "" for markup without any."""
    if not _MARKUP.search(markup):
        return markup.strip()
    from lxml import html  # type: ignore[import-untyped]
    from lxml.etree import LxmlError

    try:
        parser = html.HTMLParser(huge_tree=True)  # else what is nested deep is dropped
        root = html.fragment_fromstring(markup.replace("\x00", ""), create_parent="div", parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return _stripped(markup)
    if any(fault.type_name == "ERR_RESOURCE_LIMIT" for fault in parser.error_log):
        return _stripped(markup)  # nested thousands deep, and cut off there
    pieces: list[str] = []
    _gather(root, pieces)
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return _FEEDS.sub("\n\n", "\n".join(lines)).strip()


def _stripped(markup: str) -> str:
    """The words without the tags, for markup that no parser takes."""
    return unescape(_TAG.sub(" ", markup)).strip()


def _gather(root: _Element, pieces: list[str]) -> None:
    """The texts in order, with blank lines around blocks; without recursion, since markup may be nested thousands deep."""
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        block = "\n\n" if element.tag in _BLOCKS else ""
        if done:
            pieces.append(block + _flat(element.tail))
            continue
        silent = not isinstance(element.tag, str) or element.tag in _SILENT  # comments have no name
        pieces.append("\n" if element.tag == "br" else block if silent else block + _flat(element.text))
        stack.append((element, True))
        if not silent:
            stack.extend((child, False) for child in reversed(element))


def _flat(text: str | None) -> str:
    return text.replace("\n", " ").replace("\r", " ") if text else ""
