"""Timetables at hand: one for everybody, in step with the register, an older one only where nothing was taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, BAKHMUT, KALBAJAR, claim_of, kalbajar, say
from whoholds.atlas.timetables import BusyError, Timetables
from whoholds.model import Asserted, Rejected
from whoholds.questions import Register
from whoholds.questions.occurring import Occurrences
from whoholds.questions.timetable import Timetable
from whoholds.register.store import EVERYTHING_KNOWN, Known

EARLY = Known(date(2020, 11, 14))


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        kalbajar(opened)
        yield opened


def test_one_is_kept_while_nothing_comes_in(register: Register) -> None:
    at_hand = Timetables(register)
    assert at_hand.timetable() is at_hand.timetable()
    assert at_hand.timetable(EARLY) is at_hand.timetable(EARLY)
    assert at_hand.timetable(EARLY).known == EARLY
    assert at_hand.occurrences() is at_hand.occurrences()


def test_what_came_in_is_in_the_next_answer(register: Register) -> None:
    at_hand = Timetables(register)
    before = at_hand.timetable()
    say(register, f"2023-05-20 control {BAKHMUT}: Russian forces [RUS MIL] gains", on="2023-05-20")
    say(register, f"2023-05-20 event {BAKHMUT}: ASSAULT by gunmen [RUS UAF]", "killed 3", on="2023-05-20")
    after = at_hand.timetable()
    assert after.seq == register.size() > before.seq
    assert [site.name for site in after.sites] == ["Kalbajar", "Bakhmut"]
    assert at_hand.occurrences().killed == ((3, 3),)
    assert len(at_hand.timetable(EARLY).sites) == 1


class Slow:
    """A register whose timetables wait until they may be made."""

    def __init__(self, register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.may = threading.Event(), threading.Event()
        make = register.timetable

        def timetable(**asked: object) -> Timetable:
            self.begun.set()
            assert self.may.wait(10)
            return make(**asked)  # type: ignore[arg-type]

        monkeypatch.setattr(register, "timetable", timetable)


def test_while_a_new_one_is_made_others_are_given_the_older(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = Timetables(register)
    before = at_hand.timetable()
    say(register, f"2023-05-20 control {BAKHMUT}: Russian forces [RUS MIL] gains", on="2023-05-20")
    slow = Slow(register, monkeypatch)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(at_hand.timetable)
        assert slow.begun.wait(10)
        assert at_hand.timetable() is before
        slow.may.set()
        assert first.result(10).seq == register.size()


def test_a_timetable_does_not_wait_for_incidents(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand, may, begun, make = Timetables(register), threading.Event(), threading.Event(), register.occurrences

    def occurrences(**asked: object) -> Occurrences:
        begun.set()
        assert may.wait(10)
        return make(**asked)  # type: ignore[arg-type]

    monkeypatch.setattr(register, "occurrences", occurrences)
    with ThreadPoolExecutor(2) as pool:
        counting = pool.submit(at_hand.occurrences)
        assert begun.wait(10)
        try:
            assert pool.submit(at_hand.timetable).result(5).seq == register.size()
        finally:
            may.set()
        assert counting.result(10).seq == register.size()


@pytest.mark.parametrize("take_back", ["reject", "withdraw", "erase"])
def test_what_was_taken_back_is_shown_to_nobody(register: Register, monkeypatch: pytest.MonkeyPatch, take_back: str) -> None:
    at_hand = Timetables(register)
    entries = say(register, f"2020-12-25 control {KALBAJAR}: {ARMENIA} gains from {AZERBAIJAN}", on="2020-12-25")
    before = at_hand.timetable()
    match take_back:
        case "reject":
            shown = register.shown(claim_of(entries))
            register.judge(claim_of(entries), Rejected(), because="misread", words=shown.words, by="ann")
        case "withdraw":
            asserted = next(entry.seq for entry in entries if isinstance(entry.act, Asserted))
            register.withdraw(asserted, because="misread", by="ann")
        case _:
            document = next(one for one in register.documents() if one.published == date(2020, 12, 25))
            register.erase(document.id, because="law", by="counsel")
    slow = Slow(register, monkeypatch)
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(at_hand.timetable) for _ in range(2)]
        assert slow.begun.wait(10)
        slow.may.set()
        for one in asked:
            assert len(one.result(10).spans.begin) < len(before.spans.begin)


def test_after_sides_were_entered_all_is_made_beside(register: Register) -> None:
    at_hand = Timetables(register)
    before = at_hand.timetable()
    parted = '2020-01-01/.. alliance: Wagner [RUS UAF "Wagner Group"] apart from Russia [RUS GOV]\n  because "x"\n'
    register.write(parted, name="sides", by="ann")
    assert [entry.kind for entry in register.log(after=before.seq)] == ["parted"]
    assert at_hand.timetable() is before
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(10)
    assert at_hand.timetable().seq == register.size()


def test_only_so_many_states_are_kept(register: Register) -> None:
    at_hand = Timetables(register, most=2)
    first = at_hand.timetable(Known(date(2020, 11, 1)))
    everything = at_hand.timetable()
    for day in (2, 3):
        at_hand.timetable(Known(date(2020, 11, day)))
    assert at_hand.timetable(Known(date(2020, 11, 1))) is not first
    assert at_hand.timetable() is everything


def test_whoever_comes_when_too_many_wait_is_told_to_come_back(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = Timetables(register)
    at_hand.timetable(EVERYTHING_KNOWN)
    slow = Slow(register, monkeypatch)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(at_hand.timetable, Known(date(2020, 11, day))) for day in range(1, 5)]
        assert slow.begun.wait(10)
        while at_hand._waiting._value:  # type: ignore[attr-defined]
            pass
        with pytest.raises(BusyError) as told:
            at_hand.timetable(EARLY)
        assert (told.value.status_code, told.value.headers) == (503, {"Retry-After": "5"})
        slow.may.set()
        assert [one.result(10).seq for one in waiting] == [register.size()] * 4
    assert at_hand.timetable(EARLY).known == EARLY


def test_nobody_is_sent_away_while_what_everybody_wants_is_made() -> None:
    with Register(":memory:") as register:
        kalbajar(register)
        timetables = Timetables(register)
        with ThreadPoolExecutor(12) as pool:
            found = list(pool.map(lambda _: timetables.timetable(), range(24)))
        assert len({id(one) for one in found}) == 1
