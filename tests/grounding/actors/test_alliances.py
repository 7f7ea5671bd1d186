"""The table of alliances: its names exist, its spells are whole, and nobody is of two sides or of a circle on any day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest

from whoholds.grounding.actors.alliances import alliances, country_named, is_state, organisation_named, table_lines
from whoholds.grounding.actors.tables import read_table
from whoholds.model import Affiliation, Role
from whoholds.reconcile.sides import Sides


def canonical_names() -> set[str]:
    lists = (
        listed for table in ("organisations.toml", "groups.toml") for by in read_table(table).values() for listed in by.values()
    )
    return {line.partition(" @ ")[0].split(" | ")[0] for listed in lists for line in listed.strip().splitlines()}


def sides() -> Sides:
    return Sides(alliances(), country_named=country_named, organisation_named=organisation_named)


def days() -> list[date]:
    """Every day on which something begins or has ended."""
    ends = {each.first for each in alliances()} | {each.last + timedelta(days=1) for each in alliances() if each.last}
    return sorted(filter(None, ends))


def test_there_are_affiliations_worth_having() -> None:
    assert len(list(table_lines())) >= 120
    assert {line.kind for line in table_lines()} == {"with", "apart", "leaders"}


def test_every_name_is_a_country_or_an_organisation_of_the_tables() -> None:
    known = canonical_names()
    ends = [end for each in alliances() for end in (each.member, each.side)]
    assert [end.organisation for end in ends if end.organisation and end.organisation not in known] == []
    assert [end.country for end in ends if end.country and not is_state(end.country)] == []
    assert [line.side for line in table_lines() if not is_state(line.side) and line.side not in known] == []


def test_no_line_stands_twice() -> None:
    lines = [(line.side, line.kind, line.member) for line in table_lines()]
    assert [line for line in lines if lines.count(line) > 1] == []


def test_spells_do_not_end_before_they_begin() -> None:
    assert [each for each in alliances() if each.first and each.last and each.first > each.last] == []


def test_nobody_is_of_two_sides_on_one_day() -> None:
    by_member: defaultdict[tuple[str, str | None, Role | None], list[Affiliation]] = defaultdict(list)
    for each in alliances():
        if not each.apart:
            by_member[each.member.name, each.member.country, each.member.role].append(each)
    clashes = [
        (one.member.name, one.side.name, other.side.name)
        for told in by_member.values()
        for k, one in enumerate(told)
        for other in told[k + 1 :]
        if (one.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (one.last or date.max)
    ]
    assert clashes == []


def test_nothing_runs_in_a_circle() -> None:
    found = sides()
    for side in {each.side for each in alliances()}:  # a circle has nobody but sides in it
        for day in days():
            way = found.why(side, day)
            assert len({step.member for step in way}) == len({step.side for step in way}) == len(way), (day, way)


def test_every_line_decides_on_its_days() -> None:
    found = sides()
    apart = {(each.member, each.side) for each in alliances() if each.apart}
    for each in alliances():
        if each.apart or (each.member, each.side) in apart:
            continue
        for day in filter(None, (each.first, each.last)):
            assert found.side_of(each.member, day) == found.side_of(each.side, day), each


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Turkey", "TUR"),
        ("Turkish", "TUR"),
        ("Ankara", "TUR"),
        ("U.S.", "USA"),
        ("Soviet", "RUS"),
        ("Kurdish", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_name_people_and_capital(words: str, code: str | None) -> None:
    assert country_named(words) == code


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("HTS", "Hayat Tahrir al-Sham"),
        ("Wagner", "Wagner Group"),
        ("hts", None),
        ("Prigozhin", None),
        ("nobody known", None),
        ("", None),
    ],
)
def test_an_organisation_is_known_by_any_writing(words: str, name: str | None) -> None:
    assert organisation_named(words) == name
