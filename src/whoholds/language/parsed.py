"""What a language model says of texts, whichever model it is: the seam between models and our sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence of a text, with one entry for each of its words; it has at least one.

    `spans` are half-open characters of the text; `heads` places in the sentence, -1 at a root; `relations` Universal
    Dependencies; `upos` and `tags` universal and Penn tags; `entities` are IOB2: "O", "B-LOC", "I-LOC" with our labels.
    """

    spans: Sequence[tuple[int, int]]
    heads: Sequence[int]
    relations: Sequence[str]
    upos: Sequence[str]
    tags: Sequence[str]
    entities: Sequence[str]


class Pipeline(Protocol):
    """A language model that is ready to read."""

    def read_texts(self, texts: Sequence[str]) -> Iterator[list[Parsed]]:
        """The sentences of each text, in order; none for a text without words. The texts hold no control characters."""

    def read_words(self, paragraphs: Sequence[Sequence[Sequence[str]]]) -> Iterator[list[Parsed]]:
        """The given sentences of given words of each paragraph; spans are those of the words joined by single spaces."""
