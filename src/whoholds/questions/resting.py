"""What findings rest on: their claims, and the findings of claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from whoholds.model import Finding, Incident, Testimony, Undertaking
from whoholds.register.store import Sought, Store, Wanted


def claims_of(finding: Finding) -> Iterator[str]:
    """Every claim that a finding names, some more than once."""
    yield from (*finding.supporting, *finding.opposing)
    match finding:
        case Undertaking(deadlines=deadlines, turns=turns):
            for deadline in deadlines:
                yield from deadline.supporting
            for turn in turns:
                yield from turn.supporting
        case Incident(tallies=tallies):
            yield from (tally.claim for tally in tallies)


def claims_under(findings: Iterable[Finding]) -> frozenset[str]:
    """The claims that findings rest on: they have to find a new place where a finding goes."""
    return frozenset(claim for finding in findings for claim in claims_of(finding))


def resting_on(store: Store, kind: str, ids: Collection[str]) -> list[Finding]:
    """The kept findings of a kind that name any of these claims; none for no claims."""
    return list(store.findings(Sought(kind=kind, claims=ids))) if ids else []


def claims(store: Store, ids: Collection[str]) -> list[Testimony]:
    """The claims with these ids, standing or not; erased ones are left out."""
    if not ids:
        return []
    found = {told.claim.id: told for told in store.testimony(Wanted(claims=ids))}
    found |= {id: told for id in sorted(set(ids) - found.keys()) if (told := store.claim(id))}
    return list(found.values())
