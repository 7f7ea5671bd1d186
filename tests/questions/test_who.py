"""Who holds what: the day, what comes next, the ids under which it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, BAKHMUT, KALBAJAR, LACHIN, LACHIN_CITY, kalbajar, say
from whoholds.formats.answers import word_to_json
from whoholds.model import Document, Filed, Holding
from whoholds.questions import Register
from whoholds.register.store import Sought


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        say(opened, f"../2020-12-01 control {LACHIN_CITY}: {ARMENIA} holds", on="2020-12-02")
        say(opened, f"2022-08-26 control {LACHIN_CITY}: {AZERBAIJAN} gains", on="2022-08-27")
        yield opened


def test_the_next_holding_is_told(register: Register) -> None:
    answer = register.who("Lachin city", "2021-01-01")
    assert answer.next
    assert answer.next.begin.not_before == date(2022, 8, 26)
    assert register.who("Lachin city", "2023-01-01").next is None


def test_without_a_day_it_is_the_last_one_told(register: Register) -> None:
    answer = register.who("Lachin city")
    assert (answer.latest, answer.day) == (True, date(2022, 8, 27))
    assert register.map().day == date(2022, 8, 27)


def test_days_may_be_written_or_dates(register: Register) -> None:
    assert register.who("Kalbajar district", "2020-11-26") == register.who("Kalbajar district", date(2020, 11, 26))
    with pytest.raises(ValueError):
        register.who("Kalbajar district", "soon")


def test_the_map_agrees_with_each_place(register: Register) -> None:
    for day in ("2020-11-01", "2020-11-25", "2021-06-01", "2022-08-26"):
        plots = {plot.site.key: plot for plot in register.map(day).plots}
        for site in register.store.sites():
            holding = register.who(site, day).holding
            plot = plots.get(site.key)
            assert (plot and plot.holder) == (holding and holding.holder)
            assert (plot and plot.standing) == (holding and holding.standing)


def test_ids_are_those_under_which_findings_are_kept(register: Register) -> None:
    kept = {one.id for one in register.store.findings(Sought(kind="holding"))}
    for place in ("Kalbajar district", "Kalbajar city", "Lachin city"):
        for chapter in register.history(place).chapters:
            assert chapter.finding in kept
    assert register.who("Kalbajar city", "2020-11-26").finding == register.who("Kalbajar district", "2020-11-26").finding


def test_history_is_in_order_and_lacks_nothing(register: Register) -> None:
    chapters = register.history("Kalbajar district").chapters
    assert [chapter.holding.holder and chapter.holding.holder.key for chapter in chapters] == ["ARM", "AZE"]
    told = [chapter.holding.told for chapter in chapters]
    assert told == sorted(told)
    claims = {claim for chapter in chapters for claim in (*chapter.holding.supporting, *chapter.holding.opposing)}
    kept = [one for one in register.store.findings(Sought(kind="holding")) if isinstance(one, Holding)]
    assert claims == {claim for one in kept if one.site.name == "Kalbajar" for claim in (*one.supporting, *one.opposing)}


def test_nothing_is_known_of_a_day_before_all(register: Register) -> None:
    assert register.who("Lachin city", "1900-01-01", published_by="1900-01-01").holding is None
    assert register.map("2020-11-26", published_by="1900-01-01").plots == ()


def test_a_place_asked_for_in_an_empty_state_of_knowledge(register: Register) -> None:
    answer = register.who("Kalbajar district", published_by="1900-01-01")
    assert answer.holding is None
    assert answer.supporting == answer.opposing == ()


def test_who_counts_as_the_holder_is_told() -> None:
    with Register(":memory:") as opened:
        wagner = 'Wagner [RUS UAF "Wagner Group"]'
        say(opened, f"2023-05-20 control {BAKHMUT}: {wagner} gains", on="2023-05-20")
        say(opened, f"2020-11-25 control {KALBAJAR}: {AZERBAIJAN} gains", on="2020-11-25")
        (one,) = opened.who("Bakhmut", "2023-05-21").counted
        assert (one.actor.name, one.side.key) == ("Wagner", "RUS")
        assert one.why
        assert opened.who("Kalbajar", "2020-11-26").counted == ()


def test_words_of_a_document_without_a_day_are_not_dated() -> None:
    with Register(":memory:") as opened:
        bare = Document(text="Rebels hold Goma.", name="bare.txt", language="en")
        opened.store.append([Filed(bare)], by="tester")
        head = "undated control Goma (CD -1.67409 29.22845 #216281): M23 [COD REB] holds"
        claim = f'{head}\n  own voice; actual\n  from {bare.id} "Rebels hold Goma"\n'
        assert not opened.write(claim, name="claims", by="tester").problems
        told = opened.who("Goma")
        assert told.holding is None
        (word,) = told.undated
        assert word_to_json(word)["dated"] is False
        assert word_to_json(word)["said"] is None
        opened.store.append([Filed(replace(bare, published=date(2020, 1, 1), outlet="Post"))], by="tester")
        (word,) = opened.who("Goma").supporting
        assert (word.testimony.dated, word.said) == (True, date(2020, 1, 1))


@pytest.mark.parametrize(("since", "holder"), [((), "AZE"), (("2020-11-30",), "AZE"), (("2021-06-01", "2021-06-02"), "ARM")])
def test_a_town_told_of_again_since_its_district_changed_hands_is_not_its_districts(
    since: tuple[str, ...], holder: str
) -> None:
    with Register(":memory:") as opened:
        say(opened, f"2014-05-01 control {LACHIN_CITY}: {ARMENIA} holds", on="2014-05-01")
        say(opened, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains", on="2020-12-01")
        for number, day in enumerate(since):
            say(opened, f"{day} control {LACHIN_CITY}: {ARMENIA} holds", on=day, outlet=f"Outlet {number}")
        found = opened.who("Lachin city", "2021-06-02").holding
        assert found and found.holder and found.holder.key == holder
        assert (found.inherited is None) == (holder == "ARM")
        (plot,) = [plot for plot in opened.map("2021-06-02").plots if plot.site == found.site]
        assert plot.holder == found.holder and (plot.inherited is None) == (found.inherited is None)
