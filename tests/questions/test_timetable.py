"""The timetable gives the answers of `map` and `history`, for all places and days at once, and is renewed as if made anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, BAKHMUT, KALBAJAR, LACHIN, LACHIN_CITY, kalbajar, say
from tests.questions.test_histories import SEEDS, History
from whoholds.model import Asserted, Filed
from whoholds.questions import Register
from whoholds.questions.timetable import FIRST, LAST, Line, Timetable

DAYS = (date(1990, 1, 1), *(date(2020, 10, 20) + timedelta(step) for step in range(0, 90, 3)), date(2030, 1, 1))


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def shown(line: Line) -> tuple[object, ...]:
    return line.site.key, line.holder, line.standing, line.since, line.inherited and line.inherited.key


def check_days(register: Register, timetable: Timetable, **known: object) -> None:
    """Every place and day: the same as `map` has, and as `who` has for the places one by one."""
    for day in DAYS:
        plots = register.map(day, **known).plots  # type: ignore[arg-type]
        told = {(one.site.key, one.holder, one.standing, one.begin, one.inherited and one.inherited.key) for one in plots}
        assert {shown(line) for line in timetable.lines(day)} == told, day


def check_histories(register: Register, timetable: Timetable) -> None:
    for number, site in enumerate(timetable.sites):
        chapters = [chapter.holding for chapter in register.history(site).chapters]
        lines = timetable.history(number)
        assert [(one.holder, one.standing, one.inherited) for one in lines] == [
            (one.holder, one.standing, one.inherited) for one in chapters
        ]
        begins = timetable.spans.begin[timetable.spans.place == number].tolist()
        assert begins[1:] == [max(one.told, one.begin.not_before or one.told).toordinal() for one in chapters[1:]], site.name


def same(one: Timetable, other: Timetable) -> None:
    """Two timetables tell the same."""
    assert (one.seq, one.known, one.sites, one.coverage) == (other.seq, other.known, other.sites, other.coverage)
    assert one.sides == other.sides
    for number in range(len(one.sites)):
        assert list(map(shown, one.history(number))) == list(map(shown, other.history(number)))
    for column in one.spans._fields:
        assert np.array_equal(getattr(one.spans, column), getattr(other.spans, column)), column


@pytest.mark.parametrize("seed", SEEDS)
def test_random_registers_have_the_timetable_that_their_maps_and_histories_tell(seed: int) -> None:
    history = History(seed)
    with history.register as register:
        for _ in range(history.chance.randrange(5, 14)):
            history.step()
        timetable = register.timetable()
        check_days(register, timetable)
        check_histories(register, timetable)
        known = {"published_by": history.day()}
        check_days(register, register.timetable(**known), **known)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_renewed_timetable_is_one_made_anew(seed: int) -> None:
    history = History(seed + 1_000)
    by = date(2020, 11, 25)
    with history.register as register:
        history.step()
        everything, published = register.timetable(), register.timetable(published_by=by)
        for _ in range(10):
            for _ in range(history.chance.randrange(3)):
                history.step()
            everything = register.timetable(earlier=everything)
            published = register.timetable(published_by=by, earlier=published)
            same(everything, register.timetable())
            same(published, register.timetable(published_by=by))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_past_state_narrowed_from_everything_known_is_one_made_anew(seed: int) -> None:
    history = History(seed + 2_000)
    with history.register as register:
        for _ in range(history.chance.randrange(6, 14)):
            history.step()
        everything = register.timetable()
        entries = list(register.log())
        for _ in range(4):
            at = history.chance.choice(entries).recorded_at
            for published_by, recorded_by in ((history.day(), None), (None, at), (history.day(), at)):
                told = register.timetable(published_by=published_by, recorded_by=recorded_by, earlier=everything)
                same(told, register.timetable(published_by=published_by, recorded_by=recorded_by))


def test_what_was_recorded_later_changes_nothing_of_what_was_recorded_before(register: Register) -> None:
    kalbajar(register)
    last = register.store.entry(register.size())
    assert last
    before = register.timetable(recorded_by=last.recorded_at)
    say(register, f"2020-12-28 control {KALBAJAR}: {ARMENIA} gains from {AZERBAIJAN}", on="2020-12-28")
    after = register.timetable(recorded_by=last.recorded_at, earlier=before)
    assert after.seq == register.size() > before.seq
    same(after, register.timetable(recorded_by=last.recorded_at))
    assert len(after.spans.begin) == len(before.spans.begin) < len(register.timetable().spans.begin)


def test_an_empty_register(register: Register) -> None:
    timetable = register.timetable()
    assert (timetable.seq, timetable.sites, timetable.sides, timetable.first, timetable.last) == (0, (), (), None, None)
    assert timetable.lines(date(2020, 11, 25)) == []
    assert timetable.coverage.latest is None
    assert timetable.changes[0].tolist() == []
    kalbajar(register)
    same(register.timetable(earlier=timetable), register.timetable())


def test_spans_of_a_place_adjoin_and_the_last_is_open(register: Register) -> None:
    kalbajar(register)
    spans = register.timetable().spans
    assert spans.begin[0] == FIRST
    assert spans.end[-1] == LAST
    turn = date(2020, 11, 25).toordinal()
    assert (spans.end.tolist(), spans.begin.tolist()) == ([turn - 1, LAST], [FIRST, turn])


def test_the_days_on_which_hands_change_and_how_many_do(register: Register) -> None:
    kalbajar(register)
    say(register, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains from {ARMENIA}", on="2020-12-01")
    say(register, f"../2020-11-10 control {LACHIN}: {ARMENIA} holds", on="2020-11-10")
    say(register, f"../2020-12-01 control {LACHIN_CITY}: {ARMENIA} holds", on="2020-12-01")
    days, counts = register.timetable().changes
    assert [date.fromordinal(day) for day in days.tolist()] == [date(2020, 11, 25), date(2020, 12, 1)]
    assert counts.tolist() == [1, 1]


def test_a_box_leaves_out_what_lies_outside_and_what_has_no_point(register: Register) -> None:
    kalbajar(register)
    say(register, f"2023-05-20 control {BAKHMUT}: Russian forces [RUS MIL] gains", on="2023-05-20")
    say(register, f"2023-05-20 control Nowhereville: {ARMENIA} holds", on="2023-05-20")
    timetable, day = register.timetable(), date(2023, 6, 1)
    assert {line.site.name for line in timetable.lines(day)} == {"Kalbajar", "Bakhmut", "Nowhereville"}
    assert [line.site.name for line in timetable.lines(day, (37.0, 48.0, 38.0, 49.0))] == ["Bakhmut"]
    assert [line.site.name for line in timetable.lines(day, (40.0, 30.0, 38.0, 50.0))] == ["Kalbajar", "Bakhmut"]  # dateline
    assert timetable.lines(day, (0.0, 0.0, 1.0, 1.0)) == []


def test_coverage_counts_claims_by_the_day_they_were_said_and_by_outlet(register: Register) -> None:
    kalbajar(register)
    coverage = register.timetable().coverage
    assert coverage.claims == {date(2020, 11, 13): 1, date(2020, 11, 25): 1, date(2020, 11, 26): 1}
    assert coverage.outlets[("Other Post", date(2020, 11, 26))] == 1
    assert coverage.latest == date(2020, 11, 26)
    assert register.timetable(published_by="2020-11-25").coverage.latest == date(2020, 11, 25)


def test_a_register_in_a_file_gives_the_same(tmp_path: Path, register: Register) -> None:
    with Register(tmp_path / "war.whoholds") as filed:
        for one in (register, filed):
            kalbajar(one)
            say(one, f"../2020-12-01 control {LACHIN_CITY}: {ARMENIA} holds", on="2020-12-01")
        same(filed.timetable(), register.timetable())
        check_days(filed, filed.timetable())


def test_a_new_place_in_an_area_and_new_sides_find_their_numbers(register: Register) -> None:
    kalbajar(register)
    before = register.timetable()
    say(register, "2020-11-28 event Kalbajar (AZ 40.10984 46.04446 #586268): ASSAULT by gunmen [AZE UAF]", on="2020-11-28")
    say(register, f"2020-12-02 control {BAKHMUT}: Aland forces [ALA MIL] gains", on="2020-12-02")
    after = register.timetable(earlier=before)
    same(after, register.timetable())
    inherited = [line for line in after.lines(date(2020, 12, 5)) if line.inherited]
    assert [(line.site.name, line.inherited and line.inherited.name) for line in inherited] == [("Kalbajar", "Kalbajar")]


def test_a_past_state_is_not_taken_for_another(register: Register) -> None:
    kalbajar(register)
    early = register.timetable(published_by="2020-11-14")
    same(register.timetable(earlier=early), register.timetable())


def test_a_report_at_the_address_of_another_takes_its_claims_out(register: Register) -> None:
    from dataclasses import replace

    kalbajar(register)
    document = next(one for one in register.documents() if one.published == date(2020, 11, 25))
    register.store.append([Filed(replace(document, url="https://example.org/1"))], by="x")
    before = register.timetable()
    register.store.append([Filed(replace(document, url="https://example.org/1", published=date(2020, 12, 1)))], by="x")
    same(register.timetable(earlier=before), register.timetable())
    withdrawn = [entry.seq for entry in register.log() if isinstance(entry.act, Asserted)]
    register.withdraw(withdrawn[0], because="x", by="ann")
    same(register.timetable(earlier=before), register.timetable())
    assert register.timetable(recorded_by=datetime(2000, 1, 1, tzinfo=UTC)).sites == ()
