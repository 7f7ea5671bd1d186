"""Saved web pages to text: the article's paragraphs parted by blank lines, without menus, links and notices.

trafilatura finds the article; it is imported at the first page only. Captions, which it would drop, are turned into
paragraphs beforehand. The text of a page is what is printed of it and what all offsets refer to.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from whoholds.articles.days import parse_day
from whoholds.articles.marks import plain

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|main|section|div|p|h[1-6]|table|script|link)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.I)
_SNIFFED = 4_096  # bytes
_BLOCKS = frozenset({"p", "head", "item", "quote", "list", "table", "row", "code", "div", "fw"})
_FIRST_DAY, _LAST_DAY = "1900-01-01", "2199-12-31"  # fixed, so that no clock takes part
_PARTING = "⁂¶⁂"
_FEWEST_WORDS = 8
_SENTENCE_END = re.compile(r"\w[.!?…][\"'”’)\]]*$")
_SPACES = re.compile(r"[^\S\n]+")
_SWOLLEN = re.compile(r"<[a-zA-Z](?:[^<>\s]*\s){10000}")  # the parser compares each attribute of a tag with all before it


@dataclass(frozen=True, slots=True)
class Page:
    """An article taken out of its page and what the page's own data tell; None where they do not."""

    text: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    published: date | None


def is_page(data: bytes) -> bool:
    """Whether some bytes (any encoding that extends ASCII) or the UTF-8 of a text open as a web page."""
    return bool(_OPENING.match(data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf")))


def declared_encoding(data: bytes) -> str | None:
    """The encoding a page says it is in, or None."""
    match = _CHARSET.search(data[:_SNIFFED])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def read_page(markup: str) -> Page | None:
    """The article of a page, or None when it holds none, or a tag with more attributes than any page has a use for."""
    if _SWOLLEN.search(markup):
        return None
    tree = _tree(markup)
    if tree is None:
        return None
    _captions_to_paragraphs(tree)
    _mark_double_breaks(tree)
    article = _extract(tree)
    if article is None or article.body is None:
        return None
    words = [_tidy(part) for part in _paragraphs(article.body)]
    words = [part for part in words if part]
    if not any(map(_is_prose, words)):
        return None
    title = _tidy(article.title or "").replace("\n", " ") or None
    if title and plain(title) not in map(plain, words[:3]):
        words.insert(0, title)
    published = parse_day(article.date) if article.date else None
    return Page("\n\n".join(words), title, article.sitename or None, article.author or None, article.url or None, published)


def _tree(markup: str) -> _Element | None:
    from trafilatura import load_html

    _quiet()
    tree: _Element | None = load_html(markup)
    return tree


@cache
def _quiet() -> None:
    """Keep the libraries' log lines about odd pages off standard error, unless the program has set up logging."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _extract(tree: _Element) -> Any:
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "outputformat": "%Y-%m-%d",
            "min_date": _FIRST_DAY,
            "max_date": _LAST_DAY,
        },
    )


def _captions_to_paragraphs(tree: _Element) -> None:
    for figure in list(tree.iter("figure")):
        captions = [caption for caption in figure.iter("figcaption") if "".join(caption.itertext()).strip()]
        parent = figure.getparent()
        if parent is None or not captions or figure.find(".//table") is not None:
            continue
        for caption in captions:
            caption.tag = "p"
            caption.attrib.clear()
            caption.tail = None
            figure.addprevious(caption)
        captions[-1].tail = figure.tail
        parent.remove(figure)


def _mark_double_breaks(tree: _Element) -> None:
    """Two line breaks part paragraphs on old pages; trafilatura makes one of them, so a sign marks the place."""
    for first in list(tree.iter("br")):
        second = first.getnext()
        while second is not None and second.tag == "br" and (first.tail or "").strip() in ("", _PARTING):
            first.tail = _PARTING + (second.tail or "")
            second.getparent().remove(second)
            second = first.getnext()


def _paragraphs(element: _Element) -> list[str]:
    """The texts of the block elements in page order, parted at double line breaks as well."""
    found = [""]
    _gather(element, found)
    return [part for text in found for part in text.split(_PARTING)]


def _gather(root: _Element, found: list[str]) -> None:
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        if done:
            if element.tag in _BLOCKS:
                found.append("")
            found[-1] += _flat(element.tail)
            continue
        if element.tag in _BLOCKS:
            found.append("- " if element.tag == "item" else "")
        elif element.tag == "cell" and found[-1].strip():
            found[-1] += " | "
        found[-1] += "\n" if element.tag == "lb" else _flat(element.text)
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))


def _flat(text: str | None) -> str:
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _is_prose(part: str) -> bool:
    """Whether a paragraph is a sentence or long enough for one; menus and titles, which may be all that is found, are not."""
    return part.count(" ") + 1 >= _FEWEST_WORDS or bool(_SENTENCE_END.search(part))


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    tidy = "\n".join(line for line in lines if line)
    return "" if tidy == "-" else tidy
