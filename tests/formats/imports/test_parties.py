"""Actors as data sets name them."""

from __future__ import annotations

import pytest

from whoholds.formats.imports.parties import actor
from whoholds.model import Role


@pytest.mark.parametrize(
    ("name", "coded", "country", "role", "organisation"),
    [
        ("Military Forces of Ukraine (2019-)", Role.MIL, "UKR", Role.MIL, None),
        ("Police Forces of Armenia (2018-)", Role.MIL, "ARM", Role.COP, None),
        ("Government of Yemen (North Yemen)", Role.GOV, "YEM", Role.GOV, None),
        ("Government of Azerbaijan (2003-)", Role.MIL, "AZE", Role.GOV, None),
        ("Civilians (Syria)", Role.CVL, "SYR", Role.CVL, None),
        ("Protesters (Armenia)", Role.CVL, "ARM", Role.CVL, None),
        ("Unidentified Armed Group (Mali)", Role.UAF, "MLI", Role.UAF, None),
        ("Wagner Group", None, None, Role.UAF, "Wagner Group"),
        ("HTS: Hayat Tahrir al-Sham", Role.REB, None, Role.REB, "Hayat Tahrir al-Sham"),
        ("Hill Front (Mali)", Role.REB, "MLI", Role.REB, "Hill Front"),
        ("Civilians", None, None, Role.CVL, None),
        ("", None, None, Role.UAF, None),
    ],
)
def test_actor(name: str, coded: Role | None, country: str | None, role: Role, organisation: str | None) -> None:
    found = actor(name, coded)
    assert (found.name, found.country, found.role, found.organisation or None) == (name, country, role, organisation)
