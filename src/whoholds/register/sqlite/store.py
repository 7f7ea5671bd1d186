"""The store of a register in a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from whoholds.model import Act, Document, Entry, Finding, Problem, Site, Testimony, site_of
from whoholds.register import views
from whoholds.register.codec import id_of, storable, stored, unpack_text
from whoholds.register.kept import Looks
from whoholds.register.ledger import enter
from whoholds.register.sqlite import entries, erasing, findings, opening, outlining, reading, searching, sites
from whoholds.register.sqlite.book import Book
from whoholds.register.sqlite.database import Database
from whoholds.register.sqlite.drafts import sweep
from whoholds.register.sqlite.migrating import newest
from whoholds.register.sqlite.reading import is_claim
from whoholds.register.sqlite.rows import FILING, document_of, moment
from whoholds.register.sqlite.testifying import Testifier
from whoholds.register.sqlite.verifying import verify
from whoholds.register.store import EVERYTHING_KNOWN, Box, Filing, Held, Hit, Known, Report, Situate, Sought, StoreError, Wanted

_LIKE = 20  # ids that `ids_like` gives at most


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


class SQLiteStore:
    """A register in the file at `path`, made where there is none unless `create` is False.

    One store may be used from several threads. `situate` tells the sites of claims that are appended, `clock` the instant of
    entries that are given none. Raises StoreError for what is no register, or one that cannot be opened.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        situate: Situate = site_of,
        create: bool = True,
        readonly: bool = False,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._path, self._situate, self._clock = Path(path), situate, clock
        self._looks = Looks()
        found = _find(self._path, create and not readonly)
        self._readonly = readonly or not _may_write(self._path)
        if found < newest() and self._readonly:
            raise StoreError(
                f"{path} is of an older version of whoholds, and may not be written to, so it cannot be brought up to date",
                "open a copy of it that may be written to",
            )
        self._database = Database(self._path, readonly=self._readonly)
        self._claims = Testifier(self._database)
        if found < newest():
            self._database.upgrade()
        if not self._readonly and erasing.must_scrub(self._database):
            erasing.scrub(self._database)
        if not self._readonly:
            sweep(self._path)

    @property
    def locator(self) -> str:
        """Its path."""
        return str(self._path)

    @property
    def writable(self) -> bool:
        """Whether entries can be appended."""
        return not self._readonly

    def append(self, acts: Sequence[Act], *, by: str, at: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.append`. Raises StoreError where somebody else has been writing for more than five seconds."""
        self._check_writable()
        with self._database.transaction():
            book = Book(self._database, self._situate)
            added = enter(book, self._situate, acts, by=by, at=at, clock=self._clock)
        if any(entry.kind == "erased" for entry in added):
            erasing.scrub(self._database)
        return added

    def entries(self, *, after: int = 0, until: datetime | None = None) -> Iterator[Entry]:
        """See `Store.entries`."""
        return entries.entries(self._database, max(0, after) + 1, reading.last_entry(self._database, until))

    def entry(self, seq: int) -> Entry | None:
        """See `Store.entry`."""
        return entries.entry(self._database, seq)

    def entries_about(self, target: str) -> tuple[Entry, ...]:
        """See `Store.entries_about`; of a document its filings, their tombstones and its erasure."""
        return reading.entries_about(self._database, target)

    def sides(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.sides`."""
        upto = None if recorded_by is None else reading.last_entry(self._database, recorded_by)
        return reading.affiliations(self._database, upto)

    def judgements(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.judgements`."""
        upto = None if recorded_by is None else reading.last_entry(self._database, recorded_by)
        return reading.judgements(self._database, upto)

    def outlines(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.outlines`."""
        return outlining.outlines(self._database, recorded_by)

    def document(self, id: str) -> Document | None:
        """See `Store.document`."""
        return next((filing.document for filing in self.filings(document=id)), None)

    def texts(self, ids: Collection[str]) -> Mapping[str, str]:
        """See `Store.texts`."""
        rows = self._database.rows("select hash, body from document where hash in (:*ids)", ids=[storable(id) for id in ids])
        return {id: unpack_text(body) for id, body in rows}

    def filings(self, *, document: str | None = None, url: str | None = None, name: str | None = None) -> Iterator[Filing]:
        """See `Store.filings`."""
        wanted = {"document.hash": document, "filing.url": url, "filing.name": name}
        told = {column: storable(value) for column, value in wanted.items() if value is not None}
        where = " and ".join(f"{column} = :{column.partition('.')[2]}" for column in told) or "true"
        values = {column.partition(".")[2]: value for column, value in told.items()}
        for row in self._database.rows(f"{FILING} where {where} order by filing.entry", **values):
            found = self._database.one("select body from document where hash = :hash", hash=row[2])
            if found:  # else it was erased meanwhile
                yield Filing(row[0], moment(row[1]), document_of(row, unpack_text(found[0])), row[9])

    def ids_like(self, prefix: str) -> tuple[str, ...]:
        """See `Store.ids_like`."""
        if not prefix.isascii() or "\0" in prefix:
            return ()
        ends = {"low": prefix, "high": prefix + "\x7f", "most": _LIKE}
        statement = "select {0} from {1} where {0} >= :low and {0} < :high order by {0} limit :most"
        ids = [row[0] for row in self._database.rows(statement.format("hash", "document"), **ends)]
        ids += [stored(row[0]) for row in self._database.rows(statement.format("name", "finding"), **ends)]
        if len(prefix) <= 16 and is_claim(prefix.ljust(16, "0")):
            low, high = (int(prefix.ljust(16, digit), 16) - (1 << 63) for digit in "0f")
            statement = "select distinct id from claim where id between :low and :high order by id limit :most"
            ids += [id_of(row[0]) for row in self._database.rows(statement, low=low, high=high, most=_LIKE)]
        return tuple(sorted(ids)[:_LIKE])

    def testimony(self, wanted: Wanted) -> Iterator[Testimony]:
        """See `Store.testimony`."""
        return views.testimony(self._claims, wanted)

    def reports(self, known: Known = EVERYTHING_KNOWN) -> Iterator[Report]:
        """See `Store.reports`."""
        with self._database.snapshot():
            return iter(list(views.reports(self._claims, known)))

    def claim(self, id: str) -> Testimony | None:
        """See `Store.claim`."""
        return views.claim(self._claims, id)

    def site(self, key: str) -> Site | None:
        """See `Store.site`."""
        return sites.site(self._database, key)

    def sites(
        self, *, keys: Collection[str] | None = None, box: Box | None = None, within: Collection[str] | None = None
    ) -> Iterator[Site]:
        """See `Store.sites`."""
        return sites.sites(self._database, keys, box, within)

    def within(self) -> Mapping[str, tuple[str, ...]]:
        """See `Store.within`."""
        return sites.within(self._database)

    def sites_called(self, name: str) -> tuple[Site, ...]:
        """See `Store.sites_called`; as many claims, then by key."""
        return sites.sites_called(self._database, name)

    def search(self, words: str, *, limit: int = 20, known: Known = EVERYTHING_KNOWN) -> tuple[Hit, ...]:
        """See `Store.search`."""
        return searching.search(self._database, words, limit, known)

    def stale(self, kind: str) -> frozenset[str]:
        """See `Store.stale`."""
        with self._database.snapshot():
            self._looks.at[kind] = findings.look(self._database, kind)
            return findings.stale(self._database, kind)

    def rules(self) -> str | None:
        """See `Store.rules`."""
        return findings.rules(self._database)

    def adopt(self, rules: str) -> None:
        """See `Store.adopt`."""
        self._check_writable()
        with self._database.transaction():
            if findings.rules(self._database) != rules:
                findings.adopt(self._database, rules, reading.last_entry(self._database))

    def settle(self, kind: str, keys: Collection[str], *, gone: Collection[str], found: Sequence[Finding]) -> None:
        """See `Store.settle`."""
        self._check_writable()
        with self._database.transaction():
            now = findings.look(self._database, kind)
            looked = self._looks.check(kind, keys, now, lambda entry: findings.newer(self._database, entry))
            findings.settle(self._database, kind, keys, looked, gone, found)
        self._looks.settled(kind)

    def findings(self, sought: Sought) -> Iterator[Finding]:
        """See `Store.findings`."""
        return findings.findings(self._database, sought)

    def held(self, day: date, *, box: Box | None = None) -> Iterator[Held]:
        """See `Store.held`; of holdings of one place whose periods overlap see `kept.precedence`."""
        return findings.held(self._database, day, box)

    def held_ever(self) -> Iterator[Held]:
        """See `Store.held_ever`."""
        return iter(findings.held_ever(self._database))

    def verify(self) -> Iterator[Problem]:
        """See `Store.verify`."""
        return verify(self._database)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _check_writable(self) -> None:
        if self._readonly:
            raise StoreError(f"{self._path} is open for reading only", "check who may write to the file and to its folder")


def _find(path: Path, create: bool) -> int:
    if path.is_dir():
        raise StoreError(f"{path} is a folder", "a register is a file: give its name too")
    if not path.exists():
        if not create:
            raise StoreError(f"there is no register {path}", "check the path, or add something to make it")
        opening.make(path)
    return opening.recognise(path)


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
