"""Cells: what lies nearest to a settlement, in its country and within reach; areas are the cells of what lies in them."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
import shapely

from bench import war
from whoholds.grounding import outlines
from whoholds.grounding.gazetteer.around import situate
from whoholds.grounding.gazetteer.distance import kilometres
from whoholds.grounding.gazetteer.lookup import gazetteer
from whoholds.model import Place, Site, Where, site_of
from whoholds.questions.cells import REACH_KM, Cell, cells


def called(name: str, country: str) -> list[Site]:
    """The sites of this name in a country."""
    return [situate(Where(name=name, place=place)) for place in gazetteer().lookup(name) if place.country == country]


def town(name: str, lat: float, lon: float, number: int, country: str = "AZ") -> Site:
    return site_of(Where(name=name, place=Place(name=name, lat=lat, lon=lon, country=country, feature="P", geonameid=number)))


def shape(cell: Cell) -> shapely.Geometry:
    return shapely.union_all([shapely.Polygon(ring) for ring in cell.rings])


def by_place(found: Iterable[Cell]) -> dict[str, Cell]:
    return {cell.place: cell for cell in found}


def test_no_places_no_cells() -> None:
    assert cells([]) == ()
    nowhere = Site("name:old mill", "Old Mill")
    bridge = site_of(Where(name="bridge", place=Place(name="bridge", lat=40, lon=46, country="AZ", feature="S")))
    assert cells([nowhere, bridge]) == ()


def test_a_cell_is_what_lies_nearest_to_its_settlement() -> None:
    [bakhmut] = [site for site in called("Bakhmut", "UA") if site.place and site.place.feature == "P"]
    [cell] = cells([bakhmut])
    assert (cell.place, cell.area) == (bakhmut.key, False)
    ground = shape(cell)
    own = bakhmut.place
    assert own is not None
    assert ground.contains(shapely.Point(own.lon, own.lat))
    towns = [(lat, lon) for _, key, lat, lon, _ in gazetteer().embedded.towns_of(["UA"]) if key != bakhmut.key]
    for lon, lat in shapely.get_coordinates(shapely.segmentize(ground, 0.01)):
        away = kilometres(lat, lon, own.lat, own.lon)
        nearest = min(kilometres(lat, lon, *other) for other in towns)
        assert away <= REACH_KM * 1.01
        assert away <= nearest * 1.04 + 0.3, "the edge is half way to the next town, or nearer"


def test_cells_of_neighbours_share_their_edge_and_nothing_else() -> None:
    one, other = town("One", 40.30, 47.00, 1), town("Other", 40.33, 47.02, 2)
    found = by_place(cells([one, other]))
    first, second = shape(found[one.key]), shape(found[other.key])
    assert first.intersection(second).area < 0.001 * min(first.area, second.area)
    assert first.distance(second) < 0.001
    apart = shape(cells([one])[0])
    assert apart.area > first.area, "without the other there is more ground for the one"


def test_cells_end_at_the_border_and_at_the_coast() -> None:
    ground = outlines.outline("UA", 0.01)
    assert ground is not None
    [mariupol] = [site for site in called("Mariupol", "UA") if site.place and site.place.feature == "P"]
    assert shape(cells([mariupol])[0]).difference(ground.buffer(0.005)).is_empty
    assert cells([mariupol], reach_km=3)[0] != cells([mariupol])[0]


def test_a_settlement_outside_its_country_s_outline_gets_a_small_round() -> None:
    at_sea = town("At sea", 44.0, 32.0, 1, "UA")
    [cell] = cells([at_sea])
    west, south, east, north = shape(cell).bounds
    assert kilometres(south, 32.0, north, 32.0) == pytest.approx(4, rel=0.1)
    assert kilometres(44.0, west, 44.0, east) == pytest.approx(4, rel=0.1)


def test_an_area_is_the_cells_of_all_settlements_in_it() -> None:
    oblasts = [site for name in ("Donetsk Oblast", "Luhansk Oblast") for site in called(name, "UA")]
    found = by_place(cells([*oblasts, *called("Bakhmut", "UA")]))
    donetsk, luhansk = (shape(found[site.key]) for site in oblasts)
    assert found[oblasts[0].key].area
    for name, inside, outside in (("Mariupol", donetsk, luhansk), ("Lysychansk", luhansk, donetsk)):
        [point] = [
            shapely.Point(site.place.lon, site.place.lat)
            for site in called(name, "UA")
            if site.place and site.place.feature == "P"
        ]
        assert inside.contains(point)
        assert not outside.contains(point)
    assert [cell.area for cell in found.values()] == [True, True, False], "areas first: settlements are drawn over them"


def test_places_with_a_boundary_and_countries_have_none() -> None:
    both = called("Kalbajar", "AZ")
    assert len(cells(both)) == 2
    assert [cell.place for cell in cells(both, bounded={both[0].key})] == [both[1].key]
    azerbaijan = [site for site in called("Azerbaijan", "AZ") if site.place and site.place.feature == "A" and not site.within]
    assert azerbaijan
    assert cells(azerbaijan) == ()


def test_two_settlements_at_one_point_share_one_cell() -> None:
    one, same = town("One", 40.30, 47.00, 1), town("Same", 40.30, 47.00, 2)
    assert [cell.place for cell in cells([same, one])] == [one.key]


@pytest.mark.parametrize(
    ("lat", "lon", "country"),
    [(90.0, 0.0, "AZ"), (-90.0, 180.0, "AZ"), (66.0, -179.99, "RU"), (0.0, 0.0, "ZZ"), (95.0, 0.0, "AZ")],
)
def test_extremes(lat: float, lon: float, country: str) -> None:
    for cell in cells([town("End", lat, lon, 1, country), town("Near", 40.3, 47.0, 2)]):
        for ring in cell.rings:
            assert ring[0] == ring[-1]
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def test_the_order_of_places_does_not_matter() -> None:
    land = war.country(60)
    sites = [land.situate(Where(name=place.name, place=place)) for place in (*land.places, *land.districts)]
    assert cells(sites) == cells(reversed(sites))


def test_thirty_thousand_places_in_a_few_seconds_and_few_vertices() -> None:
    land = war.country(30_000)
    sites = [land.situate(Where(name=place.name, place=place)) for place in (*land.places, *land.districts)]
    began = time.process_time()
    found = cells(sites)
    assert time.process_time() - began < 8  # measured: 2; another program can halve the speed of this one
    assert len(found) > 29_000
    assert sum(len(ring) for cell in found for ring in cell.rings) < 12 * len(found)
    assert all(round(number, 5) == number for cell in found[:500] for ring in cell.rings for x in ring for number in x)
