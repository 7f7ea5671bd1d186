"""Roles of nouns beside the words that go with them."""

from __future__ import annotations

import pytest

from whoholds.grounding.actors.roles import Modifier, role_of
from whoholds.grounding.actors.told import Reading
from whoholds.model import Role

GOVERNMENT = Modifier(Role.GOV, by_name=False)
REBEL = Modifier(Role.REB, by_name=False)
HOUTHI = Modifier(Role.REB, by_name=True)
UN = Modifier(Role.IGO, by_name=True)
HASHD = Reading(0, 1, "known", "IRQ", Role.MIL, "Popular Mobilization Forces")
MILF = Reading(0, 1, "known", "PHL", Role.REB, "Moro Islamic Liberation Front")
GUARD = Reading(0, 1, "role", "GIN", Role.MIL)
SYRIA = Reading(0, 0, "country", "SYR", Role.GOV)


@pytest.mark.parametrize(
    ("listing", "noun", "modifier", "of", "wears", "role"),
    [
        pytest.param("heads", "army", None, None, None, Role.MIL, id="army"),
        pytest.param("heads", "army", REBEL, None, None, Role.REB, id="rebel army"),
        pytest.param("heads", "troops", GOVERNMENT, None, None, Role.MIL, id="government troops"),
        pytest.param("heads", "troops", UN, None, None, Role.PPL, id="UN troops"),
        pytest.param("heads", "officials", UN, None, None, Role.IGO, id="UN officials"),
        pytest.param("heads", "officials", HOUTHI, None, None, Role.REB, id="Houthi officials"),
        pytest.param("heads", "civilians", HOUTHI, None, None, Role.CVL, id="Houthi civilians"),
        pytest.param("heads", "men", HOUTHI, None, None, Role.REB, id="Houthi men"),
        pytest.param("heads", "men", REBEL, None, None, Role.CVL, id="a word that is no name makes no fighters of men"),
        pytest.param("heads", "men", None, GUARD, None, Role.MIL, id="men of the presidential guard"),
        pytest.param("heads", "men", None, None, Role.COP, Role.COP, id="men in coastguard uniform"),
        pytest.param("heads", "militias", None, HASHD, None, Role.MIL, id="militias of the Hashd"),
        pytest.param("heads", "police", None, MILF, None, Role.COP, id="police of a rebel body stay police"),
        pytest.param("forces", "units", GOVERNMENT, None, None, Role.MIL, id="government units"),
        pytest.param("forces", "units", None, None, None, Role.MIL, id="units"),
        pytest.param("forces", "units", HOUTHI, None, None, Role.REB, id="Houthi units"),
        pytest.param("forces", "fighters", None, MILF, None, Role.REB, id="fighters of the MILF"),
        pytest.param("agents", "spokesman", None, MILF, None, Role.REB, id="spokesman of the MILF"),
        pytest.param("agents", "spokesman", None, SYRIA, None, Role.GOV, id="spokesman of Syria"),
        pytest.param("agents", "member", None, None, None, None, id="a member of nobody told"),
    ],
)
def test_role(listing, noun, modifier, of, wears, role):
    assert role_of(listing, noun, modifier, (of, None), wears) is role
