"""What every store must do, asked of memory, SQLite and PostgreSQL alike: documents, their versions, filings and ids."""

from __future__ import annotations

from datetime import date, timedelta

from tests.register.contract import filled, standing, the
from tests.register.findings import HOLDING
from tests.register.stories import (
    ASSERTED,
    BARE,
    CORRECTED,
    DEATHS,
    DENIED,
    ENTERED,
    ENTERED_BOTH,
    FILED,
    FORESEEN,
    KALBAJAR,
    OLD_MILL,
    REPRINTED,
    SANAA,
    UNDATED,
    at,
)
from whoholds.model import Asserted, Filed
from whoholds.register.store import Known, Store, Wanted


def test_documents_come_back_whole(store: Store) -> None:
    filled(store)
    for document in (ENTERED, DENIED, UNDATED, BARE):
        assert store.document(document.id) == document


def test_one_text_in_three_outlets_is_one_document_with_three_filings(store: Store) -> None:
    store.append([Filed(ENTERED), Asserted(KALBAJAR)], by="x", at=at(0))
    store.append([Filed(REPRINTED)], by="x", at=at(1))
    store.append([Filed(FORESEEN)], by="x", at=at(2))
    assert store.document(ENTERED.id) == ENTERED, "as it was first filed"
    assert [filing.document for filing in store.filings(document=ENTERED.id)] == [ENTERED, REPRINTED, FORESEEN]
    assert [filing.document for filing in store.filings(url=REPRINTED.url)] == [REPRINTED]
    assert [filing.entry for filing in store.filings(name="early.txt")] == [4]
    assert [filing.recorded_at for filing in store.filings()] == [at(0), at(1), at(2)]
    testimony = the(store, KALBAJAR)
    assert testimony is not None
    assert testimony.outlets == ("Early Example", "Example Wire", "Daily Example"), "in order of publication"
    assert testimony.said == date(2020, 11, 24)
    assert set(testimony.credits) == {"AP", "Reuters"}


def test_what_is_published_later_or_recorded_later_is_not_known(store: Store) -> None:
    store.append([Filed(ENTERED), Asserted(KALBAJAR)], by="x", at=at(0))
    store.append([Filed(REPRINTED)], by="x", at=at(1))
    store.append([Filed(FORESEEN)], by="x", at=at(2))

    def outlets(known: Known) -> tuple[str, ...] | None:
        found = the(store, KALBAJAR, known)
        return found and found.outlets

    assert outlets(Known(published_by=date(2020, 11, 23))) is None
    assert outlets(Known(published_by=date(2020, 11, 24))) == ("Early Example",)
    assert outlets(Known(published_by=date(2020, 11, 26))) == ("Early Example", "Example Wire")
    assert outlets(Known(recorded_by=at(0))) == ("Example Wire",)
    assert outlets(Known(recorded_by=at(1))) == ("Example Wire", "Daily Example")
    assert outlets(Known(recorded_by=at(-1))) is None
    assert outlets(Known(date(2020, 11, 24), at(1))) is None
    assert outlets(Known(date(2020, 11, 26), at(1))) == ("Example Wire",)


def test_said_is_published_else_retrieved_else_recorded(store: Store) -> None:
    filled(store)
    said = {testimony.claim.id: testimony.said for testimony in store.testimony(Wanted())}
    assert said[KALBAJAR.id] == date(2020, 11, 25)
    assert said[SANAA.id] == date(2020, 12, 1)
    assert said[OLD_MILL.id] == at(0).date()
    assert SANAA.id in standing(store, Known(published_by=date(2020, 12, 1)))
    assert SANAA.id not in standing(store, Known(published_by=date(2020, 11, 30)))
    assert OLD_MILL.id in standing(store, Known(published_by=at(0).date()))
    assert OLD_MILL.id not in standing(store, Known(published_by=at(0).date() - timedelta(days=1)))


def test_a_changed_text_at_one_address_is_a_new_version_and_the_old_is_kept(store: Store) -> None:
    store.append([Filed(ENTERED), Asserted(KALBAJAR), Asserted(DEATHS)], by="x", at=at(0))
    entries = store.append([Filed(CORRECTED), Asserted(ENTERED_BOTH)], by="x", at=at(1))
    kinds = [entry.kind for entry in entries]
    assert sorted(kinds) == ["asserted", "filed", "withdrawn", "withdrawn"]
    assert kinds[0] == "filed"
    assert kinds[-1] == "asserted"
    assert entries[0].act == Filed(CORRECTED, replaces=ENTERED.id)
    assert [(filing.document.id, filing.replaces) for filing in store.filings(url=ENTERED.url)] == [
        (ENTERED.id, None),
        (CORRECTED.id, ENTERED.id),
    ]
    assert store.document(ENTERED.id) == ENTERED
    assert standing(store) == [ENTERED_BOTH.id]
    assert standing(store, Known(recorded_by=at(0))) == [KALBAJAR.id, DEATHS.id]
    assert store.claim(KALBAJAR.id).claim == KALBAJAR  # type: ignore[union-attr]
    assert store.append([Filed(CORRECTED), Asserted(ENTERED_BOTH)], by="x", at=at(2)) == ()
    assert list(store.verify()) == []


def test_ids_that_begin_so(store: Store) -> None:
    filled(store)
    store.settle("control", [], gone=[], found=[HOLDING])
    everything = store.ids_like("")
    assert list(everything) == sorted(everything)
    assert len(everything) == min(20, len(FILED) + len(ASSERTED) + 1)
    assert store.ids_like(ENTERED.id[:12]) == (ENTERED.id,)
    assert store.ids_like(KALBAJAR.id) == (KALBAJAR.id,)
    assert store.ids_like("holding-") == (HOLDING.id,)
    assert store.ids_like("no such") == store.ids_like("%") == store.ids_like("_" * 16) == ()
