"""The two parties of a story."""

from __future__ import annotations

from whoholds.grounding.actors.parties import is_party, settle_party
from whoholds.grounding.actors.told import Reading
from whoholds.model import Role

ARMY = Reading(0, 1, "role", "SDN", Role.MIL, key="army")
FORCES = Reading(0, 1, "known", "SDN", Role.REB, "Rapid Support Forces", key="rapid support forces")
ARMENIA = Reading(0, 0, "country", "ARM", Role.GOV)
AZERBAIJAN = Reading(0, 0, "country", "AZE", Role.GOV)
SIDES = Reading(0, 1, "sides", key="sides")
ENEMY = Reading(0, 0, "role", role=None, open=True, key="enemy", plain=True)


def test_sides_and_enemies_wait_for_the_parties():
    assert is_party(SIDES)
    assert is_party(ENEMY)
    assert not is_party(ARMY)


def test_sides_of_a_war_at_home_share_its_country():
    assert settle_party(SIDES, [ARMY, FORCES]).country == "SDN"


def test_sides_of_a_war_between_states_have_none():
    assert settle_party(SIDES, [ARMENIA, AZERBAIJAN]).country is None


def test_the_enemy_is_the_party_told_of_less():
    enemy = settle_party(ENEMY, [ARMY, FORCES])
    assert (enemy.country, enemy.role) == ("SDN", Role.REB)
    assert settle_party(ENEMY, [ARMENIA, AZERBAIJAN]).role is Role.MIL


def test_without_two_parties_the_enemy_stays_open():
    assert settle_party(ENEMY, [ARMY]) == ENEMY
