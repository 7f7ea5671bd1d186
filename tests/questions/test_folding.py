"""Folding in columns says of every place what `reconcile.territory` says of one."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest

from whoholds.model import UNBOUNDED, Bounds, Holding, Side, Site, Standing
from whoholds.questions.folding import FIRST, NOBODY, OWN, STANDINGS, Holdings, Spans, fold
from whoholds.reconcile.territory import holding_on, inherit

SIDES = (Side("A", "A"), Side("B", "B"))
START = date(2020, 1, 1)


def timeline(chance: random.Random, site: Site) -> list[Holding]:
    """A few holdings in order of time; the first may begin on a day that is not known."""
    found = []
    day = START + timedelta(chance.randrange(8))
    for number in range(chance.randrange(4)):
        begin = day - timedelta(chance.choice((0, 0, 1)))
        unknown = number == 0 and chance.random() < 0.5
        found.append(
            Holding(
                site=site,
                holder=chance.choice((*SIDES, None)),
                begin=UNBOUNDED if unknown else Bounds(begin, day),
                end=UNBOUNDED,
                told=day,
                retold=day + timedelta(chance.randrange(12)),
                standing=chance.choice(STANDINGS),
                supporting=(f"{site.key}-{number}",),
            )
        )
        day += timedelta(chance.randrange(1, 6))
    return found


def columns(timelines: list[list[Holding]]) -> Holdings:
    rows = [
        (
            place,
            SIDES.index(one.holder) if one.holder else NOBODY,
            STANDINGS.index(one.standing),
            one.begin.not_before.toordinal() if one.begin.not_before else FIRST,
            one.told.toordinal(),
            one.retold.toordinal(),
        )
        for place, own in enumerate(timelines)
        for one in own
    ]
    return Holdings(*np.array(rows, np.int32).reshape(-1, 6).T)


def on(spans: Spans, place: int, day: date) -> tuple[int, int, Standing] | None:
    number = day.toordinal()
    held = np.flatnonzero((spans.place == place) & (spans.begin <= number) & (spans.end >= number))
    assert len(held) < 2
    return None if not len(held) else (spans.inherited[held[0]], spans.side[held[0]], STANDINGS[spans.standing[held[0]]])


@pytest.mark.parametrize("seed", range(60))
def test_every_place_and_day_as_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    sites = [Site(str(number), str(number)) for number in range(7)]
    timelines = [timeline(chance, site) for site in sites]
    around = [(), (0,), (0,), (1, 0), (1, 0), (2, 0), (1, 0)]  # a country, two regions, four places
    spans = fold(columns(timelines), np.arange(7, dtype=np.int32), around)
    for place, site in enumerate(sites):
        areas = [(sites[area], timelines[area]) for area in around[place]]
        assert int((spans.place == place).sum()) == len(inherit(site, timelines[place], areas))
        for day in (START + timedelta(step) for step in range(-3, 40)):
            held = holding_on(day, timelines[place], areas)
            told = held and (
                int(held.inherited.key) if held.inherited else OWN,
                SIDES.index(held.holder) if held.holder else NOBODY,
                held.standing,
            )
            assert on(spans, place, day) == told, (place, day)


def test_some_places_alone_are_folded_as_among_all() -> None:
    chance = random.Random(7)
    timelines = [timeline(chance, Site(str(number), str(number))) for number in range(7)]
    around = [(), (0,), (0,), (1, 0), (1, 0), (2, 0), (1, 0)]
    every = fold(columns(timelines), np.arange(7, dtype=np.int32), around)
    some = np.array([3, 5], np.int32)
    which = np.isin(every.place, some)
    for alone, among in zip(fold(columns(timelines), some, around), every, strict=True):
        assert alone.tolist() == among[which].tolist()


def test_nothing_told_gives_nothing() -> None:
    assert all(len(column) == 0 for column in fold(columns([[], []]), np.arange(2, dtype=np.int32), [(), (0,)]))
