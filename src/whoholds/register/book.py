"""What a store lends to `ledger.enter`, and what it is given to write."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from whoholds.model import Entry, Outlined, Site, Span
from whoholds.register.knowledge import Imprint

Key = tuple[str, str]  # kind and stale key


class Addition(NamedTuple):
    """An entry to be written, with what the store would have to work out again.

    `claim` is the id of the claim that it brings in and `site` that claim's site. `noted` tells that something else was or is
    entered about that claim, so that a look at this entry alone does not tell whether it stands. `root` is the entry that a
    withdrawal in the end is about, past withdrawals of withdrawals.
    """

    entry: Entry
    claim: str | None = None
    site: Site | None = None
    noted: bool = False
    root: int = 0


class Book(Protocol):
    """What a store lends to `enter`: reads see what was put before, and all is undone together when an error is raised."""

    def last(self) -> tuple[int, datetime | None]:
        """Number and instant of the last entry; 0 and None where there is none."""
        ...

    def met(self, documents: Collection[str], urls: Collection[str]) -> Collection[str]:
        """Those of the documents (by id) that were ever filed, and of the addresses at which something is."""
        ...

    def imprints(self, *, document: str | None = None, url: str | None = None) -> Sequence[Imprint]:
        """The filings of a text, or those at an address, in order; erased ones are left out."""
        ...

    def text(self, document: str) -> str | None:
        """The text of a document; None where it is not filed or erased."""
        ...

    def erasure(self, document: str) -> int | None:
        """The number of the entry that erased a document."""
        ...

    def asserted(self, claims: Collection[str]) -> Mapping[str, bool]:
        """Those of the claims that were ever entered, and whether an assertion of each is not withdrawn."""
        ...

    def claims_of(self, document: str) -> Sequence[str]:
        """The ids of the claims of a document, those brought in by edits among them."""
        ...

    def keys_of(self, claims: Collection[str]) -> set[Key]:
        """The stale keys of claims that were entered."""
        ...

    def edits(self, claims: Collection[str]) -> Collection[tuple[str, str]]:
        """The judgements ever entered that edit these claims or put them in another's place: the claim, and that instead."""
        ...

    def evidence(self, claim: str) -> Span | None:
        """The evidence of a claim that was entered and not erased."""
        ...

    def judgement(self, claim: str) -> Entry | None:
        """The last judgement of a claim that is not withdrawn."""
        ...

    def affiliations(self) -> Sequence[Entry]:
        """The alliances and partings that are not withdrawn."""
        ...

    def outlines(self, act: Outlined) -> Sequence[Entry]:
        """The outlines of the same site by the same source that are not withdrawn; without a site, those of the same name."""
        ...

    def entry(self, seq: int) -> Entry | None:
        """The entry of this number."""
        ...

    def withdrawn(self, seq: int) -> bool:
        """Whether the entry of this number is withdrawn."""
        ...

    def put(self, additions: Sequence[Addition]) -> None:
        """Write entries."""
        ...

    def erase(self, document: str, erasure: int) -> None:
        """Put tombstones in the place of the document's filings, assertions and judgements; destroy what quotes it.

        Withdrawals that are in the end about these lose their reasons.
        """
        ...

    def mark(self, keys: Iterable[Key], since: int) -> None:
        """Note that keys are stale since an entry."""
        ...
