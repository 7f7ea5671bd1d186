"""Examples as tensors: the inputs of the network and what it should answer."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from training.examples import Example
from training.network import Batch, Sizes
from whoholds.language import coding
from whoholds.language.coding import SPECIALS, Window
from whoholds.language.wordpieces import WordPieces

UNKNOWN = -100  # the target where a corpus says nothing


@dataclass(frozen=True)
class Labels:
    """The labels of each head in the order of its scores."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprel: tuple[str, ...]
    entities: tuple[str, ...]

    @property
    def sizes(self) -> Sizes:
        return Sizes(len(self.upos), len(self.xpos), len(self.deprel), len(self.entities))


def labels_of(examples: Iterable[Example]) -> Labels:
    """All labels that occur in the examples, sorted; entities with O first and a B and an I of every kind."""
    upos, xpos, deprel, kinds = set[str](), set[str](), set[str](), set[str]()
    for example in examples:
        kinds |= {tag[2:] for tag in example.tags if tag and tag != "O"}
        if example.syntax is not None:
            upos |= set(example.syntax.upos)
            xpos |= set(example.syntax.xpos)
            deprel |= set(example.syntax.deprels)
    entities = ("O", *(f"{part}-{kind}" for kind in sorted(kinds) for part in "BI"))
    return Labels(tuple(sorted(upos)), tuple(sorted(xpos)), tuple(sorted(deprel)), entities)


class Targets(NamedTuple):
    """What the network should say, B x W each, UNKNOWN where nobody knows. Heads count from 1, 0 is the root."""

    heads: Tensor
    relations: Tensor
    upos: Tensor
    xpos: Tensor
    entities: Tensor
    starts: Tensor
    sentences: Tensor  # the number of the sentence each word stands in, -1 where there is no word


class Coder:
    """Examples to rows of numbers, and rows to padded batches."""

    def __init__(self, labels: Labels, pieces: WordPieces) -> None:
        self.pieces = pieces
        self._reader = coding.Coder(pieces)  # what is read and what is learnt from are the same numbers
        self._places = {
            name: {label: i for i, label in enumerate(getattr(labels, name))} for name in ("upos", "xpos", "deprel", "entities")
        }

    def length(self, example: Example) -> int:
        """How many pieces the example takes, with the two at its ends."""
        return self._size(example.words)

    def inputs(self, words: Sequence[Sequence[str]]) -> Batch:
        """Padded inputs of some runs of words."""
        windows = [Window(run, self._size(run)) for run in words]
        inputs = self._reader.inputs(windows, max(window.size for window in windows))
        return Batch(*(torch.from_numpy(inputs[name]) for name in Batch._fields))

    def _size(self, words: Sequence[str]) -> int:
        return SPECIALS + sum(map(self._reader.size, words))

    def targets(self, examples: Sequence[Example]) -> Targets:
        """Padded answers of some examples."""
        rows = [self._target(example) for example in examples]
        return Targets(*(_padded([row[i] for row in rows], -1 if i == 6 else UNKNOWN) for i in range(7)))

    def _target(self, example: Example) -> list[list[int]]:
        blank = [UNKNOWN] * (len(example) + 1)
        upos = xpos = heads = relations = blank
        if example.syntax is not None:
            upos = [UNKNOWN, *(self._places["upos"].get(tag, UNKNOWN) for tag in example.syntax.upos)]
            xpos = [UNKNOWN, *(self._places["xpos"].get(tag, UNKNOWN) for tag in example.syntax.xpos)]
            heads = [UNKNOWN, *example.syntax.heads]
            relations = [UNKNOWN, *(self._places["deprel"].get(name, UNKNOWN) for name in example.syntax.deprels)]
        names = [UNKNOWN, *(UNKNOWN if tag is None else self._places["entities"][tag] for tag in example.tags)]
        starts, sentences = blank, [0] * (len(example) + 1)
        if example.starts is not None:
            starts = [UNKNOWN, UNKNOWN, *map(int, example.starts[1:])]  # the first word always starts one
            for place, start in enumerate(example.starts, 1):
                sentences[place] = sentences[place - 1] + int(start)
        return [heads, relations, upos, xpos, names, starts, sentences]


def _padded(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def batches(examples: Sequence[Example], coder: Coder, most: int, rng: random.Random) -> list[list[Example]]:
    """The examples in batches of like length, each of at most `most` pieces with padding, in random order."""
    sized = sorted(((coder.length(example) + 4 * rng.random(), i) for i, example in enumerate(examples)))
    found: list[list[Example]] = []
    for length, i in sized:
        if not found or length * (len(found[-1]) + 1) > most:
            found.append([])
        found[-1].append(examples[i])
    rng.shuffle(found)
    return found
