"""The reads that `enter` asks for, and the writes, see `ledger.Book`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from whoholds.model import (
    Accepted,
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
    Where,
    Withdrawn,
)
from whoholds.register.book import Addition, Key
from whoholds.register.codec import (
    encode,
    id_of,
    number_of,
    pack_claim,
    pack_derivation,
    pack_text,
    storable,
    stored,
    unpack_text,
)
from whoholds.register.knowledge import Imprint
from whoholds.register.sqlite import entries, outlining
from whoholds.register.sqlite.database import Database
from whoholds.register.sqlite.erasing import erase
from whoholds.register.sqlite.reading import affiliations, imprints, is_claim, struck
from whoholds.register.sqlite.rows import (
    EDITED,
    KINDS,
    MATTERS,
    NOTED,
    PLAIN,
    described,
    filing_row,
    instant,
    moment,
)
from whoholds.register.sqlite.sites import names_of, numbers_of, put_sites
from whoholds.register.store import Situate
from whoholds.register.words import indexed

_Tables = dict[str, list[tuple[object, ...]]]  # rows to be written


class Book:
    """One register's tables, inside a transaction."""

    def __init__(self, database: Database, situate: Situate) -> None:
        self._database, self._situate = database, situate
        self._sites: dict[str, int] = {}
        self._named: set[tuple[str, str, str | None]] = set()
        self._documents: dict[str, int] = {}
        self._authors: dict[str, int] = {}

    def last(self) -> tuple[int, datetime | None]:
        row = self._database.one("select seq, recorded_at from entry order by seq desc limit 1")
        return (row[0], moment(row[1])) if row else (0, None)

    def met(self, documents: Collection[str], urls: Collection[str]) -> Collection[str]:
        rows = self._database.rows(
            "select hash from document where hash in (:*documents) union select document from erasure where document in"
            " (:*documents) union select url from filing where url in (:*urls)",
            documents=list(documents),
            urls=[storable(url) for url in urls],
        )
        return {stored(row[0]) for row in rows}

    def imprints(self, *, document: str | None = None, url: str | None = None) -> Sequence[Imprint]:
        return imprints(self._database, document=document, url=url)

    def text(self, document: str) -> str | None:
        row = self._database.one("select body from document where hash = :hash", hash=document)
        return unpack_text(row[0]) if row else None

    def erasure(self, document: str) -> int | None:
        row = self._database.one("select entry from erasure where document = :document", document=document)
        return row[0] if row else None

    def asserted(self, claims: Collection[str]) -> dict[str, bool]:
        rows = self._database.rows(
            "select id, entry, noted from claim where id in (:*ids)", ids=[number_of(claim) for claim in claims]
        )
        gone = struck(self._database, [entry for _, entry, noted in rows if noted == NOTED])
        found: dict[str, bool] = {}
        for id, entry, noted in rows:
            claim = id_of(id)
            found[claim] = found.get(claim, False) or (noted != EDITED and entry not in gone)
        return found

    def claims_of(self, document: str) -> Sequence[str]:
        rows = self._database.rows(
            "select claim.id from claim join document on document.id = document where hash = :hash order by entry",
            hash=document,
        )
        return [id_of(row[0]) for row in rows]

    def keys_of(self, claims: Collection[str]) -> set[Key]:
        rows = self._database.rows(
            "select distinct kind, claim.id, key from claim left join site on site.id = site where claim.id in (:*ids)",
            ids=[number_of(claim) for claim in claims],
        )
        return {
            (MATTERS[kind], key if MATTERS[kind] == "control" else id_of(id))
            for kind, id, key in rows
            if MATTERS[kind] != "control" or key is not None
        }

    def edits(self, claims: Collection[str]) -> Collection[tuple[str, str]]:
        rows = self._database.rows(
            "select claim, instead from judgement where claim in (:*ids) and instead is not null"
            " union select claim, instead from judgement where instead in (:*ids)",
            ids=[number_of(claim) for claim in claims],
        )
        return [(id_of(claim), id_of(instead)) for claim, instead in rows]

    def evidence(self, claim: str) -> Span | None:
        if not is_claim(claim):
            return None
        row = self._database.one("select min(entry) from claim where id = :id", id=number_of(claim))
        found = entries.claims(self._database, row[0], row[0]) if row and row[0] else {}
        return next((one.evidence for one in found.values()), None)

    def judgement(self, claim: str) -> Entry | None:
        rows = self._database.rows(
            "select entry from judgement where claim = :claim order by entry desc", claim=number_of(claim)
        )
        gone = struck(self._database, [row[0] for row in rows])
        seq = next((row[0] for row in rows if row[0] not in gone), None)
        entry = seq and entries.entry(self._database, seq)
        return entry if entry and isinstance(entry.act, Judged) else None

    def affiliations(self, upto: int | None = None) -> Sequence[Entry]:
        return affiliations(self._database, upto)

    def outlines(self, act: Outlined) -> Sequence[Entry]:
        return outlining.outlines_like(self._database, act)

    def entry(self, seq: int) -> Entry | None:
        return entries.entry(self._database, seq)

    def withdrawn(self, seq: int) -> bool:
        row = self._database.one("select root from withdrawal where target = :seq", seq=seq)
        return row is not None and seq in struck(self._database, [row[0]])

    def put(self, additions: Sequence[Addition]) -> None:
        entries = [addition.entry for addition in additions]
        author, at = self._author(entries[0].by), instant(entries[0].recorded_at)  # all are of one call of `append`
        rows = [(entry.seq, at, author, KINDS.index(entry.kind)) for entry in entries]
        self._database.many("insert into entry values (?, ?, ?, ?)", rows)
        self._number_documents(additions)
        self._number_sites(additions)
        tables = defaultdict[str, list[tuple[object, ...]]](list)
        for addition in additions:
            self._take(addition, tables)
        for table in _ORDER:
            if table in tables:
                self._database.many(f"insert or ignore into {table} values ({_MARKS[table]})", tables[table])
        self._note(additions)
        outlining.strike(self._database, [addition.root for addition in additions if addition.root])

    def erase(self, document: str, erasure: int) -> None:
        self._sites.clear()
        self._named.clear()
        self._documents.clear()
        erase(self._database, self._situate, document, erasure)

    def mark(self, keys: Iterable[Key], since: int) -> None:
        rows = [(kind, storable(key), since) for kind, key in keys]
        self._database.many("insert or replace into stale values (?, ?, ?)", rows)

    def _take(self, addition: Addition, tables: _Tables) -> None:
        entry = addition.entry
        match entry.act:
            case Asserted(claim):
                self._bring(addition, claim, NOTED if addition.noted else PLAIN, tables)
            case Filed(document, replaces):
                tables["filing"].append(filing_row(entry, document, self._documents[document.id], replaces))
            case Withdrawn(target, reason):
                tables["withdrawal"].append((entry.seq, target, addition.root, storable(reason)))
            case Judged() as act:
                tables["judgement"].append(_judgement_row(entry.seq, act, addition.claim))
                if isinstance(act.verdict, Edited):
                    self._bring(addition, act.verdict.instead, EDITED, tables)
            case Allied() | Parted():
                tables["affiliation"].append((entry.seq, encode(entry.act)))
            case Outlined() as act:
                tables["outline"].append(outlining.outline_row(entry.seq, act))
            case Erased(document_id, reason):
                tables["erasure"].append((entry.seq, document_id, storable(reason)))
            case _:
                raise AssertionError(f"{entry.kind} entries are made by the store")

    def _bring(self, addition: Addition, claim: Claim, noted: int, tables: _Tables) -> None:
        assert addition.claim is not None
        site = None
        if addition.site and claim.where:
            site = self._sites[addition.site.key]
            self._name(addition.site, claim.where, tables)
        seq, document = addition.entry.seq, self._documents[claim.evidence.document]
        columns = (MATTERS.index(claim.kind), site, *described(claim), noted, pack_claim(claim))
        tables["claim"].append((seq, number_of(addition.claim), document, *columns))
        derivation = pack_derivation(claim)
        if derivation is not None:
            tables["derivation"].append((seq, derivation))

    def _name(self, site: Site, where: Where, tables: _Tables) -> None:
        named = site.key, where.name, where.place.name if where.place else None
        if named not in self._named:
            self._named.add(named)
            tables["site_name"] += [(name, self._sites[site.key]) for name in names_of(site, *named[1:])]

    def _note(self, additions: Sequence[Addition]) -> None:
        """Mark the claims about which something was entered, so that their rows are not taken to stand by themselves."""
        claims = {
            number_of(id)
            for addition in additions
            if isinstance(addition.entry.act, Judged)
            for id in (addition.entry.act.claim, addition.claim)
            if id is not None
        }
        roots = [addition.root for addition in additions if addition.root]
        if claims or roots:
            self._database.run(
                f"update claim set noted = {NOTED} where noted = {PLAIN} and id in (select id from claim"
                " where entry in (:*roots) union select value from json_each(:claims))",
                roots=roots,
                claims=str(sorted(claims)),
            )

    def _author(self, name: str) -> int:
        if name not in self._authors:
            self._database.run("insert or ignore into author (name) values (:name)", name=storable(name))
            row = self._database.one("select id from author where name = :name", name=storable(name))
            assert row
            self._authors[name] = row[0]
        return self._authors[name]

    def _number_documents(self, additions: Sequence[Addition]) -> None:
        """Know the numbers of all documents that these entries name; new ones are written."""
        acts = [addition.entry.act for addition in additions]
        texts = {act.document.id: act.document.text for act in acts if isinstance(act, Filed)}
        named = {claim.evidence.document for act in acts if (claim := _brought(act)) is not None}
        wanted = (named | texts.keys()) - self._documents.keys()
        if not wanted:
            return
        rows = self._database.rows("select hash, id from document where hash in (:*wanted)", wanted=list(wanted))
        self._documents.update(rows)
        new = [id for id in texts if id not in self._documents]
        self._documents |= self._numbers("document", new)
        bodies = [(self._documents[id], id, pack_text(texts[id])) for id in new]
        self._database.many("insert into document (id, hash, body) values (?, ?, ?)", bodies)
        words = [(self._documents[id], indexed(texts[id])) for id in new]
        self._database.many("insert into words (rowid, body) values (?, ?)", words)

    def _number_sites(self, additions: Sequence[Addition]) -> None:
        """Know the numbers of all sites that these entries name; new ones are written."""
        wanted = {addition.site.key: addition.site for addition in reversed(additions) if addition.site}
        wanted = {key: site for key, site in wanted.items() if key not in self._sites}
        if wanted:
            self._sites |= numbers_of(self._database, wanted)
            new = [key for key in wanted if key not in self._sites]
            self._sites |= self._numbers("site", new)
            put_sites(self._database, [(self._sites[key], wanted[key]) for key in new])

    def _numbers(self, table: str, new: Sequence[str]) -> dict[str, int]:
        """The numbers that new rows of a table get."""
        row = self._database.one(f"select coalesce(max(id), 0) from {table}") if new else None
        first = row[0] + 1 if row else 1
        return {name: first + i for i, name in enumerate(new)}


def _brought(act: Act) -> Claim | None:
    match act:
        case Asserted(claim) | Judged(verdict=Edited(claim)):
            return claim
    return None


_ORDER = ("filing", "site_name", "claim", "derivation", "judgement", "withdrawal", "affiliation", "outline", "erasure")
_WIDTHS = {
    "filing": 9,
    "site_name": 2,
    "claim": 9,
    "derivation": 2,
    "judgement": 6,
    "withdrawal": 4,
    "affiliation": 2,
    "outline": 7,
    "erasure": 3,
}
_MARKS = {table: ", ".join("?" * width) for table, width in _WIDTHS.items()}


def _judgement_row(seq: int, act: Judged, instead: str | None) -> tuple[object, ...]:
    accepts = isinstance(act.verdict, Accepted)
    number = number_of(instead) if instead is not None else None
    return seq, number_of(act.claim), accepts, number, storable(act.words), storable(act.reason)
