"""Choosing among namesakes: a conditional logit over the candidates of each name.

A candidate's score is the sum of its features by their weights, its probability the softmax of the scores of its name's
candidates. Names are looked at twice. The first look sees each name alone; in the second every other name counts for what it
probably means, so that a document full of small towns of one state reads the next name as another; it is taken again with the
better probabilities it gave. Nothing is ever settled for good before the end, so no order of names matters.

The weights stand in `weights.toml`, which `python -m training.places` learns. `features` tells what each feature says.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from whoholds.grounding.places.context import Ints, Scene
from whoholds.grounding.places.features import FIRST, NAMES, Array

LOOKS = 2  # how often the second look is taken


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the first look, in the order of FIRST, and of the second, in the order of NAMES."""

    first: Array
    second: Array


@cache
def weights() -> Weights:
    """The table, read once; a feature that it lacks (a new one, until the recipe has run) weighs nothing."""
    table: dict[str, Any] = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    first, second = table["first"], table["second"]
    return Weights(
        np.array([float(first.get(name, 0.0)) for name in FIRST]), np.array([float(second.get(name, 0.0)) for name in NAMES])
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the last look gave: for every row of the scene its features, score and probability."""

    features: Array
    scores: Array
    likely: Array


def settle(scene: Scene, by: Weights | None = None) -> Verdict:
    """Look at every name of a scene as often as it takes."""
    by = by or weights()
    likely = softmax(scene.first @ by.first, scene.starts, scene.owner)
    verdict = Verdict(scene.first, np.zeros(len(likely)), likely)
    for _ in range(LOOKS):
        verdict = look(scene, verdict.likely, by)
    return verdict


def look(scene: Scene, likely: Array, by: Weights) -> Verdict:
    """The second look at every name, when its rows are as probable as `likely` tells."""
    features = np.hstack([scene.first, scene.second_look(likely)])
    scores = features @ by.second
    return Verdict(features, scores, softmax(scores, scene.starts, scene.owner))


def softmax(scores: Array, starts: Ints, owner: Ints) -> Array:
    """Probabilities within each name's rows."""
    if not len(scores):
        return scores
    raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    result: Array = raised / np.add.reduceat(raised, starts)[owner]
    return result
