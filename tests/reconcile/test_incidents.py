"""Stories: several reports, and the incidents that they tell of."""

from __future__ import annotations

from datetime import date

from tests.reconcile.incident_reports import fetching, lines, told
from whoholds.model import Testimony
from whoholds.reconcile.incidents import derive_incidents, gather, related, window
from whoholds.reconcile.sides import Sides

MILLTOWN = "Milltown (SY 35.9000 36.6000 #101)"
UPTON = "Upton (SY 36.4000 37.2000 #102)"
DISTRICT = "Mill district (SY 35.9500 36.5500 #201)"
SIDES = Sides()

WIRE = f"""
2024-03-02 event {MILLTOWN}: ASSAULT on shoppers [SYR CVL]
  killed 12
  own voice; actual
  from "An air strike on the market in Milltown killed 12 people on Saturday"
"""
AGENCY = f"""
2024-03-02 event {MILLTOWN}: ASSAULT by army [SYR MIL]
  killed 14..
  own voice; actual
  from "At least 14 died when warplanes bombed a crowded market in Milltown"
"""
DAILY = f"""
2024-03-02/2024-03-03 event {MILLTOWN}: ASSAULT
  killed 24..99
  said by medics [SYR CVL]; actual
  from "Dozens were killed at the weekend as jets struck the market, medics said"
"""


def test_one_strike_by_three_outlets_is_one_incident_with_its_numbers_side_by_side() -> None:
    testimony = told("Wire", "2024-03-02", WIRE) + told("Agency", "2024-03-02", AGENCY) + told("Daily", "2024-03-04", DAILY)
    (incident,) = derive_incidents(testimony, SIDES)
    assert {(tally.count.low, tally.count.high) for tally in incident.tallies} == {(12, 12), (14, None), (24, 99)}
    found = incident.range("killed")
    assert found is not None and (found.low, found.high) == (12, None)
    assert str(incident.when.not_before) == str(incident.when.not_after) == "2024-03-02"
    assert incident.standing == "confirmed"
    assert [side.key for side in incident.actors] == ["SYR"]


def test_strikes_on_two_days_in_one_city_are_two_though_one_report_says_overnight() -> None:
    one = f"""
2024-03-02 event {MILLTOWN}: ASSAULT
  killed 3
  own voice; actual
  from "Shells hit Milltown on Saturday, killing three"
"""
    two = f"""
2024-03-03 event {MILLTOWN}: ASSAULT
  killed 8
  own voice; actual
  from "Shelling of Milltown killed eight on Sunday"
"""
    night = f"""
2024-03-02/2024-03-03 event {MILLTOWN}: ASSAULT
  killed 8
  own voice; actual
  from "Eight died overnight in the shelling of Milltown"
"""
    testimony = told("Wire", "2024-03-02", one) + told("Agency", "2024-03-03", two) + told("Daily", "2024-03-03", night)
    assert lines(derive_incidents(testimony, SIDES)) == [
        "2024-03-02 ASSAULT Milltown by ?: claimed, 1 for; killed 3 by Wire",
        "2024-03-03 ASSAULT Milltown by ?: confirmed, 2 for; killed 8 by Agency; killed 8 by Daily",
    ]


def test_a_market_and_a_school_hit_on_one_day_are_two() -> None:
    school = AGENCY.replace("a crowded market", "a primary school").replace("killed 14..", "killed 5")
    testimony = told("Wire", "2024-03-02", WIRE) + told("Agency", "2024-03-02", school)
    assert len(derive_incidents(testimony, SIDES)) == 2


def test_a_later_number_of_the_same_voice_corrects_its_earlier_one() -> None:
    later = WIRE.replace("killed 12", "killed 19").replace("12 people on Saturday", "19 people on Saturday")
    testimony = told("Wire", "2024-03-02", WIRE) + told("Wire", "2024-03-03", later) + told("Agency", "2024-03-02", AGENCY)
    (incident,) = derive_incidents(testimony, SIDES)
    assert [(t.voice, t.count.low, t.corrected) for t in incident.tallies] == [
        ("Agency", 14, False),
        ("Wire", 12, True),
        ("Wire", 19, False),
    ]
    found = incident.range("killed")
    assert found is not None and found.low == 14


def test_an_accusation_and_a_denial_in_another_report_stand_side_by_side() -> None:
    accused = f"""
2024-03-02 event {MILLTOWN}: ASSAULT by army [SYR MIL]
  killed 12
  said by rebels [SYR REB "Mill Front"]; actual
  from "Government jets bombed the market and killed 12, the Mill Front said"
"""
    denied = f"""
2024-03-02 event {MILLTOWN}: ASSAULT by army [SYR MIL]
  said by defence ministry [SYR MIL]; denied
  from "The defence ministry denied that its jets had bombed a market in Milltown"
"""
    testimony = told("Wire", "2024-03-02", accused) + told("State agency", "2024-03-03", denied)
    assert lines(derive_incidents(testimony, SIDES)) == [
        "2024-03-02 ASSAULT Milltown by SYR: disputed, 1 for, 1 against; killed 12 by rebels"
    ]
    admitted = denied.replace("; denied", "; actual").replace("denied that", "admitted that")
    testimony += told("Agency", "2024-03-06", admitted)
    (incident,) = derive_incidents(testimony, SIDES)
    assert (incident.standing, len(incident.supporting), len(incident.opposing)) == ("conceded", 2, 1)


def test_two_voices_that_name_two_doers_are_both_kept() -> None:
    one = WIRE.replace("ASSAULT on", 'ASSAULT by rebels [SYR REB "Mill Front"] on')
    testimony = told("Wire", "2024-03-02", one) + told("Agency", "2024-03-02", AGENCY)
    (incident,) = derive_incidents(testimony, SIDES)
    assert incident.standing == "disputed"
    assert {side.key for side in incident.actors} == {"SYR", "mill front"}
    assert incident.derivation is not None
    reasons = incident.derivation.parts[0]
    assert {part.value for part in reasons.parts} == {"Wire: mill front", "Agency: SYR"}


def test_a_district_level_and_a_town_level_report_of_the_same() -> None:
    district = f"""
2024-03-02 event {DISTRICT}: ASSAULT
  killed 12
  own voice; actual
  from "Twelve people were killed in an air raid on a market in Mill district"
"""
    within = {"Milltown": ("geonames:201", "geonames:300")}
    testimony = told("Wire", "2024-03-02", WIRE, within=within) + told("Agency", "2024-03-02", district)
    (incident,) = derive_incidents(testimony, SIDES)
    assert incident.site is not None and incident.site.name == "Milltown"


def test_crowds_by_police_and_organisers_are_one_protest() -> None:
    police = f"""
2024-03-02 event {UPTON}: PROTEST by demonstrators [SYR CVL]
  crowd 2000
  said by police [SYR COP]; actual
  from "Police put the demonstration in Upton at 2,000"
"""
    organisers = f"""
2024-03-02 event {UPTON}: PROTEST by demonstrators [SYR CVL]
  crowd 20000
  said by organisers [SYR OPP "Upton Now"]; actual
  from "The organisers of Saturday's demonstration in Upton counted 20,000"
"""
    (incident,) = derive_incidents(told("Wire", "2024-03-02", police) + told("Daily", "2024-03-03", organisers), SIDES)
    found = incident.range("crowd")
    assert found is not None and (found.low, found.high) == (2000, 20000)
    assert incident.voices == ("organisers", "police")


def test_plans_make_no_incident_and_what_is_only_possible_is_claimed() -> None:
    plan, perhaps = WIRE.replace("; actual", "; planned"), WIRE.replace("; actual", "; possible")
    assert derive_incidents(told("Wire", "2024-03-02", plan), SIDES) == ()
    (incident,) = derive_incidents(told("Wire", "2024-03-02", perhaps) + told("Agency", "2024-03-02", perhaps), SIDES)
    assert incident.standing == "claimed"
    assert incident.derivation is not None and incident.derivation.parts[0].parts[0].rule == "told only as possible"


def test_a_denial_of_what_nobody_tells_makes_no_incident() -> None:
    assert derive_incidents(told("Wire", "2024-03-02", WIRE.replace("; actual", "; denied")), SIDES) == ()


def test_only_the_victims_side_is_not_confirmation() -> None:
    accused = """
2024-03-02 event {place}: ASSAULT by army [SYR MIL] on fighters [SYR REB "Mill Front"]
  said by {who}; actual
  from "Jets bombed a market in Milltown, {words}"
"""
    front = accused.format(place=MILLTOWN, who='a Mill Front commander [SYR REB "Mill Front"]', words="a commander said")
    again = accused.format(place=MILLTOWN, who='a Mill Front spokesman [SYR REB "Mill Front"]', words="the Front said")
    medics = accused.format(place=MILLTOWN, who='Red Crescent [SYR NGO "Red Crescent"]', words="the Red Crescent said")
    one, two = told("Wire", "2024-03-02", front), told("Agency", "2024-03-02", again)
    assert [incident.standing for incident in derive_incidents(one + two, SIDES)] == ["claimed"]
    assert [i.standing for i in derive_incidents(one + told("Daily", "2024-03-02", medics), SIDES)] == ["confirmed"]


def test_two_of_one_report_with_different_numbers_are_two() -> None:
    second = WIRE.replace("killed 12", "killed 7").replace("12 people on Saturday", "7 more in the evening")
    assert len(derive_incidents(told("Wire", "2024-03-02", WIRE + second), SIDES)) == 2


def test_ten_shellings_of_one_city_in_a_week_are_not_drawn_into_one_by_a_report_of_the_week() -> None:
    hit = f"""
2024-03-{{day:02}} event {MILLTOWN}: ASSAULT by army [SYR MIL]
  killed {{killed}}
  own voice; actual
  from "Shells struck a {{target}} in Milltown, {{killed}} were killed"
"""
    week = f"""
2024-03-04/2024-03-10 event {MILLTOWN}: ASSAULT by army [SYR MIL]
  own voice; actual
  from "Army shells struck Milltown all week"
"""
    targets = ("market", "school", "hospital", "bakery", "mosque", "bridge", "prison")
    testimony = told("Observer", "2024-03-11", week)
    for number, target in enumerate(targets):
        for outlet, killed in (("Wire", 3 + number), ("Agency", 4 + number)):
            words = hit.format(day=4 + number, killed=killed, target=target)
            testimony += told(outlet, f"2024-03-{4 + number:02}", words)
    found = derive_incidents(testimony, SIDES)
    days = [incident.when.not_before for incident in found if len(incident.supporting) > 1]
    assert len(found) in (7, 8)
    assert len(set(days)) == 7


def test_a_report_that_is_linked_to_two_strikes_does_not_make_them_one() -> None:
    hit = f"""
{{when}} event {MILLTOWN}: ASSAULT by army [SYR MIL]
  own voice; actual
  from "Army shells {{words}} Milltown"
"""
    first = told("Wire", "2024-03-02", hit.format(when="2024-03-02", words="fell on"))
    night = told("Daily", "2024-03-03", hit.format(when="2024-03-02/2024-03-03", words="rained on"))
    second = told("Agency", "2024-03-03", hit.format(when="2024-03-03", words="hit"))
    assert related(first[0], night[0], SIDES)
    assert related(night[0], second[0], SIDES)
    found = derive_incidents([*first, *night, *second], SIDES)
    assert sorted(len(incident.supporting) for incident in found) == [1, 2]


def test_a_war_is_counted_apart_from_a_strike_in_it() -> None:
    war = """
2023-10-01/.. event Milltown (SY 35.9000 36.6000 #101): ASSAULT
  killed {killed}
  own voice; actual
  from "The siege of Milltown has killed {killed} since October"
"""
    testimony = told("Wire", "2024-03-02", WIRE) + told("Agency", "2024-03-02", war.format(killed="4000.."))
    testimony += told("Daily", "2024-03-04", war.format(killed="4200"))
    found = derive_incidents(testimony, SIDES)
    assert sorted(len(incident.supporting) for incident in found) == [1, 2]


def test_no_testimony_no_incidents() -> None:
    assert derive_incidents([], SIDES) == ()


UNDATED = """
undated event {place}: ASSAULT by army [SYR MIL]
  {killed}
  own voice; actual
  from "{words}"
"""


def undated(outlet: str, day: str, words: str, killed: str = "", place: str = MILLTOWN) -> list[Testimony]:
    """A report of a strike that names no day."""
    claim = UNDATED.format(place=place, words=words, killed=killed and f"killed {killed}").replace("\n  \n", "\n")
    return told(outlet, day, claim)


def test_reports_without_a_day_join_the_strike_whose_number_and_target_they_tell() -> None:
    testimony = told("Wire", "2024-03-02", WIRE)
    testimony += undated("Agency", "2024-03-03", "jets killed 12 in the Milltown market bombing", "12")
    testimony += undated("Daily", "2024-03-05", "the air strike on the market, in which 12 died", "12")
    (incident,) = derive_incidents(testimony, SIDES)
    assert len(incident.supporting) == 3
    assert str(incident.when.not_before) == "2024-03-02"


def test_a_report_without_a_day_said_long_after_or_before_stays_apart() -> None:
    words = "jets killed 12 in the Milltown market bombing"
    for day, incidents in (("2024-03-01", 2), ("2024-03-02", 1), ("2024-03-09", 1), ("2024-03-10", 2)):
        testimony = told("Wire", "2024-03-02", WIRE) + undated("Agency", day, words, "12")
        assert len(derive_incidents(testimony, SIDES)) == incidents, day


def test_shelling_that_continues_is_of_no_one_day() -> None:
    strike = WIRE.replace("An air strike on the market in Milltown", "Army shells hit the market in Milltown and")
    strike = strike.replace("ASSAULT on", "ASSAULT by army [SYR MIL] on")
    testimony = told("Wire", "2024-03-02", strike) + undated(
        "Agency", "2024-03-03", "The army's shelling of Milltown continued"
    )
    testimony += undated("Daily", "2024-03-04", "Army shells fell on Milltown again")
    assert len(derive_incidents(testimony, SIDES)) == 3


def test_one_night_told_as_of_two_days() -> None:
    one = WIRE.replace("killed 12\n", "killed 19\n").replace(
        "killed 12 people on Saturday", "killed 19 recruits late on Saturday"
    )
    two = one.replace("2024-03-02", "2024-03-03").replace("late on Saturday", "early on Sunday")
    assert len(derive_incidents(told("Wire", "2024-03-03", one) + told("Agency", "2024-03-03", two), SIDES)) == 1
    other = two.replace("killed 19", "killed 17")
    assert len(derive_incidents(told("Wire", "2024-03-03", one) + told("Agency", "2024-03-03", other), SIDES)) == 2
    later = two.replace("2024-03-03", "2024-03-04")
    assert len(derive_incidents(told("Wire", "2024-03-03", one) + told("Agency", "2024-03-04", later), SIDES)) == 2


def test_windows_ask_for_what_can_be_a_neighbour() -> None:
    wire, (none,) = (
        told("Wire", "2024-03-02", WIRE)[0],
        undated("Agency", "2024-03-08", "the market bombing that killed 12", "12"),
    )
    untimed, timed = window(wire).looks[-1], window(none).looks[0]
    assert (untimed.time, untimed.said) == ("untimed", (date(2024, 3, 2), date(2024, 3, 9)))
    assert (timed.time, timed.described) == ("short", (date(2024, 2, 29), date(2024, 3, 9)))
    assert timed.places is not None and timed.places.sites == ("geonames:101",) and not timed.places.unplaced
    assert [one.claim.id for one in gather([wire], fetching([none, wire]), SIDES)] == sorted([wire.claim.id, none.claim.id])
    assert gather([none], fetching([none, wire]), SIDES) == gather([wire], fetching([wire, none]), SIDES)


def test_news_since_a_day_finds_the_report_of_that_day_and_is_found_by_it() -> None:
    since = WIRE.replace("2024-03-02 event", "2024-03-01/.. event")
    wire, (open_,) = told("Wire", "2024-03-02", WIRE), told("Agency", "2024-03-03", since)
    assert related(wire[0], open_, SIDES)
    for seed in (wire[0], open_):
        assert len(gather([seed], fetching([*wire, open_]), SIDES)) == 2
