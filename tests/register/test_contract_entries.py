"""What every store must do, asked of memory, SQLite and PostgreSQL alike: entries, and acts that do not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.register.contract import filled, judged, seq_of, standing
from tests.register.stories import ASSERTED, DEATHS, DENIED, ENTERED, FILED, KALBAJAR, LACHIN, REPRINTED, SANAA, at
from whoholds.model import Accepted, Asserted, Edited, Erased, Filed, Rejected, Span, Withdrawn
from whoholds.register.store import ConflictError, Sought, Store, StoreError, Wanted


def test_an_empty_register_answers_with_nothing(store: Store) -> None:
    assert store.writable
    assert (store.entry(1), store.document("0" * 64), store.claim("0" * 16), store.site("x")) == (None, None, None, None)
    assert list(store.entries()) == list(store.filings()) == list(store.testimony(Wanted())) == list(store.sites()) == []
    assert store.sides() == store.ids_like("") == store.sites_called("x") == store.search("x") == store.entries_about("x") == ()
    assert all(list(store.findings(Sought(kind=kind))) == [] for kind in ("holding", "undertaking", "incident"))
    assert all(store.stale(kind) == frozenset() for kind in ("control", "event", "obligation"))
    assert list(store.held(date(2020, 1, 1))) == list(store.verify()) == []
    assert store.append([], by="tester") == ()


def test_entries_are_numbered_from_one_without_gaps_and_come_back_as_they_went_in(store: Store) -> None:
    entries = filled(store)
    assert [entry.seq for entry in entries] == list(range(1, len(FILED) + len(ASSERTED) + 1))
    assert [entry.act for entry in entries] == [*FILED, *ASSERTED]
    assert {(entry.by, entry.recorded_at) for entry in entries} == {("tester", at(0))}
    assert tuple(store.entries()) == entries
    assert list(store.verify()) == []


def test_entries_are_read_from_a_number_and_until_an_instant(store: Store) -> None:
    first = store.append(FILED, by="a", at=at(0))
    second = store.append(ASSERTED, by="b", at=at(5))
    assert tuple(store.entries(after=2)) == (*first[2:], *second)
    assert tuple(store.entries(until=at(0))) == first == tuple(store.entries(until=at(4)))
    assert tuple(store.entries(until=at(5))) == (*first, *second)
    assert tuple(store.entries(until=at(-1))) == ()
    assert tuple(store.entries(after=1, until=at(1))) == first[1:]
    assert store.entry(2) == first[1]
    assert (store.entry(0), store.entry(len(first) + len(second) + 1)) == (None, None)


def test_instants_are_kept_to_the_microsecond_and_given_back_in_utc(store: Store) -> None:
    from datetime import timezone

    moment = datetime(2020, 12, 2, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=4)))
    (entry,) = store.append([Filed(ENTERED)], by="tester", at=moment)
    assert entry.recorded_at == moment
    assert entry.recorded_at.utcoffset() == timedelta(0)
    assert tuple(store.entries(until=moment)) == (entry,)
    assert tuple(store.entries(until=moment - timedelta(microseconds=1))) == ()


def test_without_an_instant_it_is_now(store: Store) -> None:
    before = datetime.now(UTC)
    (entry,) = store.append([Filed(ENTERED)], by="tester")
    assert before - timedelta(milliseconds=1) <= entry.recorded_at <= datetime.now(UTC)


def test_an_instant_before_the_last_entry_is_refused(store: Store) -> None:
    store.append([Filed(ENTERED)], by="tester", at=at(5))
    with pytest.raises(StoreError):
        store.append([Filed(DENIED)], by="tester", at=at(4))
    assert len(list(store.entries())) == 1
    assert len(store.append([Filed(DENIED)], by="tester", at=at(5))) == 1


def test_adding_twice_is_adding_once(store: Store) -> None:
    entries = filled(store)
    assert store.append([*FILED, *ASSERTED], by="somebody else", at=at(1)) == ()
    assert store.append([FILED[0], ASSERTED[0], Filed(REPRINTED), Filed(REPRINTED)], by="x", at=at(2))[0].act == Filed(
        REPRINTED
    )
    assert len(list(store.entries())) == len(entries) + 1


def test_the_same_act_twice_in_one_call_is_one_entry(store: Store) -> None:
    acts = [Filed(ENTERED), Asserted(KALBAJAR), Asserted(KALBAJAR), Filed(ENTERED)]
    assert [entry.act for entry in store.append(acts, by="tester", at=at(0))] == acts[:2]


def test_a_claim_with_another_derivation_is_the_same_claim(store: Store) -> None:
    filled(store)
    assert store.append([Asserted(replace(KALBAJAR, derivation=None, confidence=0.1))], by="x", at=at(1)) == ()
    assert store.claim(KALBAJAR.id).claim == KALBAJAR  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(Asserted(SANAA), id="claim of a document that is not filed"),
        pytest.param(Asserted(replace(KALBAJAR, evidence=Span(ENTERED.id, 0, 3, "the"))), id="words that are not there"),
        pytest.param(Asserted(replace(KALBAJAR, evidence=Span(ENTERED.id, 105, 205, "x" * 100))), id="words beyond the end"),
        pytest.param(Withdrawn(99, "no"), id="withdrawal of no entry"),
        pytest.param(Withdrawn(0, "no"), id="withdrawal of entry 0"),
        pytest.param(Withdrawn(1, "no"), id="withdrawal of a filing"),
        pytest.param(judged(SANAA, Accepted()), id="judgement of no claim"),
        pytest.param(judged(KALBAJAR, Accepted(), "other words"), id="judgement of other words"),
        pytest.param(
            judged(KALBAJAR, Edited(replace(KALBAJAR, evidence=Span(ENTERED.id, 0, 3, "the")))), id="edit without words"
        ),
        pytest.param(judged(KALBAJAR, Edited(SANAA)), id="edit into another document"),
        pytest.param(Erased("0" * 64, "no"), id="erasure of no document"),
    ],
)
def test_an_act_that_does_not_fit_is_refused_and_nothing_is_appended(store: Store, act: object) -> None:
    before = store.append([Filed(ENTERED), Asserted(KALBAJAR)], by="tester", at=at(0))
    with pytest.raises(ConflictError) as caught:
        store.append([Asserted(DEATHS), act, Asserted(LACHIN)], by="tester", at=at(1))  # type: ignore[list-item]
    assert caught.value.message
    assert tuple(store.entries()) == before
    assert standing(store) == [KALBAJAR.id]
    assert list(store.verify()) == []
    assert len(store.append([Asserted(DEATHS)], by="tester", at=at(0))) == 1, "it goes on afterwards"


def test_entries_about_a_claim_and_a_document(store: Store) -> None:
    filled(store)
    (verdict,) = store.append([judged(KALBAJAR, Rejected())], by="j", at=at(1))
    (undone,) = store.append([Withdrawn(verdict.seq, "hasty")], by="j", at=at(2))
    first = store.entry(seq_of(store, KALBAJAR))
    assert store.entries_about(KALBAJAR.id) == (first, verdict, undone)
    (again,) = store.append([Filed(REPRINTED)], by="x", at=at(3))
    about = store.entries_about(ENTERED.id)
    assert about[0] == store.entry(1)
    assert again in about
    assert store.entries_about("0" * 16) == ()
