"""How far areas reach among the towns around them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from whoholds.grounding.gazetteer.reach import reaches

NOBODY = np.zeros((0, 3))
degrees = st.tuples(st.floats(-89, 89), st.floats(-180, 180))


def test_every_town_counts_for_the_nearest_point() -> None:
    towns = np.array([(0.1, 0.0, 100.0), (0.2, 0.1, 50.0), (5.1, 0.0, 7.0)])
    west, east = reaches([(0.0, 0.0), (5.0, 0.0)], towns)
    assert (west.population, west.towns) == (150, (0, 1))
    assert (east.population, east.towns) == (7, (2,))


def test_the_reach_is_that_of_the_towns() -> None:
    towns = np.array([(0.0, step / 10, 1.0) for step in range(11)])
    (only,) = reaches([(0.0, 0.0)], towns)
    assert 95_000 <= only.radius_m <= 105_000


def test_without_towns_it_is_half_the_way_to_the_neighbour() -> None:
    one, other = reaches([(0.0, 0.0), (0.0, 2.0)], NOBODY)
    assert one.population == other.population == 0
    assert 105_000 <= one.radius_m == other.radius_m <= 115_000


def test_the_date_line_is_no_border() -> None:
    fiji, _ = reaches([(-17.0, 179.9), (-17.0, 170.0)], np.array([(-17.0, -179.9, 500.0)]))
    assert fiji.population == 500


def test_no_points_have_no_reach() -> None:
    assert reaches([], np.array([(0.0, 0.0, 1.0)])) == []


@given(st.lists(degrees, max_size=6), st.lists(st.tuples(degrees, st.integers(0, 10**7)), max_size=12))
def test_nobody_is_lost_or_counted_twice(
    points: list[tuple[float, float]], towns: list[tuple[tuple[float, float], int]]
) -> None:
    rows = np.array([(lat, lon, people) for (lat, lon), people in towns], dtype=np.float64).reshape(-1, 3)
    found = reaches(points, rows)
    assert len(found) == len(points)
    assert all(8_000 <= reach.radius_m <= 900_000 for reach in found)
    if points:
        assert sum(reach.population for reach in found) == sum(people for _, people in towns)
