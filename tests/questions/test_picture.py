"""Pictures: kept findings, or findings derived for one answer, are the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, KALBAJAR, kalbajar, say
from whoholds.questions import Register
from whoholds.questions.picture import Picture
from whoholds.register.store import EVERYTHING_KNOWN, Known, StoreError

DAY = date(2020, 11, 26)


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def test_everything_known_by_the_end_of_time_is_everything_known(register: Register) -> None:
    kalbajar(register)
    register.settle()
    kept = Picture(register.store, register.sides(), EVERYTHING_KNOWN)
    afresh = Picture(register.store, register.sides(), Known(date.max, None))
    site = register.site("Kalbajar district")
    assert kept.timeline(site) == afresh.timeline(site)
    assert kept.rows(DAY) == afresh.rows(DAY)
    assert kept.undertakings() == afresh.undertakings()
    assert kept.incidents() == afresh.incidents()


def test_what_other_rules_kept_is_not_told_and_is_kept_anew(register: Register) -> None:
    kalbajar(register)
    register.settle()
    site = register.site("Kalbajar district")
    told = Picture(register.store, register.sides()).timeline(site)
    register.store.adopt("rules of yore")
    stale = register.store.stale("control")
    register.store.settle("control", stale, gone=[], found=[])
    assert Picture(register.store, register.sides()).timeline(site) == told
    assert register.history(site).chapters[-1].holding == told[-1]
    assert register.store.rules() != "rules of yore"
    assert list(register.check()) == []


def test_the_map_of_a_past_state_has_no_places_first_named_since(register: Register) -> None:
    kalbajar(register)
    before = Picture(register.store, register.sides(), Known(date(2020, 12, 31), None)).rows(DAY)
    say(register, "2022-01-05 event Kalbajar (AZ 40.10984 46.04446 #586268): ASSAULT by gunmen [AZE UAF]", on="2022-01-05")
    assert Picture(register.store, register.sides(), Known(date(2020, 12, 31), None)).rows(DAY) == before
    assert len(Picture(register.store, register.sides()).rows(DAY)) == len(before) + 1


def test_what_is_stale_is_derived_for_the_answer(register: Register) -> None:
    kalbajar(register)
    register.settle()
    site = register.site("Kalbajar district")
    say(register, f"2020-11-28 control {KALBAJAR}: {ARMENIA} gains from {AZERBAIJAN}", on="2020-11-28")
    picture = Picture(register.store, register.sides())
    assert register.store.stale("control")
    holder = picture.holding(site, date(2020, 12, 1))
    assert holder
    assert holder.holder
    assert holder.holder.key == "ARM"
    assert [row.holder for row in picture.rows(date(2020, 12, 1))] == ["ARM"]
    assert register.store.stale("control")  # an answer keeps nothing


def test_a_busy_store_is_asked_all_the_same(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    kalbajar(register)

    def busy(*_: object, **__: object) -> None:
        raise StoreError("somebody else is writing")

    monkeypatch.setattr(register.store, "settle", busy)
    holding = register.who("Kalbajar district", DAY).holding
    assert holding
    assert holding.holder
    assert holding.holder.key == "AZE"


def test_a_file_that_cannot_be_written_is_asked_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "r.whoholds"
    with Register(path) as register:
        kalbajar(register)
        assert register.store.stale("control")
    with Register(path, create=False, readonly=True) as register:
        holding = register.who("Kalbajar district", DAY).holding
        assert holding
        assert holding.holder
        assert holding.holder.key == "AZE"
        assert [plot.site.name for plot in register.map(DAY).plots] == ["Kalbajar"]


def test_what_the_register_held_at_an_instant(register: Register) -> None:
    kalbajar(register)
    last = max(entry.recorded_at for entry in register.log())
    before = min(entry.recorded_at for entry in register.log()) - timedelta(seconds=1)
    site = register.site("Kalbajar district")
    assert register.who(site, DAY, recorded_by=before).holding is None
    assert register.who(site, DAY, recorded_by=last).holding == register.who(site, DAY).holding
    assert register.who(site, DAY, recorded_by=datetime.now(UTC).date()).holding is not None


def test_a_region_holds_for_its_places(register: Register) -> None:
    kalbajar(register)
    town = register.site("Kalbajar city")
    answer = register.who(town, DAY)
    assert answer.holding
    assert answer.holding.inherited
    assert answer.holding.inherited.key == register.site("Kalbajar district").key
    assert answer.holding.site == town


def test_an_empty_register_has_an_empty_picture(register: Register) -> None:
    picture = Picture(register.store, register.sides())
    assert picture.rows(DAY) == []
    assert picture.undertakings() == ()
    assert picture.incidents(during=(DAY, DAY)) == ()
