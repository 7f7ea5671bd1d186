"""What the network is trained on: runs of words with as much annotation as their corpus has.

An `Example` is what one pass of the encoder sees: one or more sentences that follow each other in a text. Annotation that a
corpus lacks is None, word by word for entities (a word nobody looked at) and as a whole for the rest.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from training.treebanks import Sentence


@dataclass(frozen=True, slots=True)
class Syntax:
    """Tags and tree: `heads` are places in the example's words counted from 1, 0 for the root of a sentence."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """Words with their entity tags (IOB2; None for a word without annotation), sentence starts and syntax.

    `opens_paragraph` tells that nothing before belongs to the same text.
    """

    words: tuple[str, ...]
    tags: tuple[str | None, ...]
    starts: tuple[bool, ...] | None
    syntax: Syntax | None
    opens_paragraph: bool = True

    def __len__(self) -> int:
        return len(self.words)


class Pieces(Protocol):
    """What tells how many word-pieces a word has."""

    def of(self, word: str) -> list[int]: ...


def of_sentence(sentence: Sentence, tags: Sequence[str | None]) -> Example:
    """A sentence of a treebank with the entity tags of its words."""
    words = sentence.words
    syntax = Syntax(
        upos=tuple(word.upos for word in words),
        xpos=tuple(word.xpos for word in words),
        heads=tuple(0 if word.head == i else word.head + 1 for i, word in enumerate(words)),
        deprels=tuple("root" if word.head == i else word.deprel for i, word in enumerate(words)),
    )
    starts = (True, *(False for _ in words[1:]))
    return Example(tuple(word.form for word in words), tuple(tags), starts, syntax, sentence.opens_paragraph)


def joined(parts: Sequence[Example]) -> Example:
    """Examples that follow each other, as one. Raises ValueError for none."""
    if not parts:
        raise ValueError("nothing to join")
    if len(parts) == 1:
        return parts[0]
    offsets = [sum(map(len, parts[:i])) for i in range(len(parts))]
    syntax = None
    known = [part.syntax for part in parts if part.syntax is not None]
    if len(known) == len(parts):
        syntax = Syntax(
            upos=tuple(tag for part in known for tag in part.upos),
            xpos=tuple(tag for part in known for tag in part.xpos),
            heads=tuple(head and head + at for part, at in zip(known, offsets, strict=True) for head in part.heads),
            deprels=tuple(relation for part in known for relation in part.deprels),
        )
    starts = None
    if all(part.starts is not None for part in parts):
        starts = tuple(start for part in parts for start in part.starts or ())
    return Example(
        words=tuple(word for part in parts for word in part.words),
        tags=tuple(tag for part in parts for tag in part.tags),
        starts=starts,
        syntax=syntax,
        opens_paragraph=parts[0].opens_paragraph,
    )


def runs(
    examples: Iterable[Example], pieces: Pieces, longest: int, rng: random.Random, alone: float = 0.5
) -> Iterator[Example]:
    """The examples in runs of at most `longest` word-pieces that never cross a paragraph; a share `alone` stays single.

    An example longer than that is left out, and ends a run.
    """
    run: list[Example] = []
    size, limit = 0, 1
    for example in examples:
        count = sum(len(pieces.of(word)) for word in example.words)
        if run and (example.opens_paragraph or len(run) >= limit or size + count > longest):
            yield joined(run)
            run, size = [], 0
        if count > longest:
            continue
        if not run:
            limit = 1 if rng.random() < alone else rng.randint(2, 8)
        run.append(example)
        size += count
    if run:
        yield joined(run)


_STOPS = frozenset(".!?")
_VARIANTS = (
    {'"': "“”", "``": "“", "''": "”", "'": "‘’"},
    {"-": "–", "--": "—", "–": "—", "—": "–", "...": "…", "…": "..."},
    {"’s": "'s", "'s": "’s", "n't": "n’t", "n’t": "n't", "’": "'", "“": '"', "”": '"'},
)


def varied(example: Example, rng: random.Random) -> Example:
    """The example in another dress, now and then: a headline's capitals, no final stop, other quotation marks and dashes."""
    chance = rng.random()
    if chance < 0.03:
        example = replace(example, words=tuple(word[:1].upper() + word[1:] for word in example.words))
    elif chance < 0.05:
        example = replace(example, words=tuple(word.upper() for word in example.words))
    if rng.random() < 0.12:
        example = _other_marks(example, rng.choice(_VARIANTS))
    if rng.random() < 0.08:
        example = _without_stop(example)
    return example


def _other_marks(example: Example, variants: dict[str, str]) -> Example:
    words, opened = [], False
    for word in example.words:
        other = variants.get(word)
        if other and len(other) == 2 and word in "\"'":  # an opening and a closing mark
            other = other[1 if opened else 0]
            opened = not opened
        words.append(other or word)
    return replace(example, words=tuple(words))


def _without_stop(example: Example) -> Example:
    """The example without the full stop that ends it, where nothing hangs on that."""
    last = len(example)
    if last < 4 or example.words[-1] not in _STOPS:
        return example
    syntax = example.syntax
    if syntax is not None:
        if last in syntax.heads or syntax.heads[-1] == 0:
            return example
        syntax = Syntax(syntax.upos[:-1], syntax.xpos[:-1], syntax.heads[:-1], syntax.deprels[:-1])
    starts = example.starts[:-1] if example.starts is not None else None
    return replace(example, words=example.words[:-1], tags=example.tags[:-1], starts=starts, syntax=syntax)
