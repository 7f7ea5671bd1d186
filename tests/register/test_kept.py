"""Which of a place's holdings is in force on a day that several can have: the last that has surely begun by then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from whoholds.model import Bounds, Holding, Side, Site, Standing
from whoholds.register import MemoryStore, Store
from whoholds.register.kept import columns, fits
from whoholds.register.sqlite import SQLiteStore
from whoholds.register.store import Sought

TOWN = Site("name:town", "Town")


def day(number: int) -> date:
    return date(2020, 11, number)


def holding(holder: str, begin: Bounds, end: Bounds, told: date) -> Holding:
    side = Side(holder, holder)
    return Holding(site=TOWN, holder=side, begin=begin, end=end, told=told, standing=Standing.CLAIMED, supporting=("a" * 16,))


BEFORE = holding("ARM", Bounds(None, None), Bounds(day(15), day(19)), day(3))
AFTER = holding("AZE", Bounds(day(16), day(20)), Bounds(None, None), day(16))


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "r.gpkg") as opened:
        yield opened


@pytest.mark.parametrize(
    ("on", "holder"), [(1, "ARM"), (3, "ARM"), (15, "ARM"), (16, "ARM"), (19, "ARM"), (20, "AZE"), (25, "AZE")]
)
def test_a_day_that_two_holdings_can_have_is_the_former_ones(store: Store, on: int, holder: str) -> None:
    for found in ([BEFORE, AFTER], [AFTER, BEFORE]):
        store.settle("control", ["*"], gone=[], found=found)
        assert [row.holder for row in store.held(day(on))] == [holder]


def test_before_any_has_surely_begun_it_is_the_first_that_can_have(store: Store) -> None:
    first = holding("ARM", Bounds(day(1), day(9)), Bounds(day(5), day(12)), day(9))
    second = holding("AZE", Bounds(day(6), day(13)), Bounds(None, None), day(13))
    store.settle("control", [], gone=[], found=[first, second])
    assert [row.holder for row in store.held(day(7))] == ["ARM"]


def test_the_period_of_a_holding_is_open_where_it_is_not_known() -> None:
    assert (columns(BEFORE).first, columns(BEFORE).last) == (date.min, day(19))
    assert (columns(AFTER).first, columns(AFTER).last) == (day(16), date.max)
    assert fits(columns(BEFORE), Sought(kind="holding", during=(day(19), day(30))))
    assert not fits(columns(BEFORE), Sought(kind="holding", during=(day(20), day(30))))
    assert not fits(columns(BEFORE), Sought(kind="holding", box=(-180, -90, 180, 90))), "it has no point"
