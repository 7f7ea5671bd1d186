"""Who is an actor where it stands and what only tells where, through the real pipeline."""

from __future__ import annotations

from functools import cache

import pytest

from whoholds.grounding import Grounding
from whoholds.model import Document
from whoholds.pipeline import Reader

# The sentence, what must be among its actors, and what must not.
SENTENCES = {
    "force that a law comes into": ("The new law came into force on Sunday, the army said.", {"army"}, {"force"}),
    "force that is used": ("The army used force to disperse demonstrators.", {"army", "demonstrators"}, {"force"}),
    "position to do something": ("The rebels are not in a position to attack Goma.", {"rebels"}, {"position"}),
    "positions of somebody": ("Warplanes struck rebel positions in Idlib.", {"rebel positions"}, set()),
    "resistance that is met": ("Troops met fierce resistance in Kachin.", {"Troops"}, {"fierce resistance"}),
    "regime of a ceasefire": ("The army broke the ceasefire regime on Monday.", {"army"}, {"ceasefire regime"}),
    "regime that rules": ("The Assad regime released the prisoners.", {"Assad regime"}, set()),
    "figures of casualties": ("Police gave no casualty figures.", {"Police"}, {"casualty figures"}),
    "figure of somebody": (
        "The colonel would not give the exact figure of terrorists killed.",
        {"terrorists"},
        {"exact figure of terrorists"},
    ),
    "bodies of the dead": ("The rebels returned the bodies of three soldiers.", {"rebels", "three soldiers"}, set()),
    "parts of a country": (
        "The Taliban seized major parts of the country.",
        {"Taliban"},
        {"country", "major parts of the country"},
    ),
    "capital of a province": ("It was the first provincial capital that the insurgents took.", {"insurgents"}, {"capital"}),
    "state that is to be founded": (
        "Boko Haram wants to establish an Islamist state in Nigeria.",
        {"Boko Haram"},
        {"Islamist state", "Nigeria"},
    ),
    "state that is no Islamic State": ("The militants want an Islamic state in the Sahel.", {"militants"}, {"Islamic state"}),
    "countries around": (
        "The group attacked villages in countries around Lake Chad.",
        {"group"},
        {"countries", "countries around Lake Chad"},
    ),
    "country that acts": ("The country accused its neighbours of backing the rebels.", {"country", "rebels"}, set()),
    "authority that is handed over": ("It ended after the Transfer of Authority to the army.", {"army"}, {"Authority"}),
    "conference of a town": (
        "Lavrov met diplomats at the Munich Security Conference.",
        {"Lavrov", "diplomats"},
        {"Munich Security Conference"},
    ),
    "state of a federation": (
        "Troops fought militants in the northern state of Borno.",
        {"Troops", "militants"},
        {"northern state of Borno", "state", "Borno"},
    ),
    "department": ("The army fought rebels in the Colombian department of Cauca.", {"army", "rebels"}, {"department"}),
    "state of emergency": (
        "The state of emergency was extended, the interior ministry said.",
        {"interior ministry"},
        {"state"},
    ),
    "capital where something happens": (
        "The rebels met mediators in the Belarusian capital of Minsk.",
        {"rebels"},
        {"Belarusian capital of Minsk", "Minsk"},
    ),
    "seat that acts": ("Moscow accused Kyiv of breaking the truce.", {"Moscow", "Kyiv"}, set()),
    "seat that is taken": ("The Taliban captured Kabul in August.", {"Taliban"}, {"Kabul"}),
    "seat on a road": ("The rebels closed the road between Baghdad and Basra.", {"rebels"}, {"Baghdad"}),
    "country that is left": ("The president fled Libya and the army left Mali.", {"president", "army"}, {"Libya", "Mali"}),
    "countries in a row": ("Fighters fled to Chad and Niger.", {"Fighters"}, {"Chad", "Niger"}),
    "parties in a row": ("A truce between Armenia and Azerbaijan began.", {"Armenia", "Azerbaijan"}, set()),
    "officials of some": ("Officials from Russia, Ukraine and Turkey met.", {"Officials", "Ukraine", "Turkey"}, {"Russia"}),
    "country that is given arms": ("Iran gave drones to Russia in October.", {"Iran", "Russia"}, set()),
    "dateline with a colon": ("LIBREVILLE: Gunmen killed two soldiers.", {"Gunmen", "two soldiers"}, {"LIBREVILLE"}),
    "dateline of an agency": ("MOSCOW, June 28. /TASS/. The army shelled Donetsk.", {"army"}, {"MOSCOW", "TASS"}),
    "dateline with a dash": ("TRIPOLI, Libya (AP) — Gunmen killed a guard.", {"Gunmen"}, {"TRIPOLI", "Libya"}),
    "town held by somebody": ("The army shelled rebel-held Donetsk.", {"army"}, {"Donetsk", "-held Donetsk"}),
    "station": ("A bomb went off near a police station and killed four officers.", {"four officers"}, {"police station"}),
    "side of a border": ("Shells landed on the Syrian side of the border.", set(), {"Syrian side of the border"}),
    "task of soldiers": ("The pilots flew reconnaissance missions.", {"pilots"}, {"reconnaissance missions"}),
    "raids on a seat": ("The coalition answered with raids on Sanaa.", {"coalition"}, {"Sanaa"}),
    "pressure on a government": ("The United States put pressure on Kyiv.", {"United States", "Kyiv"}, set()),
    "strikes of nobody told": ("Air strikes hit a market in Idlib, residents said.", {"residents"}, {"Air strikes"}),
    "strike of a state": ("An Israeli strike killed two Hezbollah fighters.", {"Israeli strike"}, set()),
    "arms before a deed": ("The two armies exchanged artillery fire.", {"two armies"}, {"artillery"}),
    "name behind the noun of a place": ("The rebels control the capital Sanaa.", {"rebels"}, {"Sanaa"}),
    "office with hyphens": (
        "The commander-in-chief of the army spoke.",
        {"commander-in-chief of the army"},
        {"chief of the army"},
    ),
    "nationality that shares a noun": ("Afghan and coalition forces took the town.", {"Afghan", "coalition forces"}, set()),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_whereabouts(name: str) -> None:
    _, wanted, unwanted = SENTENCES[name]
    found = {actor.name for actor in _grounded()[name].actors}
    assert wanted <= found
    assert not unwanted & found


SIDES = {
    "killed by a foreign army": (
        "Ukraine blamed Russian forces in Donbas, which killed soldiers and civilians.",
        "soldiers",
        "UKR MIL",
    ),
    "defence of a village": (
        "Self-defence forces of the village near Mopti drove the bandits away.",
        "Self-defence",
        "MLI UAF",
    ),
    "army of a country": ("Japan's self-defence forces sent engineers.", "Japan's self-defence forces", "JPN MIL"),
    "republics of rebels": (
        "Representatives of the People's Republics of Lugansk and Donetsk signed.",
        "Representatives",
        "UKR REB",
    ),
    "officials named after their seat": ("KIEV officials agreed to a truce.", "KIEV officials", "UKR GOV"),
    "forces of rebels": ("The Taliban said its forces had repelled an attack near Kabul in 2009.", "forces", "AFG REB"),
    "chief of an army": ("Sudan's army took the airport and its chief flew in.", "chief", "SDN MIL"),
    "soldiers of a mission": ("The UN mission in Mali said its soldiers had been hurt.", "soldiers", "None PPL"),
    "spokesman for an army": ("A spokesman for the Nigerian army confirmed it.", "spokesman", "NGA MIL"),
    "office told behind a name": (
        "Ibrahim Attahiru, the country's new army chief, spoke in Nigeria.",
        "Ibrahim Attahiru",
        "NGA MIL",
    ),
}


PERSONS = "Qassam Brigades fighters killed a guard, Sergei Lavrov said. The army spokesman denied it."


@cache
def _grounded() -> dict[str, Grounding]:
    """The groundings of all texts by name, read in one go."""
    texts = {name: told[0] for name, told in (*SENTENCES.items(), *SIDES.items())} | {"persons": PERSONS}
    documents = (Document(text=text, name=name) for name, text in texts.items())
    return {grounding.document.name or "": grounding for grounding in Reader().ground_many(documents)}


@pytest.mark.parametrize("name", SIDES)
def test_sides(name: str) -> None:
    _, words, code = SIDES[name]
    found = {actor.name: f"{actor.country} {actor.role}" for actor in _grounded()[name].actors}
    assert code in [told for called, told in found.items() if called.startswith(words)], found


def test_persons_are_told_from_groups() -> None:
    grounding = _grounded()["persons"]
    persons = {actor.name for actor in grounding.actors if grounding.actor_context.is_person(actor)}
    assert persons == {"Sergei Lavrov"}
