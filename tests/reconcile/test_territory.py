"""Territory: wider areas hold for the places in them unless something later or more specific is told of these."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reconcile.reports import line, lines, told
from tests.reconcile.strategies import FIRST, histories
from whoholds.model import Holding, Site, Testimony
from whoholds.reconcile.holdings import derive_holdings, in_force
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.territory import Own, Row, fold_rows, folded, holding_on, inherit

COUNTRY = Site("country", "Country")
DISTRICT = Site("district", "District", within=("country",))
TOWN = Site("town", "Town", within=("district", "country"))
VILLAGE = Site("village", "Village", within=("district", "country"))
DAYS = [FIRST + timedelta(number) for number in (*range(-2, 62, 4), *range(60, 1600, 121))]


def held(site: Site, *reports: list[Testimony]) -> tuple[Holding, ...]:
    return derive_holdings(site, [each for report in reports for each in report], Sides())


def took(day: str, who: str, place: str = "Old Mill", voice: str = "own voice; actual") -> list[Testimony]:
    return told("Agency", day, f"{day} control {place}: {who} gains\n  {voice}")


ARMY, REBELS = "army [SYR MIL]", "rebels [SYR REB]"


def test_a_district_hands_its_holder_down() -> None:
    district = held(DISTRICT, took("2020-12-01", ARMY))
    found = holding_on(date(2020, 12, 2), (), [(DISTRICT, district), (COUNTRY, ())], site=TOWN)
    assert found and (found.site, found.inherited, found.supporting) == (TOWN, DISTRICT, district[0].supporting)
    assert holding_on(date(2020, 11, 30), (), [(DISTRICT, district)]) is None
    assert lines(inherit(TOWN, (), [(DISTRICT, district)])) == lines(district)


def test_what_is_told_of_the_place_since_holds_out_and_what_was_told_before_does_not() -> None:
    around = [(DISTRICT, held(DISTRICT, took("2020-12-01", ARMY)))]
    before, same, after = (held(TOWN, took(day, REBELS)) for day in ("2020-11-01", "2020-12-01", "2020-12-20"))
    found = [holding_on(date(2021, 1, 1), own, around, site=TOWN) for own in (before, same, after)]
    assert [(line(one)[:7], one and one.inherited) for one in found] == [
        ("SYR 202", DISTRICT),
        ("SYR REB", None),
        ("SYR REB", None),
    ]
    assert lines(inherit(TOWN, before, around)) == [
        "SYR REB 2020-11-01..2020-11-30 claimed",
        "SYR 2020-12-01.. claimed",
    ]
    assert lines(inherit(TOWN, after, around)) == [
        "SYR 2020-12-01..2020-12-19 claimed",
        "SYR REB 2020-12-20.. claimed",
    ]


STATE = "2021-06-01 control Old Mill: rebels [SYR REB] holds"


@pytest.mark.parametrize(
    ("since", "holder"),
    [
        ([], "SYR"),  # not told again
        ([told("Wire", "2020-11-30", STATE.replace("2021-06-01", "2020-11-30"))], "SYR"),  # before the district's change
        ([told("Wire", "2020-12-01", STATE.replace("2021-06-01", "2020-12-01"))], "SYR REB"),  # on its day
        ([told("Wire", "2021-06-01", STATE)], "SYR REB"),
        ([told("Wire", "2021-06-01", STATE), told("Post", "2021-06-02", STATE)], "SYR REB"),
        ([took("2021-06-01", REBELS)], "SYR REB"),  # as a change, and nothing is known of another in between
        ([told("Wire", "2021-06-01", f"2014 control Old Mill: {REBELS} gains")], "SYR"),  # a word of 2014
        ([told("Wire", "2014-12-31", f"2014/2025 control Old Mill: {REBELS} holds")], "SYR"),  # what is to be is no word of it
        ([told("Wire", "2021-06-01", f"2014-05-01/2021-06-01 control Old Mill: {REBELS} holds")], "SYR REB"),
        ([told("Wire", "2021-06-01", f"{STATE}\n  own voice; possible")], "SYR"),
        ([told("Wire", "2021-06-01", f"2021-06-01 control Old Mill: {ARMY} gains\n  own voice; denied")], "SYR REB"),
    ],
)
def test_a_place_told_of_again_since_the_area_changed_hands_holds_out(since: list[list[Testimony]], holder: str) -> None:
    before = told("Agency", "2014-05-01", f"2014-05-01 control Old Mill: {REBELS} holds")
    own, district = held(TOWN, before, *since), held(DISTRICT, took("2020-12-01", ARMY))
    assert own[0].told <= date(2014, 12, 31)
    day = date(2021, 6, 2)
    found = holding_on(day, own, [(DISTRICT, district)], site=TOWN)
    assert found and found.holder and found.holder.key.startswith(holder) and (found.inherited is None) == (holder == "SYR REB")
    rows = fold_rows(map(row, (own[-1], district[-1])), {"town": ("district",)})
    assert rows[0] == Row(*row(found), found.inherited and found.inherited.key)
    piece = in_force(inherit(TOWN, own, [(DISTRICT, district)]), day)
    assert piece and (piece.holder, piece.inherited) == (found.holder, found.inherited)


def test_what_was_told_before_it_changed_hands_itself_is_no_word_of_after() -> None:
    own = held(TOWN, took("2014-05-01", REBELS), told("Wire", "2015-01-01", STATE.replace("2021-06-01", "2015-01-01")))
    assert [holding.retold for holding in own] == [date(2015, 1, 1)]
    own = held(TOWN, took("2014-05-01", REBELS), took("2016-05-01", ARMY), told("Wire", "2017-01-01", "2013/2017" + STATE[10:]))
    assert all(holding.told <= holding.retold <= (holding.end.not_after or date.max) for holding in own)


def test_a_wider_holding_without_a_beginning_a_contested_and_a_disputed_one_are_no_news_of_the_place() -> None:
    own = held(TOWN, took("2020-11-08", ARMY))
    state = held(DISTRICT, told("Wire", "2020-11-26", f"../2020-11-26 control District: {REBELS} holds"))
    fighting = held(DISTRICT, told("Wire", "2020-11-26", "2020-11-26 control District: contested"))
    denied = told("Wire", "2020-11-26", f"2020-11-26 control District: {REBELS} gains\n  own voice; denied")
    disputed = held(
        DISTRICT, took("2020-11-26", REBELS), took("2020-11-26", REBELS, voice="said by A [SYR REB]; actual"), denied
    )
    assert disputed[-1].standing == "disputed"
    for timeline in (state, fighting, disputed):
        found = holding_on(date(2020, 12, 1), own, [(DISTRICT, timeline)], site=TOWN)
        assert found == own[0]
        inherited = holding_on(date(2020, 12, 1), (), [(DISTRICT, timeline)], site=VILLAGE)
        assert inherited and inherited.inherited == DISTRICT


def test_a_country_is_overruled_by_its_district_and_that_by_its_town() -> None:
    country = held(COUNTRY, took("2020-01-01", ARMY))
    district = held(DISTRICT, took("2020-06-01", REBELS))
    town = held(TOWN, took("2020-09-01", ARMY))
    around = [(DISTRICT, district), (COUNTRY, country)]
    assert lines(inherit(TOWN, town, around)) == [
        "SYR 2020-01-01..2020-05-31 claimed",
        "SYR REB 2020-06-01..2020-08-31 claimed",
        "SYR 2020-09-01.. claimed",
    ]
    assert [holding.inherited for holding in inherit(TOWN, town, around)] == [COUNTRY, DISTRICT, None]
    later = held(COUNTRY, took("2020-01-01", ARMY), took("2021-01-01", REBELS))
    assert lines(inherit(TOWN, town, [(DISTRICT, district), (COUNTRY, later)]))[-1] == "SYR REB 2021-01-01.. claimed"


def test_nothing_told_anywhere() -> None:
    assert inherit(TOWN, (), [(DISTRICT, ()), (COUNTRY, ())]) == ()
    assert fold_rows([], {"town": ("district",)}) == []


def row(holding: Holding) -> Own:
    """A holding as a store gives it for the map."""
    side = holding.holder
    key, name = (side.key, side.name) if side else (None, None)
    return (holding.site.key, key, name, holding.standing.value, holding.begin.not_before, holding.told, holding.retold)


@settings(max_examples=60, deadline=None)
@given(histories, histories, histories)
def test_timeline_day_and_map_agree(one: list[Testimony], two: list[Testimony], three: list[Testimony]) -> None:
    town, district, country = held(TOWN, one), held(DISTRICT, two), held(COUNTRY, three)
    around = [(DISTRICT, district), (COUNTRY, country)]
    timeline = inherit(TOWN, town, around)
    within = {site.key: site.within for site in (TOWN, VILLAGE, DISTRICT, COUNTRY)}
    for day in DAYS:
        found = holding_on(day, town, around, site=TOWN)
        forces = [holding for holding in (in_force(own, day) for own in (town, district, country)) if holding]
        shown = {each.site: each for each in fold_rows(map(row, forces), within)}.get("town")
        if found is None:
            assert shown is None
            continue
        assert shown == Row(*row(found), found.inherited and found.inherited.key)
        (piece,) = [piece for piece in (in_force(timeline, day),) if piece]
        assert (piece.holder, piece.standing, piece.supporting) == (found.holder, found.standing, found.supporting)
    assert all(piece.told <= piece.retold <= (piece.end.not_after or date.max) for piece in timeline)


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from(DAYS))
def test_a_regions_holder_holds_for_its_places_unless_said_otherwise(history: list[Testimony], day: date) -> None:
    region = held(DISTRICT, history)
    mine, wider = holding_on(day, (), [(DISTRICT, region)], site=VILLAGE), in_force(region, day)
    assert (mine and mine.holder) == (wider and wider.holder)
    assert (mine is None) == (wider is None)
    own = held(VILLAGE, took("2030-01-01", REBELS))
    since = holding_on(date(2030, 1, 1), own, [(DISTRICT, region)], site=VILLAGE)
    assert since == own[0]


def test_rows_stand_in_the_order_asked_for_and_lose_no_place() -> None:
    rows: list[Own] = [
        ("a", "X", "X", "claimed", date(2020, 1, 1), date(2020, 1, 1), date(2020, 5, 31)),
        ("area", "Y", "Y", "confirmed", date(2020, 6, 1), date(2020, 6, 1), date(2020, 6, 1)),
        ("elsewhere", "Z", "Z", "claimed", None, date(2020, 1, 1), date(2020, 1, 1)),
    ]
    found = fold_rows(rows, {"b": ("area",), "a": ("area",), "c": (), "area": ()})
    assert [(each.site, each.holder, each.inherited) for each in found] == [
        ("b", "Y", "area"),
        ("a", "Y", "area"),
        ("area", "Y", None),
        ("elsewhere", "Z", None),
    ]
    assert folded(rows, {"b": ("area",)})["b"] is rows[1]
