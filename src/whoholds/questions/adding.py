"""Adding reports to a register: each is filed whole, read, and its claims asserted, a few documents at a time.

What is already there is not read again, so that the same command, given again, goes on where it was stopped. A document and its
claims enter in one act of the store: there is never a report of which half the claims are known.

Reading again (`again`) is for a reader that has learned: what the reader itself asserted and no longer reads is withdrawn,
what it reads now is asserted. What people wrote, accepted, judged or withdrew is theirs and stays. Of the reader's own is an
entry made under its name, whatever its version, which is the last word of `by`: "mymodel 2" takes back what "mymodel 1" read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from whoholds.model import Act, Asserted, Claim, Document, Erased, Filed, Judged, Problem, Withdrawn
from whoholds.register.store import Store, Wanted

if TYPE_CHECKING:
    from whoholds.pipeline import Reader, Reading

_DOCUMENTS = 16  # of one act of the store, some seconds of reading: what a program that is killed loses at most
_VERSION = re.compile(r"\s+(?:v?\d\S*|\([^()]*\))$", re.IGNORECASE)
_CHARACTERS = 100_000  # of these documents together


class Became(StrEnum):
    """What became of a document that was to be added."""

    NEW = "new"
    KNOWN = "known"  # filed already, with the same text and provenance
    REPRINTED = "reprinted"  # the text is known; another outlet, address or day is new
    CHANGED = "changed"  # its text replaces another at the same address
    AGAIN = "again"  # read again
    ERASED = "erased"  # was erased from the register, and stays out


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A document that was taken in, or was known: how many claims entered and were withdrawn, and what stayed unclear."""

    document: Document
    became: Became
    claims: int = 0
    withdrawn: int = 0
    problems: tuple[Problem, ...] = ()


class Adding:
    """Takes documents into a store; `reader` gives the reader when one is needed, `by` is its name and version."""

    def __init__(self, store: Store, reader: Callable[[], Reader], *, by: str, again: bool = False) -> None:
        self._store = store
        self._reader = reader
        self._by = by
        self._again = again

    def add(self, documents: Iterable[Document]) -> Iterator[Added]:
        """What became of each document, once it is in the register; known ones at once, so not quite in input order.

        Raises StoreError where the register cannot be written; what was given out by then is in it.
        """
        unread: list[Document] = []
        for document in documents:
            if any(one.id == document.id or (document.url and one.url == document.url) for one in unread):
                yield from self._taken(unread)  # what it is to the register depends on what waits
                unread = []
            became = self._became(document)
            if became not in (Became.NEW, Became.CHANGED, Became.AGAIN):
                yield self._taken_unread(document, became)
                continue
            unread.append(document)
            if len(unread) >= _DOCUMENTS or sum(len(one.text) for one in unread) >= _CHARACTERS:
                yield from self._taken(unread)
                unread = []
        yield from self._taken(unread)

    def _taken(self, documents: list[Document]) -> Iterator[Added]:
        """Read documents and keep them with their claims, all in one act of the store."""
        if not documents:
            return
        acts: list[Act] = []
        added: list[Added] = []
        for reading in self._reader().read_many(documents):
            became, own, withdrawn = self._acts(reading)
            acts += own
            added.append(Added(document=reading.document, became=became, withdrawn=withdrawn, problems=reading.problems))
        entries = self._store.append(acts, by=self._by) if acts else ()
        claims = Counter(entry.act.claim.evidence.document for entry in entries if isinstance(entry.act, Asserted))
        for told in added:  # a document is once among them: see `add`
            yield replace(told, claims=claims[told.document.id])

    def _became(self, document: Document) -> Became:
        """What a document is to the register, before it is read."""
        filings = list(self._store.filings(document=document.id))
        if not filings:
            if any(isinstance(entry.act, Erased) for entry in self._store.entries_about(document.id)):
                return Became.ERASED
            return Became.CHANGED if self._replaces(document) else Became.NEW
        if self._again:
            return Became.AGAIN
        return Became.KNOWN if any(_same_source(document, filing.document) for filing in filings) else Became.REPRINTED

    def _replaces(self, document: Document) -> bool:
        return document.url is not None and any(True for _ in self._store.filings(url=document.url))

    def _taken_unread(self, document: Document, became: Became) -> Added:
        if became is Became.REPRINTED:
            self._store.append([Filed(document)], by=self._by)
        problems: tuple[Problem, ...] = ()
        if became is Became.ERASED:
            hint = "whoholds log tells who erased it, when and why"
            problems = (Problem("erased", "this text was erased from the register and stays out", hint=hint),)
        return Added(document=document, became=became, problems=problems)

    def _acts(self, reading: Reading) -> tuple[Became, list[Act], int]:
        """The acts that a reading is, and how many claims they withdraw."""
        document = reading.document
        filings = list(self._store.filings(document=document.id))
        if not filings:
            claims = {claim.id: claim for claim in reading.claims}
            became = Became.CHANGED if self._replaces(document) else Became.NEW
            return became, [Filed(document), *map(Asserted, claims.values())], 0
        gone, come = self._differences(document, reading.claims)
        acts: list[Act] = [Withdrawn(entry, f"no longer read by {self._by}") for entry in gone]
        if not any(_same_source(document, filing.document) for filing in filings):
            acts.insert(0, Filed(document))
        return Became.AGAIN, [*acts, *map(Asserted, come)], len(gone)

    def _differences(self, document: Document, claims: Iterable[Claim]) -> tuple[list[int], list[Claim]]:
        """The entries of the reader's own claims that are no longer read, and the claims to be asserted."""
        read = {claim.id: claim for claim in claims}
        standing = {told.claim.id: told for told in self._store.testimony(Wanted(documents=[document.id], replaced=True))}
        unread = [told for id, told in standing.items() if id not in read and not told.accepted]
        gone = [told.entry for told in unread if self._is_own(told.entry) and not self._settled_by_people(told.claim.id)]
        come = [claim for id, claim in read.items() if id not in standing and not self._settled_by_people(id)]
        return gone, come

    def _is_own(self, entry: int) -> bool:
        found = self._store.entry(entry)
        return found is not None and isinstance(found.act, Asserted) and self._is_reader(found.by)

    def _settled_by_people(self, claim: str) -> bool:
        """Whether the last word on a claim that was asserted is a person's: a verdict, or an entry withdrawn or restored."""
        about = self._store.entries_about(claim)
        last = next((entry for entry in reversed(about) if isinstance(entry.act, Judged | Withdrawn)), None)
        return last is not None and not self._is_reader(last.by)

    def _is_reader(self, by: str) -> bool:
        """Whether entries of this name are the program's own, or those of the reader at work in any of its versions."""
        return is_reader(by) or is_reader(by, self._by)


def is_reader(by: str, reader: str = "whoholds") -> bool:
    """Whether entries of this name were made by a reader, in any of its versions; the program's own if none is named."""
    return _unversioned(by) == _unversioned(reader)


def _unversioned(by: str) -> str:
    """The name of a reader without its version, the last of its words where it begins with a digit, a "v" or a bracket."""
    return _VERSION.sub("", by.strip()).casefold()


def filed_documents(store: Store) -> Iterator[Document]:
    """Every document of the register once, as it was first filed."""
    seen: set[str] = set()
    for filing in store.filings():
        if filing.document.id not in seen:
            seen.add(filing.document.id)
            yield filing.document


def _same_source(one: Document, other: Document) -> bool:
    """Whether two filings of a text differ in name at most."""
    return (one.url, one.outlet, one.published) == (other.url, other.outlet, other.published)
