"""The table of weights as it is written and told."""

from __future__ import annotations

from collections.abc import Mapping

from whoholds.grounding.places.features import FIRST, NAMES, SECOND
from whoholds.grounding.places.scoring import Weights

_HEAD = """\
# Weights of the features by which namesakes are told apart; written by `python -m training.places`, not by hand.
# A candidate's score is the sum of its features by these weights; a lead of 1 in score makes it 2.7 times as likely. What stays
# near a prior set by hand, and why, is told in training/places/prior.py.
"""
_FIGURES = """
# Shares of the mentions whose right place is among the candidates that get one within 161 km of it, by corpus, each document
# chosen for with weights learned from other documents.
[figures]
"""


def written(weights: Weights, figures: Mapping[str, tuple[int, int]]) -> str:
    """The table in TOML, each feature with what it says."""
    about = FIRST | SECOND
    lines = [_HEAD, "# The first look at a name, by itself.", "[first]"]
    lines += [f'"{name}" = {value:.2f} # {about[name]}' for name, value in zip(FIRST, weights.first.tolist(), strict=True)]
    lines += ["", "# The second look, among the names of its document.", "[second]"]
    lines += [f'"{name}" = {value:.2f} # {about[name]}' for name, value in zip(NAMES, weights.second.tolist(), strict=True)]
    shares = [f'"{corpus}" = {right / asked:.3f} # {asked} mentions' for corpus, (right, asked) in sorted(figures.items())]
    return "\n".join(lines) + "\n" + _FIGURES + "\n".join(shares) + "\n"


def told(figures: Mapping[str, tuple[int, int]]) -> str:
    """A line a corpus."""
    return "\n".join(
        f"{corpus}: {right} of {asked} right, {right / asked:.3f}" for corpus, (right, asked) in sorted(figures.items())
    )
