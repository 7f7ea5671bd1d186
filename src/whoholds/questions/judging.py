"""A person's hand in the register: verdicts on claims, entries taken back, documents erased.

A verdict names the words that the person saw by their hash, so that nobody judges other words than those shown. Nothing is
overwritten: a verdict is an entry, and taking it back is another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from whoholds.model import (
    Claim,
    Document,
    Edited,
    Entry,
    Erased,
    Judged,
    Problem,
    Testimony,
    Verdict,
    Withdrawn,
    hash_of,
)
from whoholds.notation import parse
from whoholds.register.store import ConflictError, Store

_SHORTEST = 4  # digits that may stand for an id


@dataclass(frozen=True, slots=True)
class Shown:
    """A claim as it is put before somebody who is to judge it; `words` is the hash to name the words by."""

    testimony: Testimony
    document: Document | None
    words: str
    entries: tuple[Entry, ...]


def claim_called(store: Store, id: str) -> Testimony:
    """The claim with this id, or the only one whose id begins so. Raises ConflictError where there is none, or several."""
    found = store.claim(id)
    if found:
        return found
    alike = [other for other in store.ids_like(id) if store.claim(other)] if len(id) >= _SHORTEST else []
    if len(alike) > 1:
        raise ConflictError(f"{len(alike)} claims have ids that begin with {id}", f"give more digits: {', '.join(alike[:4])}")
    found = store.claim(alike[0]) if alike else None
    if found is None:
        raise ConflictError(f"no claim has the id {id}", "ids are shown by: whoholds who, history, due, incidents and trace")
    return found


def shown(store: Store, id: str) -> Shown:
    """A claim with the words to be judged. Raises ConflictError as `claim_called`."""
    told = claim_called(store, id)
    evidence = told.claim.evidence
    return Shown(told, store.document(evidence.document), hash_of(evidence.quote), store.entries_about(told.claim.id))


def judge(store: Store, id: str, verdict: Verdict, *, because: str, words: str, by: str) -> tuple[Entry, ...]:
    """Enter a verdict on a claim; no entry where it stands already.

    `words` is the hash of the words that the person saw. Raises ConflictError where the claim has other words, where there is
    no such claim, or where no reason is given.
    """
    told = claim_called(store, id)
    _reasoned(because)
    seen = hash_of(told.claim.evidence.quote)
    if words != seen:
        message = f"the words of claim {told.claim.id} are not those with the hash {words}"
        raise ConflictError(message, f"look at them again (whoholds judge shows them) and name them by {seen}")
    return store.append([Judged(told.claim.id, verdict, because, words)], by=by)


def edited(store: Store, id: str, text: str) -> tuple[Edited | None, list[Problem]]:
    """The verdict that a claim in the notation is, to stand in the place of another; None, with problems, where it is none.

    It may quote other words of the same document, by its name or by the first digits of its id.
    """
    told = claim_called(store, id)
    document = store.document(told.claim.evidence.document)
    claims, problems = parse(text, documents=[document] if document else [])
    if problems:
        return None, problems
    if len(claims) != 1:
        message = f"{len(claims) or 'no'} claims are written where one is to stand in the place of {told.claim.id}"
        return None, [
            Problem("edit", message, hint="write exactly one claim in the notation; whoholds trace prints the one there is")
        ]
    if claims[0].evidence.document != told.claim.evidence.document:
        hint = "quote the same document, or reject this claim and write the other one with: whoholds write"
        return None, [Problem("edit", "the claim quotes another document", hint=hint)]
    return Edited(_grounded(claims[0], told.claim)), []


def withdraw(store: Store, entry: int, *, because: str, by: str) -> tuple[Entry, ...]:
    """Take an entry back; none where it is taken back already. Raises ConflictError where there is no such entry."""
    _reasoned(because)
    return store.append([Withdrawn(entry, because)], by=by)


def erase(store: Store, id: str, *, because: str, by: str) -> tuple[Entry, ...]:
    """Destroy the text of a document and everything that quotes it, for good; the entries remain as tombstones."""
    _reasoned(because)
    return store.append([Erased(document_called(store, id).id, because)], by=by)


def document_called(store: Store, id: str) -> Document:
    """The document with this id or name, or the only one whose id begins so. Raises ConflictError for none, or several."""
    found = store.document(id) if len(id) == 64 else None
    if found:
        return found
    alike = [other for other in store.ids_like(id) if len(other) == 64] if len(id) >= _SHORTEST else []
    alike = list(dict.fromkeys([*alike, *(filing.document.id for filing in store.filings(name=id))]))
    if len(alike) > 1:
        raise ConflictError(f"{len(alike)} documents are called {id}", f"give the id of one: {', '.join(alike[:4])}")
    found = store.document(alike[0]) if alike else None
    if found is None:
        raise ConflictError(f"no document is called {id}", "find it with: whoholds search")
    return found


def _reasoned(because: str) -> None:
    if not because.strip():
        raise ConflictError("no reason is given", "say why, for those who read the register later")


def _grounded(edited: Claim, before: Claim) -> Claim:
    """The edited claim; where its place is the one told before, with what the gazetteer knew of that."""
    if edited.where and before.where and edited.where.place and before.where.place:
        one, other = edited.where.place, before.where.place
        if (one.lat, one.lon, one.geonameid) == (other.lat, other.lon, other.geonameid):
            return replace(edited, where=replace(before.where, name=edited.where.name))
    return edited
