"""ACLED's types: given where the words or the parties tell them, and not guessed."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.formats.acled_types import Kind, inter, interaction, kind_of, targets_civilians
from whoholds.model import UNBOUNDED, Actor, Count, EventType, Incident, Role, Standing, Tally

ARMY = Actor(name="Russian forces", country="RUS", role=Role.MIL)
DEFENDERS = Actor(name="Ukraine's army", country="UKR", role=Role.MIL)
REBELS = Actor(name="rebels", country="UKR", role=Role.REB)
GUNMEN = Actor(name="gunmen", country="UKR", role=Role.UAF)
VILLAGERS = Actor(name="villagers", country="UKR", role=Role.CVL)
SOMEBODY = Actor(name="somebody")
FIGHT = Kind("Battles", "Armed clash")


def incident(type: EventType, killed: Count | None = None) -> Incident:
    tallies = (Tally(what="killed", count=killed, voice="v", said=date(2023, 1, 1), claim="c"),) if killed else ()
    return Incident(
        type=type,
        when=UNBOUNDED,
        site=None,
        actors=(),
        recipients=(),
        tallies=tallies,
        standing=Standing.CLAIMED,
        supporting=("c",),
    )


@pytest.mark.parametrize(
    ("doers", "undergoers", "words", "kind"),
    [
        ([ARMY], [VILLAGERS], "Russian forces attacked villagers", Kind("Violence against civilians", "Attack")),
        ([ARMY], [DEFENDERS], "fighting in Bakhmut", FIGHT),
        ([ARMY, DEFENDERS], [], "the armies clashed", FIGHT),
        ([ARMY], [VILLAGERS, DEFENDERS], "attacked", FIGHT),
        ([ARMY], [], "attacked Bakhmut", Kind("", "")),
        ([], [], "12 people were killed", Kind("", "")),
        ([ARMY], [VILLAGERS], "an airstrike killed villagers", Kind("Explosions/Remote violence", "Air/drone strike")),
        ([], [], "Shelling killed 12", Kind("Explosions/Remote violence", "Shelling/artillery/missile attack")),
        ([], [], "a suicide bomber struck the market", Kind("Explosions/Remote violence", "Suicide bomb")),
        ([], [], "a roadside bomb", Kind("Explosions/Remote violence", "Remote explosive/landmine/IED")),
        (
            [GUNMEN],
            [VILLAGERS],
            "gunmen kidnapped villagers",
            Kind("Violence against civilians", "Abduction/forced disappearance"),
        ),
        ([GUNMEN], [VILLAGERS], "the grape harvest was attacked", Kind("Violence against civilians", "Attack")),
    ],
)
def test_an_assault(doers: list[Actor], undergoers: list[Actor], words: str, kind: Kind) -> None:
    assert kind_of(incident(EventType.ASSAULT), doers, undergoers, [words]) == kind


@pytest.mark.parametrize(
    ("type", "words", "kind"),
    [
        (EventType.COERCE, "police arrested 12", Kind("Strategic developments", "Arrests")),
        (EventType.COERCE, "a curfew", Kind("Strategic developments", "Other")),
        (EventType.COERCE, "soldiers looted homes", Kind("Strategic developments", "Looting/property destruction")),
        (EventType.RETREAT, "Kalbajar was handed over", Kind("Strategic developments", "Non-violent transfer of territory")),
        (EventType.RETREAT, "the troops withdrew", Kind("Strategic developments", "Other")),
        (EventType.AGREE, "signed", Kind("Strategic developments", "Agreement")),
        (EventType.PROTEST, "thousands marched", Kind("Protests", "Peaceful protest")),
        (EventType.PROTEST, "protesters clashed with police", Kind("Riots", "Violent demonstration")),
    ],
)
def test_other_types(type: EventType, words: str, kind: Kind) -> None:
    assert kind_of(incident(type), [], [], [words]) == kind


def test_a_protest_that_cost_lives_is_not_called_peaceful() -> None:
    assert kind_of(incident(EventType.PROTEST, Count(3, 3)), [], [], ["thousands marched"]) == Kind("Protests", "")


@pytest.mark.parametrize(
    ("actor", "where", "kind", "told"),
    [
        (ARMY, "RU", FIGHT, "State forces"),
        (ARMY, "UA", FIGHT, "External/Other forces"),
        (ARMY, None, FIGHT, "State forces"),
        (REBELS, "UA", FIGHT, "Rebel group"),
        (GUNMEN, "UA", FIGHT, "Political militia"),
        (VILLAGERS, "UA", FIGHT, "Civilians"),
        (VILLAGERS, "UA", Kind("Protests", ""), "Protesters"),
        (VILLAGERS, "UA", Kind("Riots", ""), "Rioters"),
        (SOMEBODY, "UA", FIGHT, None),
    ],
)
def test_kinds_of_actors(actor: Actor, where: str | None, kind: Kind, told: str | None) -> None:
    assert inter([actor], where, kind) == told
    assert inter([], where, kind) is None


def test_an_interaction_has_one_order() -> None:
    assert interaction("Civilians", "State forces") == interaction("State forces", "Civilians") == "State forces-Civilians"
    assert interaction("Protesters", None) == "Protesters only"
    assert interaction(None, None) is None


def test_civilians_as_targets() -> None:
    assert targets_civilians(Kind("Explosions/Remote violence", "Grenade"), [VILLAGERS])
    assert not targets_civilians(Kind("Explosions/Remote violence", "Grenade"), [DEFENDERS])
    assert not targets_civilians(Kind("Strategic developments", "Arrests"), [VILLAGERS])


@pytest.mark.parametrize(
    ("event", "disorder"),
    [
        ("Battles", "Political violence"),
        ("Riots", "Demonstrations"),
        ("Strategic developments", "Strategic developments"),
        ("", ""),
    ],
)
def test_disorder_goes_with_the_type(event: str, disorder: str) -> None:
    assert Kind(event, "").disorder == disorder
