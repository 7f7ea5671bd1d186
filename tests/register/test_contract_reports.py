"""What every store must do, asked of memory, SQLite and PostgreSQL alike: reports, counted without reading their claims."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from tests.register.contract import filled, judged, seq_of
from tests.register.stories import DEATHS, KALBAJAR, LACHIN, REPRINTED, at
from whoholds.model import Accepted, Edited, Erased, Filed, Rejected, Withdrawn
from whoholds.register.store import Known, Store, Wanted

STATES = (
    Known(),
    Known(date(2020, 11, 24)),
    Known(date(2020, 11, 25)),
    Known(None, at(0)),
    Known(None, at(1)),
    Known(None, at(2)),
    Known(date(2020, 12, 31), at(3)),
)


def check(store: Store) -> None:
    """Reports and testimony tell the same of every state of knowledge."""
    for known in STATES:
        told = list(store.testimony(Wanted(known=known)))
        claims = Counter(one.claim.evidence.document for one in told)
        found = {report.document: report for report in store.reports(known)}
        assert {id: report.claims for id, report in found.items() if report.claims} == claims, known
        for one in told:
            report = found[one.claim.evidence.document]
            assert (report.said, report.dated, report.outlets) == (one.said, one.dated, one.outlets), known
            assert report.credits == one.credits, known


def test_reports_are_counted_as_their_testimony_stands(store: Store) -> None:
    assert list(store.reports()) == []
    filled(store)
    check(store)
    store.append([judged(KALBAJAR, Rejected()), judged(DEATHS, Accepted())], by="x", at=at(1))
    check(store)
    instead = replace(LACHIN, said_by=(), derivation=None)
    store.append([judged(LACHIN, Edited(instead)), Withdrawn(seq_of(store, DEATHS), "x")], by="x", at=at(2))
    check(store)
    store.append([Filed(REPRINTED)], by="x", at=at(3))
    check(store)
    store.append([Erased(DEATHS.evidence.document, "law")], by="x", at=at(4))
    check(store)


def test_a_text_replaced_at_its_address_is_no_report(store: Store) -> None:
    first = replace(REPRINTED, text="first text", url="https://example.org/1", published=date(2020, 11, 20), name="n")
    second = replace(first, text="second text", published=first.published and first.published + timedelta(1))
    store.append([Filed(first), Filed(second)], by="x", at=at(0))
    assert [(report.document, report.last, report.claims) for report in store.reports()] == [(second.id, date(2020, 11, 21), 0)]
    assert [report.document for report in store.reports(Known(date(2020, 11, 20)))] == [first.id]
    assert list(store.reports(Known(date(2020, 11, 19)))) == []
