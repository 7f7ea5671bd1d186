"""What the index says the places of the gazetteer lie in."""

from __future__ import annotations

from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.gazetteer.area import Area
from whoholds.grounding.gazetteer.entry import Entry, Rank
from whoholds.model import Place

LEAST_PLACED = 0.97  # of the towns; some codes of GeoNames stand for no division of ISO 3166-2


def area(name: str, parent: Area | None = None) -> Area:
    place = Place(name=name, lat=1.0, lon=2.0, country="CD", feature="A", radius_m=50_000)
    return Area(Entry(place, ((name, Rank.NAME),), "", 4.0), f"A:{name}", frozenset({name}), parent)


def test_a_chain_is_narrowest_first() -> None:
    kivu = area("Kivu")
    north = area("North Kivu", kivu)
    assert area("Masisi", north).chain() == ("A:Masisi", "A:North Kivu", "A:Kivu")


def test_a_chain_ends_where_it_would_begin_again() -> None:
    one = area("One")
    one.parent = area("Two", one)
    assert one.chain() == ("A:One", "A:Two")


def test_most_towns_lie_in_a_division() -> None:
    ask = gazetteer().embedded._connection.execute
    ((towns,),) = ask("select count(*) from place where feature = 'P'")
    ((placed,),) = ask("select count(*) from ground where cell is not null")
    assert placed >= LEAST_PLACED * towns


def test_every_area_around_a_place_is_known() -> None:
    embedded = gazetteer().embedded
    keys = {key for (row,) in embedded._connection.execute("select keys from around") for key in row.split()}
    assert all(embedded.with_key(key) for key in keys)
