"""What every store must do, asked of memory, SQLite and PostgreSQL alike: withdrawals, judgements, edits and sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.register.contract import filled, judged, seq_of, standing, the
from tests.register.stories import KALBAJAR, at
from whoholds.model import Accepted, Actor, Allied, Asserted, Edited, Parted, Rejected, When, Withdrawn
from whoholds.register.store import EVERYTHING, Known, Store, Wanted

WAGNER = Actor(name="Wagner", organisation="Wagner")
RUSSIA = Actor(name="Russia", country="RUS")


def test_withdrawing_and_withdrawing_the_withdrawal_restores(store: Store) -> None:
    filled(store)
    before = list(store.testimony(Wanted()))
    (gone,) = store.append([Withdrawn(seq_of(store, KALBAJAR), "misread")], by="x", at=at(1))
    assert the(store, KALBAJAR) is None
    assert store.claim(KALBAJAR.id).claim == KALBAJAR  # type: ignore[union-attr]
    assert store.append([Withdrawn(seq_of(store, KALBAJAR), "again")], by="x", at=at(1)) == ()
    (back,) = store.append([Withdrawn(gone.seq, "no, it was right")], by="x", at=at(2))
    assert list(store.testimony(Wanted())) == before
    store.append([Withdrawn(back.seq, "yes, misread")], by="x", at=at(3))
    assert the(store, KALBAJAR) is None
    assert [KALBAJAR.id in standing(store, Known(recorded_by=at(minute))) for minute in range(4)] == [True, False, True, False]


def test_a_withdrawn_claim_can_be_asserted_again(store: Store) -> None:
    filled(store)
    store.append([Withdrawn(seq_of(store, KALBAJAR), "misread")], by="x", at=at(1))
    (again,) = store.append([Asserted(KALBAJAR)], by="x", at=at(2))
    assert standing(store).count(KALBAJAR.id) == 1
    assert store.append([Asserted(KALBAJAR)], by="x", at=at(3)) == ()
    store.append([Withdrawn(again.seq, "misread all the same")], by="x", at=at(4))
    assert KALBAJAR.id not in standing(store)
    assert KALBAJAR.id not in standing(store, Known(recorded_by=at(1)))
    assert KALBAJAR.id in standing(store, Known(recorded_by=at(2)))


def test_judgements(store: Store) -> None:
    filled(store)
    store.append([judged(KALBAJAR, Accepted())], by="x", at=at(1))
    assert the(store, KALBAJAR).accepted  # type: ignore[union-attr]
    assert store.append([judged(KALBAJAR, Accepted())], by="x", at=at(2)) == (), "it stands word for word"
    assert len(store.append([judged(KALBAJAR, Accepted())], by="y", at=at(2))) == 1, "somebody else says so too"
    (rejected,) = store.append([judged(KALBAJAR, Rejected())], by="x", at=at(3))
    assert the(store, KALBAJAR) is None
    store.append([Withdrawn(rejected.seq, "hasty")], by="x", at=at(4))
    assert the(store, KALBAJAR).accepted, "the earlier verdict holds again"  # type: ignore[union-attr]
    assert the(store, KALBAJAR, Known(recorded_by=at(3))) is None
    assert not the(store, KALBAJAR, Known(recorded_by=at(0))).accepted  # type: ignore[union-attr]
    assert list(store.verify()) == []


def test_an_edit_puts_another_claim_in_its_place(store: Store) -> None:
    filled(store)
    instead = replace(KALBAJAR, when=When("2020-11-24"), derivation=None, confidence=None)
    (edited,) = store.append([judged(KALBAJAR, Edited(instead))], by="x", at=at(1))
    assert the(store, KALBAJAR) is None
    found = the(store, instead)
    assert found is not None
    assert found.accepted
    assert (found.claim, found.said, found.outlets) == (instead, date(2020, 11, 25), ("Example Wire",))
    assert instead.id in {testimony.claim.id for testimony in store.testimony(Wanted(sites=["geonames:585514"]))}
    assert store.claim(instead.id) is not None
    assert instead.id not in standing(store, Known(recorded_by=at(0)))
    assert store.append([Asserted(KALBAJAR)], by="x", at=at(2)) == () or the(store, KALBAJAR) is None
    store.append([Withdrawn(edited.seq, "no")], by="x", at=at(3))
    assert the(store, instead) is None
    assert the(store, KALBAJAR) is not None


def test_verdicts_that_stand(store: Store) -> None:
    filled(store)
    first = store.append([judged(KALBAJAR, Accepted())], by="ann", at=at(1))
    second = store.append([judged(KALBAJAR, Rejected())], by="ben", at=at(2))
    assert store.judgements() == (*first, *second)
    assert store.judgements(recorded_by=at(1)) == first
    store.append([Withdrawn(first[0].seq, "read again")], by="ann", at=at(3))
    assert store.judgements() == second
    assert store.judgements(recorded_by=at(2)) == (*first, *second)
    assert store.judgements(recorded_by=at(0)) == ()


def test_alliances_and_partings(store: Store) -> None:
    allied = Allied(WAGNER, RUSSIA, None, "paid by its state")
    parted = Parted(WAGNER, RUSSIA, When("2023-06-23/2023-06-24"), "marched on Moscow")
    entries = store.append([allied, parted, allied], by="x", at=at(0))
    assert [entry.act for entry in entries] == [allied, parted]
    assert store.sides() == entries
    store.append([Withdrawn(entries[1].seq, "not so")], by="x", at=at(1))
    assert store.sides() == entries[:1]
    assert store.sides(recorded_by=at(0)) == entries
    assert store.sides(recorded_by=at(-1)) == ()
    assert [entry.act for entry in store.append([parted, allied], by="x", at=at(2))] == [parted]


def test_changed_sides_make_everything_stale(store: Store) -> None:
    store.append([Allied(WAGNER, RUSSIA, None, "x")], by="x", at=at(0))
    for kind in ("control", "event", "obligation"):
        assert EVERYTHING in store.stale(kind)
        store.settle(kind, [EVERYTHING], gone=[], found=[])
        assert store.stale(kind) == frozenset()
