"""A conditional logit with a Gaussian prior around weights set by hand: for every name, the right candidate against the others.

Of several right candidates any will do: what is made likely is their sum. Plain numpy; Adam over all names at once, which is
enough for some thirty weights and some thousands of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from training.places.examples import Example
from training.places.prior import HELD, HELD_WIDTH
from whoholds.grounding.places.context import Ints
from whoholds.grounding.places.features import FIRST, NAMES, Array
from whoholds.grounding.places.scoring import Weights, look, settle, softmax

_STEPS, _RATE = 400, 0.08
_DECAY, _SQUARES = 0.9, 0.999
_ROUNDS = 3  # of learning the second look, each from what the one before makes likely


@dataclass(frozen=True, slots=True)
class Choices:
    """Rows of features, the first row of each name with its rows' owner, which rows are right, and how much a name counts."""

    rows: Array
    starts: Ints
    owner: Ints
    right: Array
    weight: Array


def widths(names: Iterable[str], width: float) -> Array:
    """How far from its prior each weight is expected to be."""
    return np.array([HELD_WIDTH if name in HELD else width for name in names])


def fit(choices: Choices, prior: Array, width: Array) -> Array:
    """The weights that make the right rows likeliest, when each is taken to be `width` away from its prior."""
    weights = prior.copy()
    step, square = np.zeros_like(weights), np.zeros_like(weights)
    for number in range(1, _STEPS + 1):
        slope = gradient(choices, weights) + (weights - prior) / width**2
        step = _DECAY * step + (1 - _DECAY) * slope
        square = _SQUARES * square + (1 - _SQUARES) * slope**2
        ahead = step / (1 - _DECAY**number) / (np.sqrt(square / (1 - _SQUARES**number)) + 1e-9)
        weights = weights - _RATE * (1 - number / (_STEPS + 1)) * ahead
        weights = np.where(weights * prior < 0, 0.0, weights)  # what is known to speak for a place never speaks against it
    return weights


def gradient(choices: Choices, weights: Array) -> Array:
    """The slope of the negative logarithm of how likely the right rows are."""
    likely = softmax(choices.rows @ weights, choices.starts, choices.owner)
    good = likely * choices.right
    good = good / np.maximum(np.add.reduceat(good, choices.starts), 1e-12)[choices.owner]
    slope: Array = ((likely - good) * choices.weight[choices.owner]) @ choices.rows
    return slope


def loss(choices: Choices, weights: Array) -> float:
    """The negative logarithm of how likely the right rows are."""
    likely = softmax(choices.rows @ weights, choices.starts, choices.owner)
    good = np.add.reduceat(likely * choices.right, choices.starts)
    return float(-(np.log(np.maximum(good, 1e-12)) * choices.weight).sum())


def choices_of(examples: Sequence[Example], features: Sequence[Array]) -> Choices:
    """The names with gold of all examples, with these features for their rows; corpora count by the root of their size."""
    counts: dict[str, int] = {}
    for example in examples:
        counts[example.corpus] = counts.get(example.corpus, 0) + len(example.gold)
    mean = float(np.mean([count**0.5 for count in counts.values()])) if counts else 1.0
    rows, right, sizes, weight = [], [], [], []
    for example, values in zip(examples, features, strict=True):
        ends = [*example.scene.starts[1:].tolist(), len(values)]
        share = mean / counts[example.corpus] ** 0.5
        for gold, count in zip(example.gold, example.weight(), strict=True):
            start, end = int(example.scene.starts[gold.name]), ends[gold.name]
            rows.append(values[start:end])
            right.append(np.isin(np.arange(start, end), gold.right).astype(float))
            sizes.append(end - start)
            weight.append(share * count)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
    return Choices(np.vstack(rows), starts, np.repeat(np.arange(len(sizes)), sizes), np.concatenate(right), np.array(weight))


def learn(examples: Sequence[Example], prior: Weights, width: float) -> Weights:
    """The weights of both looks; `width` is how far from its prior a weight is expected, in units of score.

    Raises ValueError when there is nothing to learn from.
    """
    if not examples:
        raise ValueError("no name of the corpora has a right candidate in the gazetteer: nothing to learn from")
    first = fit(choices_of(examples, [example.scene.first for example in examples]), prior.first, widths(FIRST, width))
    weights = Weights(first, prior.second)
    likely = [softmax(example.scene.first @ first, example.scene.starts, example.scene.owner) for example in examples]
    for _ in range(_ROUNDS):
        seen = [
            np.hstack([example.scene.first, example.scene.second_look(now)])
            for example, now in zip(examples, likely, strict=True)
        ]
        second = fit(choices_of(examples, seen), prior.second, widths(NAMES, width))
        weights = Weights(first, second)
        likely = [look(example.scene, now, weights).likely for example, now in zip(examples, likely, strict=True)]
    return weights


def right_share(examples: Sequence[Example], weights: Weights) -> dict[str, tuple[int, int]]:
    """By corpus, how many mentions with a right candidate get one within reach, and how many there are."""
    found: dict[str, tuple[int, int]] = {}
    for example in examples:
        scores = settle(example.scene, weights).scores
        ends = [*example.scene.starts[1:].tolist(), len(scores)]
        for gold in example.gold:
            start = int(example.scene.starts[gold.name])
            best = start + int(np.argmax(scores[start : ends[gold.name]]))
            right, asked = found.get(example.corpus, (0, 0))
            found[example.corpus] = right + gold.count * (best in gold.near), asked + gold.count
    return found
