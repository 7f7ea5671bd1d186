"""Stories: real courses of events, told as reports told them, and who held what on whose word."""

from __future__ import annotations

from datetime import date

from tests.reconcile.reports import line, lines, published_by, told
from whoholds.model import Holding, Site, Testimony
from whoholds.reconcile.holdings import derive_holdings, in_force
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.territory import holding_on

SITE = Site("geonames:1", "the place")


def derived(*reports: list[Testimony], by: str = "9999-12-31") -> tuple[Holding, ...]:
    """The holdings of one site after some reports, as known when they had been published by a day."""
    return derive_holdings(SITE, published_by(by, [each for report in reports for each in report]), Sides())


def on(day: str, holdings: tuple[Holding, ...]) -> str:
    return line(in_force(holdings, date.fromisoformat(day)))


KALBAJAR = (
    told("History", "2020-10-05", "1993-04-02/.. control Kalbajar: Armenian forces [ARM MIL] holds"),
    told(
        "Agency",
        "2020-11-10",
        """
2020-11-15 control Kalbajar: Azerbaijan [AZE GOV] gains from Armenia [ARM GOV]
  own voice; planned
""",
    ),
    told("Daily", "2020-11-14", "../2020-11-14 control Kalbajar: Armenian forces [ARM MIL] holds"),
    told(
        "Agency",
        "2020-11-25",
        """
2020-11-25 control Kalbajar: Azerbaijani army [AZE MIL] gains from Armenian forces [ARM MIL]
  said by Azerbaijan's defence ministry [AZE MIL]; actual
""",
    ),
    told("Local", "2020-11-25", '2020-11-25 control Kelbajar: Azerbaijan Army [AZE MIL] gains from "armed forces" [ARM MIL]'),
    told(
        "Yerevan News",
        "2020-11-26",
        """
2020-11-25 control Karvachar: Armenian army [ARM MIL] loses
  said by spokesman of the police [ARM COP]; actual
""",
    ),
)


def test_kalbajar_changes_hands_on_the_day_of_the_entry_and_not_on_the_day_it_was_due() -> None:
    holdings = derived(*KALBAJAR)
    assert lines(holdings) == ["ARM 1993-04-02..2020-11-24 confirmed", "AZE 2020-11-25.. conceded"]
    assert [on(day, holdings)[:3] for day in ("2020-11-14", "2020-11-20", "2020-11-26")] == ["ARM", "ARM", "AZE"]


def test_kalbajar_as_published_by_each_day() -> None:
    assert lines(derived(*KALBAJAR, by="2020-11-14")) == ["ARM 1993-04-02.. confirmed"]
    assert lines(derived(*KALBAJAR, by="2020-11-20")) == ["ARM 1993-04-02.. confirmed"]
    assert lines(derived(*KALBAJAR, by="2020-11-25")) == [
        "ARM 1993-04-02..2020-11-24 confirmed",
        "AZE 2020-11-25.. confirmed",
    ]
    assert lines(derived(*KALBAJAR, by="2020-11-26"))[1] == "AZE 2020-11-25.. conceded"


AGDAM = (
    told("Broadcaster", "2020-11-25", "2020-11-16/2020-11-22 control Agdam: Azerbaijan [AZE GOV] gains from Armenia [ARM GOV]"),
    told("Magazine", "2020-11-20", "2020-11-20 control Aghdam: Azerbaijan [AZE GOV] gains from Armenia [ARM GOV]"),
)


def test_last_week_is_a_window_until_another_report_narrows_it() -> None:
    assert lines(derived(AGDAM[0])) == [
        "ARM ..2020-11-15/2020-11-21 claimed",
        "AZE 2020-11-16/2020-11-22.. claimed",
    ]
    assert lines(derived(*AGDAM)) == ["ARM ..2020-11-19 confirmed", "AZE 2020-11-20.. confirmed"]


def test_a_state_told_within_the_window_narrows_it() -> None:
    held = told("Daily", "2020-11-18", "../2020-11-18 control Agdam: Armenian forces [ARM MIL] holds")
    entered = told("Wire", "2020-11-21", "../2020-11-21 control Agdam: Azerbaijan [AZE MIL] holds")
    assert lines(derived(AGDAM[0], held, entered)) == [
        "ARM ..2020-11-18/2020-11-20 confirmed",
        "AZE 2020-11-19/2020-11-21.. confirmed",
    ]


def test_bakhmut_claimed_and_denied_on_the_same_day_is_one_disputed_holding() -> None:
    claimed = told(
        "Agency",
        "2023-05-20",
        """
2023-05-20 control Bakhmut: Russian forces [RUS MIL] gains
  said by the head of the mercenaries [RUS MIL]; actual
2023-05-20 control Bakhmut: Russian forces [RUS MIL] gains from Ukraine [UKR MIL]
  said by Ukraine's defence ministry [UKR MIL]; denied
""",
    )
    held = told("Wire", "2023-05-01", "../2023-05-01 control Bakhmut: Ukraine [UKR MIL] holds")
    repeated = told(
        "Agency",
        "2023-05-22",
        """
../2023-05-22 control Bakhmut: Ukrainian troops [UKR MIL] holds
  said by a deputy minister [UKR MIL]; actual
""",
    )
    for reports in ([held, claimed], [held, claimed, repeated]):
        holdings = derived(*reports)
        assert lines(holdings) == ["UKR ..2023-05-19 confirmed", "RUS 2023-05-20.. disputed against UKR"]
        assert holdings[1].supporting and holdings[1].opposing
    assert on("2023-05-19", derived(held, claimed)).startswith("UKR")


def test_a_dispute_is_settled_by_two_newer_voices_of_no_side_and_by_a_concession() -> None:
    claimed = told(
        "Agency",
        "2023-05-20",
        """
2023-05-20 control Bakhmut: Russian forces [RUS MIL] gains from Ukraine [UKR MIL]
  said by Russia's defence ministry [RUS MIL]; actual
2023-05-20 control Bakhmut: Russian forces [RUS MIL] gains from Ukraine [UKR MIL]
  said by Ukraine's defence ministry [UKR MIL]; denied
""",
    )
    one = told("Wire", "2023-06-10", "../2023-06-10 control Bakhmut: Russia [RUS MIL] holds")
    two = told("Institute", "2023-06-11", "../2023-06-11 control Bakhmut: Russia [RUS MIL] holds")
    conceded = told(
        "Daily",
        "2023-09-01",
        """
../2023-09-01 control Bakhmut: Russian army [RUS MIL] holds
  said by Ukraine's general staff [UKR MIL]; actual
""",
    )
    assert derived(claimed, one)[-1].standing == "disputed"
    assert derived(claimed, one, two)[-1].standing == "confirmed"
    assert derived(claimed, one, two)[-1].opposing, "the denial stays beside it"
    assert derived(claimed, conceded)[-1].standing == "conceded"


PALMYRA = (
    told(
        "Agency",
        "2017-03-05",
        """
2015-05 control Palmyra: Islamic State [SYR REB "Islamic State"] gains from the government [SYR GOV]
2016-03-27 control Palmyra: Syrian army [SYR MIL] gains from Islamic State [SYR REB "Islamic State"]
2016-12-11 control Palmyra: Islamic State [SYR REB "Islamic State"] gains
2017-03-02 control Palmyra: Syrian army [SYR MIL] gains
  said by Russia's defence ministry [RUS MIL]; actual
""",
    ),
    told(
        "Wire",
        "2017-03-04",
        """
2015-05-20 control Tadmur: Islamic State [SYR REB "Islamic State"] gains
2016-03 control Tadmur: government forces [SYR MIL] gains
2016-12 control Tadmur: Islamic State [SYR REB "Islamic State"] gains
2017-03-02 control Tadmur: government forces [SYR MIL] gains
""",
    ),
)
FOUR_FLIPS = [
    "SYR ..2015-05-19 claimed",
    "islamic state 2015-05-20..2016-03-26 confirmed",
    "SYR 2016-03-27..2016-12-10 confirmed",
    "islamic state 2016-12-11..2017-03-01 confirmed",
    "SYR 2017-03-02.. confirmed",
]


def test_palmyra_flips_four_times() -> None:
    assert lines(derived(*PALMYRA)) == FOUR_FLIPS


def test_a_lone_wrong_month_makes_no_flip_and_supports_the_holder() -> None:
    for month, holder in (
        ("2016-04", "Syrian army [SYR MIL]"),
        ("2016-02", "Syrian army [SYR MIL]"),
        ("2017-01", "Syrian army [SYR MIL]"),
        ("2017-01", 'Islamic State [SYR REB "Islamic State"]'),
        ("2016-04", 'Islamic State [SYR REB "Islamic State"]'),
        ("2016-02", 'Islamic State [SYR REB "Islamic State"]'),
        ("2017-05", 'Islamic State [SYR REB "Islamic State"]'),
        ("2016-06", "Syrian army [SYR MIL]"),
    ):
        wrong = told("Blog", "2018-01-01", f"{month} control Palmyra: {holder} gains")
        holdings = derived(*PALMYRA, wrong)
        assert lines(holdings) == FOUR_FLIPS, (month, holder)
        (support,) = [holding for holding in holdings if wrong[0].claim.id in holding.supporting]
        assert support.derivation
        told_otherwise = [part.value for part in support.derivation.parts if part.rule.startswith("another day")]
        assert month in told_otherwise[0]


def test_fresh_news_of_one_voice_is_no_wrong_date() -> None:
    fresh = told("Blog", "2017-05-30", '2017-05-29 control Palmyra: Islamic State [SYR REB "Islamic State"] gains')
    assert lines(derived(*PALMYRA, fresh))[-1] == "islamic state 2017-05-29.. claimed"


def test_kherson_the_side_that_left_says_so() -> None:
    taken = told("Wire", "2022-11-11", "2022-03-02 control Kherson: Russian army [RUS MIL] gains from Ukraine [UKR MIL]")
    entered = told(
        "Agency",
        "2022-11-11",
        """
2022-11-11 control Kherson: Ukrainian army [UKR MIL] gains
  said by defence intelligence [UKR SPY]; actual
""",
    )
    left = told(
        "State agency",
        "2022-11-11",
        """
2022-11-09/2022-11-11 control Kherson: Russian units [RUS MIL] loses
  said by Russia's defence ministry [RUS MIL]; actual
""",
    )
    assert lines(derived(taken, entered))[-1] == "UKR 2022-11-11.. claimed"
    assert lines(derived(taken, entered, left)) == [
        "UKR ..2022-03-01 claimed",
        "RUS 2022-03-02..2022-11-10 confirmed",
        "UKR 2022-11-11.. conceded",
    ]


def test_a_planned_retreat_changes_nothing() -> None:
    taken = told("Wire", "2022-11-01", "2022-03-02/.. control Kherson: Russian army [RUS MIL] holds")
    announced = told(
        "Agency",
        "2022-11-09",
        """
undated control Kherson: Russian army [RUS MIL] loses
  said by Russia's defence minister [RUS GOV]; planned
""",
    )
    assert derived(taken, announced) == derived(taken)


def test_khartoum_airport_one_side_says_and_the_other_denies() -> None:
    report = told(
        "Live blog",
        "2023-04-20",
        """
../2023-04-20 control airport: RSF [SDN REB "RSF"] holds
  said by RSF [SDN REB "RSF"]; actual
../2023-04-20 control airport: RSF [SDN REB "RSF"] holds
  said by the army [SDN MIL]; denied
""",
    )
    (holding,) = derived(report)
    assert line(holding) == "rsf .. disputed"
    assert holding.told == date(2023, 4, 20)
    assert (len(holding.supporting), len(holding.opposing)) == (1, 1)


def test_mosul_and_goma_are_taken_and_retaken() -> None:
    mosul = derived(
        told(
            "Agency",
            "2014-06-11",
            """
2014-06-10 control Mosul: Islamic State [IRQ REB "Islamic State"] gains from Iraqi army [IRQ MIL]
""",
        ),
        told(
            "Wire",
            "2017-07-10",
            """
2017-07-10 control Mosul: Iraqi forces [IRQ MIL] gains from Islamic State [IRQ REB "Islamic State"]
  said by the prime minister [IRQ GOV]; actual
2016-10-17/2017-07-10 control Mosul: contested
""",
        ),
    )
    assert lines(mosul) == [
        "IRQ ..2014-06-09 claimed",
        "islamic state 2014-06-10..2016-10-16 claimed",
        "nobody 2016-10-17..2017-07-09 contested against islamic state",
        "IRQ 2017-07-10.. claimed",
    ]
    goma = derived(
        told("History", "2025-01-28", '2012-11-20 control Goma: M23 [COD REB "M23"] gains'),
        told("History", "2025-01-28", '2012-12-01 control Goma: M23 [COD REB "M23"] loses'),
        told("Agency", "2025-01-28", '2025-01-27 control Goma: M23 [COD REB "M23"] gains from the army [COD MIL]'),
    )
    assert lines(goma) == [
        "m23 2012-11-20..2012-11-30 claimed",
        "nobody 2012-12-01..2025-01-26 claimed",
        "m23 2025-01-27.. claimed",
    ]


def test_marawi_is_contested_until_it_is_told_to_be_taken() -> None:
    holdings = derived(
        told("Brief", "2017-10-17", "2017-05~ control Marawi: fighters [PHL REB] gains"),
        told("Daily", "2017-06-03", "2017-06-02 control Marawi: contested\n../2017-06-03 control Marawi: contested"),
        told(
            "Brief",
            "2017-10-17",
            """
2017-10-17 control Marawi: troops [PHL MIL] gains from terrorists [PHL REB]
  said by Rodrigo Duterte [PHL GOV]; actual
../2017-10-17 control Marawi: contested
  said by Restituto Padilla [PHL MIL]; actual
""",
        ),
    )
    assert lines(holdings) == [
        "PHL REB 2017-05-01/2017-05-31..2017-06-01 claimed",
        "nobody 2017-06-02..2017-10-16 contested against PHL REB",
        "PHL 2017-10-17.. claimed",
    ]


def test_izium_left_by_one_side_is_nobodys_until_the_other_is_told_to_hold_it() -> None:
    left = told("Newspaper", "2022-09-11", "2022-09-10 control Izium: Russian army [RUS MIL] loses")
    assert lines(derived(left)) == ["RUS ..2022-09-09 claimed", "nobody 2022-09-10.. claimed"]
    holds = told("Agency", "2022-09-14", "../2022-09-14 control Izium: Ukrainian army [UKR MIL] holds")
    assert lines(derived(left, holds)) == ["RUS ..2022-09-09/2022-09-13 claimed", "UKR 2022-09-10/2022-09-14.. confirmed"]


def test_lachin_district_and_city_change_hands_on_different_days() -> None:
    district_site = Site("district", "Lachin District")
    city_site = Site("city", "Lachin", within=("district",))
    district = derive_holdings(
        district_site,
        told("Brief", "2020-12-01", "2020-12-01 control Lachin: Azerbaijani forces [AZE MIL] gains from Armenia [ARM GOV]"),
        Sides(),
    )
    city = derive_holdings(
        city_site,
        told("Wire", "2020-12-02", "../2020-12-02 control Lachin: Russian peacekeepers [RUS PPL] holds")
        + told("Agency", "2022-08-26", "2022-08-26 control Lachin: Azerbaijani army [AZE MIL] gains"),
        Sides(),
    )
    around = [(district_site, district)]
    found = [holding_on(day, city, around) for day in (date(2020, 11, 30), date(2020, 12, 3), date(2022, 8, 26))]
    assert [line(holding)[:3] for holding in found] == ["RUS", "RUS", "AZE"]
    village = holding_on(date(2021, 1, 1), (), around, site=Site("village", "Zabukh", within=("district",)))
    assert village and village.site.key == "village" and village.inherited == district_site
    assert line(village)[:3] == "AZE"


def test_two_spellings_of_one_site_are_one_place() -> None:
    old = told("Agency", "2022-02-26", "2022-02-25 control Kiev (UA 50.4501 30.5234 #703448): contested")
    new = told("Wire", "2022-04-03", "2022-04-02 control Kyiv (UA 50.4501 30.5234 #703448): Ukrainian army [UKR MIL] gains")
    assert {each.site.key for each in old + new if each.site} == {"geonames:703448"}
    assert lines(derived(old, new)) == ["nobody 2022-02-25..2022-04-01 contested", "UKR 2022-04-02.. claimed"]
