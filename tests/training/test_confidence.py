"""The fit of the confidence finds what made the data, and is honest about what it has not seen."""

from __future__ import annotations

import math
import tomllib

import numpy as np

from training import confidence


def made(count: int, seed: int) -> list[confidence.Sample]:
    chance = np.random.default_rng(seed)
    found = []
    for number in range(count):
        cue = float(chance.integers(0, 2))
        right = chance.random() < 1 / (1 + math.exp(-(2.0 - 3.0 * cue)))
        found.append(confidence.Sample(number % 20, {"always": 1.0, "cue": cue} if cue else {"always": 1.0}, bool(right)))
    return found


def test_the_weights_are_found() -> None:
    found = made(4000, 1)
    names = confidence.columns(found)
    weights = dict(zip(names, confidence.fit(*confidence.design(found, names), ridge=0.1), strict=True))
    assert abs(weights["always"] - 2.0) < 0.2
    assert abs(weights["cue"] + 3.0) < 0.25


def test_unseen_claims_are_told_by_other_reports() -> None:
    found = made(2000, 2)
    names = confidence.columns(found)
    matrix, right = confidence.design(found, names)
    reports = np.array([sample.report for sample in found])
    told = confidence.cross_validated(matrix, right, reports, 1.0)
    assert confidence.area(told, right) > 0.75
    assert abs(told.mean() - right.mean()) < 0.02
    flipped = right.copy()
    flipped[reports == 0] = ~flipped[reports == 0]
    again = confidence.cross_validated(matrix, flipped, reports, 1.0)
    assert np.allclose(again[reports == 0], told[reports == 0])  # its own answers never reach a report


def test_rare_features_are_left_out() -> None:
    found = [confidence.Sample(k, {"always": 1.0, **({"rare": 1.0} if k < 2 else {})}, True) for k in range(5)]
    assert confidence.columns(found) == ["always"]


def test_no_claims_give_no_surprise() -> None:
    matrix, right = confidence.design([], [])
    assert matrix.shape == (0, 0)
    assert confidence.reliability(np.zeros(0), right).count("| 0 |") == len(confidence.BINS) - 1


def test_the_table_counts_every_claim_once() -> None:
    told, right = np.array([0.05, 0.5, 0.95, 1.0]), np.array([False, True, True, True])
    lines = confidence.reliability(told, right).splitlines()[2:]
    assert [line.split(" | ")[1] for line in lines] == ["1", "1", "0", "0", "0", "2"]
    assert "4 claims, 0.750 of them right" in confidence.worth(told, right)


def test_what_is_written_reads_back() -> None:
    assert tomllib.loads(confidence.HEAD + confidence.toml({"always": 0.5, "family x": -1.0})) == {
        "weights": {"always": 0.5, "family x": -1.0}
    }
