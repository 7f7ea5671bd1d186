"""What every store must do, asked of memory, SQLite and PostgreSQL alike: findings, and the keys of what is stale."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.register.contract import filled, judged, seq_of
from tests.register.findings import BEFORE, HOLDING, INCIDENT, KALBAJAR_SITE, NOBODY, UNDERTAKING, settled
from tests.register.stories import ASSERTED, CAFE, DEATHS, KALBAJAR, LACHIN, NOT_KALBAJAR, REPRINTED, at
from whoholds.model import Accepted, Edited, Filed, Finding, Rejected, Standing, Where, Withdrawn, site_of
from whoholds.register.store import EVERYTHING, Sought, Store


def test_what_claims_make_stale(store: Store) -> None:
    filled(store)
    assert store.stale("control") == {site_of(act.claim.where).key for act in ASSERTED if act.claim.kind == "control"}  # type: ignore[arg-type]
    assert store.stale("event") == {DEATHS.id}
    assert store.stale("obligation") == {LACHIN.id}
    settled(store)
    assert [store.stale(kind) for kind in ("control", "event", "obligation")] == [frozenset()] * 3
    store.append([judged(KALBAJAR, Rejected())], by="x", at=at(1))
    assert store.stale("control") == {"geonames:585514"}
    store.append([Withdrawn(seq_of(store, DEATHS), "x"), judged(LACHIN, Accepted())], by="x", at=at(2))
    assert (store.stale("event"), store.stale("obligation")) == ({DEATHS.id}, {LACHIN.id})


def test_a_new_filing_makes_the_claims_of_its_text_stale(store: Store) -> None:
    settled(store)
    store.append([Filed(REPRINTED)], by="x", at=at(1))
    assert store.stale("control") == {"geonames:585514"}
    assert (store.stale("event"), store.stale("obligation")) == ({DEATHS.id}, {LACHIN.id})


def test_an_edit_that_moves_a_claim_makes_both_sites_stale(store: Store) -> None:
    settled(store)
    instead = replace(KALBAJAR, where=Where(name="Elsewhere"), derivation=None)
    store.append([judged(KALBAJAR, Edited(instead))], by="x", at=at(1))
    assert store.stale("control") == {"geonames:585514", "name:elsewhere"}


def test_other_rules_make_everything_stale_once(store: Store) -> None:
    assert store.rules() is None
    store.adopt("first")
    settled(store)
    store.adopt("first")
    assert [store.stale(kind) for kind in ("control", "event", "obligation")] == [frozenset()] * 3
    store.adopt("second")
    assert store.rules() == "second"
    assert [store.stale(kind) for kind in ("control", "event", "obligation")] == [frozenset({EVERYTHING})] * 3
    assert list(store.findings(Sought(kind="incident"))) == [INCIDENT]
    settled(store)
    assert store.rules() == "second"
    assert list(store.verify()) == []


def test_settling_takes_only_its_keys_off(store: Store) -> None:
    filled(store)
    store.settle("control", ["name:old mill", "no such key"], gone=[], found=[])
    assert "name:old mill" not in store.stale("control")
    assert "geonames:585514" in store.stale("control")


def test_findings_come_back_as_they_were_kept(store: Store) -> None:
    settled(store)
    assert list(store.findings(Sought(kind="holding"))) == sorted([HOLDING, BEFORE, NOBODY], key=lambda finding: finding.id)
    assert list(store.findings(Sought(kind="undertaking"))) == [UNDERTAKING]
    assert list(store.findings(Sought(kind="incident"))) == [INCIDENT]


SOUGHT: list[tuple[Sought, list[Finding]]] = [
    (Sought(kind="holding", ids=[HOLDING.id, UNDERTAKING.id]), [HOLDING]),
    (Sought(kind="holding", ids=[]), []),
    (Sought(kind="holding", sites=[]), []),
    (Sought(kind="holding", claims=[]), []),
    (Sought(kind="holding", sites=[KALBAJAR_SITE.key]), [HOLDING, BEFORE]),
    (Sought(kind="holding", claims=[NOT_KALBAJAR.id]), [HOLDING]),
    (Sought(kind="holding", claims=[KALBAJAR.id, CAFE.id]), [HOLDING, BEFORE, NOBODY]),
    (Sought(kind="holding", during=(date(2020, 11, 25), date(2020, 11, 25))), [HOLDING, BEFORE]),
    (Sought(kind="holding", during=(date(2020, 11, 24), date(2020, 11, 24))), [BEFORE]),
    (Sought(kind="holding", during=(date(1990, 1, 1), date(1990, 1, 1))), [BEFORE]),
    (Sought(kind="holding", during=(date(2020, 12, 5), date(2020, 12, 31))), [HOLDING, NOBODY]),
    (Sought(kind="holding", during=(date(2020, 12, 6), date(2020, 12, 31))), [HOLDING]),
    (Sought(kind="holding", box=(46.0, 40.0, 47.0, 41.0)), [HOLDING, BEFORE]),
    (Sought(kind="holding", box=(0.0, 0.0, 1.0, 1.0)), []),
    (Sought(kind="incident", during=(date(2020, 11, 25), date(2020, 11, 25))), [INCIDENT]),
    (Sought(kind="incident", during=(date(2020, 11, 26), date(2020, 11, 30))), []),
    (Sought(kind="incident", claims=[DEATHS.id]), [INCIDENT]),
    (Sought(kind="incident", sites=[KALBAJAR_SITE.key], box=(46.0, 40.0, 47.0, 41.0)), [INCIDENT]),
    (Sought(kind="undertaking", during=(date(1990, 1, 1), date(1990, 1, 1))), [UNDERTAKING]),
    (Sought(kind="undertaking", claims=[LACHIN.id, "x"]), [UNDERTAKING]),
]


def test_findings_are_chosen(store: Store) -> None:
    settled(store)
    for sought, found in SOUGHT:
        ids = [finding.id for finding in store.findings(sought)]
        assert ids == sorted(finding.id for finding in found), sought


def test_findings_are_put_in_the_place_of_others(store: Store) -> None:
    settled(store)
    better = replace(HOLDING, standing=Standing.CONFIRMED, supporting=(KALBAJAR.id, DEATHS.id), opposing=())
    assert better.id == HOLDING.id
    store.settle("control", ["geonames:585514"], gone=[HOLDING.id, BEFORE.id], found=[better])
    assert {finding.id for finding in store.findings(Sought(kind="holding"))} == {better.id, NOBODY.id}
    assert list(store.findings(Sought(kind="holding", ids=[better.id]))) == [better]
    assert list(store.findings(Sought(kind="holding", claims=[NOT_KALBAJAR.id]))) == []
    store.settle("control", [EVERYTHING], gone=[], found=[BEFORE])
    assert list(store.findings(Sought(kind="holding"))) == [BEFORE]
    assert list(store.findings(Sought(kind="incident"))) == [INCIDENT], "other kinds stay"


def test_the_map_of_a_day(store: Store) -> None:
    settled(store)

    def rows(day: date) -> list[tuple[str, str | None]]:
        return [(row.site, row.holder) for row in store.held(day)]

    kalbajar, cafe = KALBAJAR_SITE.key, NOBODY.site.key
    assert rows(date(2020, 11, 30)) == [(kalbajar, "AZE"), (cafe, None)]
    assert rows(date(2020, 12, 6)) == [(kalbajar, "AZE")]
    assert rows(date(2020, 11, 24)) == [(kalbajar, "ARM")]
    (row, _) = store.held(date(2020, 11, 30))
    assert row == (kalbajar, "AZE", "Azerbaijan", "disputed", date(2020, 11, 25), date(2020, 11, 25), date(2021, 6, 1))
    assert [row.site for row in store.held(date(2020, 11, 30), box=(46.0, 40.0, 47.0, 41.0))] == [kalbajar]
    assert list(store.held(date(2020, 11, 30), box=(0.0, 0.0, 1.0, 1.0))) == []


def test_all_holdings_of_whatever_day_without_their_evidence(store: Store) -> None:
    assert list(store.held_ever()) == []
    settled(store)
    rows = [(row.site, row.holder, row.begin, row.told, row.retold) for row in store.held_ever()]
    assert rows == [
        (KALBAJAR_SITE.key, "ARM", None, date(2020, 11, 24), date(2020, 11, 24)),
        (KALBAJAR_SITE.key, "AZE", date(2020, 11, 25), date(2020, 11, 25), date(2021, 6, 1)),
        (NOBODY.site.key, None, date(2020, 11, 30), date(2020, 11, 30), date(2020, 11, 30)),
    ]
