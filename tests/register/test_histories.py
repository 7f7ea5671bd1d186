"""Properties of random histories: the three stores agree, the past stays, and acts undo each other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.register.asking import knowns, picture, settle, view
from tests.register.conftest import Opener
from tests.register.stories import at
from tests.register.strategies import CLAIMS, History, acts_of, histories
from tests.strategies import readings
from whoholds.model import Asserted, Claim, Document, Entry, Filed, Testimony, Withdrawn
from whoholds.register.memory import MemoryStore
from whoholds.register.store import ConflictError, Known, Store, Wanted

EXAMPLES = int(os.environ.get("WHOHOLDS_EXAMPLES", "0"))  # of each property, for a long run
SLOW = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large)


def examples(number: int) -> Callable[..., object]:
    return settings(max_examples=EXAMPLES or number, deadline=None, suppress_health_check=SLOW)


def play(history: History, store: Store, after: Callable[[datetime], None] = lambda now: None) -> None:
    """Do what a history says; acts that do not fit are refused. `after` is called after each call that was not."""
    minute = 0
    for move in history:
        minute += move.later
        try:
            store.append(acts_of(move, store), by="tester", at=at(minute))
        except ConflictError:
            continue
        if move.settle:
            settle(store)
        after(at(minute))


def replayed(history: History, stores: list[Store]) -> Iterator[list[tuple[Entry, ...] | str]]:
    """What each store makes of each move; the acts are those that the first one suggests."""
    minute = 0
    for move in history:
        minute += move.later
        acts = acts_of(move, stores[0])
        outcomes: list[tuple[Entry, ...] | str] = []
        for store in stores:
            try:
                outcomes.append(store.append(acts, by="tester", at=at(minute)))
            except ConflictError as error:
                outcomes.append(error.message)
            if move.settle:
                settle(store)
        yield outcomes


def differences(one: dict[str, object], other: dict[str, object]) -> dict[str, tuple[object, object]]:
    assert one.keys() == other.keys()
    return {question: (one[question], other[question]) for question in one if one[question] != other[question]}


@contextmanager
def memory_and(*openers: Opener) -> Iterator[list[Store]]:
    with ExitStack() as stack:
        yield [stack.enter_context(opened) for opened in (MemoryStore(), *(opener() for opener in openers))]


def agree(history: History, stores: list[Store]) -> None:
    instants: list[datetime] = []
    for outcomes in replayed(history, stores):
        assert all(outcome == outcomes[0] for outcome in outcomes), outcomes
        instants += [entries[-1].recorded_at for entries in outcomes[:1] if entries and not isinstance(entries, str)]
    first, *others = stores
    for other in others:
        assert differences(picture(first), picture(other)) == {}
        for known in list(knowns(instants))[1::4]:
            assert differences(view(first, known), view(other, known)) == {}, known


@examples(12)
@given(histories(erasing=True))
def test_sqlite_answers_as_memory_does(sqlite_opener: Opener, history: History) -> None:
    with memory_and(sqlite_opener) as stores:
        agree(history, stores)


@examples(8)
@given(histories(erasing=True))
def test_postgresql_answers_as_memory_does(postgres_opener: Opener, history: History) -> None:
    with memory_and(postgres_opener) as stores:
        agree(history, stores)


@examples(20)
@given(histories())
def test_appending_never_changes_a_past_view(history: History) -> None:
    with MemoryStore() as store:
        seen: dict[Known, dict[str, object]] = {}

        def look(now: datetime) -> None:
            for known, answers in seen.items():
                if known.recorded_by is not None and known.recorded_by < now:
                    assert differences(view(store, known), answers) == {}, known
            seen.update({known: view(store, known) for known in knowns([now]) if known.recorded_by == now})

        play(history, store, look)


def is_asserted(store: Store, testimony: Testimony) -> bool:
    """Whether a claim counts of itself: one that only an edit of another claim brings in can be asserted besides."""
    entry = store.entry(testimony.entry)
    return entry is not None and isinstance(entry.act, Asserted)


@examples(20)
@given(histories(erasing=True))
def test_doing_everything_again_that_adds_adds_nothing(history: History) -> None:
    with MemoryStore() as store:
        play(history, store)
        counting = {one.claim.id for one in store.testimony(Wanted()) if is_asserted(store, one)}
        again = [entry.act for entry in store.entries() if isinstance(entry.act, Asserted) and entry.act.claim.id in counting]
        before = picture(store)
        assert store.append(again, by="somebody else", at=at(1000)) == ()
        assert differences(picture(store), before) == {}


@examples(20)
@given(histories(), st.integers(0, 50))
def test_withdrawing_a_withdrawal_restores(history: History, chosen: int) -> None:
    with MemoryStore() as store:
        play(history, store)
        entries = [entry for entry in store.entries() if entry.kind not in ("filed", "tombstone")]
        if not entries:
            return
        before = view(store, Known())
        target = entries[chosen % len(entries)]
        for gone in store.append([Withdrawn(target.seq, "a try")], by="tester", at=at(1000)):
            store.append([Withdrawn(gone.seq, "back again")], by="tester", at=at(1001))
        after = view(store, Known())
        del before["entries"], after["entries"]
        assert differences(after, before) == {}


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def opener(request: pytest.FixtureRequest) -> Opener:
    """Opens new registers of one kind."""
    if request.param == "memory":
        return MemoryStore
    opener: Opener = request.getfixturevalue({"sqlite": "sqlite_opener", "postgresql": "postgres_opener"}[request.param])
    return opener


@examples(8)
@given(st.lists(readings(), max_size=3))
def test_any_document_and_claim_comes_back_as_it_went_in(opener: Opener, read: list[tuple[Document, list[Claim]]]) -> None:
    """Names of marks and none, days at both ends of the calendar, right-to-left script, characters of all planes."""
    with opener() as store:
        acts = [act for document, claims in read for act in (Filed(document), *map(Asserted, claims))]
        entries = store.append(acts, by="tester", at=at(0))
        assert list(store.entries()) == list(entries)
        for act in acts:
            if isinstance(act, Filed):
                assert store.document(act.document.id) is not None
        claims = {claim.id: claim for _, group in reversed(read) for claim in reversed(group)}
        standing = {testimony.claim.id: testimony for testimony in store.testimony(Wanted())}
        assert {testimony.claim.evidence for testimony in standing.values()} <= {claim.evidence for claim in claims.values()}
        for id in standing:
            assert store.claim(id) is not None
        assert list(store.verify()) == []


def test_the_pool_of_claims_has_all_kinds() -> None:
    assert {claim.kind for claim in CLAIMS} == {"control", "event", "obligation"}
