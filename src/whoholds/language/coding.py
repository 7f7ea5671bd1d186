"""Words as numbers: the inputs of the encoder for a batch of windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whoholds.language.wordpieces import Shape, WordPieces, shape

Ints = npt.NDArray[np.int64]
UNKNOWN, STARTS, GOES_ON = 0, 1, 2  # what is known of a word's place in its sentence before the model reads it
SPECIALS = 2  # pieces around every window
_CACHED_WORDS = 200_000


@dataclass(frozen=True, slots=True)
class Window:
    """Words for one input of the encoder, at least one; `starts` tells what is known of sentence starts, or is empty."""

    words: Sequence[str]
    size: int  # pieces, with the two around them
    starts: Sequence[int] = ()


class Coder:
    """Words to pieces and shapes, remembered."""

    def __init__(self, pieces: WordPieces) -> None:
        self._pieces = pieces
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def size(self, word: str) -> int:
        """How many pieces a word has."""
        return len(self._coded(word)[0])

    def inputs(self, windows: Sequence[Window], length: int) -> dict[str, Ints]:
        """The inputs of some windows, padded to `length` pieces, by the names that the encoder gives them."""
        width = 1 + max(len(window.words) for window in windows)
        pieces, piece_shapes = _empty(windows, length), _empty(windows, length)
        first, last, shapes, starts = (_empty(windows, width) for _ in range(4))
        shapes[:, 0] = Shape.ROOT
        for row, window in enumerate(windows):
            coded = [self._coded(word) for word in window.words]
            own, own_shapes, ends = [self._pieces.opening], [0], [0]
            for word_pieces, word_shapes in coded:
                own += word_pieces
                own_shapes += word_shapes
                ends.append(len(own) - 1)
            own.append(self._pieces.closing)
            count = len(ends)
            pieces[row, : len(own)] = own
            piece_shapes[row, : len(own_shapes)] = own_shapes
            last[row, :count] = ends
            first[row, 1:count] = last[row, : count - 1] + 1
            shapes[row, 1:count] = piece_shapes[row, first[row, 1:count]]
            if window.starts:
                starts[row, 1:count] = window.starts
        return {
            "pieces": pieces,
            "piece_shapes": piece_shapes,
            "first": first,
            "last": last,
            "shapes": shapes,
            "starts": starts,
        }

    def _coded(self, word: str) -> tuple[list[int], list[int]]:
        coded = self._known.get(word)
        if coded is None:
            pieces = self._pieces.of(word)
            coded = pieces, [int(shape(word))] * len(pieces)
            if len(self._known) >= _CACHED_WORDS:
                self._known.clear()
            self._known[word] = coded
        return coded


def _empty(windows: Sequence[Window], width: int) -> Ints:
    return np.zeros((len(windows), width), dtype=np.int64)
