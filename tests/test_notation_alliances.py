"""Alliances in the notation: printed and read they are the same, among claims or alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from whoholds.model import Actor, Allied, Claim, Entry, Parted, Role, When
from whoholds.notation import alliance_lines, bare, parse, parse_acts, to_text
from whoholds.notation.printing import joined
from whoholds.reconcile.sides import Sides, affiliations_of

WRITTEN = """\
2014/2023-06-22 alliance: Wagner Group [RUS UAF "Wagner Group"] with Russia [RUS GOV]
  because "paid and armed by the state"

2023-06-23/2023-06-24 alliance: Wagner Group [RUS UAF "Wagner Group"] apart from Russia [RUS GOV]
  because "the mutiny"

always alliance: "Front, the other" with "men apart" [SYR REB]
"""
WAGNER = Actor(name="Wagner Group", country="RUS", role=Role.UAF, organisation="Wagner Group")
RUSSIA = Actor(name="Russia", country="RUS", role=Role.GOV)
acts = st.builds(
    lambda kind, *rest: kind(*rest),
    st.sampled_from([Allied, Parted]),
    strategies.actors,
    strategies.actors,
    st.none() | strategies.whens,
    strategies.names,
)


def written(*acts: Allied | Parted) -> str:
    return "\n".join("".join(joined(line) + "\n" for line in alliance_lines(act)) for act in acts)


def test_alliances_are_read() -> None:
    found, problems = parse_acts(WRITTEN)
    assert problems == []
    assert found == [
        Allied(WAGNER, RUSSIA, When("2014/2023-06-22"), "paid and armed by the state"),
        Parted(WAGNER, RUSSIA, When("2023-06-23/2023-06-24"), "the mutiny"),
        Allied(Actor(name="Front, the other"), Actor(name="men apart", country="SYR", role=Role.REB), None, ""),
    ]


def test_alliances_are_printed_as_they_were_written() -> None:
    found, _ = parse_acts(WRITTEN)
    assert written(*(act for act in found if not isinstance(act, Claim))) == WRITTEN


@given(st.lists(acts, max_size=3))
def test_printed_and_read_they_are_the_same(told: list[Allied | Parted]) -> None:
    found, problems = parse_acts(written(*told))
    assert problems == []
    assert found == told


@settings(max_examples=30)
@given(strategies.documents().flatmap(lambda document: st.tuples(st.just(document), strategies.claims(document))), acts)
def test_claims_stand_beside_them(told: tuple[object, Claim], act: Allied | Parted) -> None:
    document, claim = told
    text = written(act) + "\n" + to_text([claim], [document])  # type: ignore[list-item]
    assert parse_acts(text, documents=[document]) == ([act, bare(claim)], [])  # type: ignore[list-item]


def test_claims_alone_leave_a_problem_for_each_alliance() -> None:
    found, problems = parse(WRITTEN)
    assert found == []
    assert [problem.message for problem in problems] == ["an alliance is no claim"] * 3
    assert [problem.span and problem.span.quote for problem in problems] == [
        "2014/2023-06-22",
        "2023-06-23/2023-06-24",
        "always",
    ]


@pytest.mark.parametrize(
    ("text", "message", "quote"),
    [
        ("alliance: A with B", "the alliance begins without a date", "alliance"),
        ("always alliance: A with", "the claim breaks off here", "with"),
        ("always alliance: A apart B", "'B' cannot stand here", "B"),
        ("2023-13 alliance: A with B", "'2023-13' is not an EDTF date", "2023-13"),
        ("always alliance: A [QQQ WWW] with B", "'WWW' is one code too many", "WWW"),
        ("always alliance: A with B\n  own voice", "'own' cannot stand here", "own"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(text: str, message: str, quote: str) -> None:
    found, problems = parse_acts(text)
    assert found == []
    assert [(problem.message.startswith(message), problem.span and problem.span.quote) for problem in problems] == [
        (True, quote)
    ]


def test_the_docs_show_them_as_they_are_read() -> None:
    page = Path(__file__).parent.parent / "docs" / "notation.md"
    (shown,) = [block for block in page.read_text(encoding="utf-8").split("```") if " alliance: " in block]
    found, problems = parse_acts(shown)
    assert problems == []
    assert [type(act) for act in found] == [Allied, Parted]


def test_what_is_written_decides_who_is_with_whom() -> None:
    found, _ = parse_acts(WRITTEN)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    sides = Sides(
        affiliations_of(Entry(k, at, "somebody", act) for k, act in enumerate(found, 1) if not isinstance(act, Claim))
    )
    keys = [sides.side_of(WAGNER, date(2023, 6, day)).key for day in (22, 23, 24, 25)]
    assert keys == ["RUS", "wagner group", "wagner group", "wagner group"]
