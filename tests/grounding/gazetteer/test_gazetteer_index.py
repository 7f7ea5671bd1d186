"""The index holds what was put in, the most prominent first, however much of it there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whoholds.grounding.gazetteer import Entry, Rank, index
from whoholds.grounding.gazetteer.index import PER_KEY, compile_index
from whoholds.grounding.gazetteer.indexed import Index
from whoholds.grounding.gazetteer.keys import fold_once, skeleton
from whoholds.model import Place

NUMBERS = count()
NAMES = st.sampled_from("Goma|Gomá|Gao|Kalbajar|Kelbajar|al-Bab|Bab|Херсон|St. Louis|Saint Louis|x|!|Mt Sinjar".split("|"))
ENTRIES = st.lists(
    st.tuples(st.lists(st.tuples(NAMES, st.sampled_from(Rank)), min_size=1, max_size=4), st.floats(0, 8)), max_size=12
)


def entries(told: list[tuple[list[tuple[str, Rank]], float]]) -> Iterator[Entry]:
    for number, (names, prominence) in enumerate(told):
        place = Place(name=names[0][0], lat=number, lon=1.5, country="SY", feature="P", geonameid=number + 100)
        yield Entry(place, tuple(sorted(names, key=lambda named: named[1])), "", prominence)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(ENTRIES, st.integers(1, 5))
def test_every_key_has_its_places_in_order(
    tmp_path: Path, told: list[tuple[list[tuple[str, Rank]], float]], batch: int
) -> None:
    path = tmp_path / f"{next(NUMBERS)}.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_BATCH", batch)
        assert compile_index(path, entries(told)) == len(told)
    expected: dict[str, dict[int, Rank]] = {}
    for number, entry in enumerate(entries(told)):
        for name, rank in entry.names:
            key = fold_once(name)
            if len(key) > 1:
                expected.setdefault(key, {}).setdefault(number, rank)
    opened = Index(path)
    assert opened.size() == (len(told), len(expected))
    for key, owners in expected.items():
        in_order = sorted(owners.items(), key=lambda owner: (-told[owner[0]][1], owner[1], owner[0]))
        assert opened.owners(key) == in_order
        spelled = any(rank < Rank.ALTERNATE for rank in owners.values()) and len(skeleton(key)) >= 4
        assert (key in opened.spelled(skeleton(key))) == spelled
    for number in range(len(told)):
        assert list(opened.with_id(number + 100)) == [number]
        assert opened.place(number).place.lat == number
    opened.close()


def test_namesakes_are_limited_to_the_most_prominent(tmp_path: Path) -> None:
    path = tmp_path / "many.sqlite"
    compile_index(path, entries([([("Springfield", Rank.NAME)], number / 10) for number in range(100)]))
    numbers = [number for number, _ in Index(path).owners("springfield")]
    assert numbers == list(range(99, 99 - PER_KEY, -1))
