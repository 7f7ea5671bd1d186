"""What every store must do, asked of memory, SQLite and PostgreSQL alike: outlines of places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.register.contract import filled
from tests.register.stories import at
from tests.register.strategies import outline
from whoholds.model import Outlined, Withdrawn
from whoholds.register.store import ConflictError, Store

KALBAJAR = "geonames:585514"
FIRST, MOVED = outline("Kalbajar", KALBAJAR), outline("Kalbajar", KALBAJAR, west=46.2)
OTHER = outline("Kelbecer \0 \udfff", KALBAJAR, "another survey")


def shown(store: Store, minute: int | None = None) -> list[object]:
    return [entry.act for entry in store.outlines(recorded_by=None if minute is None else at(minute))]


def test_outlines_are_entries_from_which_nothing_is_derived(store: Store) -> None:
    filled(store)
    for kind in ("control", "event", "obligation"):
        store.settle(kind, store.stale(kind), gone=[], found=[])
    entries = store.append([FIRST, OTHER, FIRST], by="ann", at=at(1))
    assert [entry.act for entry in entries] == [FIRST, OTHER]
    assert store.outlines() == entries
    assert [entry.kind for entry in entries] == ["outlined", "outlined"]
    assert store.entry(entries[1].seq) == entries[1] == list(store.entries())[-1]
    assert not store.stale("control") | store.stale("event") | store.stale("obligation")
    assert list(store.verify()) == []
    assert store.append([OTHER, FIRST], by="bob", at=at(2)) == (), "both stand word for word"


def test_an_outline_takes_the_place_of_what_the_same_source_gave_before(store: Store) -> None:
    store.append([FIRST, OTHER], by="ann", at=at(0))
    (moved,) = store.append([MOVED], by="ann", at=at(1))
    assert shown(store) == [OTHER, MOVED]
    assert shown(store, 0) == [FIRST, OTHER]
    assert [entry.act for entry in store.append([FIRST, MOVED], by="ann", at=at(2))] == [FIRST, MOVED], "as told last"
    (again,) = store.append([FIRST], by="ann", at=at(3))
    assert shown(store) == [OTHER, FIRST]
    store.append([Withdrawn(again.seq, "the old map")], by="ann", at=at(4))
    assert shown(store) == [OTHER, MOVED]
    assert shown(store, 3) == [OTHER, FIRST]
    assert moved.act == MOVED


def test_withdrawing_an_outline_and_bringing_it_back(store: Store) -> None:
    one, other = store.append([FIRST, OTHER], by="ann", at=at(0))
    (gone,) = store.append([Withdrawn(one.seq, "of another valley")], by="ann", at=at(1))
    assert shown(store) == [OTHER]
    assert store.append([Withdrawn(one.seq, "again")], by="ann", at=at(1)) == ()
    store.append([Withdrawn(gone.seq, "it was right")], by="ann", at=at(2))
    assert shown(store) == [FIRST, OTHER]
    store.append([Withdrawn(one.seq, "no"), Withdrawn(other.seq, "no")], by="ann", at=at(3))
    assert [shown(store, minute) for minute in range(4)] == [[FIRST, OTHER], [OTHER], [FIRST, OTHER], []]
    (back,) = store.append([FIRST], by="ann", at=at(4))
    assert store.outlines() == (back,)
    assert list(store.verify()) == []


def test_outlines_without_a_place_stand_beside_each_other(store: Store) -> None:
    east, west = outline("lake", None), outline("lake", None, west=-179.9)
    assert [entry.act for entry in store.append([east, west, east], by="ann", at=at(0))] == [east, west]
    assert shown(store) == [east, west]
    assert shown(store, -1) == []


@pytest.mark.parametrize(
    "geometry",
    [
        "",
        "[" * 100_000,
        "7",
        '{"type": "Point", "coordinates": [46, 40]}',
        '{"type": "MultiPolygon", "coordinates": []}',
        '{"type": "Polygon", "coordinates": [[]]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, NaN], [0, 0]]]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 95], [0, 0]]]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, true], [1, 5], [0, 0]]]}',
        '{"type": "Polygon", "coordinates": {"0": 1}}',
    ],
)
def test_what_is_no_polygon_is_not_entered(store: Store, geometry: str) -> None:
    with pytest.raises(ConflictError) as caught:
        store.append([OTHER, replace(FIRST, geometry=geometry)], by="ann", at=at(0))
    assert caught.value.hint
    assert list(store.entries()) == []


def test_text_comes_back_as_it_was_given(store: Store) -> None:
    act = Outlined("\ud800\0", "name:\udfff", FIRST.geometry + " \n", "")
    (entry,) = store.append([act], by="ann", at=at(0))
    assert store.outlines() == (entry,)
    assert store.outlines()[0].act == act
    assert store.append([act], by="ann", at=at(1)) == ()
