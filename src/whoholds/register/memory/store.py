"""The store of a register in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from threading import RLock
from types import TracebackType
from typing import Self, cast

from whoholds.model import (
    Act,
    Asserted,
    Document,
    Edited,
    Entry,
    Erased,
    Filed,
    Finding,
    Holding,
    Judged,
    Problem,
    Site,
    Testimony,
    Tombstone,
    Withdrawn,
    site_of,
)
from whoholds.register import views
from whoholds.register.checking import check
from whoholds.register.kept import MATTER_OF, Look, Looks, columns, fits, held_row, inside, precedence, sure
from whoholds.register.knowledge import latest_outlines, saying
from whoholds.register.ledger import KINDS, enter
from whoholds.register.memory.shelf import Shelf
from whoholds.register.store import EVERYTHING, EVERYTHING_KNOWN, Box, Filing, Held, Hit, Known, Report, Situate, Sought, Wanted
from whoholds.register.words import fold_name, found_in, phrases_of


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


class MemoryStore:
    """A store whose entries last as long as it does. `clock` tells the instant of entries that are given none."""

    def __init__(self, *, situate: Situate = site_of, clock: Callable[[], datetime] = now) -> None:
        self._shelf = Shelf(situate)
        self._situate, self._clock = situate, clock
        self._lock = RLock()
        self._looks = Looks()

    @property
    def locator(self) -> str:
        """`:memory:`."""
        return ":memory:"

    @property
    def writable(self) -> bool:
        """Always."""
        return True

    def append(self, acts: Sequence[Act], *, by: str, at: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.append`."""
        with self._lock:
            shelf = self._shelf
            entries, stale, findings = list(shelf.entries), dict(shelf.stale), dict(shelf.findings)
            try:
                return enter(shelf, self._situate, acts, by=by, at=at, clock=self._clock)
            except BaseException:
                shelf.index(entries)
                shelf.stale, shelf.findings = stale, findings
                raise

    def entries(self, *, after: int = 0, until: datetime | None = None) -> Iterator[Entry]:
        """See `Store.entries`."""
        with self._lock:
            found = self._shelf.entries[max(0, after) : self._shelf.upto(until)]
        return iter(found)

    def entry(self, seq: int) -> Entry | None:
        """See `Store.entry`."""
        with self._lock:
            return self._shelf.entry(seq)

    def entries_about(self, target: str) -> tuple[Entry, ...]:
        """See `Store.entries_about`; of a document its filings, their tombstones and its erasure."""
        with self._lock:
            erasure = self._shelf.erasure(target)
            found: set[int] = set()
            for entry in self._shelf.entries:
                if _about(entry, target, erasure) or (isinstance(entry.act, Withdrawn) and entry.act.entry in found):
                    found.add(entry.seq)
            return tuple(self._shelf.entries[seq - 1] for seq in sorted(found))

    def sides(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.sides`."""
        with self._lock:
            return tuple(self._shelf.affiliations(self._shelf.upto(recorded_by)))

    def judgements(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.judgements`."""
        with self._lock:
            return tuple(self._shelf.verdicts(self._shelf.upto(recorded_by)))

    def outlines(self, *, recorded_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Store.outlines`."""
        with self._lock:
            return latest_outlines(self._shelf.outlines(upto=self._shelf.upto(recorded_by)))

    def document(self, id: str) -> Document | None:
        """See `Store.document`."""
        return next((filing.document for filing in self.filings(document=id)), None)

    def texts(self, ids: Collection[str]) -> Mapping[str, str]:
        """See `Store.texts`."""
        with self._lock:
            return {filing.document.id: filing.document.text for filing in self._shelf.filings if filing.document.id in ids}

    def filings(self, *, document: str | None = None, url: str | None = None, name: str | None = None) -> Iterator[Filing]:
        """See `Store.filings`."""
        with self._lock:
            filings = [
                filing
                for filing in self._shelf.filings
                if (document is None or filing.document.id == document)
                and (url is None or filing.document.url == url)
                and (name is None or filing.document.name == name)
            ]
        return iter(filings)

    def ids_like(self, prefix: str) -> tuple[str, ...]:
        """See `Store.ids_like`."""
        with self._lock:
            documents = {filing.document.id for filing in self._shelf.filings}
            ids = documents | self._shelf.by_claim.keys() | self._shelf.findings.keys()
        return tuple(sorted(id for id in ids if id.startswith(prefix))[:20])

    def testimony(self, wanted: Wanted) -> Iterator[Testimony]:
        """See `Store.testimony`."""
        with self._lock:
            return iter(list(views.testimony(self._shelf, wanted)))

    def reports(self, known: Known = EVERYTHING_KNOWN) -> Iterator[Report]:
        """See `Store.reports`."""
        with self._lock:
            return iter(list(views.reports(self._shelf, known)))

    def claim(self, id: str) -> Testimony | None:
        """See `Store.claim`."""
        with self._lock:
            return views.claim(self._shelf, id)

    def site(self, key: str) -> Site | None:
        """See `Store.site`."""
        with self._lock:
            return self._shelf.sites.get(key)

    def sites(
        self, *, keys: Collection[str] | None = None, box: Box | None = None, within: Collection[str] | None = None
    ) -> Iterator[Site]:
        """See `Store.sites`."""
        with self._lock:
            sites = sorted(self._shelf.sites.items())
        return (
            site
            for key, site in sites
            if (keys is None or key in keys)
            and (box is None or inside(site, box))
            and (within is None or any(area in within for area in site.within))
        )

    def within(self) -> Mapping[str, tuple[str, ...]]:
        """See `Store.within`."""
        with self._lock:
            return {key: site.within for key, site in sorted(self._shelf.sites.items())}

    def sites_called(self, name: str) -> tuple[Site, ...]:
        """See `Store.sites_called`; as many claims, then by key."""
        with self._lock:
            keys = self._shelf.names.get(fold_name(name), set())
            claims = Counter(one.site.key for one in self._shelf.brought if one.site and one.site.key in keys)
            return tuple(self._shelf.sites[key] for key in sorted(keys, key=lambda key: (-claims[key], key)))

    def search(self, words: str, *, limit: int = 20, known: Known = EVERYTHING_KNOWN) -> tuple[Hit, ...]:
        """See `Store.search`."""
        phrases, found = phrases_of(words), []
        with self._lock:
            upto = self._shelf.upto(known.recorded_by)
            for id in dict.fromkeys(filing.document.id for filing in self._shelf.filings):
                said = saying(self._shelf.imprints(document=id), known.published_by, upto)
                if said:
                    found.append(found_in(self._shelf.text(id) or "", phrases, id, said.name))
        ranked = sorted((one for one in found if one), key=lambda one: one.rank)
        return tuple(one.hit for one in ranked[:limit])

    def stale(self, kind: str) -> frozenset[str]:
        """See `Store.stale`."""
        with self._lock:
            self._looks.at[kind] = self._look(kind)
            return frozenset(key for matter, key in self._shelf.stale if matter == kind)

    def rules(self) -> str | None:
        """See `Store.rules`."""
        return self._shelf.rules

    def adopt(self, rules: str) -> None:
        """See `Store.adopt`."""
        with self._lock:
            if self._shelf.rules != rules:
                self._shelf.rules = rules
                self._shelf.mark([(kind, EVERYTHING) for kind in KINDS], len(self._shelf.entries))
                self._shelf.settled.update(KINDS)

    def settle(self, kind: str, keys: Collection[str], *, gone: Collection[str], found: Sequence[Finding]) -> None:
        """See `Store.settle`."""
        with self._lock:
            shelf, everything = self._shelf, EVERYTHING in keys
            looked = self._looks.check(kind, keys, self._look(kind), shelf.newer)
            shelf.settled[kind] += 1
            self._looks.settled(kind)
            shelf.stale = {
                (matter, key): since
                for (matter, key), since in shelf.stale.items()
                if matter != kind or since > looked or not (everything or key in keys)
            }
            removed = set(gone)
            kept = {
                id: row
                for id, row in shelf.findings.items()
                if id not in removed and not (everything and row[0].kind == MATTER_OF[kind])
            }
            shelf.findings = kept | {finding.id: (columns(finding), finding) for finding in found}

    def _look(self, kind: str) -> Look:
        return Look(len(self._shelf.entries), self._shelf.settled[kind])

    def findings(self, sought: Sought) -> Iterator[Finding]:
        """See `Store.findings`."""
        with self._lock:
            rows = sorted(self._shelf.findings.items())
        return iter([cast(Finding, finding) for _, (found, finding) in rows if fits(found, sought)])

    def held(self, day: date, *, box: Box | None = None) -> Iterator[Held]:
        """See `Store.held`; of holdings of one place whose periods overlap see `kept.precedence`."""
        found = [cast(Holding, finding) for finding in self.findings(Sought(kind="holding", during=(day, day), box=box))]
        rows = [(held_row(holding), sure(holding)) for holding in found]
        rows.sort(key=lambda one: precedence(one[0], one[1], day))
        in_force = {row.site: row for row, _ in rows}
        return iter(sorted(in_force.values(), key=lambda row: row.site))

    def held_ever(self) -> Iterator[Held]:
        """See `Store.held_ever`."""
        rows = [held_row(cast(Holding, finding)) for finding in self.findings(Sought(kind="holding"))]
        return iter(sorted(rows, key=lambda row: (row.site, row.told, row.begin or date.min)))

    def verify(self) -> Iterator[Problem]:
        """See `Store.verify`."""
        with self._lock:
            kept = [found for found, _ in self._shelf.findings.values()]
            return iter(list(check(self, kept)))

    def close(self) -> None:
        """Nothing to let go of."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _about(entry: Entry, target: str, erasure: int | None) -> bool:
    match entry.act:
        case Filed(document):
            return document.id == target
        case Erased(document=document_id):
            return document_id == target
        case Tombstone(was, erased):
            return was == "filed" and erased == erasure
        case Asserted(claim):
            return claim.id == target
        case Judged(claim=claim_id, verdict=verdict):
            return claim_id == target or (isinstance(verdict, Edited) and verdict.instead.id == target)
    return False
