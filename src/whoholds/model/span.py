"""Spans: the exact words something came from.

Offsets count Unicode code points of `Document.text`; spans are half-open, `start` included, `end` not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (half-open, code points) of the document with id `document`, and the words themselves.

    Raises ValueError when the offsets are not those of a non-empty run as long as the quote.
    """

    document: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"the quote has {len(self.quote)} characters, the span {self.end - self.start}")

    def touches(self, other: Span) -> bool:
        """Whether the two share a character of the same document."""
        return self.document == other.document and self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether every character of `other` lies in this span."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end
