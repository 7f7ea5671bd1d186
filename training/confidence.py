"""Fit the confidence of claims: `python -m training.confidence [--shared FOLDER] [--write]`.

Reads the gold reports of the shared folder and the project's own, marks each claim made of them as right (a match by the
scorer's definition) or not, and fits a logistic model by Newton's method with a ridge. What is printed is cross-validated by
document: the claims of a report are told their confidence by a model that has not seen it. `--write` renews the weights in
the package, fitted on all reports, and the reliability table in docs/evaluation.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation import gold, score, tables
from whoholds.formats import claim_to_json
from whoholds.grammar.confidence import features
from whoholds.pipeline import Reader

ROOT = Path(__file__).parent.parent
WEIGHTS = ROOT / "src" / "whoholds" / "grammar" / "confidence.toml"
PAGE = ROOT / "docs" / "evaluation.md"
RIDGE = 8.0  # of .5, 1, 2, 4, 8, 16 and 32 that of the best cross-validated likelihood
FOLDS = 10
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HEAD = """\
# Written by `python -m training.confidence --write`; do not edit. What each feature adds to the logarithm of the odds that
# a claim is right; see confidence.py for what the features mean.

[weights]
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim as the fit sees it: its report's number, its features, and whether it was right."""

    report: int
    features: dict[str, float]
    right: bool


def main() -> None:
    """Fit, print what it is worth, and write if asked."""
    parser = argparse.ArgumentParser(prog="python -m training.confidence", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder with gold/")
    parser.add_argument("--write", action="store_true", help="renew the weights and the table in docs/evaluation.md")
    args = parser.parse_args()
    found = samples(rows(args.shared))
    names = columns(found)
    matrix, right = design(found, names)
    reports = np.array([sample.report for sample in found])
    told = cross_validated(matrix, right, reports, RIDGE)
    table = reliability(told, right)
    print(table)
    print(worth(told, right))
    if args.write:
        WEIGHTS.write_text(HEAD + toml(dict(zip(names, fit(matrix, right, RIDGE), strict=True))), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(tables.replaced(page, "confidence", f"\n{table}\n\n{worth(told, right)}\n"), encoding="utf-8")


def rows(shared: Path) -> list[dict[str, object]]:
    """The gold reports. Raises SystemExit when those of the shared folder are not there."""
    if not (shared / "gold" / "articles").is_dir():
        raise SystemExit(f"no gold reports in {shared / 'gold' / 'articles'}: name the shared folder with --shared")
    return [*gold.load(shared / "gold" / "articles"), *gold.load(gold.OWN_GOLD)]


def samples(reports: Sequence[dict[str, object]]) -> list[Sample]:
    """Every claim made of the reports."""
    found = []
    readings = Reader().read_many(map(gold.document, reports))
    for number, (row, reading) in enumerate(zip(reports, readings, strict=True)):
        made = [claim_to_json(claim) for claim in reading.claims]
        matched = {id(predicted) for _, predicted in score.compare(row, made).pairs}
        found += [
            Sample(number, features(claim), id(told) in matched) for claim, told in zip(reading.claims, made, strict=True)
        ]
    return found


def columns(found: Sequence[Sample]) -> list[str]:
    """The features that occur in at least three claims, by name."""
    counts: dict[str, int] = {}
    for sample in found:
        for name in sample.features:
            counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count > 2)


def design(found: Sequence[Sample], names: Sequence[str]) -> tuple[Floats, Bools]:
    """A row of feature values for each claim, and whether each was right."""
    matrix = np.array([[sample.features.get(name, 0.0) for name in names] for sample in found], dtype=np.float64)
    return matrix.reshape(len(found), len(names)), np.array([sample.right for sample in found], dtype=np.bool_)


def fit(matrix: Floats, right: Bools, ridge: float, steps: int = 50) -> Floats:
    """The weights of most likelihood less `ridge` times half their squares, by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    for _ in range(steps):
        told = sigmoid(matrix @ weights)
        slope = matrix.T @ (right - told) - ridge * weights
        curve = (matrix * (told * (1 - told))[:, None]).T @ matrix + ridge * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max(initial=0.0) < 1e-9:
            break
    return weights


def cross_validated(matrix: Floats, right: Bools, reports: NDArray[np.int_], ridge: float) -> Floats:
    """The confidence of each claim by a model fitted on the other reports."""
    told = np.zeros(len(right))
    for fold in range(FOLDS):
        held = reports % FOLDS == fold
        if held.any():
            told[held] = sigmoid(matrix[held] @ fit(matrix[~held], right[~held], ridge))
    return told


def sigmoid(scores: Floats) -> Floats:
    """The probability that log odds mean."""
    return 1 / (1 + np.exp(-scores))


def binned(told: Floats) -> Iterator[tuple[float, float, Bools]]:
    """The bins as low end, high end (excluded) and which claims fall into them."""
    for low, high in pairwise(BINS):
        yield low, high, (told >= low) & (told < high)


def reliability(told: Floats, right: Bools) -> str:
    """A table of how many of the claims of each confidence were right."""
    lines: list[list[object]] = []
    for low, high, inside in binned(told):
        count = int(inside.sum())
        means = [float(told[inside].mean()), float(right[inside].mean())] if count else [None, None]
        lines.append([f"{low:.1f} to {min(high, 1.0):.1f}", count, *means])
    return tables.table(["confidence", "claims", "mean confidence", "right"], lines)


def worth(told: Floats, right: Bools) -> str:
    """How good the confidences are, in a sentence."""
    brier = float(((told - right) ** 2).mean())
    base = float(right.mean())
    gap = sum(abs(float((told[inside] - right[inside]).sum())) for _, _, inside in binned(told)) / max(len(right), 1)
    return (
        f"{len(right)} claims, {base:.3f} of them right; Brier score {brier:.3f} ({base * (1 - base):.3f} for the base rate "
        f"alone), area under the curve {area(told, right):.3f}, expected calibration error {gap:.3f}."
    )


def area(told: Floats, right: Bools) -> float:
    """The share of pairs of a right and a wrong claim in which the right one has more confidence; ties count half."""
    good, bad = told[right][:, None], told[~right][None, :]
    return float(((good > bad) + 0.5 * (good == bad)).mean()) if good.size and bad.size else 0.5


def toml(weights: dict[str, float]) -> str:
    """The weights as lines of TOML, by name."""
    return "".join(f'"{name}" = {weight:.3f}\n' for name, weight in sorted(weights.items()))


if __name__ == "__main__":
    main()
