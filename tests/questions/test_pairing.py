"""Pairs of claims: the best assignment there is, and none that shares too little."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from whoholds.questions.pairing import LEAST, assigned, paired

COSTS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(-5, 5), min_size=width, max_size=width), min_size=1, max_size=5)
)


def cheapest(costs: list[list[int]]) -> int:
    rows, columns = len(costs), len(costs[0])
    if rows > columns:
        return cheapest([list(row) for row in zip(*costs, strict=True)])
    return min(sum(costs[i][j] for i, j in enumerate(way)) for way in itertools.permutations(range(columns), rows))


@given(COSTS)
def test_assigned_costs_least(costs: list[list[int]]) -> None:
    found = assigned(costs)
    assert len(found) == min(len(costs), len(costs[0]))
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    assert sum(costs[row][column] for row, column in found) == cheapest(costs)


def test_nothing_to_assign() -> None:
    assert assigned([]) == assigned([[]]) == []


@given(COSTS)
def test_paired_is_as_alike_as_can_be(table: list[list[int]]) -> None:
    rows, columns = range(len(table)), range(len(table[0]))
    found = paired(list(rows), list(columns), lambda i, j: table[i][j], lambda i: i)
    assert all(table[i][j] >= LEAST for i, j in found)
    gain = [[-value if value >= LEAST else 0 for value in row] for row in table]
    assert -sum(table[i][j] for i, j in found) == cheapest(gain)


def test_where_a_best_pair_would_leave_another_alone() -> None:
    table = [[3, 3], [3, 0]]
    assert paired([0, 1], [0, 1], lambda i, j: table[i][j], lambda i: i) == [(0, 1), (1, 0)]


def test_many_claims_are_paired_by_place() -> None:
    places = [f"p{number}" for number in range(3_000)]
    asked = 0

    def likeness(one: str, other: str) -> float:
        nonlocal asked
        asked += 1
        return 4.0 if one == other else 0.0

    found = paired(places, places[::-1], likeness, lambda place: place)
    assert len(found) == 3_000
    assert asked == 3_000
