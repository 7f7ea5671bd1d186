"""Text to Document: what the caller knows first, then what the text tells of itself."""

from __future__ import annotations

from datetime import date

from whoholds.articles.blocks import blocks_of
from whoholds.articles.header import read_header
from whoholds.articles.tongue import language_of
from whoholds.model import Document


def from_text(
    text: str,
    *,
    name: str = "",
    title: str | None = None,
    outlet: str | None = None,
    author: str | None = None,
    url: str | None = None,
    published: date | None = None,
) -> Document:
    """A document of exactly this text. What is given wins over what the text's header tells; what neither tells is None.

    `language` is worked out from the words. Empty text gives a document without blocks.
    """
    header = read_header(text, blocks_of(text, title))
    return Document(
        text=text,
        name=name,
        title=title or header.title,
        outlet=outlet or header.outlet,
        author=author or header.author,
        url=url,
        language=language_of(text),
        published=published or header.published,
        credits=header.credits,
    )
