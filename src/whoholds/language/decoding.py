"""From the scores of the encoder to trees, tags and names: what is legal, and of that the best.

The graph chooses each word's head, relation and tags by itself. Almost always that makes a tree of every sentence and whole
names; where it does not, the best tree and the best legal run of tags are looked for, and words whose head changed get a new
relation. What needs arithmetic is done on whole batches.

Arrays are B windows by W places; place 0 is the root, words count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from whoholds.language.coding import GOES_ON, STARTS
from whoholds.language.manifest import Labels
from whoholds.language.trees import best_tree, is_tree

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
_PAIRS_AT_ONCE = 1024  # words whose relation is scored together
_NEVER = np.float32(-1e9)
OUTPUTS = ("arcs", "heads", "relations", "upos", "xpos", "entities", "starts_scores", "dependents", "governors")


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found for the words of a window, one entry each: `heads` are places counted from 1, 0 for the root.

    The others are places in the lists of labels; `starts` tells which words start a sentence.
    """

    heads: list[int]
    relations: list[int]
    upos: list[int]
    xpos: list[int]
    entities: list[int]
    starts: list[bool]


class Decoder:
    """Outputs of the encoder to analyses; `relation_weights` is R x 65 x 65, for R relations."""

    def __init__(self, labels: Labels, relation_weights: Floats) -> None:
        self._root = labels.deprel.index("root")
        self._relations = len(labels.deprel)
        self._weights = np.ascontiguousarray(relation_weights.transpose(1, 0, 2).reshape(relation_weights.shape[1], -1))
        tags = labels.entities
        self._continues = np.array([tag.startswith("I-") for tag in tags])
        self._follows = np.array([[not new.startswith("I-") or old[2:] == new[2:] for new in tags] for old in tags])

    def analyses(self, outputs: Mapping[str, Array], counts: Sequence[int], forced: Ints) -> list[Analysis]:
        """An analysis for each window; `counts` are their words, `forced` what was known of sentence starts, B x W."""
        arrays = {name: np.asarray(outputs[name]) for name in OUTPUTS}
        places = np.arange(forced.shape[1])
        real = (places >= 1) & (places <= np.array(counts)[:, None])
        starts = _starts(arrays["starts_scores"], forced) & real
        heads, changed = _heads(arrays["arcs"], arrays["heads"], starts, counts)
        relations = self._relabelled(arrays, heads, changed, real)
        entities = self._names(arrays["entities"], starts, real)
        columns = (heads, relations, arrays["upos"], arrays["xpos"], entities, starts)
        return [Analysis(*(column[row, 1 : count + 1].tolist() for column in columns)) for row, count in enumerate(counts)]

    def _relabelled(self, arrays: Mapping[str, Array], heads: Ints, changed: Bools, real: Bools) -> Ints:
        """The relations: "root" at the roots and nowhere else; scored anew where the head is another than it was."""
        relations: Ints = arrays["relations"].copy()
        at_root = real & (heads == 0)
        rows, words = np.nonzero(real & ~at_root & (changed | (relations == self._root)))
        relations[at_root] = self._root
        for first in range(0, len(rows), _PAIRS_AT_ONCE):
            row, word = rows[first : first + _PAIRS_AT_ONCE], words[first : first + _PAIRS_AT_ONCE]
            scores = self._relation_scores(arrays["dependents"][row, word], arrays["governors"][row, heads[row, word]])
            scores[:, self._root] = _NEVER
            relations[row, word] = scores.argmax(axis=1)
        return relations

    def _relation_scores(self, dependents: Array, governors: Array) -> Floats:
        rows: Floats = (_with_one(dependents) @ self._weights).reshape(len(dependents), self._relations, -1)
        scores: Floats = np.einsum("prk,pk->pr", rows, _with_one(governors))
        return scores

    def _names(self, scores: Array, starts: Bools, real: Bools) -> Ints:
        """The best tags among those runs in which every I- follows its name's B- or I-, within its sentence."""
        tags: Ints = scores.argmax(axis=2)
        follows = self._follows[tags[:, :-1], tags[:, 1:]] & ~(starts[:, 1:] & self._continues[tags[:, 1:]])
        wrong = np.nonzero((~follows & real[:, 1:]).any(axis=1) | (self._continues[tags[:, 1]] & real[:, 1]))[0]
        if len(wrong):
            # padding scores nothing, so that it draws no name towards it
            own = np.where(real[wrong][:, :, None], scores[wrong], 0).astype(np.float32)
            tags[wrong] = self._best_tags(own, starts[wrong])
        return tags

    def _best_tags(self, scores: Floats, starts: Bools) -> Ints:
        """Viterbi over some windows at once."""
        windows, width, kinds = scores.shape
        allowed = np.where(self._follows, np.float32(0), _NEVER)
        opening = np.where(self._continues, _NEVER, np.float32(0))
        scores = scores + np.where(starts[:, :, None], opening, np.float32(0))
        best = scores[:, 1] + opening
        back = np.zeros((windows, width, kinds), dtype=np.int8)
        for place in range(2, width):
            ways = best[:, :, None] + allowed
            back[:, place] = ways.argmax(axis=1)
            best = ways.max(axis=1) + scores[:, place]
        tags = np.zeros((windows, width), dtype=np.int64)
        every = np.arange(windows)
        tags[:, width - 1] = best.argmax(axis=1)
        for place in range(width - 1, 1, -1):
            tags[:, place - 1] = back[every, place, tags[:, place]]
        return tags


def _with_one(vectors: Array) -> Floats:
    joined: Floats = np.concatenate([vectors, np.ones((len(vectors), 1))], axis=1, dtype=np.float32)
    return joined


def _starts(scores: Array, forced: Ints) -> Bools:
    """Which words start a sentence, as the graph decides it too: the first always."""
    starts = np.where(forced == STARTS, True, np.where(forced == GOES_ON, False, np.asarray(scores, dtype=np.float32) > 0))
    starts[:, 1] = True
    return starts


def _heads(arcs: Array, greedy: Array, starts: Bools, counts: Sequence[int]) -> tuple[Ints, Bools]:
    """Heads that make a tree of every sentence, and where they are not the greedy ones."""
    heads: Ints = np.zeros(starts.shape, dtype=np.int64)
    changed = np.zeros(starts.shape, dtype=bool)
    for row, count in enumerate(counts):
        own = greedy[row, : count + 1]
        heads[row, : count + 1] = own
        for first, end in pairwise([*np.flatnonzero(starts[row]).tolist(), count + 1]):
            if is_tree([head - first + 1 if head else 0 for head in own[first:end].tolist()]):
                continue
            found: Ints = np.array(best_tree(arcs[row, first:end, [0, *range(first, end)]].T), dtype=np.int64)
            heads[row, first:end] = np.where(found > 0, found + first - 1, 0)
            changed[row, first:end] = heads[row, first:end] != own[first:end]
    heads[:, 0] = 0
    return heads, changed
