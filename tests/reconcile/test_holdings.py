"""Holdings of one site: what must hold of any testimony, and the rules one by one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.reports import line, lines, told
from tests.reconcile.strategies import FIRST, control_testimony, extreme_control, histories
from whoholds.model import Actor, Change, Claim, Control, Document, Factuality, Holding, Role, Site, Standing, Testimony, When
from whoholds.reconcile.holdings import Shift, changes, derive_holdings, in_force
from whoholds.reconcile.sides import Sides

SITE = Site("geonames:1", "Old Mill")
SIDES = Sides()


def derived(*reports: Sequence[Testimony]) -> tuple[Holding, ...]:
    return derive_holdings(SITE, [each for report in reports for each in report], SIDES)


@settings(max_examples=60)
@given(histories, st.randoms(use_true_random=False))
def test_any_order_gives_the_same_holdings(history: list[Testimony], shuffler: random.Random) -> None:
    other = list(history)
    shuffler.shuffle(other)
    assert derived(other) == derived(history)


@settings(max_examples=60)
@given(histories)
def test_testimony_given_twice_counts_once(history: list[Testimony]) -> None:
    assert derived(history, history[::-1]) == derived(history)


@settings(max_examples=150)
@given(st.lists(extreme_control, max_size=9))
def test_holdings_are_in_order_and_their_sure_days_do_not_overlap(history: list[Testimony]) -> None:
    holdings = derived(history)
    for holding in holdings:
        begin, end = holding.begin, holding.end
        assert begin.not_before is None or begin.not_after is None or begin.not_before <= begin.not_after
        assert end.not_before is None or end.not_after is None or end.not_before <= end.not_after
        assert (end.not_after or date.max) >= (begin.not_before or date.min)
    for before, after in pairwise(holdings):
        assert after.begin.not_after and before.end.not_before and before.end.not_after
        assert before.told < after.told
        assert before.end.not_after < after.begin.not_after
        assert before.end.not_before == after.begin.not_before - timedelta(1) if after.begin.not_before else False
        assert not (before.holder and after.holder and before.holder == after.holder and before.standing == after.standing) or (
            before.opposing or after.opposing
        )
    assert all(holding.end.not_after is None for holding in holdings[-1:])


@settings(max_examples=60)
@given(histories)
def test_every_holding_names_claims_of_the_input_for_it(history: list[Testimony]) -> None:
    ids = {each.claim.id for each in history}
    for holding in derived(history):
        assert holding.supporting
        assert ids >= {*holding.supporting, *holding.opposing}
        assert not {*holding.supporting} & {*holding.opposing}
        assert holding.holder not in holding.rivals
        assert holding.derivation and holding.derivation.parts
        assert (holding.standing is Standing.CONTESTED) <= (holding.holder is None)


@settings(max_examples=60)
@given(histories, control_testimony())
def test_what_is_planned_changes_nothing(history: list[Testimony], more: Testimony) -> None:
    planned = replace(more, claim=replace(more.claim, factuality=Factuality.PLANNED))
    assert derived(history, [planned]) == derived(history)


@settings(max_examples=60)
@given(histories, control_testimony())
def test_what_is_possible_moves_no_holding(history: list[Testimony], more: Testimony) -> None:
    possible = replace(more, claim=replace(more.claim, factuality=Factuality.POSSIBLE))
    firm = [each for each in history if each.claim.factuality is not Factuality.POSSIBLE]
    before = [(h.holder, h.told, h.standing) for h in derived(firm)]
    after = [(h.holder, h.told, h.standing) for h in derived(firm, [possible])]
    assert after[len(after) - len(before) :] == before


@settings(max_examples=60)
@given(histories)
def test_a_later_gain_ends_the_last_holding_and_adds_one(history: list[Testimony]) -> None:
    day = FIRST + timedelta(5000)
    newcomer = Actor(name="Western League", country="LBY", role=Role.REB, organisation="Western League")
    claim = Claim(
        matter=Control(change=Change.GAINS, holder=newcomer),
        evidence=Document(text="later").span(0, 5),
        when=When(day.isoformat()),
    )
    template = told("Weekly", day.isoformat(), "undated control Old Mill: contested")[0]
    before = derived(history)
    after = derived(history, [replace(template, claim=claim)])
    assert [replace(h, end=before[-1].end) if h is after[-2] else h for h in after[:-1]] == list(before) if before else True
    assert line(after[-1]) == f"western league {day}.. claimed"


@settings(max_examples=60)
@given(histories, st.dates(date(2019, 12, 1), date(2024, 12, 31)))
def test_the_holding_in_force_has_begun_and_not_surely_ended(history: list[Testimony], day: date) -> None:
    holdings = derived(history)
    holding = in_force(holdings, day)
    if holding is None:
        assert not holdings or (holdings[0].begin.not_before or date.min) > day
    else:
        assert (holding.begin.not_before or date.min) <= day <= (holding.end.not_after or date.max)


def test_nothing_told_gives_nothing() -> None:
    assert derived() == ()
    assert in_force((), FIRST) is None


GAIN = told("Agency", "2020-03-02", "2020-03-01 control Old Mill: rebels [SYR REB] gains from army [SYR MIL]")


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param([GAIN], ["SYR ..2020-02-29 claimed", "SYR REB 2020-03-01.. claimed"], id="former holder"),
        pytest.param(
            [told("Agency", "2020-03-02", "undated control Old Mill: rebels [SYR REB] gains")],
            ["SYR REB .. claimed"],
            id="undated counts at the day said",
        ),
        pytest.param(
            [told("Agency", "2020-03-02", "2020 control Old Mill: rebels [SYR REB] gains")],
            ["SYR REB 2020-01-01/2020-03-02.. claimed"],
            id="nothing told as done happened after it was told",
        ),
        pytest.param(
            [GAIN, told("Agency", "2020-03-05", "2020-03-15 control Old Mill: army [SYR MIL] gains")],
            ["SYR ..2020-02-29 claimed", "SYR REB 2020-03-01.. claimed"],
            id="what lies ahead of its telling is a plan",
        ),
        pytest.param(
            [told("Agency", "2021-03-02", "2014/2020-05-01 control Old Mill: rebels [SYR REB] holds")],
            ["SYR REB 2014-01-01/2014-12-31..2020-05-01 claimed", "nobody 2020-05-02.. claimed"],
            id="closed end of a duration",
        ),
        pytest.param(
            [told("Agency", "2020-05-01", "2014/2020-05-01 control Old Mill: rebels [SYR REB] holds")],
            ["SYR REB 2014-01-01/2014-12-31.. claimed"],
            id="an end on the day said is as far as the teller could see",
        ),
        pytest.param(
            [told("Agency", "2020-03-02", "../2020-03-02 control Old Mill: rebels [SYR REB] holds")],
            ["SYR REB .. claimed"],
            id="beginning unknown",
        ),
        pytest.param(
            [
                told("Agency", "2020-03-02", "../2020-03-02 control Old Mill: rebels [SYR REB] holds"),
                told("Wire", "2021-03-02", "../2021-03-02 control Old Mill: army [SYR MIL] holds"),
            ],
            ["SYR REB ..2020-03-02/2021-03-01 claimed", "SYR 2020-03-03/2021-03-02.. claimed"],
            id="a flip that nobody told",
        ),
        pytest.param(
            [GAIN, told("Wire", "2020-03-05", "2020-03-01 control Old Mill: rebels [SYR REB] gains\n  own voice; denied")],
            ["SYR ..2020-02-29 claimed", "SYR 2020-03-01.. disputed against SYR REB"],
            id="one voice against one: who spoke last of those of no side",
        ),
        pytest.param(
            [GAIN, told("Agency", "2020-03-05", "2020-03-01 control Old Mill: rebels [SYR REB] gains\n  own voice; denied")],
            [],
            id="taken back",
        ),
        pytest.param(
            [
                GAIN,
                told("Agency", "2020-03-04", "2020-03-01 control Old Mill: Front [SYR UAF] gains from army [SYR MIL]"),
            ],
            ["SYR ..2020-02-29 claimed", "SYR UAF 2020-03-01.. claimed"],
            id="a correction by the same outlet replaces",
        ),
        pytest.param(
            [GAIN, told("Wire", "2020-06-05", "2020-06 control Old Mill: militia [SYR UAF] gains\n  own voice; possible")],
            ["SYR ..2020-02-29 claimed", "SYR REB 2020-03-01.. claimed against SYR UAF"],
            id="possible stands beside what is told",
        ),
        pytest.param(
            [told("Wire", "2020-06-05", "2020-06-01 control Old Mill: militia [SYR UAF] gains\n  own voice; possible")],
            ["SYR UAF 2020-06-01.. claimed"],
            id="possible counts where nothing else is told",
        ),
        pytest.param(
            [
                told(
                    "Wire",
                    "2020-06-05",
                    "2020-06-01 control Old Mill: militia [SYR UAF] gains from army [SYR MIL]\n  own voice; denied",
                )
            ],
            ["SYR .. claimed"],
            id="a denial of what nobody says speaks for the holder before",
        ),
        pytest.param(
            [GAIN, told("Wire", "2020-03-04", "2020-03-01 control Old Mill: rebels [SYR REB] gains from army [SYR MIL]")],
            ["SYR ..2020-02-29 confirmed", "SYR REB 2020-03-01.. confirmed"],
            id="two outlets confirm",
        ),
        pytest.param(
            [
                told(
                    "Agency",
                    "2020-03-02",
                    """
2020-03-01 control Old Mill: Northern army [UKR MIL] gains
  said by the ministry [UKR GOV]; actual
2020-03-01 control Old Mill: Northern army [UKR MIL] gains
  said by the general staff [UKR MIL]; actual
""",
                )
            ],
            ["UKR 2020-03-01.. claimed"],
            id="one side's two speakers are one voice",
        ),
    ],
)
def test_rules(reports: list[list[Testimony]], expected: list[str]) -> None:
    assert lines(derived(*reports)) == expected


def test_the_derivation_tells_days_and_voices() -> None:
    other = told("Wire", "2021-01-01", "2020-04 control Old Mill: rebels [SYR REB] gains")
    derivation = derived(GAIN, other)[-1].derivation
    assert derivation
    said = {part.rule: part.value for part in derivation.parts}
    assert said["another day told for the same change"] == "2020-04-01/2020-04-30 (Wire)"
    assert said["standing confirmed"] == "2 independent voices"
    assert "Agency" in next(iter(said.values()))


def test_changes_between_two_pictures() -> None:
    other = told("Wire", "2020-03-04", "2020-03-01 control Old Mill: rebels [SYR REB] gains")
    before, claimed = derived(GAIN)
    confirmed = derived(GAIN, other)[-1]
    elsewhere = replace(before, site=Site("geonames:2", "New Mill"))
    assert changes([before], [before]) == ()
    assert changes([before], [claimed]) == (Shift(SITE, before, claimed),)
    assert [shift.kind for shift in changes([before, elsewhere], [claimed])] == ["hand", "gone"]
    assert [shift.kind for shift in changes([claimed], [confirmed, elsewhere])] == ["standing", "new"]
