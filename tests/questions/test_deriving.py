"""Deriving: what is kept is what follows from the entries, whatever came in which order, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from threading import Thread

import pytest

from tests.questions.build import ARMENIA, AZERBAIJAN, BAKHMUT, KALBAJAR, LACHIN, claim_of, kalbajar, say
from whoholds.model import Actor, Allied, Finding, Rejected, Role, hash_of
from whoholds.questions import Register, checking, deriving
from whoholds.register.store import EVERYTHING, EVERYTHING_KNOWN, Sought

Step = Callable[[Register], object]


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as opened:
        yield opened


def kept(register: Register) -> dict[str, Finding]:
    kinds = ("holding", "undertaking", "incident")
    return {one.id: one for kind in kinds for one in register.store.findings(Sought(kind=kind))}


def fresh(register: Register) -> dict[str, Finding]:
    store, sides = register.store, register.sides()
    found: list[Finding] = [*deriving.all_holdings(store, sides, EVERYTHING_KNOWN)]
    found += deriving.all_undertakings(store, sides, EVERYTHING_KNOWN)
    found += deriving.all_incidents(store, sides, EVERYTHING_KNOWN)
    return {one.id: one for one in found}


def owe(register: Register, step: str, *details: str, on: str) -> str:
    head = f"{on} obligation {KALBAJAR}: {step} hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
    return claim_of(say(register, head, *details, "under truce", on=on))


def shell(register: Register, place: str, day: str, killed: int, outlet: str) -> str:
    head = f"{day} event {place}: ASSAULT by gunmen [UKR UAF] on villagers [UKR CVL]"
    return claim_of(say(register, head, f"killed {killed}", on=day, outlet=outlet))


def reject(register: Register, claim: str) -> None:
    told = register.store.claim(claim)
    assert told
    register.judge(claim, Rejected(), because="test", words=hash_of(told.claim.evidence.quote), by="ann")


def test_step_by_step_is_the_same_as_all_at_once(register: Register) -> None:
    steps: list[Step] = [
        lambda r: owe(r, "set", "due 2020-11-15", on="2020-11-10"),
        kalbajar,
        lambda r: owe(r, "extended", "due 2020-11-25, was 2020-11-15", on="2020-11-15"),
        lambda r: shell(r, BAKHMUT, "2023-01-05", 3, "Example Wire"),
        lambda r: shell(r, BAKHMUT, "2023-01-05", 5, "Other Post"),
        lambda r: reject(r, owe(r, "breached", on="2020-11-26")),
        lambda r: say(r, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains from {ARMENIA}", on="2020-12-01"),
    ]
    for step in steps:
        step(register)
        register.settle()
        assert kept(register) == fresh(register)
        assert not any(register.store.stale(kind) for kind in ("control", "obligation", "event"))
    assert len(kept(register)) >= 4


def test_a_control_claim_settles_the_duty_at_its_place(register: Register) -> None:
    owe(register, "set", "due 2020-11-25", on="2020-11-10")
    register.settle()
    assert [duty.turn.state.value for duty in register.due("2020-11-30").duties] == ["overdue"]
    claims = kalbajar(register)
    assert [duty.turn.state.value for duty in register.due("2020-11-30", all=True).duties] == ["met on time"]
    for claim in claims[1:]:
        reject(register, claim)
    assert [duty.turn.state.value for duty in register.due("2020-11-30").duties] == ["overdue"]


def test_withdrawing_restores(register: Register) -> None:
    kalbajar(register)
    register.settle()
    before = kept(register)
    entries = say(register, f"2020-11-27 control {KALBAJAR}: {ARMENIA} gains from {AZERBAIJAN}", on="2020-11-27")
    register.settle()
    assert kept(register) != before
    register.withdraw(entries[-1].seq, because="test", by="ann")
    register.settle()
    assert kept(register) == before


def test_a_claim_taken_from_an_incident_leaves_the_others_theirs(register: Register) -> None:
    claims = [shell(register, BAKHMUT, "2023-01-05", killed, f"Outlet {killed}") for killed in (3, 4, 5)]
    register.settle()
    assert len(kept(register)) == 1
    reject(register, min(claims))
    register.settle()
    (incident,) = kept(register).values()
    assert set(incident.supporting) == set(claims) - {min(claims)}
    assert kept(register) == fresh(register)


def test_an_alliance_turns_everything(register: Register) -> None:
    kalbajar(register)
    register.settle()
    side = Actor(name="Armenia", country="ARM", role=Role.GOV)
    register.enter([Allied(Actor(name="Azerbaijan", country="AZE"), side, None, "test")], by="ann")
    assert register.store.stale("control") == {EVERYTHING}
    register.settle()
    assert kept(register) == fresh(register)
    assert {
        one.holder.key for one in register.store.findings(Sought(kind="holding")) if hasattr(one, "holder") and one.holder
    } == {"ARM"}


def test_nothing_stale_derives_nothing(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    kalbajar(register)
    register.settle()
    monkeypatch.setattr(deriving, "derive_holdings", None)
    register.settle()


def test_only_stale_places_are_derived(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    kalbajar(register)
    register.settle()
    seen = []
    derive = deriving.derive_holdings
    monkeypatch.setattr(deriving, "derive_holdings", lambda site, *rest: seen.append(site.name) or derive(site, *rest))
    say(register, f"2020-12-01 control {LACHIN}: {AZERBAIJAN} gains", on="2020-12-01")
    register.settle()
    assert seen == ["Lachin"]


def test_an_empty_register_has_no_findings(register: Register) -> None:
    register.settle()
    assert kept(register) == fresh(register) == {}
    assert list(checking.check(register.store, register.sides())) == []


def meddling(register: Register, meddle: Callable[[], object], times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever holdings are to be kept, at most so often, another thread does something first."""
    settle, left = register.store.settle, [meddle] * times

    def late(kind: str, keys: Collection[str], *, gone: Collection[str], found: Sequence[Finding]) -> None:
        if kind == "control" and left:
            thread = Thread(target=left.pop())
            thread.start()
            thread.join()
        settle(kind, keys, gone=gone, found=found)

    monkeypatch.setattr(register.store, "settle", late)


@pytest.mark.parametrize("settles", [False, True])
def test_what_another_one_enters_meanwhile_is_not_lost(
    register: Register, settles: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kalbajar(register)

    def meddle() -> None:
        say(register, f"2020-11-27 control {KALBAJAR}: {ARMENIA} gains from {AZERBAIJAN}", on="2020-11-27")
        if settles:
            register.settle()

    meddling(register, meddle, 1, monkeypatch)
    register.settle()
    assert kept(register) == fresh(register)
    assert not any(register.store.stale(kind) for kind in ("control", "obligation", "event"))


def test_an_alliance_entered_meanwhile_counts(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    kalbajar(register)
    side = Actor(name="Armenia", country="ARM", role=Role.GOV)
    allied = Allied(Actor(name="Azerbaijan", country="AZE"), side, None, "test")
    meddling(register, lambda: register.enter([allied], by="ann"), 1, monkeypatch)
    register.settle()
    assert kept(register) == fresh(register)


def test_who_is_always_disturbed_leaves_it_stale_and_answers_all_the_same(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.settle()
    kalbajar(register)
    key = next(register.store.sites()).key
    days = iter(range(1, 9))

    def more() -> None:
        say(register, f"2020-12-0{next(days)} control {KALBAJAR}: {ARMENIA} holds", on="2020-12-09")

    meddling(register, more, 2, monkeypatch)
    register.settle()
    assert register.store.stale("control") == {key}
    monkeypatch.undo()
    assert register.who(key, "2020-11-30").holding
    assert kept(register) == fresh(register)


def test_erasing_one_of_two_reports_leaves_what_the_other_tells(register: Register) -> None:
    shell(register, LACHIN, "2022-05-05", 1, "Example Wire")
    shell(register, BAKHMUT, "2023-01-05", 3, "Example Wire")
    shell(register, BAKHMUT, "2023-01-05", 5, "Other Post")
    owe(register, "set", "due 2020-11-15", on="2020-11-10")
    head = f"2020-11-10 obligation {KALBAJAR}: set hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"
    say(register, head, "due 2020-11-15", "under truce", on="2020-11-11", outlet="Other Post")
    register.settle()
    assert len(kept(register)) == 3
    for filing in list(register.store.filings()):
        if filing.document.outlet == "Other Post":
            register.erase(filing.document.id, because="law", by="ann")
    register.settle()
    assert len(kept(register)) == 3
    assert kept(register) == fresh(register)
    assert list(register.check()) == []
