"""Parties: what an actor is before any alliance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests.strategies import actors, names
from whoholds.model import Actor, Role
from whoholds.reconcile.sides import party_of


@pytest.mark.parametrize(
    ("actor", "key", "name"),
    [
        (Actor(name="Azerbaijani troops", country="AZE", role=Role.MIL), "AZE", "AZE"),
        (Actor(name="police", country="AZE", role=Role.COP), "AZE", "AZE"),
        (Actor(name="the parliament", country="AZE", role=Role.LEG), "AZE", "AZE"),
        (Actor(name="the ministry", country="AZE", role=Role.MIL, organisation="Ministry of Defence"), "AZE", "AZE"),
        (Actor(name="Azerbaijan", country="AZE"), "AZE", "AZE"),
        (Actor(name="peacekeepers", country="RUS", role=Role.PPL), "RUS", "RUS"),
        (Actor(name="Wagner", country="MLI", role=Role.UAF, organisation="Wagner Group"), "wagner group", "Wagner Group"),
        (Actor(name="Wagner", country="RUS", role=Role.UAF, organisation="Wagner  Group"), "wagner group", "Wagner Group"),
        (Actor(name="the rebels", country="SYR", role=Role.REB), "SYR REB", "rebels (SYR)"),
        (Actor(name="Rebels", country="SYR", role=Role.REB), "SYR REB", "rebels (SYR)"),
        (Actor(name="residents", country="SYR", role=Role.CVL), "SYR CVL", "civilians (SYR)"),
        (Actor(name="a court", country="SYR", role=Role.JUD), "SYR JUD", "courts (SYR)"),
        (Actor(name="Prosecutor General", country="SYR", role=Role.JUD), "SYR", "SYR"),
        (Actor(name="The  Rebels", role=Role.REB), "rebels", "rebels"),
        (Actor(name=""), "", ""),
    ],
)
def test_an_actor_is_its_state_its_organisation_or_those_of_its_role(actor: Actor, key: str, name: str) -> None:
    side = party_of(actor)
    assert (side.key, side.name) == (key, name)


@given(actors, names)
def test_the_name_shown_hangs_on_the_key_alone(actor: Actor, name: str) -> None:
    for other in (name, actor.name.upper(), f"the {actor.name}"):
        one, two = party_of(actor), party_of(replace(actor, name=other))
        assert one.key != two.key or one.name == two.name
