"""Figures: how much is held on days, what happened in weeks, who told how much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, BAKHMUT, LACHIN, LACHIN_CITY, kalbajar, say
from whoholds.model import Place, Site
from whoholds.questions import Register
from whoholds.questions.figures import MOST, Period, ground, held, outlets, settlements, told_period, weekly

PERIOD = Period(date(2020, 11, 20), date(2020, 12, 5))


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        say(opened, f"../2020-11-10 control {LACHIN}: {ARMENIA} holds", on="2020-11-10")
        say(opened, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains from {ARMENIA}", on="2020-12-01")
        say(opened, f"../2020-12-03 control {LACHIN_CITY}: {ARMENIA} holds", on="2020-12-03")
        say(opened, f"2020-12-02 control {BAKHMUT}: contested", on="2020-12-02")
        yield opened


def test_what_sides_hold_on_each_day_is_what_the_map_of_that_day_tells(register: Register) -> None:
    timetable = register.timetable()
    weights = np.arange(1.0, len(timetable.sites) + 1)
    found = held(timetable, weights, PERIOD)
    for day, row in zip(found.days, found.values.tolist(), strict=True):
        plots = register.map(date.fromordinal(day)).plots
        keys = [site.key for site in timetable.sites]
        for side, value in zip((*found.sides, None), row, strict=True):
            assert value == sum(weights[keys.index(one.site.key)] for one in plots if one.holder == side), (day, side)
    assert found.days[0] == PERIOD.first.toordinal()
    assert found.values[:, -1].any(), "what is fought for is held by nobody alone"


def test_settlements_are_no_areas(register: Register) -> None:
    timetable = register.timetable()
    counted = {site.name for site, one in zip(timetable.sites, settlements(timetable), strict=True) if one}
    assert counted == {"Lachin", "Bakhmut"}
    assert settlements(timetable).sum() == 2


@pytest.mark.parametrize(
    ("last", "step", "rows"),
    [(date(2020, 1, 1), 1, 1), (date(2021, 2, 3), 1, 400), (date(2021, 2, 4), 7, 59), (date(2030, 1, 1), 10, 367)],
)
def test_a_period_has_a_bounded_number_of_rows_and_both_its_ends(last: date, step: int, rows: int) -> None:
    period = Period(date(2020, 1, 1), last)
    days = period.days()
    assert (period.step, len(days)) == (step, rows)
    assert (days[0], days[-1]) == (period.first.toordinal(), period.last.toordinal())
    assert len(Period(date.min, date.max).days()) <= MOST + 1


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2020, 1, 2), date(2020, 1, 1))


def test_no_ground_counts_twice() -> None:
    place = Place(name="x", lat=0, lon=0, country="AZ", feature="P")
    sites = [
        Site("province", "x", place, ("country",)),
        Site("district", "x", place, ("province", "country")),
        Site("town", "x", place, ("district", "province", "country")),
        Site("elsewhere", "x", place, ("other", "province", "country")),
        Site("shapeless", "x", place, ("district", "province", "country")),
        Site("too large", "x", place, ("small",)),
        Site("small", "x", place, ()),
    ]
    sizes = {"province": 100.0, "district": 30.0, "town": 4.0, "elsewhere": 6.0, "too large": 9.0, "small": 5.0}
    assert ground(sites, sizes).tolist() == [64.0, 26.0, 4.0, 6.0, 0.0, 9.0, 0.0]


def test_incidents_are_counted_in_the_week_that_they_began_in(register: Register) -> None:
    for day in ("2020-11-22", "2020-11-23", "2020-12-10"):
        say(register, f"{day} event {BAKHMUT}: ASSAULT by gunmen [RUS UAF]", on=day)
    say(register, f"undated event {BAKHMUT}: PROTEST by residents [UKR CVL]", on="2020-12-10")
    weeks, types, counts, rest = weekly(register.occurrences(), PERIOD)
    assert weeks == [date(2020, 11, 16), date(2020, 11, 23)]
    assert all(monday.weekday() == 0 for monday in weeks)
    assert (types, counts, rest) == (["ASSAULT"], [[1], [1]], 1)


def test_outlets_are_counted_in_the_period(register: Register) -> None:
    coverage = register.timetable().coverage
    assert dict(outlets(coverage, Period(date(2020, 11, 25), date(2020, 11, 26)))) == {"Example Wire": 1, "Other Post": 1}
    assert sum(count for _, count in outlets(coverage, Period(date.min, date.max))) == 7


def test_the_period_that_is_told_of(register: Register) -> None:
    assert told_period(register.timetable()) == Period(date(2020, 11, 10), date(2020, 12, 3))
    with Register(":memory:") as empty:
        assert told_period(empty.timetable()) is None
        assert held(empty.timetable(), np.empty(0), PERIOD).sides == ()
