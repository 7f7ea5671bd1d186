"""What every store must do, asked of memory, SQLite and PostgreSQL alike: testimony, opening and closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.register.conftest import open_at
from tests.register.contract import filled, seq_of, standing, the
from tests.register.findings import settled
from tests.register.stories import (
    ASSERTED,
    BARE,
    CAFE,
    DEATHS,
    DENIED,
    ENTERED,
    FILED,
    KALBAJAR,
    LACHIN,
    LACHIN_CITY,
    NOT_KALBAJAR,
    OLD_MILL,
    SANAA,
    UNDATED,
    at,
)
from whoholds import model
from whoholds.model import Asserted, Claim, Filed, Withdrawn, site_of
from whoholds.register import MEMORY
from whoholds.register.store import LONG, SHORT, UNTIMED, Sought, Store, Wanted

# Testimony


def test_testimony_is_the_claim_without_its_derivation_but_with_its_confidence(store: Store) -> None:
    filled(store)
    found = the(store, KALBAJAR)
    assert found == model.Testimony(
        claim=replace(KALBAJAR, derivation=None),
        said=date(2020, 11, 25),
        recorded_at=at(0),
        entry=seq_of(store, KALBAJAR),
        outlets=("Example Wire",),
        credits=("AP", "Reuters"),
        accepted=False,
        site=site_of(KALBAJAR.where),  # type: ignore[arg-type]
        name="entered.txt",
    )
    assert store.claim(KALBAJAR.id) == replace(found, claim=KALBAJAR)


def test_testimony_comes_in_the_order_of_entries(store: Store) -> None:
    filled(store)
    assert standing(store) == [act.claim.id for act in ASSERTED]


def _claim(act: Asserted) -> Claim:
    return act.claim


WANTED: list[tuple[Wanted, list[Claim]]] = [
    (Wanted(kinds=["control"]), [KALBAJAR, NOT_KALBAJAR, LACHIN_CITY, SANAA, CAFE, OLD_MILL]),
    (Wanted(kinds=["event", "obligation"]), [LACHIN, DEATHS]),
    (Wanted(kinds=[]), []),
    (Wanted(claims=[]), []),
    (Wanted(documents=[]), []),
    (Wanted(sites=[]), []),
    (Wanted(claims=[SANAA.id, KALBAJAR.id, "no such"]), [KALBAJAR, SANAA]),
    (Wanted(documents=[DENIED.id, BARE.id]), [NOT_KALBAJAR, LACHIN_CITY, OLD_MILL]),
    (Wanted(sites=["geonames:585514"]), [KALBAJAR, DEATHS, NOT_KALBAJAR]),
    (Wanted(sites=["geonames:585514"], kinds=["event"]), [DEATHS]),
    (Wanted(sites=["name:old mill"]), [OLD_MILL]),
    (Wanted(described=(date(2020, 11, 25), date(2020, 11, 25))), [KALBAJAR, DEATHS, NOT_KALBAJAR, LACHIN_CITY]),
    (Wanted(described=(date(1990, 1, 1), date(1990, 1, 1))), [LACHIN_CITY]),
    (Wanted(described=(date(2020, 11, 27), date(2020, 11, 28))), [OLD_MILL]),
    (Wanted(described=(date(2020, 12, 1), date(2021, 1, 1))), []),
    (Wanted(said=(date(2020, 11, 26), date(2020, 12, 1))), [NOT_KALBAJAR, LACHIN_CITY, SANAA, CAFE]),
    (Wanted(said=(date(2020, 12, 1), date(2020, 12, 1)), kinds=["control"]), [SANAA, CAFE]),
    (Wanted(said=(at(0).date(), at(0).date())), [OLD_MILL]),
    (Wanted(said=(date.min, at(0).date() - timedelta(days=1)), documents=[BARE.id]), []),
    (Wanted(said=(date.min, date.max), documents=[BARE.id]), [OLD_MILL]),
    (Wanted(said=(date(2020, 11, 25), date(2020, 11, 25)), sites=["geonames:585514"]), [KALBAJAR, DEATHS]),
    (Wanted(sites=[None]), [claim for claim in map(_claim, ASSERTED) if claim.where is None]),
    (Wanted(times=[]), []),
    (Wanted(times=[UNTIMED]), [claim for claim in map(_claim, ASSERTED) if claim.when is None]),
    (Wanted(times=[SHORT, LONG]), [claim for claim in map(_claim, ASSERTED) if claim.when is not None]),
    (Wanted(times=[LONG], described=(date(1990, 1, 1), date(1990, 1, 1))), [LACHIN_CITY]),
    (Wanted(times=[SHORT], described=(date(1990, 1, 1), date(1990, 1, 1))), []),
]


def test_testimony_is_chosen(store: Store) -> None:
    filled(store)
    for wanted, claims in WANTED:
        found = [testimony.claim.id for testimony in store.testimony(wanted)]
        assert found == [claim.id for claim in claims], wanted


def test_many_claims_are_asked_for_at_once(store: Store) -> None:
    filled(store)
    wanted = Wanted(claims=[f"{number:016x}" for number in range(40_000)] + [KALBAJAR.id])
    assert [testimony.claim.id for testimony in store.testimony(wanted)] == [KALBAJAR.id]


def test_testimony_read_while_the_register_grows_is_of_one_moment(store: Store) -> None:
    filled(store)
    reading = store.testimony(Wanted())
    seen = [next(reading).claim.id]
    store.append([Withdrawn(seq_of(store, OLD_MILL), "while reading")], by="x", at=at(1))
    seen += [testimony.claim.id for testimony in reading]
    assert set(seen) >= {act.claim.id for act in ASSERTED if act.claim.id != OLD_MILL.id}


# Opening, closing, verifying


def test_what_was_kept_is_there_when_it_is_opened_again(locator: str) -> None:
    if locator == MEMORY:
        pytest.skip("memory keeps nothing")
    with open_at(locator) as store:
        settled(store)
        entries, findings = list(store.entries()), list(store.findings(Sought(kind="holding")))
        assert "password" not in store.locator
    with open_at(locator) as store:
        assert list(store.entries()) == entries
        assert list(store.findings(Sought(kind="holding"))) == findings
        assert store.document(UNDATED.id) == UNDATED
        assert list(store.verify()) == []
        assert store.append([*FILED, *ASSERTED], by="x", at=at(1)) == ()


def test_a_store_is_closed_at_the_end_of_its_block(locator: str) -> None:
    store = open_at(locator)
    with store as entered:
        assert entered is store
    store.close()


def test_two_open_stores_see_each_others_entries(locator: str) -> None:
    if locator == MEMORY:
        pytest.skip("memory is nobody else's")
    with open_at(locator) as one, open_at(locator) as other:
        one.append([Filed(ENTERED), Asserted(KALBAJAR)], by="one", at=at(0))
        assert standing(other) == [KALBAJAR.id]
        assert other.append([Asserted(KALBAJAR)], by="other", at=at(1)) == ()
        (entry,) = other.append([Asserted(DEATHS)], by="other", at=at(1))
        assert entry.seq == 3
        assert standing(one) == [KALBAJAR.id, DEATHS.id]
        assert [entry.seq for entry in one.append([Filed(DENIED)], by="one", at=at(2))] == [4]
