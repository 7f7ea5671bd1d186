"""The network: a small BERT encoder with heads for sentence starts, tags, trees and entities after one or more of its layers.

The word-piece embeddings are those of the base encoder and stay as they are; what lower-casing hides comes back as an
embedding of each word's shape, added to its pieces and given to the heads. Trees are scored by biaffine attention
(Dozat and Manning 2017, https://arxiv.org/abs/1611.01734). Position 0 among the words is the artificial root.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from whoholds.language.wordpieces import Shape

WIDTH, HEADS, INNER, PIECES, POSITIONS = 384, 12, 1536, 30522, 512
_SHAPES = len(Shape)
_SHAPE_WIDTH, _ARC, _LABEL, _NAME = 32, 256, 64, 192
FORBIDDEN = -1e4


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many labels each head tells apart."""

    upos: int
    xpos: int
    deprel: int
    entities: int


class Scores(NamedTuple):
    """What the heads say of a batch: B inputs of W words, the root first."""

    arcs: Tensor  # B x W x W, dependent by head
    upos: Tensor
    xpos: Tensor
    entities: Tensor
    starts: Tensor  # B x W logits: this word starts a sentence
    dependents: Tensor  # B x W x 64, for the relation's label
    governors: Tensor


class Batch(NamedTuple):
    """Inputs of the network, whole numbers: see `whoholds.language.encoder`."""

    pieces: Tensor
    piece_shapes: Tensor
    first: Tensor
    last: Tensor
    shapes: Tensor


class Layer(nn.Module):
    """A transformer layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        count, length, _ = x.shape
        q, k, v = self.qkv(x).view(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5 + mask, -1)
        mixed = (weights @ v).transpose(1, 2).reshape(count, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Heads(nn.Module):
    """What is read off the words after one layer of the encoder."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        width = WIDTH + _SHAPE_WIDTH
        self.sizes = sizes
        self.shape = nn.Embedding(_SHAPES, _SHAPE_WIDTH)
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.Linear(width, sizes.upos + sizes.xpos + 1)
        self.names_in = nn.Linear(width, _NAME)
        self.names_out = nn.Linear(_NAME, sizes.entities)
        self.tree = nn.Linear(width, 2 * _ARC + 2 * _LABEL)
        self.arc = nn.Parameter(torch.randn(_ARC, _ARC) * 0.01)
        self.arc_bias = nn.Parameter(torch.zeros(_ARC, 1))
        self.label = nn.Parameter(torch.randn(sizes.deprel, _LABEL + 1, _LABEL + 1) * 0.02)

    def forward(self, words: Tensor, shapes: Tensor) -> Scores:
        x = self.dropout(torch.cat([words, self.shape(shapes)], -1))
        upos, xpos, starts = self.tags(x).split([self.sizes.upos, self.sizes.xpos, 1], -1)
        entities = self.names_out(self.dropout(functional.gelu(self.names_in(x))))
        tree = self.dropout(functional.gelu(self.tree(x)))
        dependent, head, dependents, governors = tree.split([_ARC, _ARC, _LABEL, _LABEL], -1)
        arcs = (dependent @ self.arc) @ head.transpose(1, 2) + (head @ self.arc_bias).transpose(1, 2)
        return Scores(arcs, upos, xpos, entities, starts.squeeze(-1), dependents, governors)

    def relations(self, dependents: Tensor, governors: Tensor) -> Tensor:
        """Scores of every relation for pairs: N x 64 and N x 64 to N x R."""
        one = torch.ones_like(dependents[..., :1])
        left, right = torch.cat([dependents, one], -1), torch.cat([governors, one], -1)
        rows = left @ self.label.permute(1, 0, 2).reshape(_LABEL + 1, -1)
        rows = rows.view(*left.shape[:-1], self.sizes.deprel, _LABEL + 1)
        return (rows @ right.unsqueeze(-1)).squeeze(-1)


class Network(nn.Module):
    """The encoder with heads after each layer named in `exits`, the last of which is the deepest used."""

    def __init__(self, sizes: Sizes, exits: tuple[int, ...] = (4, 6)) -> None:
        super().__init__()
        self.sizes = sizes
        self.exits = exits
        self.word = nn.Embedding(PIECES, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.shape = nn.Embedding(_SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(max(exits)))
        self.heads = nn.ModuleDict({str(exit_): Heads(sizes) for exit_ in exits})
        self.word.weight.requires_grad = False
        self.position.weight.requires_grad = False

    def words(self, batch: Batch, deepest: int | None = None) -> dict[int, Tensor]:
        """The vectors of the words after each exit, up to the deepest asked for: the mean of a word's first and last piece."""
        mask = (batch.pieces == 0)[:, None, None, :].to(self.segment.dtype) * FORBIDDEN
        x = self.word(batch.pieces) + self.position.weight[: batch.pieces.shape[1]] + self.segment
        x = self.dropout(self.norm(x + self.shape(batch.piece_shapes)))
        found = {}
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, mask)
            if number in self.exits:
                found[number] = (_rows(x, batch.first) + _rows(x, batch.last)) * 0.5
            if number == deepest:
                break
        return found

    def forward(self, batch: Batch) -> dict[int, Scores]:
        return {exit_: self.heads[str(exit_)](words, batch.shapes) for exit_, words in self.words(batch).items()}

    def up_to(self, exit_: int) -> Network:
        """A network of its own that ends at one of the exits, with the weights up to there."""
        cut = Network(self.sizes, (exit_,))
        cut.load_state_dict({name: value for name, value in self.state_dict().items() if name in cut.state_dict()})
        return cut

    def start_from(self, path: Path) -> None:
        """Take over the weights of a BERT encoder in safetensors. Raises KeyError when one is missing."""
        weights = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
        with torch.no_grad():
            self.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(weights["embeddings.position_embeddings.weight"])
            self.segment.copy_(weights["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                _fill(layer, weights, f"encoder.layer.{number}.")


def _fill(layer: nn.Module, weights: Mapping[str, Tensor], prefix: str) -> None:
    for kind in ("weight", "bias"):
        parts = [weights[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        getattr(layer.qkv, kind).copy_(torch.cat(parts))
        for ours, theirs in (
            (layer.out, "attention.output.dense"),
            (layer.norm1, "attention.output.LayerNorm"),
            (layer.up, "intermediate.dense"),
            (layer.down, "output.dense"),
            (layer.norm2, "output.LayerNorm"),
        ):
            getattr(ours, kind).copy_(weights[f"{prefix}{theirs}.{kind}"])


def _rows(x: Tensor, places: Tensor) -> Tensor:
    return torch.gather(x, 1, places.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
