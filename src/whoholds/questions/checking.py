"""Is the register whole: its entries, its findings against a fresh derivation, and each finding's way back to words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from whoholds.model import Finding, Problem
from whoholds.questions import deriving
from whoholds.questions.resting import claims_of
from whoholds.reconcile.sides import Sides
from whoholds.register.store import EVERYTHING, EVERYTHING_KNOWN, Sought, Store, Wanted

_AGAIN = "the entries are whole and findings are rebuilt from them: whoholds check --mend"
_PAGE = 1_000


def check(store: Store, sides: Sides) -> Iterator[Problem]:
    """What is wrong, if anything: in the store itself, then in each kind of finding. Stale findings are not compared."""
    yield from store.verify()
    for kind, name in (("control", "holding"), ("obligation", "undertaking"), ("event", "incident")):
        if store.stale(kind):
            continue
        kept = {one.id: one for one in store.findings(Sought(kind=name))}
        yield from _compared(kept, {one.id: one for one in _afresh(store, kind, sides)})
        yield from _walked_back(store, kept.values())


def mend(store: Store, sides: Sides) -> None:
    """Derive all findings again from the entries. Raises StoreError where the store cannot be written."""
    for kind in ("obligation", "control", "event"):
        stale = store.stale(kind)
        store.settle(kind, {EVERYTHING, *stale}, gone=(), found=list(_afresh(store, kind, sides)))


def _afresh(store: Store, kind: str, sides: Sides) -> Iterable[Finding]:
    if kind == "control":
        return deriving.all_holdings(store, sides, EVERYTHING_KNOWN)
    if kind == "obligation":
        return deriving.all_undertakings(store, sides, EVERYTHING_KNOWN)
    return deriving.all_incidents(store, sides, EVERYTHING_KNOWN)


def _compared(kept: dict[str, Finding], fresh: dict[str, Finding]) -> Iterator[Problem]:
    for id in sorted(kept.keys() | fresh.keys()):
        if id not in fresh:
            yield Problem("finding", f"{id} is kept, but nothing in the register leads to it", hint=_AGAIN)
        elif id not in kept:
            yield Problem("finding", f"{id} follows from the register, but is not kept", hint=_AGAIN)
        elif replace(kept[id], derivation=None) != replace(fresh[id], derivation=None):
            yield Problem("finding", f"{id} is kept otherwise than it follows from the register", hint=_AGAIN)


def _walked_back(store: Store, findings: Iterable[Finding]) -> Iterator[Problem]:
    """The findings that cannot be walked back to the words of a claim that stands."""
    by_claim: dict[str, str] = {}
    for finding in findings:
        if not finding.supporting:
            yield Problem("no-words", f"{finding.id} rests on no claim", hint=_AGAIN)
        by_claim.update(dict.fromkeys(claims_of(finding), finding.id))
    claims = sorted(by_claim)
    for i in range(0, len(claims), _PAGE):
        page = claims[i : i + _PAGE]
        standing = {told.claim.id for told in store.testimony(Wanted(claims=page))}
        for claim in page:
            if claim not in standing:
                yield Problem("no-words", f"{by_claim[claim]} rests on claim {claim}, which does not stand", hint=_AGAIN)
