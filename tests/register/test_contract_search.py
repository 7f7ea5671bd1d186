"""What every store must do, asked of memory, SQLite and PostgreSQL alike: search."""

from __future__ import annotations

from datetime import date

from tests.register.contract import filled
from tests.register.stories import DENIED, ENTERED, UNDATED, at
from whoholds.model import Filed
from whoholds.register.store import Known, Store


def test_search_finds_documents_with_all_the_words(store: Store) -> None:
    filled(store)
    assert [hit.document for hit in store.search("kalbajar")] == [ENTERED.id]
    assert {hit.document for hit in store.search("lachin")} == {ENTERED.id, DENIED.id}
    assert [hit.document for hit in store.search("lachin denied")] == [DENIED.id]
    assert store.search("lachin atlantis") == ()
    assert [hit.document for hit in store.search("CAFÉ hold")] == [UNDATED.id]
    assert [hit.document for hit in store.search("صنعاء")] == [UNDATED.id]
    assert store.search("") == store.search("   ") == store.search('""') == store.search("...") == ()
    assert len(store.search("lachin", limit=1)) == 1


def test_words_in_quotation_marks_stand_together(store: Store) -> None:
    filled(store)
    assert [hit.document for hit in store.search('"has entered Kalbajar"')] == [ENTERED.id]
    assert store.search('"entered has Kalbajar"') == ()
    assert [hit.document for hit in store.search('"lachin city" officials')] == [DENIED.id]


MARKS = (
    *('"', '"a', "a OR b", "lachin AND", "NEAR(a b)", "-x", "a*", "x:y", "'", "\\", "%", "\x00", "^a", "!&|()<->"),
    *("\ud800", "word\ud800", "x" * 5000, "'; DROP TABLE entries; --", "'':*"),
)


def test_search_takes_marks_for_marks(store: Store) -> None:
    filled(store)
    for words in MARKS:
        assert isinstance(store.search(words), tuple), words
    assert [hit.document for hit in store.search("(lachin) & city!")] == [DENIED.id]


def test_a_hit_shows_the_words_in_the_document(store: Store) -> None:
    filled(store)
    (hit,) = store.search("kəlbəcər")
    assert (hit.document, hit.name) == (DENIED.id, "denied.txt")
    assert DENIED.text[hit.start : hit.end] == hit.words == "Kəlbəcər"
    assert DENIED.text[: hit.start].endswith(hit.before.lstrip("…"))
    assert DENIED.text[hit.end :].startswith(hit.after.rstrip("…"))
    (hit,) = store.search('"entered kalbajar"')
    assert ENTERED.text[hit.start : hit.end] == hit.words == "entered Kalbajar"


def test_search_in_a_state_of_knowledge(store: Store) -> None:
    store.append([Filed(ENTERED)], by="x", at=at(0))
    store.append([Filed(DENIED)], by="x", at=at(1))
    assert [hit.document for hit in store.search("lachin", known=Known(recorded_by=at(0)))] == [ENTERED.id]
    assert [hit.document for hit in store.search("lachin", known=Known(published_by=date(2020, 11, 25)))] == [ENTERED.id]
    assert store.search("lachin", known=Known(published_by=date(2020, 11, 24))) == ()
