"""What every store must do, asked of memory, SQLite and PostgreSQL alike: what becomes stale, and who may settle it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest

from tests.register.contract import filled, judged, seq_of, the
from tests.register.findings import HOLDING, INCIDENT, NOBODY, UNDERTAKING, settled
from tests.register.stories import CAFE, DEATHS, ENTERED, FILED, KALBAJAR, LACHIN, NOT_KALBAJAR, OLD_MILL, REPRINTED, at
from whoholds.model import Accepted, Asserted, Claim, Edited, Erased, Filed, Rejected, Tombstone, Verdict, Where, Withdrawn
from whoholds.register.store import EVERYTHING, Sought, StaleError, Store

HERE, THERE, BEYOND = "geonames:585514", "name:elsewhere", "name:beyond"
KINDS = ("control", "event", "obligation")


def moved(name: str) -> Claim:
    return replace(KALBAJAR, where=Where(name=name), derivation=None)


def settle(store: Store) -> None:
    for kind in KINDS:
        store.settle(kind, store.stale(kind), gone=[], found=[])


def elsewhere(act: Callable[[], object]) -> None:
    """Done by another thread."""
    thread = Thread(target=act)
    thread.start()
    thread.join()


# Claims that edits tie together


def test_taking_an_edit_back_makes_both_sites_stale(store: Store) -> None:
    filled(store)
    verdicts: list[Verdict] = [Accepted(), Rejected(), Edited(moved("Beyond"))]
    for minute, verdict in enumerate(verdicts, start=1):
        store.append([judged(KALBAJAR, Edited(moved("Elsewhere")))], by="x", at=at(minute))
        settle(store)
        store.append([judged(KALBAJAR, verdict)], by="x", at=at(minute))
        assert the(store, moved("Elsewhere")) is None
        assert store.stale("control") >= {HERE, THERE}, verdict
    assert store.stale("control") == {HERE, THERE, BEYOND}


def test_withdrawing_what_was_edited_makes_the_other_site_stale(store: Store) -> None:
    filled(store)
    store.append([judged(KALBAJAR, Edited(moved("Elsewhere")))], by="x", at=at(1))
    store.append([judged(moved("Elsewhere"), Edited(moved("Beyond")))], by="x", at=at(1))
    assert the(store, moved("Beyond"))
    settle(store)
    (gone,) = store.append([Withdrawn(seq_of(store, KALBAJAR), "misread")], by="x", at=at(2))
    assert the(store, moved("Beyond")) is None
    assert store.stale("control") == {HERE, THERE, BEYOND}
    settle(store)
    (back,) = store.append([Withdrawn(gone.seq, "not misread")], by="x", at=at(3))
    assert the(store, moved("Beyond"))
    assert store.stale("control") == {HERE, THERE, BEYOND}
    store.append([Withdrawn(back.seq, "misread")], by="x", at=at(4))
    settle(store)
    store.append([Asserted(KALBAJAR)], by="x", at=at(5))
    assert the(store, moved("Beyond"))
    assert store.stale("control") == {HERE, THERE, BEYOND}


def test_an_edited_event_makes_the_other_id_stale(store: Store) -> None:
    filled(store)
    other = replace(DEATHS, where=Where(name="Elsewhere"), derivation=None)
    (edit,) = store.append([judged(DEATHS, Edited(other))], by="x", at=at(1))
    settle(store)
    store.append([Withdrawn(edit.seq, "no")], by="x", at=at(2))
    assert store.stale("event") == {DEATHS.id, other.id}
    settle(store)
    store.append([Withdrawn(seq_of(store, DEATHS), "no")], by="x", at=at(3))
    assert store.stale("event") == {DEATHS.id, other.id}
    assert store.stale("control") == store.stale("obligation") == frozenset()


# Erasure


def test_erasing_one_of_two_reports_makes_what_it_may_have_borne_on_stale(store: Store) -> None:
    filled(store)
    shared = replace(INCIDENT, supporting=(DEATHS.id, OLD_MILL.id), tallies=())
    duty = replace(UNDERTAKING, supporting=(LACHIN.id, CAFE.id))
    for kind, found in (("control", [HOLDING, NOBODY]), ("event", [shared]), ("obligation", [duty])):
        store.settle(kind, store.stale(kind), gone=[], found=found)
    store.append([Erased(OLD_MILL.evidence.document, "law")], by="x", at=at(1))
    assert [store.stale(kind) for kind in KINDS] == [{"name:old mill"}, {EVERYTHING}, {EVERYTHING}]
    store.append([Erased(CAFE.evidence.document, "law")], by="x", at=at(2))
    assert [one.id for one in store.findings(Sought(kind="holding"))] == [HOLDING.id]
    assert not list(store.findings(Sought(kind="incident"))) + list(store.findings(Sought(kind="undertaking")))
    store.append([Erased(NOT_KALBAJAR.evidence.document, "law")], by="x", at=at(3))
    assert HERE in store.stale("control")


def test_erasure_blanks_why_something_was_withdrawn(store: Store) -> None:
    filled(store)
    (verdict,) = store.append([judged(KALBAJAR, Rejected())], by="x", at=at(1))
    (first,) = store.append([Withdrawn(verdict.seq, "“The army has entered” is right")], by="x", at=at(2))
    (second,) = store.append([Withdrawn(first.seq, "“The army” is not")], by="x", at=at(3))
    (third,) = store.append([Withdrawn(seq_of(store, LACHIN), "“Armenia will leave” what?")], by="x", at=at(4))
    (other,) = store.append([Withdrawn(seq_of(store, OLD_MILL), "misread")], by="x", at=at(5))
    (erasure,) = store.append([Erased(ENTERED.id, "law")], by="x", at=at(6))
    acts = {entry.seq: entry.act for entry in store.entries()}
    assert acts[verdict.seq] == Tombstone("judged", erasure.seq)
    assert [acts[one.seq] for one in (first, second)] == [Withdrawn(verdict.seq, ""), Withdrawn(first.seq, "")]
    assert acts[third.seq] == Withdrawn(third.act.entry, "")  # type: ignore[union-attr]
    assert acts[other.seq] == other.act
    assert list(store.verify()) == []


# Settling


def test_older_findings_are_not_put_in_the_place_of_newer_ones(store: Store) -> None:
    filled(store)
    keys = store.stale("control")
    elsewhere(lambda: store.settle("control", store.stale("control"), gone=[], found=[HOLDING]))
    with pytest.raises(StaleError):
        store.settle("control", keys, gone=[], found=[NOBODY])
    assert list(store.findings(Sought(kind="holding"))) == [HOLDING]
    store.settle("event", store.stale("event"), gone=[], found=[INCIDENT])
    keys = store.stale("control")
    store.settle("control", keys, gone=[HOLDING.id], found=[NOBODY])
    store.settle("control", keys, gone=[NOBODY.id], found=[HOLDING])
    assert list(store.findings(Sought(kind="holding"))) == [HOLDING], "one's own settling is not another's"


@pytest.mark.parametrize("everything", [False, True])
def test_what_became_stale_again_is_not_settled(store: Store, everything: bool) -> None:
    settled(store)
    store.append([Filed(REPRINTED)], by="x", at=at(1))
    keys = store.stale("control")
    elsewhere(lambda: (store.append([judged(KALBAJAR, Rejected())], by="x", at=at(2)), store.stale("control")))
    with pytest.raises(StaleError):
        store.settle("control", {EVERYTHING} if everything else keys, gone=[HOLDING.id], found=[])
    assert store.stale("control") == keys == {HERE}
    assert HOLDING in list(store.findings(Sought(kind="holding")))
    store.settle("control", store.stale("control"), gone=[HOLDING.id], found=[])
    assert store.stale("control") == frozenset()


def test_other_places_do_not_keep_one_from_being_settled(store: Store) -> None:
    settled(store)
    store.append([Filed(REPRINTED)], by="x", at=at(1))
    looked = {kind: store.stale(kind) for kind in KINDS}
    elsewhere(lambda: store.append([judged(OLD_MILL, Rejected())], by="x", at=at(2)))
    store.settle("control", looked["control"], gone=[], found=[])
    store.settle("event", looked["event"], gone=[], found=[])
    with pytest.raises(StaleError):  # a change of hands can fulfil a duty
        store.settle("obligation", looked["obligation"], gone=[], found=[])
    assert [store.stale(kind) for kind in KINDS] == [{"name:old mill"}, frozenset(), {LACHIN.id}]


def test_erased_words_are_not_written_back(store: Store) -> None:
    settled(store)
    store.append([judged(DEATHS, Accepted())], by="x", at=at(1))
    keys = store.stale("event")
    elsewhere(lambda: store.append([Erased(ENTERED.id, "law")], by="x", at=at(2)))
    with pytest.raises(StaleError):
        store.settle("event", keys, gone=[INCIDENT.id], found=[INCIDENT])
    assert list(store.findings(Sought(kind="incident"))) == []


def test_rules_adopted_meanwhile_keep_what_follows_from_others_out(store: Store) -> None:
    filled(store)
    keys = store.stale("control")
    elsewhere(lambda: store.adopt("newer"))
    with pytest.raises(StaleError):
        store.settle("control", {EVERYTHING, *keys}, gone=[], found=[HOLDING])
    assert EVERYTHING in store.stale("control")


def test_who_never_asked_what_is_stale_settles_all_the_same(store: Store) -> None:
    store.append(FILED, by="x", at=at(0))
    store.settle("control", ["x"], gone=[], found=[])
    assert list(store.verify()) == []
