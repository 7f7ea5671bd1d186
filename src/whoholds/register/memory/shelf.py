"""The lists of a register in memory, which can all be made again from its entries: what `enter` and `testimony` ask for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from whoholds.model import (
    Act,
    Allied,
    Asserted,
    Claim,
    Edited,
    Entry,
    Erased,
    Filed,
    Judged,
    Outlined,
    Parted,
    Site,
    Span,
    Tombstone,
    Withdrawn,
)
from whoholds.register.book import Addition, Key
from whoholds.register.kept import Columns
from whoholds.register.knowledge import Imprint, Judgement, Record, Withdrawal, judgement, struck
from whoholds.register.ledger import key_of_claim
from whoholds.register.store import LONG, SHORT, SHORT_DAYS, UNTIMED, Filing, Situate, Wanted
from whoholds.register.views import Row
from whoholds.register.words import fold_name


@dataclass(frozen=True, slots=True)
class Brought:
    """A claim as an entry brought it in, its id, and its site."""

    entry: Entry
    id: str
    claim: Claim
    site: Site | None


class Shelf:
    """The entries, and lists over them."""

    def __init__(self, situate: Situate) -> None:
        self._situate = situate
        self.stale: dict[Key, int] = {}
        self.settled: Counter[str] = Counter()
        self.rules: str | None = None
        self.findings: dict[str, tuple[Columns, object]] = {}
        self.entries: list[Entry] = []
        self.index(())

    def index(self, entries: Iterable[Entry]) -> None:
        """Make all lists anew from entries."""
        self.entries = []
        self.brought: list[Brought] = []
        self.by_claim: defaultdict[str, list[Brought]] = defaultdict(list)
        self.filings: list[Filing] = []
        self.erasures: dict[str, int] = {}
        self.judgements: list[Judgement] = []
        self.withdrawals: list[Withdrawal] = []
        self.outlined: list[Entry] = []
        self.sites: dict[str, Site] = {}
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        for entry in entries:
            self._take(entry)

    def _take(self, entry: Entry) -> None:
        self.entries.append(entry)
        match entry.act:
            case Filed(document, replaces):
                self.filings.append(Filing(entry.seq, entry.recorded_at, document, replaces))
            case Asserted(claim):
                self._bring(entry, claim)
            case Judged() as act:
                self.judgements.append(judgement(entry.seq, act))
                if isinstance(act.verdict, Edited):
                    self._bring(entry, act.verdict.instead)
            case Withdrawn(target):
                self.withdrawals.append(Withdrawal(entry.seq, target))
            case Erased(document=document_id):
                self.erasures[document_id] = entry.seq
            case Outlined():
                self.outlined.append(entry)
            case _:
                pass

    def _bring(self, entry: Entry, claim: Claim) -> None:
        site = None
        if claim.where is not None:
            own = self._situate(claim.where)
            site = self.sites.setdefault(own.key, own)
            self.names[fold_name(site.name)].add(site.key)
            self.names[fold_name(claim.where.name)].add(site.key)
            if claim.where.place:
                self.names[fold_name(claim.where.place.name)].add(site.key)
        brought = Brought(entry, claim.id, claim, site)
        self.brought.append(brought)
        self.by_claim[brought.id].append(brought)

    # What `enter` asks for

    def last(self) -> tuple[int, datetime | None]:
        return (len(self.entries), self.entries[-1].recorded_at) if self.entries else (0, None)

    def met(self, documents: Collection[str], urls: Collection[str]) -> set[str]:
        there = {name for filing in self.filings for name in (filing.document.id, filing.document.url) if name}
        return (there | self.erasures.keys()) & {*documents, *urls}

    def imprints(self, *, document: str | None = None, url: str | None = None) -> Sequence[Imprint]:
        return [
            _imprint(filing)
            for filing in self.filings
            if (document is None or filing.document.id == document) and (url is None or filing.document.url == url)
        ]

    def text(self, document: str) -> str | None:
        return next((filing.document.text for filing in self.filings if filing.document.id == document), None)

    def erasure(self, document: str) -> int | None:
        return self.erasures.get(document)

    def asserted(self, claims: Collection[str]) -> dict[str, bool]:
        gone = struck(self.withdrawals)
        return {
            claim: any(isinstance(one.entry.act, Asserted) and one.entry.seq not in gone for one in self.by_claim[claim])
            for claim in claims
            if claim in self.by_claim
        }

    def claims_of(self, document: str) -> Sequence[str]:
        return [one.id for one in self.brought if one.claim.evidence.document == document]

    def keys_of(self, claims: Collection[str]) -> set[Key]:
        return {
            key
            for claim in claims
            if claim in self.by_claim
            for one in self.by_claim[claim]
            for key in key_of_claim(one.claim, one.id, one.site)
        }

    def edits(self, claims: Collection[str]) -> Collection[tuple[str, str]]:
        return {
            (claim, instead)
            for _, claim, _, instead in self.judgements
            if instead is not None and (claim in claims or instead in claims)
        }

    def evidence(self, claim: str) -> Span | None:
        return self.by_claim[claim][0].claim.evidence if claim in self.by_claim else None

    def judgement(self, claim: str) -> Entry | None:
        gone = struck(self.withdrawals)
        for entry, about, *_ in reversed(self.judgements):
            found = self.entries[entry - 1]
            if about == claim and entry not in gone and isinstance(found.act, Judged):
                return found
        return None

    def affiliations(self, upto: int | None = None) -> Sequence[Entry]:
        gone = struck(self.withdrawals, upto)
        return [entry for entry in self.entries[:upto] if isinstance(entry.act, Allied | Parted) and entry.seq not in gone]

    def verdicts(self, upto: int | None = None) -> Sequence[Entry]:
        gone = struck(self.withdrawals, upto)
        return [entry for entry in self.entries[:upto] if isinstance(entry.act, Judged) and entry.seq not in gone]

    def outlines(self, act: Outlined | None = None, upto: int | None = None) -> Sequence[Entry]:
        gone = struck(self.withdrawals, upto)
        found = [entry for entry in self.outlined if (upto is None or entry.seq <= upto) and entry.seq not in gone]
        return found if act is None else [entry for entry in found if _outlines_same(entry.act, act)]

    def entry(self, seq: int) -> Entry | None:
        return self.entries[seq - 1] if 0 < seq <= len(self.entries) else None

    def withdrawn(self, seq: int) -> bool:
        return seq in struck(self.withdrawals)

    def put(self, additions: Sequence[Addition]) -> None:
        for addition in additions:
            self._take(addition.entry)

    def erase(self, document: str, erasure: int) -> None:
        claims = set(self.claims_of(document))
        self.findings = {id: found for id, found in self.findings.items() if not claims & set(found[0].claims)}

        def quotes(entry: Entry) -> bool:
            match entry.act:
                case Filed(filed):
                    return filed.id == document
                case Asserted(claim):
                    return claim.evidence.document == document
                case Judged(claim=claim_id):
                    return claim_id in claims
            return False

        gone = {entry.seq for entry in self.entries if quotes(entry)}
        left, about = [], set(gone)
        for entry in self.entries:
            if entry.seq in gone:
                entry = replace(entry, act=Tombstone(entry.kind, erasure))
            elif isinstance(entry.act, Withdrawn) and entry.act.entry in about:
                about.add(entry.seq)
                entry = replace(entry, act=Withdrawn(entry.act.entry, ""))
            left.append(entry)
        self.index(left)

    def mark(self, keys: Iterable[Key], since: int) -> None:
        self.stale.update(dict.fromkeys(keys, since))

    def newer(self, entry: int) -> list[Key]:
        """What became stale after an entry."""
        return [key for key, since in self.stale.items() if since > entry]

    # What `testimony` asks for

    def upto(self, recorded_by: datetime | None) -> int:
        if recorded_by is None:
            return len(self.entries)
        return sum(entry.recorded_at <= recorded_by for entry in self.entries)

    def rows(self, wanted: Wanted, *, after: int, upto: int, limit: int) -> Sequence[Row]:
        fits = _fits(wanted)
        found = (one for one in self.brought if after < one.entry.seq <= upto and fits(one))
        rows = [_row(one) for one in found]
        return rows[:limit]

    def record(self, claims: Collection[str]) -> Record:
        tied, size = set(claims), 0
        while len(tied) > size:
            size = len(tied)
            for _, claim, _, instead in self.judgements:
                if instead is not None and (claim in tied or instead in tied):
                    tied |= {claim, instead}
        asserted = {
            claim: [one.entry.seq for one in self.by_claim[claim] if isinstance(one.entry.act, Asserted)]
            for claim in tied
            if claim in self.by_claim
        }
        return Record(asserted, [one for one in self.judgements if one.claim in tied], self.withdrawals)

    def imprints_of(self, documents: Collection[str]) -> dict[str, Sequence[Imprint]]:
        return {document: self.imprints(document=document) for document in documents}

    def imprints_at(self, urls: Collection[str]) -> dict[str, Sequence[Imprint]]:
        return {url: self.imprints(url=url) for url in urls}

    def plain_claims(self, upto: int) -> Sequence[tuple[str, int]]:
        return ()

    def noted_claims(self, upto: int) -> Sequence[tuple[int, str, str]]:
        return [(one.entry.seq, one.id, one.claim.evidence.document) for one in self.brought if one.entry.seq <= upto]

    def claim_in(self, row: Row, *, derivation: bool) -> Claim:
        claim = row.body
        assert isinstance(claim, Claim)
        return claim if derivation else replace(claim, derivation=None)


def _outlines_same(other: Act, act: Outlined) -> bool:
    if not isinstance(other, Outlined) or (other.site, other.source) != (act.site, act.source):
        return False
    return act.site is not None or other.name == act.name


def _row(one: Brought) -> Row:
    return Row(one.entry.seq, one.entry.recorded_at, one.id, one.claim.evidence.document, one.site, True, one.claim)


def _imprint(filing: Filing) -> Imprint:
    document = filing.document
    return Imprint(
        filing.entry,
        filing.recorded_at,
        document.id,
        document.name,
        document.url,
        document.outlet,
        document.published,
        document.retrieved,
        document.credits,
        filing.replaces,
    )


def _time(claim: Claim) -> str:
    if claim.when is None:
        return UNTIMED
    first, last = claim.when.begin.not_before, claim.when.end.not_after
    return SHORT if first and last and (last - first).days <= SHORT_DAYS else LONG


def _fits(wanted: Wanted) -> Callable[[Brought], bool]:
    def fits(one: Brought) -> bool:
        claim = one.claim
        if wanted.described is not None:
            if claim.when is None:
                return False
            first, last = claim.when.begin.not_before, claim.when.end.not_after
            if (first and first > wanted.described[1]) or (last and last < wanted.described[0]):
                return False
        return (
            (wanted.kinds is None or claim.kind in wanted.kinds)
            and (wanted.claims is None or one.id in wanted.claims)
            and (wanted.documents is None or claim.evidence.document in wanted.documents)
            and (wanted.sites is None or (one.site.key if one.site else None) in wanted.sites)
            and (wanted.times is None or _time(claim) in wanted.times)
        )

    return fits
