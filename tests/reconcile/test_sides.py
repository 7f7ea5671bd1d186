"""Sides with the table that comes with the program: names that reports use, and the days on which they change sides."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.grounding.actors.alliances import alliances, country_named, organisation_named
from whoholds.model import Actor, Affiliation, Role
from whoholds.reconcile.sides import Sides


def sides(*more: Affiliation) -> Sides:
    return Sides((*alliances(), *more), country_named=country_named, organisation_named=organisation_named)


def actor(name: str, codes: str = "", organisation: str | None = None) -> Actor:
    """An actor as the reader gives it: `actor("rebels", "SYR REB")`."""
    country, _, role = codes.partition(" ")
    return Actor(name=name, country=country or None, role=Role(role) if role else None, organisation=organisation)


WAGNER = actor("Wagner fighters", "UKR UAF", "Wagner Group")


def test_forces_of_one_side_are_comparable_by_all_their_names() -> None:
    told = [
        actor("Armenian forces", "ARM MIL"),
        actor("ethnic Armenian forces backed by Armenia", "AZE REB"),
        actor("Ethnic Armenian forces", "AZE REB"),
        actor("Artsakh Defence Army", "AZE REB", "Karabakh Defence Army"),
        actor("Karabakh Armenians", "AZE REB", "Karabakh Armenians"),
        actor("Separatists", "AZE REB"),
        actor("Arayik Harutyunyan", "AZE REB"),
        actor("Armenia"),
    ]
    found = sides()
    assert {found.side_of(each, date(2020, 11, 20)).key for each in told} == {"ARM"}
    assert found.side_of(actor("Azerbaijani troops", "AZE MIL"), date(2020, 11, 20)).key == "AZE"


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2013, 12, 31), "wagner group"),
        (date(2014, 1, 1), "RUS"),
        (date(2023, 6, 22), "RUS"),
        (date(2023, 6, 23), "wagner group"),
        (date(2023, 6, 24), "wagner group"),
        (date(2023, 6, 25), "RUS"),
        (date.min, "wagner group"),
        (date.max, "RUS"),
    ],
)
def test_wagner_is_of_russias_side_until_it_is_not(day: date, key: str) -> None:
    assert sides().side_of(WAGNER, day).key == key


def test_a_leaders_word_is_the_sides_word_on_the_day() -> None:
    prigozhin = actor("Wagner chief Yevgeny Prigozhin", "UKR UAF")
    assert sides().side_of(prigozhin, date(2023, 5, 20)).key == "RUS"
    assert sides().side_of(prigozhin, date(2023, 6, 24)).key == "wagner group"
    assert sides().side_of(prigozhin, date(2023, 8, 24)).key == "UKR UAF"  # dead the day before; the country is a guess


@pytest.mark.parametrize(
    ("told", "day", "key"),
    [
        (actor("RSF", "SDN MIL", "Rapid Support Forces"), date(2023, 4, 14), "SDN"),
        (actor("RSF", "SDN MIL", "Rapid Support Forces"), date(2023, 4, 15), "rapid support forces"),
        (actor("Taliban", "AFG GOV", "Taliban"), date(2015, 9, 28), "taliban"),
        (actor("Taliban", "AFG REB", "Taliban"), date(2021, 8, 15), "AFG"),
        (actor("HTS", "SYR GOV", "Hayat Tahrir al-Sham"), date(2024, 11, 30), "hayat tahrir al-sham"),
        (actor("HTS", "SYR REB", "Hayat Tahrir al-Sham"), date(2024, 12, 8), "SYR"),
        (actor("RUF", "SLE REB", "RUF"), date(1997, 7, 1), "SLE"),
        (actor("Iran-backed Houthi rebels", "YEM REB", "Houthis"), date(2018, 6, 13), "houthis"),
        (actor("Iran-backed fighters", "YEM REB"), date(2018, 6, 13), "houthis"),
        (actor("Houthi-run health ministry", "YEM GOV"), date(2018, 6, 13), "houthis"),
        (actor("M23 rebels", "COD REB", "M23"), date(2025, 1, 27), "m23"),
        (actor("rebels backed by Rwanda", "COD REB"), date(2025, 1, 27), "m23"),
        (actor("Turkish-backed rebels", "SYR REB"), date(2016, 8, 24), "TUR"),
        (actor("rebels", "SYR REB"), date(2016, 8, 24), "SYR REB"),
        (actor("U.S.-backed forces", "SYR MIL"), date(2017, 10, 17), "syrian democratic forces"),
        (actor("US-backed Iraqi forces", "IRQ MIL"), date(2017, 7, 10), "IRQ"),
        (actor("Kurdish forces", "IRQ MIL"), date(2017, 10, 16), "kurdistan regional government"),
        (actor("Pro-government forces", "SYR UAF"), date(2016, 3, 27), "SYR"),
        (actor("Russian-installed officials", "UKR GOV"), date(2022, 10, 1), "RUS"),
        (actor("Moscow-backed separatists", "UKR REB"), date(2015, 2, 18), "RUS"),
        (actor("the UN-backed government", "LBY GOV"), date(2020, 6, 5), "LBY"),
        (actor("Turkish Cypriot troops", "CYP MIL"), date(1996, 8, 14), "TUR"),
        (actor("Cypriot troops", "CYP MIL"), date(1996, 8, 14), "CYP"),
        (actor("Bosnian Serb forces", "BIH REB", "Bosnian Serb Army"), date(1995, 7, 11), "bosnian serb army"),
        (actor("Serb forces", "BIH REB"), date(1995, 7, 11), "bosnian serb army"),
        (actor("residents", "UKR CVL"), date(2022, 10, 1), "UKR CVL"),
        (actor("captives", "SDN"), date(2025, 5, 1), "captives"),
        (actor("the army", "SDN"), date(2025, 5, 1), "SDN"),
        (actor("Sudan", "SDN"), date(2025, 5, 1), "SDN"),
        (actor("SDN", "SDN"), date(2025, 5, 1), "SDN"),
        (actor("fighters", "UKR REB"), date(2022, 4, 1), "UKR REB"),
        (actor("Machar", "SSD REB"), date(2019, 9, 1), "splm-io"),
        (actor("state television", "SYR MED"), date(2016, 3, 27), "SYR MED"),
        (actor("Russian peacekeepers", "RUS PPL"), date(2020, 11, 20), "RUS"),
        (actor("U.N.", " IGO"), date(2020, 11, 20), "u.n."),
        (actor("the U.N."), date(2020, 11, 20), "united nations"),
    ],
)
def test_what_reports_call_them(told: Actor, day: date, key: str) -> None:
    assert sides().side_of(told, day).key == key


def test_why_names_the_affiliations_from_the_actor_on() -> None:
    told = sides().why(actor("Yevgeny Prigozhin", "UKR UAF"), date(2023, 5, 20))
    assert [(each.member.name, each.side.name) for each in told] == [("Prigozhin", "Wagner Group"), ("Wagner Group", "RUS")]
    assert sides().why(actor("Azerbaijani troops", "AZE MIL"), date(2020, 11, 20)) == ()
