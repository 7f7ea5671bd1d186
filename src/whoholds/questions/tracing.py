"""From an id to what it stands for, down to the words and up to what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model import Asserted, Claim, Document, Entry, Finding, Judged, Testimony, hash_of
from whoholds.questions.as_known import (
    claim_known,
    document_known,
    entries_known,
    entry_known,
    filings_known,
    finding_known,
    findings_on,
)
from whoholds.questions.evidence import Word, cited, words_of
from whoholds.questions.picture import Picture
from whoholds.register.store import ConflictError, Filing, Known, Store, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedClaim:
    """A claim: whether it stands, its document, the hash of its words, the entries about it, the findings that name it."""

    testimony: Testimony
    standing: bool
    document: Document | None
    words: str
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedFinding:
    """A finding with the words for and against it."""

    finding: Finding
    supporting: tuple[Word, ...]
    opposing: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedDocument:
    """A document: how it was filed, its claims that stand, the entries about it."""

    document: Document
    filings: tuple[Filing, ...]
    claims: tuple[Word, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedEntry:
    """An entry, and the entries that take it back."""

    entry: Entry
    about: tuple[Entry, ...]


Traced = TracedClaim | TracedFinding | TracedDocument | TracedEntry


def trace(picture: Picture, id: str) -> Traced:
    """What an id stands for: a claim, document or finding by its id or how it begins, an entry by its number.

    Raises ConflictError where it stands for nothing, or for several.
    """
    store, known = picture.store, picture.known
    if id.isdecimal() and len(id) < 10 and (entry := entry_known(store, int(id), known)):
        return TracedEntry(entry=entry, about=_taking_back(store, entry, known))
    alike = [other for other in store.ids_like(id) if known.all or _found(picture, other)] if len(id) >= 4 else []
    whole = next((other for other in alike if other == id), None)
    if whole is None and len(alike) != 1:
        if alike:
            raise ConflictError(
                f"{len(alike)} ids begin with {id}", f"give more digits: {', '.join(map(shortened, alike[:5]))}"
            )
        return _by_name(picture, id)
    traced = _found(picture, whole or alike[0])
    if traced is None:
        what = f"{whole or alike[0]} was erased, or follows from nothing any more"
        raise ConflictError(what, "whoholds log tells what was entered")
    return traced


def shortened(id: str) -> str:
    """An id as it is shown to people: the first 16 digits of a document's, others whole."""
    return id[:16] if len(id) == 64 else id


def traced_claim(picture: Picture, id: str) -> TracedClaim | None:
    """The claim with this whole id, as far as the picture's state of knowledge has it; None where it is not known."""
    found = claim_known(picture.store, id, picture.known)
    if found is None:
        return None
    told, standing = found
    return TracedClaim(
        testimony=told,
        standing=standing,
        document=document_known(picture.store, told.claim.evidence.document, picture.known),
        words=hash_of(told.claim.evidence.quote),
        entries=entries_known(picture.store, id, picture.known),
        findings=findings_on(picture, told),
    )


def traced_document(picture: Picture, id: str) -> TracedDocument | None:
    """The document with this whole id, as far as it is known; None where it is not."""
    store, known = picture.store, picture.known
    filings = filings_known(store, id, known)
    if not filings:
        return None
    testimony = store.testimony(Wanted(documents=[id], known=known))
    claims = sorted(cited(store, testimony, picture.sides), key=lambda word: word.claim.evidence)
    return TracedDocument(
        document=filings[0].document,
        filings=filings,
        claims=tuple(claims),
        entries=entries_known(store, id, known),
    )


def traced_finding(picture: Picture, id: str) -> TracedFinding | None:
    """The finding with this whole id, where it follows from what is known; None where it does not."""
    finding = finding_known(picture, id)
    if finding is None:
        return None
    return TracedFinding(
        finding=finding,
        supporting=_words(picture, finding.supporting),
        opposing=_words(picture, finding.opposing),
    )


def _found(picture: Picture, id: str) -> Traced | None:
    return traced_claim(picture, id) or traced_document(picture, id) or traced_finding(picture, id)


def _by_name(picture: Picture, name: str) -> Traced:
    """A document by its name."""
    store = picture.store
    named = {one.document.id: found for one in store.filings(name=name) if (found := traced_document(picture, one.document.id))}
    if len(named) != 1:
        what = f"{len(named)} documents are called '{name}'" if named else f"nothing in the register has the id '{name}'"
        ids = ", ".join(map(shortened, named))
        raise ConflictError(what, f"give the id of one: {ids}" if named else "ids stand beside what other commands print")
    return next(iter(named.values()))


def _words(picture: Picture, claims: tuple[str, ...]) -> tuple[Word, ...]:
    return words_of(picture.store, claims, known=picture.known, sides=picture.sides)


def _taking_back(store: Store, entry: Entry, known: Known) -> tuple[Entry, ...]:
    match entry.act:
        case Asserted(claim=Claim(id=id)) | Judged(claim=id):
            about = entries_known(store, id, known)
        case _:
            about = ()
    return tuple(other for other in about if other.seq > entry.seq)
