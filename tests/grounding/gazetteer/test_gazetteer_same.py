"""When places of two gazetteers are one."""

from __future__ import annotations

import pytest

from whoholds.grounding.gazetteer import Candidate, Rank
from whoholds.grounding.gazetteer.same import one_place
from whoholds.model import Place


def place(
    lat: float, lon: float, *, feature: str = "P", country: str | None = "UA", reach: int = 5_000, weight: float = 3.0
) -> Candidate:
    return Candidate(Place(name="X", lat=lat, lon=lon, country=country, feature=feature, radius_m=reach), Rank.NAME, "", weight)


TOWN = place(46.6, 32.6)
AREA = place(46.6, 32.6, feature="A", reach=80_000, weight=5.2)
COUNTY = place(46.6, 32.6, feature="A", reach=300_000, weight=3.4)

ONE = [
    (TOWN, place(46.63, 32.62)),
    (TOWN, place(46.6, 32.6, country=None)),
    (AREA, place(46.5, 33.5, feature="A")),
    (COUNTY, place(46.7, 32.8, feature="A")),
]
TWO = [
    (TOWN, place(46.66, 32.62)),
    (TOWN, place(46.6, 32.67)),
    (TOWN, place(46.6, 32.6, country="RU")),
    (TOWN, place(46.6, 32.6, feature="A")),
    (AREA, place(46.6, 34.6, feature="A")),
    (COUNTY, place(47.0, 32.8, feature="A")),
]


@pytest.mark.parametrize(("kept", "other"), ONE)
def test_one(kept: Candidate, other: Candidate) -> None:
    assert one_place(kept, other)


@pytest.mark.parametrize(("kept", "other"), TWO)
def test_two(kept: Candidate, other: Candidate) -> None:
    assert not one_place(kept, other)
