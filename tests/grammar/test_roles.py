"""Doers and undergoers beyond the arguments of the verb."""

from __future__ import annotations

import pytest

from tests.grammar.build import claim_at, told
from whoholds.model import Event


def _recipients(text: str, words: str) -> list[str]:
    matter = claim_at(told(text), words).matter
    assert isinstance(matter, Event)
    return [actor.name for actor in matter.recipients]


@pytest.mark.parametrize(
    ("text", "words", "recipients"),
    [
        ("A rocket hit a block of flats in Mykolaiv, killing seven people.", "killing", []),
        ("Shells killed dozens in Toretsk.", "killed", []),
        ("Shells killed two nurses in Toretsk.", "killed", ["two nurses"]),
        ("Police arrested 40 people in Nairobi.", "arrested", ["40 people"]),
        ("Kampala demanded that Kinshasa disarm the group.", "demanded", ["Kinshasa"]),
        ("Strikers demanded that the king be deposed.", "demanded", []),
        ("The opposition demanded the resignation of the defence minister.", "demanded", ["defence minister"]),
        ("Crowds attacked the embassy of Rwanda in Kinshasa and police replied with tear gas.", "tear gas", ["Crowds"]),
    ],
)
def test_recipients(text: str, words: str, recipients: list[str]) -> None:
    assert _recipients(text, words) == recipients


def test_each_side_is_both() -> None:
    text = "Azerbaijan shelled Armenia. Armenia shelled Azerbaijan. The two sides traded blame for the violence."
    matter = claim_at(told(text), "traded blame").matter
    assert isinstance(matter, Event)
    assert {actor.country for actor in matter.actors} == {actor.country for actor in matter.recipients} == {"AZE", "ARM"}


def test_an_undertaking_has_one_actor() -> None:
    matter = claim_at(told("Rebels and the government met. The government undertook to pay the fighters."), "undertook").matter
    assert isinstance(matter, Event)
    assert [actor.name for actor in matter.actors] == ["government"]
