"""Trees over the words of a sentence: whether heads make one, and the best one there is.

A parser that chooses each word's head by itself mostly ends in a tree, but not always: two words may name each other, or
two words the root. The best tree (highest sum of arc scores) is then found by the algorithm of Chu and Liu (1965) and
Edmonds (1967): take every word's best head; shrink a cycle to one word, the arcs into it made cheaper by the arc of the
cycle that they replace; at the end open the cycles in reverse order, each at the word through which an arc enters it.
Grown along a path (Tarjan 1977, corrected by Camerini et al. 1979) that takes O(n^2) time.

Exactly one word may hang on the root. Where more do in the best tree, all arcs from the root are made so much worse that a
tree uses as few of them as can be, which is one because any word may govern any other; among those trees the order of
scores is unchanged. That is not done at once because then nearly every word ends in some cycle.

Heads count from 1 in the order of the words; 0 is the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
_WORST = 1e6  # scores are cut off there, so that sums stay exact to about 1e-6


def is_tree(heads: Sequence[int]) -> bool:
    """Whether exactly one word hangs on the root and every word leads there; false for no words."""
    count = len(heads)
    if sum(head == 0 for head in heads) != 1 or any(not 0 <= head <= count for head in heads):
        return False
    seen_from = [0] * (count + 1)  # the word from which the walk first came by
    for start in range(1, count + 1):
        place = start
        while place and not seen_from[place]:
            seen_from[place] = start
            place = heads[place - 1]
        if place and seen_from[place] == start:
            return False
    return True


def best_tree(arcs: npt.ArrayLike) -> list[int]:
    """The heads of the best tree with one root; `arcs` is n x (n + 1): the score of each word's heads, the root first.

    A word's score for itself as its head counts for nothing. Empty for no words. Raises ValueError for other shapes.
    """
    scores = np.array(arcs, dtype=np.float64)
    if scores.size == 0:
        return []
    count = len(scores)
    if scores.shape != (count, count + 1):
        raise ValueError(f"{count} words need {count} x {count + 1} scores, not {scores.shape}")
    scores = np.clip(np.nan_to_num(scores, nan=-_WORST), -_WORST, _WORST)
    heads = _spanning(scores)
    if heads.count(0) > 1:
        scores[:, 0] -= count * float(scores.max() - scores.min()) + 1.0
        heads = _spanning(scores)
    return heads


def _spanning(scores: Scores) -> list[int]:
    """The heads of the best tree, however many words hang on the root."""
    count = len(scores)
    square = np.full((count + 1, count + 1), -np.inf)
    square[1:] = scores
    np.fill_diagonal(square, -np.inf)
    return _Contraction(square).heads()


@dataclass(slots=True)
class _Contraction:
    """Words and shrunk cycles. A cycle takes the row and column of one of its members; `node` tells who has a row now."""

    scores: Scores  # dependent by head
    entered: npt.NDArray[np.intp] = field(init=False)  # the word that an arc in this row and column really ends at
    left: npt.NDArray[np.intp] = field(init=False)  # and the word it really starts at
    node: list[int] = field(init=False)
    parent: list[int] = field(init=False)  # the cycle a node was shrunk into, -1 for none
    arc: list[tuple[int, int]] = field(init=False)  # the arc into each node: dependent and head, words both

    def __post_init__(self) -> None:
        size = len(self.scores)
        self.entered, self.left = np.indices((size, size))
        self.node = list(range(size))
        self.parent = [-1] * size
        self.arc = [(-1, -1)] * size

    def heads(self) -> list[int]:
        """The heads of the words, once every cycle is shrunk and opened again."""
        size = len(self.scores)
        settled = [True] + [False] * (size - 1)
        row_of = list(range(size))  # the row that a word's row was shrunk into, one step
        for start in range(1, size):
            path: list[int] = []
            row = start
            while row_of[row] != row:
                row = row_of[row]
            while not settled[row]:
                path.append(row)
                head = int(self.scores[row].argmax())
                self.arc[self.node[row]] = (int(self.entered[row, head]), int(self.left[row, head]))
                if head in path:
                    cycle = path[path.index(head) :]
                    del path[-len(cycle) :]
                    for member in cycle[1:]:
                        row_of[member] = cycle[0]
                    self._shrink(cycle)
                    head = cycle[0]
                row = head
            for row in path:
                settled[row] = True
        return self._opened(size)

    def _shrink(self, cycle: list[int]) -> None:
        """Make one node of the rows of a cycle, each row's head the next one; it keeps the first row."""
        scores, entered, left = self.scores, self.entered, self.left
        keeper, rows = cycle[0], np.array(cycle)
        best = scores[rows].max(axis=1)
        inner = scores[rows] - best[:, None]
        columns = np.arange(len(scores))
        through = inner.argmax(axis=0)
        into, into_entered, into_left = inner[through, columns], entered[rows[through], columns], left[rows[through], columns]
        outer = rows[scores[:, rows].argmax(axis=1)]
        out, out_entered, out_left = scores[columns, outer], entered[columns, outer], left[columns, outer]
        scores[:, rows] = -np.inf
        scores[rows] = -np.inf
        scores[keeper], entered[keeper], left[keeper] = into, into_entered, into_left
        scores[keeper, rows] = -np.inf
        others = np.ones(len(scores), dtype=bool)
        others[rows] = False
        scores[others, keeper] = out[others]
        entered[others, keeper], left[others, keeper] = out_entered[others], out_left[others]
        for row in cycle:
            self.parent[self.node[row]] = len(self.parent)
        self.node[keeper] = len(self.parent)
        self.parent.append(-1)
        self.arc.append((-1, -1))

    def _opened(self, size: int) -> list[int]:
        for cycle in range(len(self.parent) - 1, size - 1, -1):
            inside = self.arc[cycle][0]
            while self.parent[inside] != cycle:
                inside = self.parent[inside]
            self.arc[inside] = self.arc[cycle]
        return [head for _, head in self.arc[1:size]]
