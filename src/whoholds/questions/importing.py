"""Taking in what others have coded: documents that come with their claims, asserted under the name of who made these.

A document and its claims enter in one act of the store, so the same import, given again, goes on where it was stopped, and
what is there already adds nothing. Where the maker has changed its mind about a text, what it asserted before and no longer
does is withdrawn; where the text at an address has changed, so is what the maker drew from the older text. What people wrote,
accepted, judged or withdrew is theirs and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from whoholds.model import Act, Asserted, Claim, Document, Erased, Filed, Judged, Testimony, Withdrawn
from whoholds.questions.adding import is_reader
from whoholds.register.store import Store, Wanted

_CLAIMS = 2_000  # of one act of the store: what a program that is killed loses at most
_DOCUMENTS = 200


@dataclass(frozen=True, slots=True)
class Coded:
    """A document with the claims that somebody drew from it; none where it tells nothing."""

    document: Document
    claims: tuple[Claim, ...] = ()


class Taken(StrEnum):
    """What became of a coded document."""

    NEW = "new"
    KNOWN = "known"  # there already, with the same claims
    CHANGED = "changed"  # its text replaces another at the same address
    RECODED = "recoded"  # the text is known, the claims are others
    ERASED = "erased"  # was erased from the register, and stays out


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A coded document that was taken in, or was known: how many claims entered and were withdrawn."""

    document: Document
    taken: Taken
    claims: int = 0
    withdrawn: int = 0


def take_in(store: Store, coded: Iterable[Coded], *, by: str) -> Iterator[Imported]:
    """What became of each coded document, in order, as it is kept; `by` is who coded them.

    Raises StoreError where the register cannot be written, ConflictError for a claim whose words are not in its document; what
    was given out by then is kept.
    """
    waiting: list[tuple[Imported, list[Act]]] = []
    seen: set[str] = set()
    acts = 0
    for one in coded:
        own = {one.document.id, *filter(None, [one.document.url])}
        if seen & own:  # what it is to the register depends on what waits
            yield from _kept(store, waiting, by)
            waiting, seen, acts = [], set(), 0
        told = _told(store, one, by)
        waiting.append(told)
        seen |= own
        acts += len(told[1])
        if acts >= _CLAIMS or len(waiting) >= _DOCUMENTS:
            yield from _kept(store, waiting, by)
            waiting, seen, acts = [], set(), 0
    yield from _kept(store, waiting, by)


def _kept(store: Store, waiting: list[tuple[Imported, list[Act]]], by: str) -> Iterator[Imported]:
    acts = [act for _, own in waiting for act in own]
    if acts:
        store.append(acts, by=by)
    yield from (told for told, _ in waiting)


def _told(store: Store, coded: Coded, by: str) -> tuple[Imported, list[Act]]:
    """What becomes of a document, and the acts that make it so."""
    document = coded.document
    claims = {claim.id: claim for claim in coded.claims}
    filings = list(store.filings(document=document.id))
    if not filings and any(isinstance(entry.act, Erased) for entry in store.entries_about(document.id)):
        return Imported(document=document, taken=Taken.ERASED), []
    if not filings:
        gone = list(_of_older_texts(store, document, by))
        taken = Taken.CHANGED if document.url and any(True for _ in store.filings(url=document.url)) else Taken.NEW
        come = list(claims.values())
    else:
        standing = list(store.testimony(Wanted(documents=[document.id], replaced=True)))
        ids = {told.claim.id for told in standing}
        gone = list(_own(store, standing, by, but=claims))
        come = [claim for id, claim in claims.items() if id not in ids and _may_assert(store, id, by)]
        taken = Taken.RECODED if gone or come else Taken.KNOWN
    acts: list[Act] = [Withdrawn(entry, f"no longer so coded by {by}") for entry in gone]
    if taken is not Taken.KNOWN:
        acts.append(Filed(document))  # changes nothing where it is filed from there already
    acts += map(Asserted, come)
    return Imported(document=document, taken=taken, claims=len(come), withdrawn=len(gone)), acts


def _of_older_texts(store: Store, document: Document, by: str) -> Iterator[int]:
    """The entries by which the maker drew claims from the texts that stood at the document's address."""
    older = {filing.document.id for filing in store.filings(url=document.url)} if document.url else set()
    if older:
        yield from _own(store, store.testimony(Wanted(documents=older, replaced=True)), by, but=())


def _own(store: Store, standing: Iterable[Testimony], by: str, *, but: Collection[str]) -> Iterator[int]:
    """The entries of the maker's claims among those that stand, but for those that it still makes or a person accepted."""
    for told in standing:
        if told.claim.id not in but and not told.accepted:
            entry = store.entry(told.entry)
            if entry is not None and isinstance(entry.act, Asserted) and is_reader(entry.by, by):
                yield told.entry


def _may_assert(store: Store, claim: str, by: str) -> bool:
    """Whether a claim that does not stand may be asserted: unless the last word on it is a person's."""
    about = store.entries_about(claim)
    last = next((entry for entry in reversed(about) if isinstance(entry.act, Judged | Withdrawn)), None)
    return last is None or is_reader(last.by, by)
