"""Which claims of two coders are about the same: pairs within a document, as many and as alike as can be.

Likeness is how many of four things two claims have in common: what it is (type, change or step), the day, the place, a party.
Two are a pair where they share at least two of them, so that a pair can still differ in any one. Of all ways to pair a
document's claims the one with most likeness is taken (the assignment problem, solved exactly by shortest augmenting paths after
R. Jonker and A. Volgenant, Computing 38, 1987, doi:10.1007/BF02278710).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

LEAST = 2.0
"""Likeness from which two claims can be a pair: with one thing in common (say, the day) anything pairs. Not tuned."""

_EACH = 40_000  # pairs of a document that are all weighed; beyond, only those in one place are

T = TypeVar("T")


def paired(
    some: Sequence[T], others: Sequence[T], likeness: Callable[[T, T], float], place: Callable[[T], object]
) -> list[tuple[int, int]]:
    """The numbers of those that pair, in order; each is in one pair at most."""
    edges = {(i, j): value for i, j in _candidates(some, others, place) if (value := likeness(some[i], others[j])) >= LEAST}
    found: list[tuple[int, int]] = []
    for rows, columns in _parts(edges):
        costs = [[-edges.get((i, j), 0.0) for j in columns] for i in rows]
        found += [(rows[i], columns[j]) for i, j in assigned(costs) if (rows[i], columns[j]) in edges]
    return sorted(found)


def _candidates(some: Sequence[T], others: Sequence[T], place: Callable[[T], object]) -> Iterator[tuple[int, int]]:
    if len(some) * len(others) <= _EACH:
        yield from ((i, j) for i in range(len(some)) for j in range(len(others)))
        return
    by_place: defaultdict[object, list[int]] = defaultdict(list)
    for j, other in enumerate(others):
        by_place[place(other)].append(j)
    yield from ((i, j) for i, one in enumerate(some) for j in by_place.get(place(one), ()))


def _parts(edges: dict[tuple[int, int], float]) -> Iterator[tuple[list[int], list[int]]]:
    """Rows and columns that hang together, so that each lot is assigned by itself."""
    of_row: defaultdict[int, set[int]] = defaultdict(set)
    of_column: defaultdict[int, set[int]] = defaultdict(set)
    for i, j in edges:
        of_row[i].add(j)
        of_column[j].add(i)
    left = set(of_row)
    while left:
        rows: set[int] = set()
        columns: set[int] = set()
        waiting = [min(left)]
        while waiting:
            row = waiting.pop()
            if row in rows:
                continue
            rows.add(row)
            for column in of_row[row] - columns:
                columns.add(column)
                waiting.extend(of_column[column] - rows)
        left -= rows
        yield sorted(rows), sorted(columns)


def assigned(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The assignment of rows to columns of least total cost, one to one, as many as the shorter side has; in order of rows.

    Time grows with the square of the rows times the columns. Empty for no rows.
    """
    if not costs or not costs[0]:
        return []
    if len(costs) > len(costs[0]):
        turned = assigned(list(map(list, zip(*costs, strict=True))))
        return sorted((row, column) for column, row in turned)
    width = len(costs[0])
    row_of = [-1] * width
    of_row, of_column = [0.0] * len(costs), [0.0] * width
    for row in range(len(costs)):
        _augment(costs, row, row_of, of_row, of_column)
    return sorted((row, column) for column, row in enumerate(row_of) if row >= 0)


def _augment(
    costs: Sequence[Sequence[float]], start: int, row_of: list[int], of_row: list[float], of_column: list[float]
) -> None:
    """Assign one more row along the shortest path to a free column, and keep the prices (`of_row`, `of_column`) in step."""
    width = len(row_of)
    reach, via = [math.inf] * width, [-1] * width
    done: list[int] = []
    seen = [False] * width
    row, last, length = start, -1, 0.0
    while True:
        for column in range(width):
            if not seen[column]:
                longer = length + costs[row][column] - of_row[row] - of_column[column]
                if longer < reach[column]:
                    reach[column], via[column] = longer, last
        last = min((column for column in range(width) if not seen[column]), key=reach.__getitem__)
        length = reach[last]
        seen[last] = True
        done.append(last)
        if row_of[last] < 0:
            break
        row = row_of[last]
    of_row[start] += length
    for column in done[:-1]:
        of_row[row_of[column]] += length - reach[column]
        of_column[column] -= length - reach[column]
    while last >= 0:
        before = via[last]
        row_of[last] = row_of[before] if before >= 0 else start
        last = before
