"""From an id to what it stands for, down to the words and up to what follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model import Asserted, Claim, Document, Entry, Finding, Judged, Testimony, hash_of
from whoholds.questions.evidence import Word, cited, words_of
from whoholds.questions.picture import Picture
from whoholds.register.store import ConflictError, Filing, Sought, Store, Wanted

_KINDS = ("holding", "undertaking", "incident")


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
    store = picture.store
    if id.isdecimal() and len(id) < 10 and (entry := store.entry(int(id))):
        return TracedEntry(entry=entry, about=_taking_back(store, entry))
    alike = list(store.ids_like(id)) if len(id) >= 4 else []
    whole = next((other for other in alike if other == id), None)
    if whole is None and len(alike) != 1:
        if alike:
            raise ConflictError(
                f"{len(alike)} ids begin with {id}", f"give more digits: {', '.join(map(shortened, alike[:5]))}"
            )
        return _by_name(picture, id)
    return _traced(picture, whole or alike[0])


def shortened(id: str) -> str:
    """An id as it is shown to people: the first 16 digits of a document's, others whole."""
    return id[:16] if len(id) == 64 else id


def _traced(picture: Picture, id: str) -> Traced:
    told = picture.store.claim(id)
    if told:
        return _claim(picture, told)
    document = picture.store.document(id)
    if document:
        return _document(picture, document)
    finding = _finding(picture.store, id)
    if finding is None:
        raise ConflictError(f"{id} was erased, or follows from nothing any more", "whoholds log tells what was entered")
    return TracedFinding(
        finding=finding,
        supporting=_words(picture, finding.supporting),
        opposing=_words(picture, finding.opposing),
    )


def _by_name(picture: Picture, name: str) -> Traced:
    """A document by its name."""
    named = {filing.document.id: filing.document for filing in picture.store.filings(name=name)}
    if len(named) != 1:
        what = f"{len(named)} documents are called '{name}'" if named else f"nothing in the register has the id '{name}'"
        ids = ", ".join(map(shortened, named))
        raise ConflictError(what, f"give the id of one: {ids}" if named else "ids stand beside what other commands print")
    return _document(picture, next(iter(named.values())))


def _claim(picture: Picture, told: Testimony) -> TracedClaim:
    store, id = picture.store, told.claim.id
    standing = any(True for _ in store.testimony(Wanted(claims=[id])))
    findings = [one for kind in _KINDS for one in store.findings(Sought(kind=kind, claims=[id]))]
    return TracedClaim(
        testimony=told,
        standing=standing,
        document=store.document(told.claim.evidence.document),
        words=hash_of(told.claim.evidence.quote),
        entries=store.entries_about(id),
        findings=tuple(findings),
    )


def _document(picture: Picture, document: Document) -> TracedDocument:
    store = picture.store
    testimony = store.testimony(Wanted(documents=[document.id]))
    claims = sorted(cited(store, testimony, picture.sides), key=lambda word: word.claim.evidence)
    return TracedDocument(
        document=document,
        filings=tuple(store.filings(document=document.id)),
        claims=tuple(claims),
        entries=store.entries_about(document.id),
    )


def _finding(store: Store, id: str) -> Finding | None:
    kind = id.partition("-")[0]
    return next(iter(store.findings(Sought(kind=kind, ids=[id]))), None) if kind in _KINDS else None


def _words(picture: Picture, claims: tuple[str, ...]) -> tuple[Word, ...]:
    return words_of(picture.store, claims, known=picture.known, sides=picture.sides)


def _taking_back(store: Store, entry: Entry) -> tuple[Entry, ...]:
    match entry.act:
        case Asserted(claim=Claim(id=id)) | Judged(claim=id):
            about = store.entries_about(id)
        case _:
            about = ()
    return tuple(other for other in about if other.seq > entry.seq)
