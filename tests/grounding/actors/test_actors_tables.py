"""The tables behind actors: well formed, and each entry findable."""

from __future__ import annotations

import pytest

from whoholds.grounding import countries
from whoholds.grounding.actors.tables import aliases, role_words, words_of
from whoholds.model import Role

ALIASES = [alias for group in aliases().values() for alias in group]


def test_every_country_of_the_tables_exists():
    codes = {country.alpha3 for country in countries.countries()}
    named = {country for alias in ALIASES for country, _ in alias.known.options if country}
    assert named - codes == set()


def test_there_are_hundreds_of_groups():
    armed = {alias.known.name for alias in ALIASES if alias.known.options[0][1] in (Role.REB, Role.UAF)}
    assert len(armed) > 250


def test_intergovernmental_bodies_have_no_country():
    countries_of_igos = {country for alias in ALIASES for country, role in alias.known.options if role is Role.IGO}
    assert countries_of_igos == {None}


@pytest.mark.parametrize("first", ["houthi", "farc", "united"])
def test_longer_writings_come_first(first):
    lengths = [len(alias.words) for alias in aliases()[first]]
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
