"""Speakers: who bears a name, and who speaks for one that does."""

from __future__ import annotations

import pytest

from whoholds.reconcile.speakers import is_named, represented


@pytest.mark.parametrize(
    "name", ["Red Cross", "the Red Cross", "Peter Maurer", "Ministry of Defence", "Bank of Armenia", "Observatory for Rights"]
)
def test_names(name: str) -> None:
    assert is_named(name)


@pytest.mark.parametrize(
    "name",
    ["residents", "Residents", "residents of Kalbajar", "witnesses in Goma", "a source from Baku", "Locals", "", "of", ","],
)
def test_no_names(name: str) -> None:
    assert not is_named(name)
    assert represented(name) is None


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("Red Cross officials", "Red Cross"),
        ("a senior Red Cross official", "Red Cross"),
        ("Senior Red Cross officials", "Red Cross"),
        ("the Red Cross's spokesman", "Red Cross"),
        ("U.N. spokesman Stephane Dujarric", "U.N."),
        ("officials of the Red Cross in Goma", "Red Cross"),
        ("a spokesman for the International Committee of the Red Cross", "International Committee of the Red Cross"),
        ("International Committee of the Red Cross officials", "International Committee of the Red Cross"),
        ("officials", None),
        ("Local officials", None),
        ("officials in Kalbajar", None),
        ("spokesman Peter Maurer", None),
        ("the wife of a Red Cross official", None),
        ("Red Cross", None),
    ],
)
def test_who_speaks_for_whom(name: str, whom: str | None) -> None:
    assert represented(name) == whom
