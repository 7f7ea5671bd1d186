"""Places at hand, and how many entries there are."""

from __future__ import annotations

import pytest

from tests.questions.build import ARMENIA, KALBAJAR, LACHIN, say
from whoholds.model import Document, Filed
from whoholds.questions import Register
from whoholds.questions.ground import last_entry, sites_of


def test_places_are_read_again_when_entries_came_in() -> None:
    with Register(":memory:") as register:
        assert sites_of(register.store) == {}
        say(register, f"2020-11-25 control {KALBAJAR}: {ARMENIA} holds", on="2020-11-25")
        first = sites_of(register.store)
        assert [site.name for site in first.values()] == ["Kalbajar"]
        assert sites_of(register.store) is first
        say(register, f"2020-11-25 control {LACHIN}: {ARMENIA} holds", on="2020-11-25")
        assert sorted(site.name for site in sites_of(register.store).values()) == ["Kalbajar", "Lachin"]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 9, 33])
def test_the_last_entry(count: int) -> None:
    with Register(":memory:") as register:
        register.store.append([Filed(Document(text=f"report {number}")) for number in range(count)], by="tester")
        assert last_entry(register.store) == register.size() == count
        assert all(last_entry(register.store, least) == count for least in range(count + 1))
