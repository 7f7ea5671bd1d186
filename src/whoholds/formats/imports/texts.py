"""The texts of rows: the words as given and the row's id below them, or, for a row without words, what its columns say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from whoholds.formats.imports.rows import Row
from whoholds.model import Document, Span

MADE = "Made from the columns of a row without a text"
"""The title of a document whose text nobody wrote."""


def documented(
    row: Row, *, name: str, maker: str, text: str, columns: Sequence[str], published: date, title: str = "", outlet: str = ""
) -> tuple[Document, Span]:
    """The document of a row, called `name`, and the span of its words.

    `columns` make the text where none is given. The address is one of our own, by the data set and the id, so that what a later
    export says of the same event takes the place of this. Sources are named in alphabetical order: the same are one voice.
    """
    words = text.strip()
    if not words:
        title = MADE
        words = "\n".join(f"{column}: {row.get(column)}" for column in columns if row.get(column))
    sources = "; ".join(sorted({part.strip() for part in (outlet or row.get("source")).split(";") if part.strip()}))
    document = Document(
        text=f"{words}\n\n{maker} {name}",
        name=name,
        title=title or None,
        url=address(maker.partition(" ")[0].lower(), name),
        outlet=sources or maker,
        author=maker,
        language="en",
        published=published,
    )
    return document, document.span(0, len(words))


def address(*parts: str) -> str:
    """An address that leads nowhere, for what has none: equal parts give equal addresses."""
    return ":".join(("urn", "x-whoholds", *(quote(part, safe="") for part in parts)))
