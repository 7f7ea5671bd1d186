"""Krippendorff's alpha against the library of that name, and where it is not defined."""

from __future__ import annotations

import random

import pytest

from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.questions.agreement import Agreement, Level, alpha

krippendorff = pytest.importorskip("krippendorff", reason="compares with the library krippendorff")


@pytest.mark.parametrize("level", [Level.NOMINAL, Level.INTERVAL, Level.RATIO])
@pytest.mark.parametrize("seed", range(5))
def test_as_the_library_has_it(level: Level, seed: int) -> None:
    rng = random.Random(seed)
    first = [rng.randrange(1, 9) for _ in range(40)]
    second = [value if rng.random() < 0.6 else rng.randrange(1, 9) for value in first]
    expected = krippendorff.alpha(reliability_data=[first, second], level_of_measurement=level.value)
    assert alpha(list(zip(first, second, strict=True)), level) == pytest.approx(expected)


def test_distances_as_the_library_has_them() -> None:
    rng = random.Random(4)
    points = [(rng.uniform(-80, 80), rng.uniform(-180, 180)) for _ in range(12)]
    first = [rng.randrange(12) for _ in range(30)]
    second = [value if rng.random() < 0.5 else rng.randrange(12) for value in first]

    def metric(v1, v2, **_):  # type: ignore[no-untyped-def]
        import numpy as np

        return np.vectorize(lambda a, b: kilometres(*points[int(a)], *points[int(b)]) ** 2)(v1, v2)

    expected = krippendorff.alpha(reliability_data=[first, second], value_domain=list(range(12)), level_of_measurement=metric)
    pairs = [(points[a], points[b]) for a, b in zip(first, second, strict=True)]
    assert alpha(pairs, Level.DISTANCE) == pytest.approx(expected)


@pytest.mark.parametrize("pairs", [[], [("a", "b")], [("a", "a"), ("a", "a")]])
def test_not_defined(pairs: list[tuple[str, str]]) -> None:
    assert alpha(pairs, Level.NOMINAL) is None


def test_the_ends() -> None:
    assert alpha([("a", "a"), ("b", "b")], Level.NOMINAL) == 1.0
    assert alpha([("a", "b"), ("b", "a")], Level.NOMINAL) == pytest.approx(-0.5)


def test_many_values_take_little() -> None:
    rng = random.Random(1)
    pairs = [((rng.uniform(40, 50), rng.uniform(30, 40)),) * 2 for _ in range(2_000)]
    assert alpha(pairs, Level.DISTANCE) == 1.0


def test_share() -> None:
    assert Agreement(field="x", both=4, agree=3, only_first=0, only_second=1, alpha=None).share == 0.75
    assert Agreement(field="x", both=0, agree=0, only_first=0, only_second=1, alpha=None).share is None
