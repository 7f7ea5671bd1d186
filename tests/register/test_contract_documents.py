"""What every store must do, asked of memory, SQLite and PostgreSQL alike: documents, their versions, filings and ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

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
from whoholds.model import Asserted, Erased, Filed
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
    assert [entry.kind for entry in entries] == ["filed", "asserted"]
    assert entries[0].act == Filed(CORRECTED, replaces=ENTERED.id)
    assert [(filing.document.id, filing.replaces) for filing in store.filings(url=ENTERED.url)] == [
        (ENTERED.id, None),
        (CORRECTED.id, ENTERED.id),
    ]
    assert store.document(ENTERED.id) == ENTERED
    assert standing(store) == [ENTERED_BOTH.id]
    assert standing(store, Known(recorded_by=at(0))) == [KALBAJAR.id, DEATHS.id]
    assert store.claim(KALBAJAR.id).claim == KALBAJAR  # type: ignore[union-attr]
    assert [one.claim.id for one in store.testimony(Wanted(replaced=True))] == [KALBAJAR.id, DEATHS.id, ENTERED_BOTH.id]
    assert {entry.kind for entry in store.entries_about(KALBAJAR.id)} == {"asserted"}
    again = [Filed(ENTERED), Asserted(KALBAJAR), Asserted(DEATHS), Filed(CORRECTED), Asserted(ENTERED_BOTH)]
    assert store.append(again, by="x", at=at(2)) == ()
    assert list(store.verify()) == []


LATER = replace(CORRECTED, published=date(2020, 11, 27))
ELSEWHERE = replace(ENTERED, url="https://example.com/elsewhere", outlet="Elsewhere")
VERSIONS = (
    [Filed(ENTERED), Asserted(KALBAJAR)],
    [Filed(LATER), Asserted(ENTERED_BOTH)],
    [Filed(ELSEWHERE), Asserted(KALBAJAR)],
)


def stale(store: Store) -> frozenset[str]:
    found = store.stale("control")
    store.settle("control", found, gone=[], found=[])
    return found


def test_a_version_counts_from_its_day_on_in_whatever_order_it_is_filed(store: Store) -> None:
    store.append(VERSIONS[1], by="x", at=at(0))
    entries = store.append(VERSIONS[0], by="x", at=at(1))
    assert entries[0].act == Filed(ENTERED), "it is the older one, and replaces nothing"
    assert standing(store) == [ENTERED_BOTH.id]
    assert standing(store, Known(published_by=date(2020, 11, 26))) == [KALBAJAR.id]
    assert standing(store, Known(published_by=date(2020, 11, 27))) == [ENTERED_BOTH.id]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_text_that_is_replaced_at_one_address_and_stands_at_another_counts(store: Store, order: tuple[int, ...]) -> None:
    for minute, number in enumerate(order):
        store.append(VERSIONS[number], by="x", at=at(minute))
    assert set(standing(store)) == {KALBAJAR.id, ENTERED_BOTH.id}


def test_a_page_that_is_restored_counts_again_and_its_findings_are_stale(store: Store) -> None:
    store.append(VERSIONS[0], by="x", at=at(0))
    assert stale(store)
    for minute, (act, stands) in enumerate(
        [
            (VERSIONS[1][0], []),
            (Filed(replace(ENTERED, published=date(2020, 11, 28))), [KALBAJAR.id]),
            (Filed(replace(LATER, published=date(2020, 11, 29))), []),
            (Erased(LATER.id, "a court"), [KALBAJAR.id]),
        ],
        1,
    ):
        store.append([act], by="x", at=at(minute))
        assert standing(store) == stands
        assert stale(store)
    assert list(store.verify()) == []


def test_claims_of_a_replaced_text_can_be_asserted_and_count_for_the_days_before(store: Store) -> None:
    store.append([Filed(ENTERED), *VERSIONS[1]], by="x", at=at(0))
    assert [entry.kind for entry in store.append([Asserted(KALBAJAR)], by="x", at=at(1))] == ["asserted"]
    assert standing(store) == [ENTERED_BOTH.id]
    assert standing(store, Known(published_by=date(2020, 11, 26))) == [KALBAJAR.id]


def test_the_name_is_that_of_a_filing_that_is_known(store: Store) -> None:
    store.append([Filed(REPRINTED), Asserted(KALBAJAR)], by="x", at=at(0))
    store.append([Filed(ENTERED)], by="x", at=at(1))

    def names(known: Known) -> set[str]:
        return {one.name for one in (*store.testimony(Wanted(known=known)), *store.search("kalbajar", known=known))}

    assert names(Known(published_by=date(2020, 11, 25))) == names(Known()) == {"entered.txt"}
    assert names(Known(recorded_by=at(0))) == {"reprint.txt"}


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


def test_texts_by_id(store: Store) -> None:
    filled(store)
    known = {filing.document.id: filing.document.text for filing in store.filings()}
    assert known
    assert store.texts([*known, "f" * 64]) == known
    assert store.texts([]) == {}
    gone = next(iter(known))
    store.append([Erased(gone, "a court's order")], by="x")
    assert gone not in store.texts([*known])
