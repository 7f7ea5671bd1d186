"""A register file with the stories and a holding in it, for the tests of SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.register.stories import ASSERTED, FILED, KALBAJAR, at
from whoholds.model import Bounds, Holding, Side, Standing, site_of
from whoholds.register.sqlite import SQLiteStore

HOLDING = Holding(
    site=site_of(KALBAJAR.where),  # type: ignore[arg-type]
    holder=Side("AZE", "Azerbaijan"),
    begin=Bounds(date(2020, 11, 25), date(2020, 11, 25)),
    end=Bounds(None, None),
    told=date(2020, 11, 25),
    retold=date(2021, 6, 1),
    standing=Standing.CLAIMED,
    supporting=(KALBAJAR.id,),
)


@contextmanager
def filled_file(path: Path) -> Iterator[SQLiteStore]:
    """A register at this place, filled."""
    with SQLiteStore(path) as opened:
        opened.append([*FILED, *ASSERTED], by="tester", at=at(0))
        opened.settle("control", opened.stale("control"), gone=[], found=[HOLDING])
        yield opened
