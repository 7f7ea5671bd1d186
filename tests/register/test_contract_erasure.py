"""What every store must do, asked of memory, SQLite and PostgreSQL alike: erasure."""

from __future__ import annotations

import pytest

from tests.register.contract import filled, judged, standing
from tests.register.findings import settled
from tests.register.stories import (
    ASSERTED,
    CAFE,
    DEATHS,
    ENTERED,
    FILED,
    KALBAJAR,
    LACHIN_CITY,
    NOT_KALBAJAR,
    OLD_MILL,
    REPRINTED,
    SANAA,
    at,
)
from whoholds.model import Accepted, Asserted, Erased, Filed, Judged, Tombstone
from whoholds.register.store import ConflictError, Known, Sought, Store


def test_erasure_destroys_the_words_and_leaves_a_tombstone(store: Store) -> None:
    settled(store)
    store.append([judged(KALBAJAR, Accepted())], by="x", at=at(1))
    store.append([Filed(REPRINTED)], by="x", at=at(2))
    before = list(store.entries())
    (erasure,) = store.append([Erased(ENTERED.id, "order of a court, 3 December 2020")], by="counsel", at=at(3))
    assert (erasure.by, erasure.act) == ("counsel", Erased(ENTERED.id, "order of a court, 3 December 2020"))
    after = list(store.entries())
    assert [entry.seq for entry in after] == list(range(1, len(before) + 2))
    changed = {new.seq: new for old, new in zip(before, after, strict=False) if old != new}
    gone = [
        entry
        for entry in before
        if (isinstance(entry.act, Filed) and entry.act.document.id == ENTERED.id)
        or (isinstance(entry.act, Asserted) and entry.act.claim.evidence.document == ENTERED.id)
        or isinstance(entry.act, Judged)
    ]
    assert {entry.seq for entry in gone} >= set(changed) >= {entry.seq for entry in gone if not isinstance(entry.act, Judged)}
    for entry in gone:
        if entry.seq in changed:
            assert changed[entry.seq].act == Tombstone(entry.kind, erasure.seq)
            assert (changed[entry.seq].by, changed[entry.seq].recorded_at) == (entry.by, entry.recorded_at)
    assert store.document(ENTERED.id) is None
    assert store.claim(KALBAJAR.id) is None
    assert list(store.filings(document=ENTERED.id)) == list(store.filings(url=ENTERED.url)) == []
    assert standing(store) == [NOT_KALBAJAR.id, LACHIN_CITY.id, SANAA.id, CAFE.id, OLD_MILL.id]
    assert standing(store, Known(recorded_by=at(0))) == [NOT_KALBAJAR.id, LACHIN_CITY.id, SANAA.id, CAFE.id, OLD_MILL.id]
    assert store.search("army") == ()
    assert store.ids_like(ENTERED.id) == ()
    assert list(store.verify()) == []


def test_an_erased_document_can_be_neither_claimed_from_nor_erased_again(store: Store) -> None:
    filled(store)
    store.append([Erased(ENTERED.id, "law")], by="x", at=at(1))
    with pytest.raises(ConflictError):
        store.append([Asserted(KALBAJAR)], by="x", at=at(2))
    assert len(list(store.entries())) == len(FILED) + len(ASSERTED) + 1


def test_erased_findings_are_gone_or_stale(store: Store) -> None:
    settled(store)
    store.append([Erased(ENTERED.id, "law")], by="x", at=at(1))
    assert "geonames:585514" in store.stale("control")
    assert {finding.id for finding in store.findings(Sought(kind="incident"))} == set() or DEATHS.id in store.stale("event")
