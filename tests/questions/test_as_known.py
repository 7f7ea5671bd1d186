"""Claims, documents, findings and places by id, as far as a state of knowledge lets one see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from tests.questions.build import AZERBAIJAN, LACHIN, claim_of, kalbajar, say
from whoholds.grounding.gazetteer.around import situate
from whoholds.model import Accepted, Document, Filed, hash_of
from whoholds.questions import PlaceError, Register
from whoholds.questions.as_known import KnownPlaces, claim_known, document_known, entries_known, entry_known, finding_known
from whoholds.questions.difference import Clock, known_by
from whoholds.questions.tracing import TracedClaim
from whoholds.register.memory import MemoryStore
from whoholds.register.store import ConflictError, Known

FIRST = datetime(2024, 5, 1, tzinfo=UTC)
LATER = FIRST + timedelta(days=1)
KNOWN_BY = FIRST + timedelta(hours=1)
THEN = Known(recorded_by=KNOWN_BY)


@dataclass
class Kept:
    """A register of which one part was recorded a day after the other."""

    register: Register
    early: list[str] = field(default_factory=list)
    late: str = ""


@pytest.fixture
def kept() -> Iterator[Kept]:
    now = [FIRST]
    with Register(":memory:") as register:
        register.store = MemoryStore(situate=situate, clock=lambda: now[0])
        early = kalbajar(register)
        now[0] = LATER
        late = claim_of(say(register, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains", on="2020-12-01"))
        yield Kept(register, early, late)


def test_a_later_claim_is_not_there_yet(kept: Kept) -> None:
    store = kept.register.store
    assert claim_known(store, kept.late, THEN) is None
    found = claim_known(store, kept.early[0], THEN)
    assert found
    assert found[1]
    assert kept.register.trace(kept.late)
    with pytest.raises(ConflictError):
        kept.register.trace(kept.late, recorded_by=KNOWN_BY)
    assert isinstance(kept.register.trace(kept.early[0][:8], recorded_by=KNOWN_BY), TracedClaim)


def test_a_claim_is_told_as_it_was_known(kept: Kept) -> None:
    store, id = kept.register.store, kept.early[0]
    told = store.claim(id)
    assert told
    document = store.document(told.claim.evidence.document)
    assert document
    store.append(
        [Filed(Document(text=document.text, name="reprint", outlet="Second Post", published=document.published))], by="t"
    )
    kept.register.judge(id, Accepted(), because="so", words=hash_of(told.claim.evidence.quote), by="t")
    now, then = claim_known(store, id, Known()), claim_known(store, id, THEN)
    assert now
    assert then
    assert (now[0].accepted, then[0].accepted) == (True, False)
    assert (len(now[0].outlets), len(then[0].outlets)) == (2, 1)
    assert (len(entries_known(store, id, Known())), len(entries_known(store, id, THEN))) == (2, 1)


def test_a_claim_that_fell_later_stood_then(kept: Kept) -> None:
    store, id = kept.register.store, kept.early[0]
    told = store.claim(id)
    assert told
    kept.register.withdraw(told.entry, because="wrong", by="t")
    now, then = claim_known(store, id, Known()), claim_known(store, id, THEN)
    assert now
    assert then
    assert (now[1], then[1]) == (False, True)


def test_days_of_publication_hide_claims_and_documents(kept: Kept) -> None:
    store = kept.register.store
    by = Known(published_by=datetime(2020, 11, 20).date())
    assert claim_known(store, kept.early[0], by)
    assert claim_known(store, kept.early[1], by) is None
    told = store.claim(kept.early[1])
    assert told
    assert document_known(store, told.claim.evidence.document, by) is None
    assert document_known(store, told.claim.evidence.document, Known())


def test_entries_by_number(kept: Kept) -> None:
    store = kept.register.store
    assert entry_known(store, 1, THEN)
    assert entry_known(store, kept.register.size(), THEN) is None
    assert entry_known(store, kept.register.size(), Known())
    assert entry_known(store, 0, Known()) is None


def test_findings_follow_from_what_was_known(kept: Kept) -> None:
    now, then = kept.register.picture(), kept.register.picture(recorded_by=KNOWN_BY)
    old = kept.register.who("Kalbajar", "2020-11-26").holding
    new = kept.register.who("Lachin", "2020-12-02").holding
    assert old
    assert new
    assert finding_known(then, old.id) == finding_known(now, old.id)
    assert finding_known(now, new.id)
    assert finding_known(then, new.id) is None
    assert finding_known(now, "castle-000000000000") is None


def test_places_that_were_not_known_are_not_found(kept: Kept) -> None:
    assert kept.register.site("Lachin district").name == "Lachin"
    with pytest.raises(PlaceError):
        kept.register.site("Lachin district", recorded_by=KNOWN_BY)
    places = KnownPlaces(kept.register.picture(recorded_by=KNOWN_BY))
    assert [site.name for site in places.sites()] == ["Kalbajar"]
    assert places.sites_called("kalbajar")
    assert places.sites_called("lachin") == ()


def test_differences_see_nothing_recorded_later(kept: Kept) -> None:
    found = kept.register.diff("2020-11-14", "2020-12-02", recorded_by=KNOWN_BY)
    assert [shift.site.name for shift in found.shifts] == ["Kalbajar"]
    assert len(kept.register.diff("2020-11-14", "2020-12-02").shifts) == 2
    days = FIRST.date(), LATER.date()
    assert known_by(Clock.RECORDED, days[1], THEN).recorded_by == KNOWN_BY
    assert known_by(Clock.PUBLISHED, days[0], Known(published_by=days[1])) == Known(published_by=days[0])
