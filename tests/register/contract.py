"""What the tests of every store's contract share: a register with the stories in it, and short questions to it."""

from __future__ import annotations

from tests.register.stories import ASSERTED, FILED, at
from whoholds import model
from whoholds.model import Asserted, Claim, Entry, Judged, Verdict, hash_of
from whoholds.register.store import Known, Store, Wanted


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
