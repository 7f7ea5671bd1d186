"""Documents: a text that is never altered once read, and what is known about where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from whoholds.model.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report: its text, whose characters are the coordinates of everything derived from it, and its provenance.

    `published` is the day of publication, the anchor of relative dates, or None when nothing tells it. `name` is what the
    user calls the document (a file name or an id) and `credits` are the agencies it credits ("AP"), in order of mention.
    """

    text: str
    name: str = ""
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    language: str | None = None
    published: date | None = None
    retrieved: date | None = None
    credits: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "id", digest)

    def span(self, start: int, end: int) -> Span:
        """The span of these characters. Raises ValueError when they are not a non-empty run of the text."""
        return Span(self.id, start, end, self.text[start:end])

    def line_of(self, offset: int) -> int:
        """The number, from 1, of the line that holds the character at `offset`."""
        return self.text.count("\n", 0, offset) + 1
