"""Reports without a date: what they tell of no day is of no day, though it is known when it was recorded."""

from __future__ import annotations

from dataclasses import replace

from tests.reconcile.reports import lines, told
from whoholds.reconcile.holdings import derive_holdings
from whoholds.reconcile.sides import Sides

MILL = "control Old Mill: rebels [SYR REB] holds"


def held(claims: str, *, dated: bool) -> list[str]:
    testimony = [replace(each, dated=dated) for each in told("Wire", "2026-11-23", claims)]
    site = testimony[0].site
    assert site
    return lines(derive_holdings(site, testimony, Sides()))


def test_a_state_of_no_day_in_a_report_of_no_day_holds_on_none() -> None:
    assert held(f"undated {MILL}", dated=False) == []
    assert held(f"undated {MILL}", dated=True) != []


def test_a_day_that_the_words_tell_counts_all_the_same() -> None:
    assert held(f"2015-02-01 {MILL}", dated=False) == held(f"2015-02-01 {MILL}", dated=True) != []


def test_a_state_that_goes_on_is_not_told_for_the_day_it_was_recorded() -> None:
    (going_on,) = held(f"2015-02-01/.. {MILL}", dated=False)
    assert going_on.startswith("SYR REB 2015-02-01..")
