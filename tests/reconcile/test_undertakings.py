"""Undertakings: stories of duties told by several reports, as they are known from what is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.reconcile.duty_reports import report
from whoholds.model import Deadline, Standing, State, Testimony, Undertaking
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings import derive_undertakings

KALBAJAR = "Kalbajar (AZ 40.1068 46.0367 #586268)"
KELBAJAR = "Kelbajar (AZ 40.1068 46.0367 #586268)"
KARVACHAR = "Karvachar (AZ 40.1022 46.0365 #824289)"
AGDAM = "Agdam (AZ 39.9911 46.9297 #587378)"
LACHIN = "Lachin (AZ 39.6408 46.5469 #147622)"


def derived(*reports: Iterable[Testimony]) -> tuple[Undertaking, ...]:
    """The undertakings of some reports."""
    return derive_undertakings([testimony for some in reports for testimony in some], Sides())


def only(found: Iterable[Undertaking]) -> Undertaking:
    (undertaking,) = found
    return undertaking


def at(found: Iterable[Undertaking], place: str) -> Undertaking:
    """The undertaking at a place."""
    return only(undertaking for undertaking in found if undertaking.site and undertaking.site.name == place)


def dues(undertaking: Undertaking) -> list[str | None]:
    return [deadline.due and deadline.due.edtf for deadline in undertaking.deadlines]


def in_force(undertaking: Undertaking) -> Deadline:
    return only_deadline([deadline for deadline in undertaking.deadlines if not deadline.superseded])


def only_deadline(found: list[Deadline]) -> Deadline:
    (deadline,) = found
    return deadline


def turns(undertaking: Undertaking) -> list[tuple[str, State]]:
    return [(turn.since.isoformat(), turn.state) for turn in undertaking.turns]


def state(undertaking: Undertaking, day: str) -> State | None:
    turn = undertaking.on(date.fromisoformat(day))
    return turn and turn.state


# Kalbajar, Agdam and Lachin, told by four outlets in words of their own

DEAL = report(
    "Wire",
    "2020-11-10",
    f"2020-11-10 obligation {KALBAJAR}: set withdraw by Armenia [ARM GOV]\n  due 2020-11-15\n  under accord",
    f"2020-11-10 obligation {AGDAM}: set withdraw by Armenia [ARM GOV]\n  due 2020-11-20\n  under accord",
    f"2020-11-10 obligation {LACHIN}: set withdraw by Armenia [ARM GOV]\n  due 2020-12-01\n  under accord",
)
DELAY = report(
    "Baku Daily",
    "2020-11-15",
    f"""2020-11-15 obligation {KELBAJAR}: extended withdraw by Armenian armed forces [ARM MIL]
  due 2020-11-25, was 2020-11-15
  asked by Armenia [ARM GOV]
  because "one narrow road"
  under statement
  said by Hikmet Hajiyev [AZE GOV]; actual""",
)
YEREVAN = report(
    "Yerevan News",
    "2020-11-20",
    f"undated obligation {KARVACHAR}: set hand_over by the Armenian side [ARM GOV]\n"
    '  due 2020-11-15\n  under "announcement of November 9"',
    f"""undated obligation {KARVACHAR}: extended hand_over by the Armenian side [ARM GOV]
  due 2020-11-25, was 2020-11-15
  under "announcement of November 9\"""",
    f"2020-11-20 obligation {AGDAM}: met hand_over by Armenia [ARM GOV] to Baku [AZE GOV]\n  under accord",
)
ENTRY = report(
    "Agency",
    "2020-11-25",
    f"undated obligation {KALBAJAR}: set hand_over to Azerbaijan [AZE GOV]\n  due 2020-11-15",
    f"2020-11-25 control {KALBAJAR}: Azerbaijani army [AZE MIL] gains from Armenian forces [ARM MIL]\n"
    "  said by the defence ministry [AZE MIL]; actual",
)
LAST = report(
    "Agency", "2020-12-01", f"2020-12-01 obligation {LACHIN}: met hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
)
STORY = [*DEAL, *DELAY, *YEREVAN, *ENTRY, *LAST]


def as_published_by(day: str) -> tuple[Undertaking, ...]:
    limit = date.fromisoformat(day)
    return derived([testimony for testimony in STORY if testimony.said <= limit])


def test_a_handover_due_on_the_15th_moved_to_the_25th_and_met_on_the_25th() -> None:
    found = derived(STORY)
    assert len(found) == 3
    kalbajar = at(found, "Kalbajar")
    first, second = kalbajar.deadlines
    assert (dues(kalbajar), first.superseded, second.superseded) == (["2020-11-15", "2020-11-25"], True, False)
    assert (first.since, second.since) == (date(2020, 11, 10), date(2020, 11, 15))
    assert second.asked_by is not None
    assert (second.asked_by.key, second.reason) == ("ARM", "one narrow road")
    assert turns(kalbajar) == [("2020-11-10", State.PENDING), ("2020-11-25", State.MET_ON_TIME)]
    assert kalbajar.turns[-1].after_first == 10
    assert kalbajar.turns[-1].days is None
    assert [side.key for side in (*kalbajar.obligors, *kalbajar.beneficiaries)] == ["ARM", "AZE"]
    assert set(kalbajar.names) == {"accord", "statement", "announcement of November 9"}


def test_what_shows_that_it_was_met_is_inferred_and_says_so() -> None:
    kalbajar = at(derived(STORY), "Kalbajar")
    assert kalbajar.standing is Standing.CLAIMED
    assert kalbajar.turns[-1].supporting == (ENTRY[1].claim.id,)
    assert ENTRY[1].claim.id in kalbajar.supporting
    assert kalbajar.derivation is not None
    assert any("inferred" in part.rule for part in kalbajar.derivation.parts)


def test_places_of_one_deal_have_lives_of_their_own() -> None:
    found = derived(STORY)
    agdam, lachin = at(found, "Agdam"), at(found, "Lachin")
    assert (dues(agdam), turns(agdam)[-1]) == (["2020-11-20"], ("2020-11-20", State.MET_ON_TIME))
    assert (dues(lachin), turns(lachin)[-1]) == (["2020-12-01"], ("2020-12-01", State.MET_ON_TIME))
    assert lachin.turns[-1].after_first is None


def test_what_was_known_on_a_day_is_what_had_been_published() -> None:
    before = at(as_published_by("2020-11-14"), "Kalbajar")
    assert dues(before) == ["2020-11-15"]
    assert (state(before, "2020-11-14"), state(before, "2020-11-15")) == (State.PENDING, State.DUE)
    assert state(before, "2020-11-16") is State.OVERDUE
    moved = at(as_published_by("2020-11-20"), "Kalbajar")
    assert state(moved, "2020-11-20") is State.PENDING
    assert (state(moved, "2020-11-25"), state(moved, "2020-11-26")) == (State.DUE, State.OVERDUE)


def test_an_extension_told_only_after_the_old_deadline_does_not_say_that_it_was_missed() -> None:
    found = only(
        derived(
            report(
                "Wire",
                "2020-11-25",
                f"2020-11-10 obligation {KALBAJAR}: set withdraw by Armenia [ARM GOV]\n  due 2020-11-15",
                f"undated obligation {KALBAJAR}: extended withdraw by Armenia [ARM GOV]\n  due 2020-11-25, was 2020-11-15",
            )
        )
    )
    assert turns(found) == [
        ("2020-11-10", State.PENDING),
        ("2020-11-25", State.DUE),
        ("2020-11-26", State.OVERDUE),
    ]


# disarmament

FARC = "the FARC [COL REB]"


def test_disarmament_put_off_and_met_late() -> None:
    found = derived(
        report(
            "Agency",
            "2017-05-30",
            f"""2017-05-29 obligation: extended disarm by {FARC} to United Nations [IGO]
  due 2017-06-20, was 2017-05-30
  under accord
  said by Juan Manuel Santos [COL GOV]; actual""",
        ),
        report(
            "Mission",
            "2017-06-27",
            f'2017-06-27 obligation: met disarm by {FARC}\n  under "Final Agreement of 24 November 2016"',
        ),
    )
    undertaking = only(found)
    assert dues(undertaking) == ["2017-05-30", "2017-06-20"]
    assert turns(undertaking) == [
        ("2017-05-29", State.PENDING),
        ("2017-06-20", State.DUE),
        ("2017-06-21", State.OVERDUE),
        ("2017-06-27", State.MET_LATE),
    ]
    assert (undertaking.turns[-1].days, undertaking.turns[-1].after_first) == (7, 28)


def test_a_deadline_that_is_a_month_is_due_on_its_days() -> None:
    undertaking = only(
        derived(
            report(
                "Magazine",
                "2005-09-27",
                'undated obligation: set disarm by paramilitaries [GBR REB]\n  due 2000-05\n  under "Good Friday Agreement"',
                "undated obligation: extended disarm by paramilitaries [GBR REB]\n"
                '  due 2001-06, was 2000-05\n  under "Good Friday Agreement"',
                '2005-09-26 obligation: met disarm by paramilitaries [GBR REB]\n  under "Good Friday Agreement"',
            )
        )
    )
    assert dues(undertaking) == ["2000-05", "2001-06"]
    assert state(undertaking, "2001-06-01") is State.DUE
    assert state(undertaking, "2001-06-30") is State.DUE
    assert state(undertaking, "2001-07-01") is State.OVERDUE
    last = undertaking.turns[-1]
    assert (last.state, last.since, last.days) == (State.MET_LATE, date(2005, 9, 26), 1549)
    assert last.after_first == (date(2005, 9, 26) - date(2000, 5, 31)).days


# a government to be formed, moved twice

PARTIES = "the parties [SSD]"


def test_a_government_put_off_twice() -> None:
    undertaking = only(
        derived(
            report(
                "Wire",
                "2019-05-03",
                f"undated obligation: set other by {PARTIES}\n  due 2019-05-12",
                f"2019-05-03 obligation: extended other by {PARTIES}\n  due 2019-11-12, was 2019-05-12",
                f"undated obligation: sought other by {PARTIES}\n  due 2019-08-12\n  said by an alliance [SSD OPP]; actual",
            ),
            report(
                "Agency",
                "2019-11-08",
                "2019-11-07 obligation: extended other by Kiir [SSD GOV], Machar [SSD REB]\n  due 2020-02-20, was 2019-11-12",
            ),
            report(
                "Weekly",
                "2020-02-22",
                "undated obligation: extended other by Machar [SSD REB], Kiir [SSD GOV]\n"
                "  due 2020-02-22/2020-02-23, was 2019-11",
                "2020-02-22 obligation: met other by Machar [SSD REB], Kiir [SSD GOV]\n  due 2020-02-22/2020-02-23",
            ),
        )
    )
    assert dues(undertaking)[:2] == ["2019-05-12", "2019-11-12"]
    assert set(dues(undertaking)[2:]) == {"2020-02-20", "2020-02-22/2020-02-23"}
    assert [deadline.rival for deadline in undertaking.deadlines] == [False, False, False, True]
    assert state(undertaking, "2019-08-13") is State.PENDING
    assert state(undertaking, "2019-12-01") is State.PENDING
    assert undertaking.turns[-1].since == date(2020, 2, 22)
    assert undertaking.turns[-1].after_first == 286


# truces

ARMY, RSF = "Sudan's army [SDN MIL]", "Rapid Support Forces [SDN REB]"


def test_truces_between_the_same_armies_are_different_and_an_extended_one_is_the_same() -> None:
    found = derived(
        report("Wire", "2023-04-20", f"2023-04-19 obligation: breached cease_fire by {RSF}, {ARMY}"),
        report(
            "Wire", "2023-04-28", f"2023-04-27 obligation: set cease_fire by {RSF}, {ARMY}\n  due 2023-04-30\n  under truce"
        ),
        report("Wire", "2023-05-21", f"2023-05-20 obligation: set cease_fire by {RSF}, {ARMY}\n  due 2023-05-29"),
        report(
            "Paper",
            "2023-05-30",
            f"2023-05-29 obligation: extended cease_fire by {ARMY}, {RSF}\n  due 2023-06-03, was 2023-05-29\n"
            "  under ceasefire\n  said by Saudi Arabia [SAU GOV]; actual",
        ),
    )
    by_deadline = sorted(found, key=lambda undertaking: undertaking.turns[0].since)
    assert [dues(undertaking) for undertaking in by_deadline] == [[], ["2023-04-30"], ["2023-05-29", "2023-06-03"]]
    assert turns(by_deadline[2]) == [
        ("2023-05-20", State.PENDING),
        ("2023-06-03", State.DUE),
        ("2023-06-04", State.UNKNOWN),
    ]


def test_a_truce_broken_and_renewed() -> None:
    undertaking = only(
        derived(
            report("Wire", "2023-05-21", f"2023-05-20 obligation: set cease_fire by {RSF}, {ARMY}\n  due 2023-05-29"),
            report("Wire", "2023-05-25", f"2023-05-24 obligation: breached cease_fire by {RSF}\n  said by {ARMY}; actual"),
            report(
                "Wire",
                "2023-05-30",
                f"2023-05-29 obligation: extended cease_fire by {ARMY}, {RSF}\n  due 2023-06-03, was 2023-05-29",
            ),
        )
    )
    assert [state for _, state in turns(undertaking)][:3] == [State.PENDING, State.BREACHED, State.PENDING]


# withdrawals not kept

HOUTHIS, GOVERNMENT = "the Houthis [YEM REB]", "the government [YEM GOV]"
HODEIDAH = "Hodeidah (YE 14.7978 42.9545 #79415)"
STOCKHOLM = report(
    "Wire",
    "2019-01-08",
    f"2018-12-13 obligation {HODEIDAH}: set withdraw by {HOUTHIS}\n  due 2018-12-31\n  under agreement",
    f"2018-12-13 obligation {HODEIDAH}: set withdraw by {HOUTHIS}, {GOVERNMENT}\n  due 2019-01-07\n  under agreement",
    f"2019-01-07 obligation {HODEIDAH}: breached withdraw by {HOUTHIS}, {GOVERNMENT}\n  due 2019-01-07\n  under agreement",
)


def test_two_duties_of_one_paper_at_one_place_and_one_of_them_breached() -> None:
    found = derived(
        STOCKHOLM,
        report(
            "Agency", "2019-05-11", f"undated obligation {HODEIDAH}: set withdraw by {HOUTHIS}, {GOVERNMENT}\n  due 2019-01-07"
        ),
    )
    by_due = {dues(undertaking)[0]: undertaking for undertaking in found}
    assert set(by_due) == {"2018-12-31", "2019-01-07"}
    assert turns(by_due["2019-01-07"])[-1] == ("2019-01-07", State.BREACHED)
    assert state(by_due["2018-12-31"], "2019-01-01") is State.OVERDUE
    assert len(by_due["2019-01-07"].deadlines[0].supporting) == 3


LIBYA = "Libya (LY 28 17 #2215636)"
FIGHTERS = "foreign fighters [LBY UAF]"


def test_ninety_days_from_the_ceasefire_become_a_day_when_the_ceasefire_is_known() -> None:
    told = report(
        "Mission",
        "2020-10-24",
        f'undated obligation {LIBYA}: set withdraw by {FIGHTERS}\n  due P90D after "the ceasefire"\n  under ceasefire',
    )
    unknown = only(derived(told))
    assert dues(unknown) == [None]
    assert unknown.deadlines[0].counted_from == "P90D after the ceasefire"
    assert turns(unknown) == [("2020-10-24", State.PENDING)]
    truce = report("Wire", "2020-10-23", f"2020-10-23 obligation: set cease_fire by both armies [LBY MIL], {FIGHTERS}")
    known = only(undertaking for undertaking in derived(told, truce) if undertaking.action == "withdraw")
    assert dues(known) == ["2021-01-21"]
    assert known.deadlines[0].counted_from == "P90D after the ceasefire, 2020-10-23"
    assert state(known, "2021-01-22") is State.OVERDUE
    assert known.id == unknown.id


def test_thirty_days_from_the_signing_count_from_the_deal_or_from_the_name_of_the_paper() -> None:
    duty = 'undated obligation: set disarm by Tigray forces [ETH REB "TPLF"]\n  due P30D after "the signing"'
    told = report("Wire", "2022-11-13", duty)
    deal = report("Wire", "2022-11-02", '2022-11-02 event: AGREE by Ethiopia [ETH GOV], Tigray [ETH REB "TPLF"]')
    later = report("Wire", "2022-12-20", '2022-12-19 event: AGREE by Ethiopia [ETH GOV], Tigray [ETH REB "TPLF"]')
    assert dues(only(derived(told))) == [None]
    assert dues(only(derived(told, deal, later))) == ["2022-12-02"]
    named = report("Wire", "2022-11-13", duty + '\n  under "Agreement of 2 November 2022"')
    assert dues(only(derived(named))) == ["2022-12-02"]


def test_a_day_not_told_is_not_made_up() -> None:
    told = report("Wire", "2017-06-01", f'undated obligation: set disarm by {FARC}\n  due P180D after "day D"')
    deal = report("Wire", "2016-11-24", f"2016-11-24 event: AGREE by Colombia [COL GOV], {FARC}")
    assert dues(only(derived(told, deal))) == [None]


def test_two_papers_with_names_are_two_duties() -> None:
    found = derived(
        report("Wire", "2014-09-06", '2014-09-05 obligation: set exchange by the sides [UKR]\n  under "Minsk protocol"'),
        report("Wire", "2014-10-06", '2014-10-05 obligation: set exchange by the sides [UKR]\n  under "Geneva statement"'),
        report("Wire", "2014-10-07", "undated obligation: breached exchange by the sides [UKR]\n  under accord"),
    )
    assert sorted(undertaking.names for undertaking in found) == [("Geneva statement", "accord"), ("Minsk protocol",)]


def test_the_truce_of_minsk_set_for_a_day_broken_at_debaltseve() -> None:
    sides = "Ukraine [UKR GOV], the separatists [UKR REB]"
    undertaking = only(
        derived(
            report(
                "Wire",
                "2015-02-12",
                f'2015-02-12 obligation: set cease_fire by {sides}\n  due 2015-02-15\n  under "Minsk agreement"',
            ),
            report("Wire", "2015-02-16", f"2015-02-15 obligation: met cease_fire by {sides}\n  under ceasefire"),
            report(
                "Agency",
                "2015-02-18",
                '2015-02-18 obligation: breached cease_fire by the separatists [UKR REB]\n  under "Minsk deal"',
            ),
        )
    )
    assert turns(undertaking) == [
        ("2015-02-12", State.PENDING),
        ("2015-02-15", State.MET_ON_TIME),
        ("2015-02-18", State.BREACHED),
    ]


# who says otherwise

DISARM = report(
    "Wire", "2022-11-02", "2022-11-02 obligation: set disarm by the rebels [COL REB] to the state [COL GOV]\n  due 2022-12-02"
)
MET = "2022-12-01 obligation: met disarm by the rebels [COL REB]"
BROKEN = "2022-12-05 obligation: breached disarm by the rebels [COL REB]"


def test_kept_or_broken_goes_by_the_heavier_word_and_both_are_kept() -> None:
    mission = report("Agency", "2022-12-06", f"{MET}\n  said by the mission [IGO]; actual")
    accuser = report("Paper", "2022-12-06", f"{BROKEN}\n  said by a minister [COL GOV]; actual")
    undertaking = only(derived(DISARM, mission, accuser))
    assert undertaking.standing is Standing.DISPUTED
    assert undertaking.turns[-1].state is State.MET_ON_TIME
    assert undertaking.opposing == (accuser[0].claim.id,)
    confession = report("Paper", "2022-12-06", f"{BROKEN}\n  said by a rebel leader [COL REB]; actual")
    undertaking = only(derived(DISARM, mission, confession))
    assert (undertaking.turns[-1].state, undertaking.opposing) == (State.BREACHED, (mission[0].claim.id,))


def test_where_neither_word_is_heavier_the_outcome_is_unknown() -> None:
    mission = report("Agency", "2022-12-06", f"{MET}\n  said by the mission [IGO]; actual")
    observers = report("Paper", "2022-12-06", f"{BROKEN}\n  said by observers of the union [NGO]; actual")
    undertaking = only(derived(DISARM, mission, observers))
    assert (undertaking.turns[-1].state, undertaking.standing) == (State.UNKNOWN, Standing.DISPUTED)
    assert set(undertaking.turns[-1].supporting) == {mission[0].claim.id, observers[0].claim.id}


def test_who_it_is_owed_to_concedes_and_two_voices_confirm() -> None:
    own = report("Agency", "2022-12-02", f"{MET}\n  said by a rebel leader [COL REB]; actual")
    assert only(derived(DISARM, own)).standing is Standing.CLAIMED
    state_too = report("Agency", "2022-12-02", f"{MET}\n  said by a minister [COL GOV]; actual")
    assert only(derived(DISARM, own, state_too)).standing is Standing.CONCEDED
    voices = [report(outlet, "2022-12-02", MET) for outlet in ("Agency", "Paper")]
    assert only(derived(DISARM, *voices)).standing is Standing.CONFIRMED


def test_a_denied_breach_opposes_it() -> None:
    accused = report("Agency", "2022-12-06", f"{BROKEN}\n  said by a panel [IGO]; actual")
    denied = report("Paper", "2022-12-07", f"{BROKEN}\n  said by a rebel leader [COL REB]; denied")
    undertaking = only(derived(DISARM, accused, denied))
    assert (undertaking.standing, undertaking.turns[-1].state) == (Standing.DISPUTED, State.BREACHED)
    assert undertaking.opposing == (denied[0].claim.id,)


def test_reports_that_differ_on_a_deadline_stand_side_by_side() -> None:
    due = "obligation: set disarm by the rebels [COL REB]\n  due"
    found = derived(
        report("One", "2022-11-02", f"2022-11-02 {due} 2022-12-02"),
        report("Two", "2022-11-02", f"2022-11-02 {due} 2022-12-02"),
        report("Three", "2022-11-02", f"2022-11-02 {due} 2022-12-05"),
    )
    undertaking = only(found)
    assert dues(undertaking) == ["2022-12-02", "2022-12-05"]
    assert [(deadline.rival, deadline.superseded) for deadline in undertaking.deadlines] == [(False, False), (True, True)]
    assert state(undertaking, "2022-12-03") is State.OVERDUE


def test_a_possible_or_planned_move_moves_nothing_and_a_refuted_one_opposes() -> None:
    move = "2022-11-20 obligation: extended disarm by the rebels [COL REB]\n  due 2022-12-31, was 2022-12-02\n"
    for stance in ("possible", "planned"):
        assert derived(DISARM, report("Paper", "2022-11-20", f"{move}  own voice; {stance}")) == derived(DISARM)
    told = report("Paper", "2022-11-20", f"{move}  said by a rebel leader [COL REB]; actual")
    denied = [report(outlet, "2022-11-21", f"{move}  own voice; denied") for outlet in ("Wire", "Agency")]
    undertaking = only(derived(DISARM, told, *denied))
    assert in_force(undertaking).due == DISARM[0].claim.matter.due  # type: ignore[union-attr]
    assert undertaking.standing is Standing.DISPUTED


# small lives


def test_what_is_only_asked_for_is_sought_until_it_is_laid_down() -> None:
    asked = report("Wire", "2023-04-20", f"undated obligation: sought cease_fire by {RSF}, {ARMY}\n  due 2023-04-21")
    assert turns(only(derived(asked))) == [("2023-04-20", State.SOUGHT)]
    agreed = report("Wire", "2023-04-22", f"2023-04-22 obligation: set cease_fire by {RSF}, {ARMY}")
    assert turns(only(derived(asked, agreed))) == [("2023-04-20", State.SOUGHT), ("2023-04-22", State.PENDING)]


def test_an_election_put_off_and_called_off() -> None:
    undertaking = only(
        derived(
            report(
                "Wire",
                "2007-10-06",
                "2006-11 obligation Nepal (NP 28 84 #1282988): set elect\n  due 2007-06",
                "undated obligation Nepal (NP 28 84 #1282988): extended elect\n  due 2007-11-22, was 2007-06",
                "2007-10-05 obligation Nepal (NP 28 84 #1282988): cancelled elect by seven parties [NPL GOV]",
            )
        )
    )
    assert turns(undertaking)[-1] == ("2007-10-05", State.CANCELLED)
    assert dues(undertaking) == ["2007-06", "2007-11-22"]


def test_a_move_to_a_day_that_nobody_tells_leaves_it_pending() -> None:
    undertaking = only(
        derived(
            report(
                "Wire",
                "2021-01-24",
                "2020-10-23 obligation coast road: set open by two armies [LBY MIL]\n  due 2021-01-11/2021-01-17",
                "undated obligation coastal highway: extended open by militias [LBY UAF]\n  due ?, was 2021-01-11/2021-01-17",
            )
        )
    )
    assert dues(undertaking) == ["2021-01-11/2021-01-17", None]
    assert state(undertaking, "2021-01-12") is State.DUE
    assert state(undertaking, "2021-02-12") is State.PENDING


def test_a_move_that_tells_neither_day_moves_no_known_deadline() -> None:
    move = report("Paper", "2022-11-20", "undated obligation: extended disarm by the rebels [COL REB]")
    undertaking = only(derived(DISARM, move))
    assert dues(undertaking) == ["2022-12-02"]
    assert move[0].claim.id in undertaking.supporting
    assert dues(only(derived(move))) == [None]


def test_a_deadline_brought_forward_and_moved_back() -> None:
    line = "obligation Aceh (ID 4.2 96.8 #1215638): {} withdraw by TNI [IDN MIL]\n  due "
    undertaking = only(
        derived(
            report("One", "2005-11-01", f"2005-08-15 {line.format('set')}2005-12-31"),
            report("One", "2005-12-01", f"2005-12-01 {line.format('advanced')}2005-12-29, was 2005-12-31"),
            report("One", "2005-12-20", f"2005-12-20 {line.format('extended')}2005-12-31, was 2005-12-29"),
        )
    )
    assert dues(undertaking) == ["2005-12-31", "2005-12-29", "2005-12-31"]
    assert [deadline.superseded for deadline in undertaking.deadlines] == [True, True, False]


def test_nothing_comes_of_nothing_nor_of_other_claims() -> None:
    assert derived([]) == ()
    others = ["undated event: ASSAULT by rebels [SYR REB]", f"2020-11-25 control {KALBAJAR}: the army [AZE MIL] gains"]
    assert derived(report("Wire", "2020-11-25", *others)) == ()


def test_a_duty_told_only_by_a_claim_that_is_outweighed_is_none() -> None:
    kept = report(
        "Wire",
        "2020-12-21",
        f"2020-12-29 obligation {AGDAM}: met hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]\n"
        "  under ceasefire\n  said by ministry in Yerevan [ARM MIL]; actual",
    )
    denied = report(
        "Wire",
        "2020-12-04",
        f"2020-12-03 obligation {AGDAM}: met withdraw by Armenia [ARM GOV]\n  under truce\n  own voice; denied",
    )
    gained = report("Post", "2020-12-30", f"2020-12-27 control {AGDAM}: Azerbaijan's army [AZE MIL] gains")
    assert only(derived(kept)).supporting
    assert derived(kept, denied) == ()
    assert derived(kept, denied, gained) == ()  # what is shown on the ground brings no duty about
