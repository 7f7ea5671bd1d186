"""The tables behind actors: well formed, and each entry findable."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from whoholds.grounding import countries
from whoholds.grounding.actors.tables import aliases, known_names, read_table, role_words, words_in, words_of
from whoholds.model import Role

ALIASES = list(known_names())


def test_every_country_of_the_tables_exists():
    codes = {country.alpha3 for country in countries.countries()}
    named = {option.country for alias in ALIASES for option in alias.known.options if option.country}
    assert named - codes == set()


def test_there_are_hundreds_of_groups():
    armed = {alias.known.name for alias in ALIASES if alias.known.options[0].role in (Role.REB, Role.UAF)}
    assert len(armed) > 500


def test_intergovernmental_bodies_have_no_country():
    countries_of_igos = {option.country for alias in ALIASES for option in alias.known.options if option.role is Role.IGO}
    assert countries_of_igos == {None}


@pytest.mark.parametrize("first", ["houthi", "farc", "united"])
def test_longer_writings_come_first(first):
    lengths = [len(alias.words) for alias in aliases(first)]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SPLM-IO", ("splm", "io")),
        ("U.N.", ("u", "n")),
        ("Nicolás", ("nicolas",)),
        ("", ()),
        ("—", ()),
        ("People's", ("people", "s")),
    ],
)
def test_words_are_compared_without_marks(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("plural", "role"),
    [("soldiers", "MIL"), ("policemen", "COP"), ("militias", "UAF"), ("agencies", None), ("women", "CVL"), ("children", "CVL")],
)
def test_plurals_are_made(plural, role):
    assert role_words().heads.get(plural) == role


def test_no_noun_is_in_two_lists():
    words = role_words()
    assert not set(words.heads) & set(words.forces)


def test_there_are_hundreds_of_other_bodies_and_people():
    people = {alias.known.name for alias in ALIASES if alias.known.person}
    bodies = {alias.known.name for alias in ALIASES if not alias.known.person}
    assert len(people) > 1000
    assert len(bodies) > 1000


def test_every_writing_can_be_found():
    lost = [alias.words for alias in ALIASES if not alias.words or alias not in aliases(alias.words[0])]
    assert lost == []


def test_an_unknown_word_begins_no_name():
    assert aliases("zzz") == ()


def test_spells_run_forward():
    spells = [spell for alias in ALIASES for option in alias.known.options for spell in option.spells]
    assert spells
    assert all(spell.first <= spell.last for spell in spells)


def _roles(name: str, day: date | None) -> set[tuple[str | None, str]]:
    """What the best option is of each country a name may belong to."""
    words = words_of(name)
    known = next(alias.known for alias in aliases(words[0]) if alias.words == words)
    first: dict[str | None, str] = {}
    for option in known.on(day):
        first.setdefault(option.country, option.role.value)
    return set(first.items())


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Taliban", date(2009, 7, 14), ("AFG", "REB")),
        ("Taliban", date(2021, 8, 14), ("AFG", "REB")),
        ("Taliban", date(2021, 8, 15), ("AFG", "GOV")),
        ("Taliban", date(1999, 1, 1), ("AFG", "GOV")),
        ("Hayat Tahrir al-Sham", date(2024, 11, 30), ("SYR", "REB")),
        ("HTS", date(2024, 12, 8), ("SYR", "GOV")),
        ("Rapid Support Forces", date(2023, 4, 14), ("SDN", "MIL")),
        ("RSF", date(2023, 4, 15), ("SDN", "REB")),
        ("TPLF", date(2015, 1, 1), ("ETH", "GOV")),
        ("TPLF", date(2021, 6, 29), ("ETH", "REB")),
        ("Fano", date(2021, 11, 5), ("ETH", "UAF")),
        ("Fano", date(2024, 1, 1), ("ETH", "REB")),
        ("Sandinistas", date(1978, 1, 1), ("NIC", "REB")),
        ("Sandinistas", date(1985, 1, 1), ("NIC", "GOV")),
        ("FLN", date(1957, 1, 28), ("DZA", "REB")),
        ("African National Congress", date(1990, 2, 2), ("ZAF", "OPP")),
        ("African National Congress", date(2000, 1, 1), ("ZAF", "GOV")),
        ("Khmer Rouge", date(1977, 1, 1), ("KHM", "GOV")),
        ("Wazalendo", date(2025, 1, 1), ("COD", "UAF")),
        ("Ahmed al-Sharaa", date(2025, 3, 10), ("SYR", "GOV")),
        ("Wagner Group", date(2023, 6, 24), (None, "UAF")),
    ],
)
def test_roles_change_with_the_day(name, day, code):
    assert code in _roles(name, day)


def test_without_a_day_everything_is_possible():
    words = words_of("Taliban")
    known = next(alias.known for alias in aliases(words[0]) if alias.words == words)
    assert {option.role for option in known.on(None)} == {Role.REB, Role.GOV}


def test_a_day_outside_all_spells_leaves_everything_possible():
    words = words_of("Viet Minh")
    known = next(alias.known for alias in aliases(words[0]) if alias.words == words)
    assert known.on(date(2020, 1, 1)) == known.options


@pytest.mark.parametrize(
    ("writing", "name"),
    [
        ("Izzedine al-Qassam Brigades", "Hamas"),
        ("ZSU", "Armed Forces of Ukraine"),
        ("Clan del Golfo", "Gulf Clan"),
        ("OXFAM", "Oxfam"),
    ],
)
def test_a_body_has_one_name(writing, name):
    words = words_of(writing)
    assert {alias.known.name for alias in aliases(words[0]) if alias.words == words} == {name}


def test_state_bodies_are_told_by_nouns_with_a_role():
    words = role_words()
    assert [
        noun for noun in words.bodies if noun not in words.heads and noun not in words.forces and noun not in words.agents
    ] == []


def test_no_writing_names_two_bodies_of_one_country():
    shared = {
        (alias.words, country)
        for alias in ALIASES
        for country in {option.country for option in alias.known.options}
        if len({option.name for option in alias.known.options if option.country == country}) > 1
    }
    assert shared == set()


def test_no_noun_stands_twice_in_a_list():
    table = read_table("roles.toml")
    lists = [words_in(nouns) for section in table.values() for nouns in section.values()]
    assert [noun for nouns in lists for noun, times in Counter(nouns).items() if times > 1] == []
