"""Following affiliations: spells, chains, circles and partings, whatever the order they are told in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.model import Actor, Affiliation, Role, Side
from whoholds.reconcile.sides import Sides

DAY = date(2000, 6, 15)
COUNTRIES = {"Syria": "SYR", "Turkey": "TUR", "Turkish": "TUR", "Ankara": "TUR", "Syrian": "SYR", "Kurdistan": None}


def country_named(words: str) -> str | None:
    return COUNTRIES.get(words)


def group(name: str) -> Actor:
    return Actor(name=f"{name} fighters", country="SYR", role=Role.UAF, organisation=name)


def state(code: str) -> Actor:
    return Actor(name=code, country=code, role=Role.GOV)


def rebels(name: str = "rebels", role: Role = Role.REB) -> Actor:
    return Actor(name=name, country="SYR", role=role)


def entered(number: int, member: Actor, side: Actor, *, apart: bool = False) -> Affiliation:
    return Affiliation(member=member, side=side, apart=apart, source=f"entry {number}")


A, B, C, D = map(group, "ABCD")
X, Y = state("XXX"), state("YYY")
days = st.dates(date(2000, 6, 10), date(2000, 6, 20))
parties = st.sampled_from([A, B, C, D, X, Y, rebels(), rebels("Turkish rebels")])
sources = st.sampled_from(["actor table", "0123456789abcdef", *(f"entry {k}" for k in range(1, 5))])
affiliations = st.builds(
    Affiliation,
    member=parties,
    side=parties,
    first=st.none() | days,
    last=st.none() | days,
    apart=st.booleans(),
    source=sources,
)


def key(told: list[Affiliation], actor: Actor, day: date = DAY) -> str:
    return Sides(told).side_of(actor, day).key


def test_without_affiliations_everybody_is_by_himself() -> None:
    assert key([], A) == "a"
    assert Sides().side_of(X, DAY) == Side("XXX", "XXX")


@pytest.mark.parametrize(("days", "expected"), [(-1, "a"), (0, "XXX"), (5, "XXX"), (6, "a")])
def test_both_ends_of_a_spell_are_in_it(days: int, expected: str) -> None:
    told = [Affiliation(member=A, side=X, first=DAY, last=DAY + timedelta(days=5))]
    assert key(told, A, DAY + timedelta(days=days)) == expected


def test_a_spell_may_last_to_the_end_of_the_calendar() -> None:
    told = [Affiliation(member=A, side=X, first=date.min, last=date.max)]
    assert key(told, A, date.min) == key(told, A, date.max) == "XXX"


def test_chains_are_followed_and_circles_end() -> None:
    chain = [Affiliation(member=A, side=B), Affiliation(member=B, side=X)]
    assert key(chain, A) == key(chain, B) == "XXX"
    circle = [*chain, Affiliation(member=X, side=C), Affiliation(member=C, side=A)]
    assert {key(circle, each) for each in (A, B, C, X)} == {"XXX"}
    assert {key([Affiliation(member=A, side=B), Affiliation(member=B, side=A)], each) for each in (A, B)} == {"a"}
    assert key([Affiliation(member=A, side=A)], A) == "a"


def test_entries_outweigh_the_table_which_outweighs_claims() -> None:
    table, claim = Affiliation(member=A, side=X), Affiliation(member=A, side=Y, source="0123456789abcdef")
    assert key([claim, table], A) == "XXX"
    assert key([claim, table, entered(3, A, B)], A) == "b"
    assert key([table, entered(4, A, B), entered(3, A, C)], A) == "b"
    assert key([table, entered(10, A, B), entered(9, A, C)], A) == "b"  # numbers, not words
    assert key([claim, entered(3, A, X, apart=True)], A) == "YYY"
    assert key([table, entered(3, A, X, apart=True)], A) == "a"
    assert key([table, claim, entered(3, A, X, apart=True)], A) == "YYY"  # the next that holds, not nobody


def test_of_two_that_count_the_same_one_is_taken_whatever_their_order() -> None:
    both = [Affiliation(member=A, side=X), Affiliation(member=A, side=Y)]
    assert key(both, A) == key(both[::-1], A)
    claims = [replace(each, source=source) for each, source in zip(both, ("1" * 16, "0" * 16), strict=True)]
    assert key(claims, A) == key(claims[::-1], A)


def test_a_parting_bars_the_way_in_both_directions_and_through_others() -> None:
    assert key([Affiliation(member=X, side=A), entered(1, A, X, apart=True)], X) == "XXX"
    through = [Affiliation(member=A, side=B), Affiliation(member=B, side=X), entered(1, A, X, apart=True)]
    assert (key(through, A), key(through, B)) == ("a", "XXX")
    both = [Affiliation(member=A, side=X), Affiliation(member=B, side=X), entered(1, A, B, apart=True)]
    assert (key(both, A), key(both, B)) == ("a", "XXX")


def test_unnamed_men_are_matched_by_country_role_and_words() -> None:
    told = [Affiliation(member=rebels("Kurdish"), side=A), Affiliation(member=rebels(""), side=B)]
    assert key(told, rebels("the rebels")) == "b"
    assert key(told, rebels("Kurdish rebels")) == "a"
    assert key(told, rebels("gunmen", Role.UAF)) == "SYR UAF"
    assert key(told, replace(rebels("Kurdish rebels"), country="TUR")) == "TUR REB"
    assert key(told, replace(rebels("Kurdish rebels"), organisation="E")) == "e"


def test_a_backer_in_the_name_counts_for_those_without_a_name_of_their_own() -> None:
    sides = Sides([entered(1, rebels(""), B)], country_named=country_named)
    assert sides.side_of(rebels("rebels backed by Turkey"), DAY).key == "TUR"
    assert sides.side_of(rebels("Ankara-backed rebels"), DAY).key == "TUR"
    assert sides.side_of(rebels("government-backed fighters"), DAY).key == "SYR"
    assert sides.side_of(rebels("Turkish rebels"), DAY).key == "b"
    assert sides.side_of(replace(A, name="Turkish-backed fighters"), DAY).key == "a"
    assert sides.side_of(Actor(name="Turkish-backed troops", country="SYR", role=Role.MIL), DAY).key == "TUR"
    assert sides.side_of(Actor(name="Turkish-backed Syrian troops", country="SYR", role=Role.MIL), DAY).key == "SYR"
    assert sides.side_of(Actor(name="Turkish-backed residents", country="SYR", role=Role.CVL), DAY).key == "SYR CVL"
    assert Sides().side_of(rebels("Turkish-backed rebels"), DAY).key == "SYR REB"


def test_what_is_entered_about_a_backer_holds_in_any_wording() -> None:
    told = [entered(1, rebels("Turkish-backed rebels"), A), entered(2, rebels("Turkish-backed"), state("TUR"), apart=True)]
    sides = Sides(told, country_named=country_named)
    assert sides.side_of(rebels("fighters backed by Turkey"), DAY).key == "a"
    assert Sides(told[1:], country_named=country_named).side_of(rebels("pro-Turkish rebels"), DAY).key == "SYR REB"


def test_a_member_named_as_one_branch_is_not_the_whole_state() -> None:
    tigers = Actor(name="Tiger division", country="SYR", role=Role.MIL)
    sides = Sides([entered(1, tigers, A)], country_named=country_named)
    assert sides.side_of(Actor(name="soldiers of the Tiger division", country="SYR", role=Role.MIL), DAY).key == "a"
    assert sides.side_of(Actor(name="Syrian army", country="SYR", role=Role.MIL), DAY).key == "SYR"
    whole = Sides([entered(1, Actor(name="Syria", country="SYR", role=Role.GOV), A)], country_named=country_named)
    assert whole.side_of(Actor(name="police", country="SYR", role=Role.COP), DAY).key == "a"
    assert whole.side_of(Actor(name="residents", country="SYR", role=Role.CVL), DAY).key == "SYR CVL"


def test_names_without_codes_are_known_by_their_words() -> None:
    told = [entered(1, Actor(name="Abu Omar"), A)]
    assert key(told, Actor(name="commander Abu Omar", country="SYR", role=Role.UAF)) == "a"
    assert key(told, Actor(name="Abu Omar", country="SYR", role=Role.CVL)) == "SYR CVL"
    assert key(told, Actor(name="Omar", country="SYR", role=Role.UAF)) == "SYR UAF"


def test_an_outlet_is_of_a_side_where_it_is_entered_by_its_whole_name() -> None:
    outlet = Actor(name="State Wire", role=Role.MED)
    assert key([entered(1, Actor(name="State Wire"), X)], outlet) == "XXX"
    assert (
        key([entered(1, Actor(name="State Wire", country="XXX", role=Role.MED, organisation="State Wire"), X)], outlet) == "XXX"
    )
    assert key([entered(1, Actor(name="Wire"), X)], outlet) == "state wire"


def test_an_organisation_shows_one_name_however_it_is_written() -> None:
    front, small = Actor(name="x", organisation="The Front"), Actor(name="x", organisation="the front")
    told = [Affiliation(member=B, side=front), entered(1, C, small)]
    names = {Sides(each).side_of(B, DAY).name for each in (told, told[::-1])}
    assert names == {"The Front"}


@given(st.lists(affiliations, max_size=8), st.randoms(), parties, days)
def test_order_does_not_matter(told: list[Affiliation], random: object, actor: Actor, day: date) -> None:
    shuffled = [*told, *told[:2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Sides(shuffled).side_of(actor, day) == Sides(told).side_of(actor, day)
    assert Sides(shuffled).why(actor, day) == Sides(told).why(actor, day)


@given(st.lists(affiliations, max_size=8), parties, days)
def test_all_on_the_way_are_of_the_side_at_its_end(told: list[Affiliation], actor: Actor, day: date) -> None:
    sides = Sides(told)
    for step in sides.why(actor, day):
        assert sides.side_of(step.side, day) == sides.side_of(actor, day)
        assert not step.apart
        assert (step.first or date.min) <= day <= (step.last or date.max)


@given(st.lists(affiliations, max_size=8), st.sampled_from([A, B, X]), st.sampled_from([C, D, Y]), days)
def test_those_parted_by_the_last_entry_are_never_of_one_side(
    told: list[Affiliation], one: Actor, other: Actor, day: date
) -> None:
    sides = Sides([*told, entered(9, one, other, apart=True)])
    assert sides.side_of(one, day).key != sides.side_of(other, day).key


@given(st.lists(affiliations, max_size=8), st.sampled_from([A, B, C, D, X, Y]), days)
def test_the_last_entry_decides_and_taking_it_away_restores(told: list[Affiliation], member: Actor, day: date) -> None:
    new = group("new")
    assert Sides([*told, entered(9, member, new)]).side_of(member, day).key == "new"
    before = Sides(told).side_of(member, day)
    assert Sides(each for each in [*told, entered(9, member, new)] if each.source != "entry 9").side_of(member, day) == before


@settings(max_examples=50)
@given(st.lists(affiliations, max_size=6), parties)
def test_nothing_changes_but_where_a_spell_begins_or_has_ended(told: list[Affiliation], actor: Actor) -> None:
    sides = Sides(told)
    turns = {each.first for each in told} | {each.last + timedelta(days=1) for each in told if each.last}
    for number in range(-8, 10):
        day = DAY + timedelta(days=number)
        if day not in turns:
            assert sides.side_of(actor, day) == sides.side_of(actor, day - timedelta(days=1))
