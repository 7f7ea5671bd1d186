"""Registers as files: two at once, answers that no later entry changes, names of readers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.questions import reports
from tests.questions.build import ARMENIA, AZERBAIJAN, KALBAJAR, kalbajar, say
from whoholds.questions import Register
from whoholds.questions.adding import is_reader
from whoholds.questions.register import reader_name
from whoholds.register.store import StoreError

DAY = "2020-11-26"


def test_one_asks_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "r.whoholds"
    with Register(path) as writer, Register(path, create=False) as asker:
        kalbajar(writer)
        held = asker.who("Kalbajar district", DAY).holding
        assert held
        assert held == writer.who("Kalbajar district", DAY).holding
        say(writer, f"2020-11-27 control {KALBAJAR}: {ARMENIA} gains from {AZERBAIJAN}", on="2020-11-27")
        later = asker.who("Kalbajar district", "2020-11-28").holding
        assert later
        assert later.holder
        assert later.holder.key == "ARM"
        assert list(asker.check()) == []


def test_two_readers_of_one_register_enter_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "r.whoholds"
    with Register(path) as one, Register(path) as other:
        streams = [one.add(reports.KALBAJAR), other.add(reversed(reports.KALBAJAR))]
        for stream in streams:
            list(stream)
        assert len(list(one.documents())) == len(reports.KALBAJAR)
        assert list(one.check()) == []
        assert one.size() == other.size()


def test_no_later_entry_changes_what_the_register_told(tmp_path: Path) -> None:
    with Register(tmp_path / "r.whoholds") as register:
        told = {}
        for number in range(4):
            side, day = (ARMENIA, AZERBAIJAN)[number % 2], f"2020-11-{10 + number}"
            say(register, f"{day} control {KALBAJAR}: {side} gains", on=day)
            instant = max(entry.recorded_at for entry in register.log())
            told[instant] = register.who("Kalbajar district", DAY, recorded_by=instant)
        for instant, answer in told.items():
            assert register.who("Kalbajar district", DAY, recorded_by=instant) == answer
        assert len({str(answer.holding) for answer in told.values()}) == 4


def test_no_later_publication_changes_what_could_be_known() -> None:
    with Register(":memory:") as register:
        claims = kalbajar(register)
        before = register.who("Kalbajar district", DAY, published_by="2020-11-25")
        say(register, f"2020-11-20 control {KALBAJAR}: {AZERBAIJAN} gains", on="2021-01-01")
        assert register.who("Kalbajar district", DAY, published_by="2020-11-25") == before
        assert {word.claim.id for word in before.supporting} <= set(claims)


def test_a_register_is_made_only_where_it_may_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Register(tmp_path / "none", create=False)
    with pytest.raises(StoreError):
        Register(tmp_path / "no folder" / "r")
    with pytest.raises(StoreError):
        Register(tmp_path)


def test_the_log_up_to_an_instant() -> None:
    with Register(":memory:") as register:
        kalbajar(register)
        now = datetime.now(UTC)
        assert len(list(register.log(until=now))) == register.size() == 6
        assert list(register.log(until=now - timedelta(days=2))) == []
        assert [entry.seq for entry in register.log(after=4)] == [5, 6]


def test_the_reader_is_known_by_its_name() -> None:
    assert is_reader(reader_name())
    assert not is_reader("ann")
    assert not is_reader("whoholder")
    assert is_reader("mymodel 1.0", "mymodel 2") and not is_reader("ann", "mymodel 2")
