"""Blocks: which claims can bear on one undertaking."""

from __future__ import annotations

import pytest

from tests.reconcile.duty_reports import report
from whoholds.model import Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import meets, neighbourhood

_SIDES = Sides()
_DISTRICT = "Kalbajar (AZ 40.1068 46.0367 #586268)"
_VILLAGE = "Zar (AZ 40.28 45.91 #1)"
_AROUND = {"Zar": ("geonames:586268", "geonames:587116"), "Kalbajar": ("geonames:587116",)}
_BY = "by Armenia [ARM GOV]"


def _one(outlet: str, claim: str) -> Testimony:
    (heard,) = report(outlet, "2020-11-20", claim, around=_AROUND)
    return heard


_DUTY = f"undated obligation {_DISTRICT}: set withdraw {_BY}\n  due 2020-11-25"


@pytest.mark.parametrize(
    "other",
    [
        f"undated obligation {_DISTRICT}: set hand_over to Baku [AZE]",
        f"undated obligation {_VILLAGE}: met hand_over",
        f"undated obligation: breached withdraw {_BY}\n  due 2020-11-25",
        f"undated obligation: extended hand_over {_BY}\n  due 2020-12-01, was 2020-11-25",
        f"2020-11-25 control {_DISTRICT}: Baku [AZE] gains",
    ],
)
def test_what_meets(other: str) -> None:
    assert meets(_one("One", _DUTY), _one("Two", other), _SIDES)


@pytest.mark.parametrize(
    "other",
    [
        f"undated obligation {_DISTRICT}: set open {_BY}",
        f"undated obligation Lachin (AZ 39.6 46.5 #147622): set withdraw {_BY}\n  due 2020-12-01",
        f"undated obligation: breached withdraw {_BY}",
        f"undated obligation {_DISTRICT}: set withdraw {_BY}\n  own voice; planned",
        f"2020-11-25 control {_DISTRICT}: Baku [AZE] holds",
        f"2020-11-25 event {_DISTRICT}: ASSAULT {_BY}",
    ],
)
def test_what_does_not_meet(other: str) -> None:
    assert not meets(_one("One", _DUTY), _one("Two", other), _SIDES)


def test_claims_of_one_document_meet() -> None:
    one, other = report("One", "2020-11-20", _DUTY, "undated obligation: met withdraw")
    assert meets(one, other, _SIDES)


def test_a_deadline_counted_from_something_meets_truces_and_deals_of_the_same_sides() -> None:
    counted = _one("One", f'undated obligation: set disarm {_BY}\n  due P9D after "the truce"')
    truce = _one("Two", f"2020-11-10 obligation: set cease_fire {_BY}")
    deal = _one("Three", f"2020-11-10 event: AGREE {_BY}")
    elsewhere = _one("Four", "2020-11-10 event: AGREE by Sudan [SDN GOV]")
    assert meets(counted, truce, _SIDES)
    assert meets(deal, counted, _SIDES)
    assert not meets(counted, elsewhere, _SIDES)


def test_a_neighbourhood_reaches_along_shared_keys_and_no_further() -> None:
    duty, told = _one("One", _DUTY), _one("Two", f"undated obligation: breached withdraw {_BY}\n  due 2020-11-25")
    far = _one("Three", "undated obligation: set pay by Sudan [SDN GOV]")
    control = _one("Four", f"2020-11-25 control {_DISTRICT}: Baku [AZE] gains")
    known = [duty, told, far, control]
    assert set(neighbourhood([told], known, _SIDES)) == {duty, told, control}
    assert set(neighbourhood([control], known, _SIDES)) == {duty, told, control}
    assert neighbourhood([far], [duty, told], _SIDES) == ()
    assert neighbourhood([], known, _SIDES) == ()
