"""GeoNames' codes are linked to the ISO divisions whose ground they share, on made-up countries of a dozen towns."""

from __future__ import annotations

from typing import Any

import pytest

from whoholds.grounding.gazetteer import Rank
from whoholds.grounding.gazetteer import towns as town_module
from whoholds.grounding.gazetteer.divisions import Division
from whoholds.grounding.gazetteer.linking import Codes, linked
from whoholds.grounding.gazetteer.reach import reaches
from whoholds.grounding.gazetteer.town_rows import TownRow
from whoholds.grounding.gazetteer.towns import Towns

Spot = tuple[float, float, str]  # latitude, longitude, GeoNames' code of the division
WEST, EAST = (10.0, 10.0), (10.0, 12.0)


def around(point: tuple[float, float], admin: str, count: int) -> list[Spot]:
    """Towns on a line through the point, a tenth of a degree from each other."""
    lat, lon = point
    return [(lat + (number - count // 2) / 10, lon, admin) for number in range(count)]


def towns_at(monkeypatch: pytest.MonkeyPatch, spots: list[Spot], named: dict[int, str] | None = None) -> Towns:
    rows: dict[str, TownRow] = {}
    for number, (lat, lon, admin) in enumerate(spots):
        row: dict[str, Any] = {
            "geonameid": number, "name": (named or {}).get(number, f"Town {number}"), "latitude": lat, "longitude": lon,
            "countrycode": "CD", "admin1code": admin, "population": 1_000 + number, "alternatenames": [],
        }  # fmt: skip
        rows[str(number)] = TownRow(row)
    monkeypatch.setattr(town_module, "town_rows", lambda: rows)
    return Towns()


def link(towns: Towns, points: dict[str, tuple[float, float]], parents: dict[str, str] | None = None) -> Codes:
    """The links of divisions that stand at these points; those of one parent share its ground out among them."""
    own: list[Division] = []
    parents = parents or {}
    for level in (False, True):
        codes = [code for code in points if (code in parents) is level]
        for code, reach in zip(codes, reaches([points[code] for code in codes], towns.people("CD")), strict=True):
            lat, lon = points[code]
            own.append(Division("CD", code, parents.get(code), ((code, Rank.NAME),), lat, lon, reach))
    return linked(own, towns)


def test_codes_are_linked_by_the_towns_they_share(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = towns_at(monkeypatch, around(WEST, "01", 8) + around(EAST, "02", 8))
    assert link(towns, {"CD-E": EAST, "CD-W": WEST}) == {("CD", "01"): "CD-W", ("CD", "02"): "CD-E"}


def test_a_neighbours_towns_across_a_ragged_border_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    spots = around(WEST, "01", 8) + around(EAST, "02", 8)
    towns = towns_at(monkeypatch, [*spots, (10.2, 10.9, "02"), (9.8, 10.9, "02")])
    assert link(towns, {"CD-E": EAST, "CD-W": WEST}) == {("CD", "01"): "CD-W", ("CD", "02"): "CD-E"}


def test_a_code_that_shares_hardly_a_town_is_left_without_a_division(monkeypatch: pytest.MonkeyPatch) -> None:
    spots = [*around(WEST, "01", 20), (10.05, 10.3, "09")]
    assert link(towns_at(monkeypatch, spots), {"CD-W": WEST}) == {("CD", "01"): "CD-W"}


def test_of_two_codes_on_one_ground_the_surer_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reform that ISO has not followed: one division became two, and has but one point."""
    spots = around(WEST, "01", 9) + around((10.0, 10.8), "03", 6)
    assert link(towns_at(monkeypatch, spots), {"CD-W": WEST}) == {("CD", "01"): "CD-W"}


def test_no_code_has_two_divisions(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reform that GeoNames has not followed: the code goes to the half that has more of its towns."""
    spots = around(WEST, "01", 9) + around((10.0, 10.8), "01", 3)
    assert link(towns_at(monkeypatch, spots), {"CD-W": WEST, "CD-X": (10.0, 10.8)}) == {("CD", "01"): "CD-W"}


def test_the_town_of_its_name_outweighs_the_towns_around_an_enclave(monkeypatch: pytest.MonkeyPatch) -> None:
    spots = [*around(WEST, "01", 9), (10.0, 10.05, "02")]
    towns = towns_at(monkeypatch, spots, {9: "CD-C"})
    assert link(towns, {"CD-C": (10.0, 10.05), "CD-W": WEST})["CD", "02"] == "CD-C"
    unnamed = towns_at(monkeypatch, spots)
    assert ("CD", "02") not in link(unnamed, {"CD-C": (10.0, 10.05)})


def test_the_level_that_geonames_codes_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A region of two provinces: where GeoNames codes the provinces, the region has no code, and the other way round."""
    points, parents = {"CD-R": (10.0, 11.0), "CD-E": EAST, "CD-W": WEST}, {"CD-E": "CD-R", "CD-W": "CD-R"}
    provinces = towns_at(monkeypatch, around(WEST, "01", 8) + around(EAST, "02", 8))
    assert link(provinces, points, parents) == {("CD", "01"): "CD-W", ("CD", "02"): "CD-E"}
    region = towns_at(monkeypatch, around(WEST, "05", 8) + around(EAST, "05", 8))
    assert link(region, points, parents) == {("CD", "05"): "CD-R"}


def test_a_few_towns_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = towns_at(monkeypatch, [(*WEST, "01"), (*EAST, "02")])
    assert link(towns, {"CD-E": EAST, "CD-W": WEST}) == {("CD", "01"): "CD-W", ("CD", "02"): "CD-E"}


def test_nothing_is_linked_without_towns_codes_or_divisions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert link(towns_at(monkeypatch, []), {"CD-W": WEST}) == {}
    assert link(towns_at(monkeypatch, around(WEST, "", 9)), {"CD-W": WEST}) == {}
    assert link(towns_at(monkeypatch, around(WEST, "01", 9)), {}) == {}
