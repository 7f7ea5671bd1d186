"""What every store of entries must do, asked of memory, SQLite and PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.register.conftest import open_at
from tests.register.stories import (
    ASSERTED,
    BARE,
    CAFE,
    CORRECTED,
    DEATHS,
    DENIED,
    ENTERED,
    ENTERED_BOTH,
    FILED,
    FORESEEN,
    KALBAJAR,
    LACHIN,
    LACHIN_CITY,
    NOT_KALBAJAR,
    OLD_MILL,
    REPRINTED,
    SANAA,
    UNDATED,
    at,
)
from whoholds import model
from whoholds.model import (
    Accepted,
    Actor,
    Allied,
    Asserted,
    Bounds,
    Claim,
    Deadline,
    Edited,
    Entry,
    Erased,
    Filed,
    Finding,
    Holding,
    Incident,
    Judged,
    Parted,
    Place,
    Rejected,
    Side,
    Site,
    Span,
    Standing,
    State,
    Tally,
    Tombstone,
    Turn,
    Undertaking,
    Verdict,
    When,
    Where,
    Withdrawn,
    hash_of,
    site_of,
)
from whoholds.register import MEMORY
from whoholds.register.store import EVERYTHING, ConflictError, Known, Sought, Store, StoreError, Wanted

AZE, ARM = Side("AZE", "Azerbaijan"), Side("ARM", "Armenia")
WAGNER = Actor(name="Wagner", organisation="Wagner")
RUSSIA = Actor(name="Russia", country="RUS")


def filled(store: Store) -> tuple[Entry, ...]:
    """The store's entries, after filing the stories and asserting their claims."""
    return store.append([*FILED, *ASSERTED], by="tester", at=at(0))


def judged(claim: Claim, verdict: Verdict, words: str | None = None, reason: str = "read again") -> Judged:
    return Judged(claim.id, verdict, reason, hash_of(words if words is not None else claim.evidence.quote))


def standing(store: Store, known: Known | None = None) -> list[str]:
    wanted = Wanted() if known is None else Wanted(known=known)
    return [testimony.claim.id for testimony in store.testimony(wanted)]


def the(store: Store, claim: Claim, known: Known | None = None) -> model.Testimony | None:
    wanted = Wanted(claims=[claim.id]) if known is None else Wanted(claims=[claim.id], known=known)
    found = list(store.testimony(wanted))
    assert len(found) < 2
    return found[0] if found else None


def seq_of(store: Store, claim: Claim) -> int:
    return next(entry.seq for entry in store.entries() if isinstance(entry.act, Asserted) and entry.act.claim.id == claim.id)


# Entries


def test_an_empty_register_answers_with_nothing(store: Store) -> None:
    assert store.writable
    assert (store.entry(1), store.document("0" * 64), store.claim("0" * 16), store.site("x")) == (None, None, None, None)
    assert list(store.entries()) == list(store.filings()) == list(store.testimony(Wanted())) == list(store.sites()) == []
    assert store.sides() == store.ids_like("") == store.sites_called("x") == store.search("x") == store.entries_about("x") == ()
    assert all(list(store.findings(Sought(kind=kind))) == [] for kind in ("holding", "undertaking", "incident"))
    assert all(store.stale(kind) == frozenset() for kind in ("control", "event", "obligation"))
    assert list(store.held(date(2020, 1, 1))) == list(store.verify()) == []
    assert store.append([], by="tester") == ()


def test_entries_are_numbered_from_one_without_gaps_and_come_back_as_they_went_in(store: Store) -> None:
    entries = filled(store)
    assert [entry.seq for entry in entries] == list(range(1, len(FILED) + len(ASSERTED) + 1))
    assert [entry.act for entry in entries] == [*FILED, *ASSERTED]
    assert {(entry.by, entry.recorded_at) for entry in entries} == {("tester", at(0))}
    assert tuple(store.entries()) == entries
    assert list(store.verify()) == []


def test_entries_are_read_from_a_number_and_until_an_instant(store: Store) -> None:
    first = store.append(FILED, by="a", at=at(0))
    second = store.append(ASSERTED, by="b", at=at(5))
    assert tuple(store.entries(after=2)) == (*first[2:], *second)
    assert tuple(store.entries(until=at(0))) == first == tuple(store.entries(until=at(4)))
    assert tuple(store.entries(until=at(5))) == (*first, *second)
    assert tuple(store.entries(until=at(-1))) == ()
    assert tuple(store.entries(after=1, until=at(1))) == first[1:]
    assert store.entry(2) == first[1]
    assert (store.entry(0), store.entry(len(first) + len(second) + 1)) == (None, None)


def test_instants_are_kept_to_the_microsecond_and_given_back_in_utc(store: Store) -> None:
    from datetime import timezone

    moment = datetime(2020, 12, 2, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=4)))
    (entry,) = store.append([Filed(ENTERED)], by="tester", at=moment)
    assert entry.recorded_at == moment
    assert entry.recorded_at.utcoffset() == timedelta(0)
    assert tuple(store.entries(until=moment)) == (entry,)
    assert tuple(store.entries(until=moment - timedelta(microseconds=1))) == ()


def test_without_an_instant_it_is_now(store: Store) -> None:
    before = datetime.now(UTC)
    (entry,) = store.append([Filed(ENTERED)], by="tester")
    assert before - timedelta(milliseconds=1) <= entry.recorded_at <= datetime.now(UTC)


def test_an_instant_before_the_last_entry_is_refused(store: Store) -> None:
    store.append([Filed(ENTERED)], by="tester", at=at(5))
    with pytest.raises(StoreError):
        store.append([Filed(DENIED)], by="tester", at=at(4))
    assert len(list(store.entries())) == 1
    assert len(store.append([Filed(DENIED)], by="tester", at=at(5))) == 1


def test_adding_twice_is_adding_once(store: Store) -> None:
    entries = filled(store)
    assert store.append([*FILED, *ASSERTED], by="somebody else", at=at(1)) == ()
    assert store.append([FILED[0], ASSERTED[0], Filed(REPRINTED), Filed(REPRINTED)], by="x", at=at(2))[0].act == Filed(
        REPRINTED
    )
    assert len(list(store.entries())) == len(entries) + 1


def test_the_same_act_twice_in_one_call_is_one_entry(store: Store) -> None:
    acts = [Filed(ENTERED), Asserted(KALBAJAR), Asserted(KALBAJAR), Filed(ENTERED)]
    assert [entry.act for entry in store.append(acts, by="tester", at=at(0))] == acts[:2]


def test_a_claim_with_another_derivation_is_the_same_claim(store: Store) -> None:
    filled(store)
    assert store.append([Asserted(replace(KALBAJAR, derivation=None, confidence=0.1))], by="x", at=at(1)) == ()
    assert store.claim(KALBAJAR.id).claim == KALBAJAR  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(Asserted(SANAA), id="claim of a document that is not filed"),
        pytest.param(Asserted(replace(KALBAJAR, evidence=Span(ENTERED.id, 0, 3, "the"))), id="words that are not there"),
        pytest.param(Asserted(replace(KALBAJAR, evidence=Span(ENTERED.id, 105, 205, "x" * 100))), id="words beyond the end"),
        pytest.param(Withdrawn(99, "no"), id="withdrawal of no entry"),
        pytest.param(Withdrawn(0, "no"), id="withdrawal of entry 0"),
        pytest.param(Withdrawn(1, "no"), id="withdrawal of a filing"),
        pytest.param(judged(SANAA, Accepted()), id="judgement of no claim"),
        pytest.param(judged(KALBAJAR, Accepted(), "other words"), id="judgement of other words"),
        pytest.param(
            judged(KALBAJAR, Edited(replace(KALBAJAR, evidence=Span(ENTERED.id, 0, 3, "the")))), id="edit without words"
        ),
        pytest.param(judged(KALBAJAR, Edited(SANAA)), id="edit into another document"),
        pytest.param(Erased("0" * 64, "no"), id="erasure of no document"),
    ],
)
def test_an_act_that_does_not_fit_is_refused_and_nothing_is_appended(store: Store, act: object) -> None:
    before = store.append([Filed(ENTERED), Asserted(KALBAJAR)], by="tester", at=at(0))
    with pytest.raises(ConflictError) as caught:
        store.append([Asserted(DEATHS), act, Asserted(LACHIN)], by="tester", at=at(1))  # type: ignore[list-item]
    assert caught.value.message
    assert tuple(store.entries()) == before
    assert standing(store) == [KALBAJAR.id]
    assert list(store.verify()) == []
    assert len(store.append([Asserted(DEATHS)], by="tester", at=at(0))) == 1, "it goes on afterwards"


def test_entries_about_a_claim_and_a_document(store: Store) -> None:
    filled(store)
    (verdict,) = store.append([judged(KALBAJAR, Rejected())], by="j", at=at(1))
    (undone,) = store.append([Withdrawn(verdict.seq, "hasty")], by="j", at=at(2))
    first = store.entry(seq_of(store, KALBAJAR))
    assert store.entries_about(KALBAJAR.id) == (first, verdict, undone)
    (again,) = store.append([Filed(REPRINTED)], by="x", at=at(3))
    about = store.entries_about(ENTERED.id)
    assert about[0] == store.entry(1)
    assert again in about
    assert store.entries_about("0" * 16) == ()


# Documents


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
    )
    assert store.claim(KALBAJAR.id) == replace(found, claim=KALBAJAR)


def test_testimony_comes_in_the_order_of_entries(store: Store) -> None:
    filled(store)
    assert standing(store) == [act.claim.id for act in ASSERTED]


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
    assert store.append([judged(KALBAJAR, Accepted())], by="y", at=at(2)) == (), "it stands word for word"
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


# Sides


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


# Sites


def test_sites_are_those_that_claims_name(store: Store) -> None:
    filled(store)
    keys = [site.key for site in store.sites()]
    assert keys == sorted(keys)
    assert set(keys) == {site_of(act.claim.where).key for act in ASSERTED if act.claim.where}
    kalbajar = store.site("geonames:585514")
    assert kalbajar == site_of(KALBAJAR.where)  # type: ignore[arg-type]
    assert [site.key for site in store.sites(keys=["geonames:585514", "none"])] == ["geonames:585514"]
    assert list(store.sites(keys=[])) == []
    assert [site.key for site in store.sites(box=(46.0, 40.0, 47.0, 41.0))] == ["geonames:585514"]
    assert len(list(store.sites(box=(40.0, 0.0, 50.0, 60.0)))) == 3
    assert list(store.sites(box=(170.0, -90.0, -170.0, 90.0))) == []


def test_a_box_across_the_date_line(store: Store) -> None:
    filled(store)
    west_of_lachin_round_to_sanaa = (46.2, -90.0, 45.0, 90.0)
    names = [site.name for site in store.sites(box=west_of_lachin_round_to_sanaa)]
    assert names == ["صنعاء", "Lachin"], "Kalbajar lies between"


def test_sites_by_name_whatever_the_case_and_diacritics(store: Store) -> None:
    filled(store)
    for name in ("Kalbajar", "KALBAJAR", "Kəlbəcər", "kəlbəcər"):
        assert [site.key for site in store.sites_called(name)] == ["geonames:585514"], name
    for name in ("the café", "THE CAFE", "the Cafe\u0301"):
        assert [site.name for site in store.sites_called(name)] == ["the café"], name
    assert store.sites_called("صنعاء")[0].place is not None
    assert store.sites_called("Atlantis") == store.sites_called("") == ()


def test_the_register_says_where_a_place_lies(locator: str) -> None:
    country = Site("country:AZ", "Azerbaijan")
    district = Site(
        "kalbajar district", "Kalbajar District", Place(name="Kalbajar District", lat=40.1, lon=46.0, country="AZ", feature="A")
    )

    def situate(where: Where) -> Site:
        return replace(site_of(where), within=(district.key, country.key))

    with open_at(locator, situate) as store:
        filled(store)
        found = store.site("geonames:585514")
        assert found is not None
        assert found.within == (district.key, country.key)
        assert the(store, KALBAJAR).site == found  # type: ignore[union-attr]


# Search


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


# Findings


KALBAJAR_SITE = site_of(KALBAJAR.where)  # type: ignore[arg-type]
HOLDING = Holding(
    site=KALBAJAR_SITE,
    holder=AZE,
    begin=Bounds(date(2020, 11, 25), date(2020, 11, 26)),
    end=Bounds(None, None),
    told=date(2020, 11, 25),
    standing=Standing.DISPUTED,
    supporting=(KALBAJAR.id,),
    opposing=(NOT_KALBAJAR.id,),
    rivals=(ARM,),
    derivation=KALBAJAR.derivation,
)
BEFORE = replace(
    HOLDING,
    holder=ARM,
    begin=Bounds(None, None),
    end=Bounds(date(2020, 11, 24), date(2020, 11, 25)),
    told=date(2020, 11, 24),
    standing=Standing.CONCEDED,
    opposing=(),
    rivals=(),
)
NOBODY = Holding(
    site=site_of(CAFE.where),  # type: ignore[arg-type]
    holder=None,
    begin=Bounds(date(2020, 11, 30), date(2020, 11, 30)),
    end=Bounds(date(2020, 12, 5), date(2020, 12, 5)),
    told=date(2020, 11, 30),
    standing=Standing.CONTESTED,
    supporting=(CAFE.id,),
)
UNDERTAKING = Undertaking(
    action=LACHIN.matter.action,  # type: ignore[union-attr]
    obligors=(ARM,),
    beneficiaries=(AZE,),
    site=site_of(LACHIN.where),  # type: ignore[arg-type]
    names=("the deal",),
    deadlines=(
        Deadline(
            due=When("2020-12-01"),
            since=date(2020, 11, 25),
            supporting=(LACHIN.id,),
            asked_by=ARM,
            reason="weather",
            superseded=True,
        ),
        Deadline(due=None, since=date(2020, 11, 26), supporting=(LACHIN.id,), counted_from="the truce"),
    ),
    turns=(
        Turn(since=date(2020, 11, 25), state=State.PENDING, supporting=(LACHIN.id,)),
        Turn(since=date(2020, 12, 4), state=State.MET_LATE, supporting=(LACHIN.id,), days=3),
    ),
    supporting=(LACHIN.id,),
    root=LACHIN.id,
)
INCIDENT = Incident(
    type=DEATHS.matter.type,  # type: ignore[union-attr]
    when=Bounds(date(2020, 11, 25), date(2020, 11, 25)),
    site=KALBAJAR_SITE,
    actors=(ARM,),
    recipients=(AZE,),
    tallies=(Tally(what="killed", count=DEATHS.matter.killed, voice="Example Wire", said=date(2020, 11, 25), claim=DEATHS.id),),  # type: ignore[union-attr]
    standing=Standing.CLAIMED,
    supporting=(DEATHS.id,),
    voices=("Example Wire",),
)


def settled(store: Store) -> None:
    filled(store)
    store.settle("control", store.stale("control"), gone=[], found=[HOLDING, BEFORE, NOBODY])
    store.settle("obligation", store.stale("obligation"), gone=[], found=[UNDERTAKING])
    store.settle("event", store.stale("event"), gone=[], found=[INCIDENT])


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
    assert row == (kalbajar, "AZE", "Azerbaijan", "disputed", date(2020, 11, 25), date(2020, 11, 25))
    assert [row.site for row in store.held(date(2020, 11, 30), box=(46.0, 40.0, 47.0, 41.0))] == [kalbajar]
    assert list(store.held(date(2020, 11, 30), box=(0.0, 0.0, 1.0, 1.0))) == []


# Erasure


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
