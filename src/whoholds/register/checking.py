"""What can be wrong inside a register, whatever keeps it: looked for in its entries as they come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from whoholds.model import (
    Asserted,
    Claim,
    Document,
    Edited,
    Entry,
    Erased,
    Filed,
    Judged,
    Outlined,
    Problem,
    Withdrawn,
    hash_of,
    polygons_of,
)
from whoholds.register.kept import Columns


class Entries(Protocol):
    """A store's entries."""

    def entries(self) -> Iterator[Entry]:
        """All of them, in order."""
        ...


def check(store: Entries, kept: Iterable[Columns]) -> Iterator[Problem]:
    """The problems of entries and findings: numbers missing, words that are not there, claims that hang in the air."""
    checker = Checker()
    for entry in store.entries():
        yield from checker.entry(entry)
    for finding in kept:
        for claim in finding.claims:
            if claim not in checker.claims:
                yield Problem("no-claim", f"{finding.id} rests on claim {claim}, which is not in the register", None, _AGAIN)


_AGAIN = "derive the findings again"
_BACKUP = "the register was damaged or altered outside whoholds: go back to a copy"


class Checker:
    """Takes entries in order and tells what is wrong with each; `claims` has the claims and their words' hashes."""

    def __init__(self) -> None:
        self.claims: dict[str, str] = {}
        self._last: Entry | None = None
        self._texts: dict[str, str] = {}
        self._kinds: list[str] = []

    def entry(self, entry: Entry) -> Iterator[Problem]:
        """What is wrong with the next entry."""
        yield from self._order(entry)
        self._last = entry
        self._kinds.append(entry.kind)
        match entry.act:
            case Filed(document):
                self._texts[document.id] = document.text
            case Asserted(claim):
                yield from self._claim(entry, claim)
            case Judged() as act:
                yield from self._judged(entry, act)
            case Withdrawn(target):
                if not 0 < target < entry.seq or self._kinds[target - 1] in ("filed", "erased"):
                    yield _problem("withdrawal", entry, f"withdraws entry {target}, which cannot be withdrawn")
            case Outlined(geometry=geometry):
                yield from _outline(entry, geometry)
            case Erased(document=document_id):
                if document_id in self._texts:
                    yield _problem("erased", entry, f"erased document {document_id[:12]}, which is still there")
            case _:
                pass

    def _order(self, entry: Entry) -> Iterator[Problem]:
        expected = self._last.seq + 1 if self._last else 1
        if entry.seq != expected:
            yield _problem("numbers", entry, f"follows where entry {expected} should be")
            self._kinds += ["missing"] * (entry.seq - expected)
        if self._last and entry.recorded_at < self._last.recorded_at:
            yield _problem("instants", entry, "was recorded before the entry before it")

    def _claim(self, entry: Entry, claim: Claim) -> Iterator[Problem]:
        span = claim.evidence
        self.claims[claim.id] = hash_of(span.quote)
        text = self._texts.get(span.document)
        if text is None:
            yield _problem("no-document", entry, f"quotes document {span.document[:12]}, which is not filed before it")
        elif text[span.start : span.end] != span.quote:
            yield _problem("quote", entry, f"quotes words that are not at {span.start}-{span.end} of {span.document[:12]}")

    def _judged(self, entry: Entry, act: Judged) -> Iterator[Problem]:
        if act.claim not in self.claims:
            yield _problem("no-claim", entry, f"judges claim {act.claim}, which is not asserted before it")
        elif act.words != self.claims[act.claim]:
            yield _problem("words", entry, f"judges words that are not those of claim {act.claim}")
        if isinstance(act.verdict, Edited):
            yield from self._claim(entry, act.verdict.instead)


def _outline(entry: Entry, geometry: str) -> Iterator[Problem]:
    try:
        polygons_of(geometry)
    except ValueError as error:
        yield _problem("outline", entry, f"has an outline that cannot be read: {error}")


def document_problem(entry: int, id: str, document: Document) -> Problem | None:
    """Whether a document read back still has the text that its id is the hash of."""
    if document.id == id:
        return None
    return Problem("hash", f"entry {entry}: the text of document {id[:12]} is not the text that was filed", None, _BACKUP)


def _problem(code: str, entry: Entry, what: str) -> Problem:
    return Problem(code, f"entry {entry.seq} {what}", None, _BACKUP)
