"""Extracts: all of a register, in parts, in a state of knowledge; the same as the questions about a place or a day tell."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.questions.build import BAKHMUT, KALBAJAR, LACHIN, LACHIN_CITY, claim_of, kalbajar, say
from whoholds.model import Site
from whoholds.questions import Register
from whoholds.questions.extract import Extract

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        say(opened, f"2014 control {LACHIN_CITY}: Armenia [ARM] holds", on="2014-06-01")
        say(opened, f"2020-12-01 control {LACHIN}: Azerbaijan [AZE] gains from Armenia [ARM]", on="2020-12-01")
        say(opened, f"2022-08-26 control {LACHIN_CITY}: Azerbaijan [AZE] gains", on="2022-08-26")
        say(opened, f"2023-05-20 event {BAKHMUT}: ASSAULT on villagers [UKR CVL]", "killed 3..5", on="2023-05-21")
        say(opened, f"2023-01-05 event {BAKHMUT}: ASSAULT on villagers [UKR CVL]", "killed 1", on="2023-01-06")
        say(opened, "undated event: AID to villagers [UKR CVL]", on="2023-01-07")
        owed = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
        say(opened, f"2020-11-10 obligation {KALBAJAR}: set {owed}", "due 2020-11-15", "under truce", on="2020-11-10")
        opened.write("2020/.. alliance: A with B\n", name="n", by="ann")
        opened.settle()
        yield opened


def names(extract: Extract) -> list[tuple[str, str]]:
    return [(one.holding.site.name, one.holding.holder.key if one.holding.holder else "") for one in extract.holdings()]


def test_on_any_day_one_holding_of_a_place_is_in_force_and_it_is_that_of_the_map(register: Register) -> None:
    reigns = list(register.extract().holdings())
    for day in (
        date(1990, 1, 1),
        date(2014, 6, 1),
        date(2020, 11, 24),
        date(2020, 11, 25),
        date(2020, 12, 1),
        date(2023, 1, 1),
    ):
        shown = {
            one.holding.site.key: (one.holding.holder, one.holding.standing, one.holding.inherited)
            for one in reigns
            if (one.first or date.min) <= day <= (one.last or date.max)
        }
        plots = {plot.site.key: (plot.holder, plot.standing, plot.inherited) for plot in register.map(day).plots}
        assert shown == plots, day


def test_holdings_of_a_place_follow_each_other_without_a_gap(register: Register) -> None:
    by_place: dict[str, list[tuple[date | None, date | None]]] = {}
    for one in register.extract().holdings():
        by_place.setdefault(one.holding.site.key, []).append((one.first, one.last))
    for spans in by_place.values():
        assert spans[-1][1] is None
        for (_, last), (first, _) in itertools.pairwise(spans):
            assert last is not None
            assert first == last + DAY


def test_a_holding_is_known_by_the_id_it_is_kept_under(register: Register) -> None:
    for one in register.extract().holdings():
        assert register.trace(one.finding)
    (inherited,) = [one for one in register.extract().holdings() if one.holding.inherited]
    assert inherited.holding.site.key == "geonames:147625"
    assert inherited.finding != inherited.id


def test_a_period_leaves_out_what_does_not_touch_it(register: Register) -> None:
    assert names(register.extract(first="2020-11-24", last="2020-11-24"))[:1] == [("Kalbajar", "ARM")]
    assert names(register.extract(first="2020-11-25", last="2020-11-25"))[:1] == [("Kalbajar", "AZE")]
    days = [one.when.not_before for one in register.extract(first="2023-02-01").incidents()]
    assert days == [date(2023, 5, 20)]
    when = {one.testimony.claim.when and one.testimony.claim.when.edtf for one in register.extract(last="2019-12-31").claims()}
    assert when == {"2014", "../2020-11-13"}


def test_incidents_are_in_order_of_time_with_their_words(register: Register) -> None:
    told = list(register.extract().told())
    assert [one.incident.when.not_before for one in told] == [None, date(2023, 1, 5), date(2023, 5, 20)]
    assert all({word.claim.id for word in one.words} == set(one.incident.supporting) for one in told)


def test_a_place_includes_what_lies_in_it(register: Register) -> None:
    extract = register.extract("Lachin district")
    assert {site.key for site in extract.places()} == {"A:39.6375,46.5469", "geonames:147625"}
    assert {one.holding.site.key for one in extract.holdings()} == {"A:39.6375,46.5469", "geonames:147625"}
    assert len(list(extract.claims())) == 3
    assert len(list(extract.documents())) == 3
    assert list(extract.incidents()) == []
    assert list(extract.duties()) == []
    assert len(list(register.extract("Kalbajar").duties())) == 1


def test_an_earlier_state_of_knowledge(register: Register) -> None:
    early = register.extract(published_by="2020-11-13")
    assert ("Kalbajar", "AZE") not in names(early)
    assert {document.published for document in early.documents()} == {date(2014, 6, 1), date(2020, 11, 10), date(2020, 11, 13)}
    assert list(early.incidents()) == []
    later = register.extract(published_by="2023-02-01")
    assert [one.when.not_before for one in later.incidents()] == [None, date(2023, 1, 5)]
    assert list(register.extract(recorded_by="2001-01-01").documents()) == []
    assert list(register.extract(recorded_by="2001-01-01").alliances()) == []


def test_claims_come_with_their_documents(register: Register) -> None:
    for one in register.extract().claims():
        assert one.document is not None
        span = one.testimony.claim.evidence
        assert one.document.text[span.start : span.end] == span.quote
    assert sum(len(told) for _, told in register.extract().by_document()) == len(list(register.extract().claims()))


def test_what_was_gone_through_is_counted(register: Register) -> None:
    extract = register.extract()
    assert extract.given == {}
    list(extract.places())
    next(extract.incidents())
    assert extract.given == {"places": 4}


def test_administrative_areas_are_named_from_the_widest(register: Register) -> None:
    extract = register.extract()
    areas = extract.areas()
    by_key: dict[str, Site] = {site.key: site for site in extract.places()}
    assert areas(by_key["geonames:147625"]) == ("Lachin",)
    assert areas(by_key["geonames:713174"])[0].startswith("Donetsk")  # and not Donbas, in which that lies


def test_an_empty_register_has_nothing() -> None:
    with Register(":memory:") as empty:
        extract = empty.extract()
        for things in (
            extract.holdings(),
            extract.incidents(),
            extract.told(),
            extract.duties(),
            extract.places(),
            extract.claims(),
            extract.documents(),
            extract.alliances(),
            extract.by_document(),
        ):
            assert list(things) == []


def test_claims_of_many_documents_pass_in_batches() -> None:
    with Register(":memory:") as many:
        ids = []
        for day in range(1, 27, 5):
            for month in range(1, 13):
                head = f"2021-{month:02}-{day:02} event {BAKHMUT}: AID to villagers [UKR CVL]"
                ids.append(claim_of(say(many, head, on=f"2021-{month:02}-{day:02}")))
        extract = many.extract()
        assert [one.testimony.claim.id for one in extract.claims()] == ids
        found = [one.when.not_before for one in extract.incidents()]
        assert found == sorted(found)
        assert len({one.id for one in extract.incidents()}) == len(found)
