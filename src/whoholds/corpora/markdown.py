"""Markdown to plain text: CommonMark with tables, the marks taken off, paragraphs parted by blank lines.

The text is what is printed and what all offsets refer to, as with pages. A head of "key: value" lines between lines of three
dashes, which many programs write, tells title, day, author, outlet and address.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from whoholds.articles import from_text, parse_day
from whoholds.articles.encoding import decode, oddities
from whoholds.model import Document, Problem

if TYPE_CHECKING:
    from markdown_it.token import Token

_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
_PAIR = re.compile(r"^([A-Za-z_]+):[ \t]+(.+?)[ \t]*$", re.M)
_TAG = re.compile(r"<[^<>]*>")
_KEYS = {
    "title": ("title",),
    "published": ("date", "published"),
    "author": ("author", "byline"),
    "outlet": ("outlet", "source", "publisher"),
    "url": ("url", "link"),
}


def document_of(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """The document of a Markdown text, called `name`."""
    decoded = decode(data, name=name)
    if isinstance(decoded, Problem):
        return None, [decoded]
    head, body = _parted(decoded.text)
    text = plain_text(body)
    if not any(map(str.isalnum, text)):
        return None, [*decoded.problems, Problem("empty", f"{name} has no words in it", hint="give the report's words")]
    document = from_text(
        text,
        name=name,
        title=head.get("title") or _first_heading(body),
        outlet=head.get("outlet"),
        author=head.get("author"),
        url=head.get("url"),
        published=parse_day(head.get("published", "")),
    )
    return document, [*decoded.problems, *oddities(text, name=name)]


def plain_text(markdown: str) -> str:
    """The words of a Markdown text: headings, paragraphs and items one after another, pictures and comments left out."""
    return "\n\n".join(block for block in _blocks(_tokens(markdown)) if block)


def _tokens(markdown: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").parse(markdown)


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """Rows of a table are one block each, their cells parted as in pages; the first paragraph of an item has its dash."""
    row: list[str] | None = None
    item = False
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield " | ".join(row or ())
            row = None
        elif token.type == "list_item_open":
            item = True
        elif token.type == "inline" and row is not None:
            row.append(_words(token))
        elif token.type == "inline":
            words = _words(token)
            yield f"- {words}" if item and words else words
            item = False
        elif token.type in ("fence", "code_block"):
            yield token.content.strip("\n")
        elif token.type == "html_block":
            yield html.unescape(_TAG.sub("", _without_comments(token.content))).strip()


def _without_comments(markup: str) -> str:
    """Markup without its comments, one that never ends let out to the end."""
    first, *others = markup.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _words(inline: Token) -> str:
    pieces = []
    for child in inline.children or ():
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" " if child.type == "softbreak" else "\n")
    return "".join(pieces).strip()


def _parted(text: str) -> tuple[dict[str, str], str]:
    """What the head of a text tells, and what comes after it."""
    match = _HEAD.match(text)
    if match is None:
        return {}, text.removeprefix("\ufeff")
    pairs = {key.lower(): value.strip("\"'") for key, value in _PAIR.findall(match[1])}
    told = {field: pairs[key] for field, keys in _KEYS.items() for key in reversed(keys) if pairs.get(key)}
    return told, text[match.end() :]


def _first_heading(markdown: str) -> str | None:
    """The heading a text opens with, or None."""
    tokens = _tokens(markdown)
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return _words(tokens[1]) or None
    return None
