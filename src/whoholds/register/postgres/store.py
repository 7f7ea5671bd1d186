"""The store of a register in PostgreSQL.

The server does what it is good at (one writer at a time, many readers, indexes); what stands, what an act does and what a word
is are decided by the code that all stores share.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

from whoholds.model import Act, Document, Entry, Erased, Finding, Problem, Site, Testimony, site_of
from whoholds.register import views
from whoholds.register.kept import Looks
from whoholds.register.ledger import enter
from whoholds.register.postgres import derived, erasing, inspecting, places, reading, schema, searching
from whoholds.register.postgres.address import address_of
from whoholds.register.postgres.book import PostgresBook
from whoholds.register.postgres.connection import PATIENCE, Link
from whoholds.register.postgres.rows import PostgresRows
from whoholds.register.store import EVERYTHING_KNOWN, Box, Filing, Held, Hit, Known, Report, Situate, Sought, StoreError, Wanted


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


class PostgresStore:
    """The register at an address such as `postgresql://user@host/database?schema=name`.

    With `create` it is made where there is none. `clock` tells the instant of entries that are given none; `patience` is how
    many seconds a writer waits for another one. Raises StoreError where there is no register that can be opened.
    """

    def __init__(
        self,
        locator: str,
        *,
        situate: Situate = site_of,
        create: bool = False,
        readonly: bool = False,
        clock: Callable[[], datetime] = now,
        patience: float = PATIENCE,
    ) -> None:
        self._link = Link(address_of(locator), patience)
        self._situate, self._clock = situate, clock
        self._looks = Looks()
        try:
            schema.prepare(self._link, create=create, readonly=readonly)
            self._writable = not readonly and schema.writable(self._link)
            if self._writable:
                schema.layers(self._link)
        except BaseException:
            self._link.close()
            raise
        self._rows = PostgresRows(self._link)

    @property
    def locator(self) -> str:
        """The address without its password."""
        return self._link.address.shown

    @property
    def writable(self) -> bool:
        """Whether the user may write."""
        return self._writable

    def append(self, acts: Sequence[Act], *, by: str, at: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.append`."""
        self._check_writable()
        with self._link.writing():
            book = PostgresBook(self._link, self._situate)
            entries = enter(book, self._situate, acts, by=by, at=at, clock=self._clock)
        if any(isinstance(entry.act, Erased) for entry in entries):
            erasing.sweep(self._link)
        return entries

    def entries(self, *, after: int = 0, until: datetime | None = None) -> Iterator[Entry]:
        """See `Store.entries`."""
        return reading.entries(self._link, max(0, after), reading.upto(self._link, until))

    def entry(self, seq: int) -> Entry | None:
        """See `Store.entry`."""
        return reading.entry(self._link, seq)

    def entries_about(self, target: str) -> tuple[Entry, ...]:
        """See `Store.entries_about`; of a document its filings, their tombstones and its erasure."""
        return reading.about(self._link, target)

    def sides(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.sides`."""
        return reading.affiliations(self._link, reading.upto(self._link, recorded_by))

    def judgements(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.judgements`."""
        return reading.judgements(self._link, reading.upto(self._link, recorded_by))

    def outlines(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.outlines`."""
        return reading.outlines(self._link, reading.upto(self._link, recorded_by))

    def document(self, id: str) -> Document | None:
        """See `Store.document`."""
        return next((filing.document for filing in self.filings(document=id)), None)

    def texts(self, ids: Collection[str]) -> Mapping[str, str]:
        """See `Store.texts`."""
        return reading.texts(self._link, ids)

    def filings(self, *, document: str | None = None, url: str | None = None, name: str | None = None) -> Iterator[Filing]:
        """See `Store.filings`."""
        until = reading.last(self._link)[0]
        return reading.filings(self._link, document=document, url=url, name=name, until=until)

    def ids_like(self, prefix: str) -> tuple[str, ...]:
        """See `Store.ids_like`."""
        return searching.ids_like(self._link, prefix)

    def testimony(self, wanted: Wanted) -> Iterator[Testimony]:
        """See `Store.testimony`."""
        return views.testimony(self._rows, wanted)

    def reports(self, known: Known = EVERYTHING_KNOWN) -> Iterator[Report]:
        """See `Store.reports`."""
        with self._link.snapshot():
            return iter(list(views.reports(self._rows, known)))

    def claim(self, id: str) -> Testimony | None:
        """See `Store.claim`."""
        with self._link.snapshot():
            return views.claim(self._rows, id)

    def site(self, key: str) -> Site | None:
        """See `Store.site`."""
        return next(self.sites(keys=[key]), None)

    def sites(
        self, *, keys: Collection[str] | None = None, box: Box | None = None, within: Collection[str] | None = None
    ) -> Iterator[Site]:
        """See `Store.sites`."""
        return iter(places.sites(self._link, keys, box, within))

    def within(self) -> Mapping[str, tuple[str, ...]]:
        """See `Store.within`."""
        return places.within(self._link)

    def sites_called(self, name: str) -> tuple[Site, ...]:
        """See `Store.sites_called`; as many claims, then by key."""
        return places.called(self._link, name)

    def search(self, words: str, *, limit: int = 20, known: Known = EVERYTHING_KNOWN) -> tuple[Hit, ...]:
        """See `Store.search`."""
        return searching.search(self._link, words, limit, known)

    def stale(self, kind: str) -> frozenset[str]:
        """See `Store.stale`."""
        keys, self._looks.at[kind] = derived.stale(self._link, kind)
        return keys

    def rules(self) -> str | None:
        """See `Store.rules`."""
        return derived.rules(self._link)

    def adopt(self, rules: str) -> None:
        """See `Store.adopt`."""
        self._check_writable()
        with self._link.writing():
            if derived.rules(self._link) != rules:
                derived.adopt(self._link, rules, reading.last(self._link)[0])

    def settle(self, kind: str, keys: Collection[str], *, gone: Collection[str], found: Sequence[Finding]) -> None:
        """See `Store.settle`."""
        self._check_writable()
        with self._link.writing():
            now = derived.look(self._link, kind)
            looked = self._looks.check(kind, keys, now, lambda entry: derived.newer(self._link, entry))
            derived.settle(self._link, kind, keys, gone=gone, found=found, looked=looked)
        self._looks.settled(kind)

    def findings(self, sought: Sought) -> Iterator[Finding]:
        """See `Store.findings`."""
        return derived.findings(self._link, sought)

    def held(self, day: date, *, box: Box | None = None) -> Iterator[Held]:
        """See `Store.held`; of holdings of one place that can both be in force that day the one that began last."""
        return iter(derived.held(self._link, day, box))

    def held_ever(self) -> Iterator[Held]:
        """See `Store.held_ever`."""
        return iter(derived.held_ever(self._link))

    def verify(self) -> Iterator[Problem]:
        """See `Store.verify`."""
        return inspecting.verify(self._link)

    def close(self) -> None:
        """Let go of the connection."""
        self._link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _check_writable(self) -> None:
        if not self._writable:
            raise StoreError(f"{self.locator} can only be read", "connect as a user who may write to it")
