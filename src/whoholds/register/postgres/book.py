"""What `enter` asks of a register in PostgreSQL, inside one transaction of one writer: see `ledger.Book`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from whoholds.model import Entry, Judged, Outlined, Span
from whoholds.register.book import Addition, Key
from whoholds.register.codec import id_of, storable, stored, unpack_claim
from whoholds.register.knowledge import Imprint
from whoholds.register.postgres import erasing, reading, writing
from whoholds.register.postgres.connection import Link
from whoholds.register.store import Situate


class PostgresBook:
    """Reads and writes for `enter`; the caller holds the transaction."""

    def __init__(self, link: Link, situate: Situate) -> None:
        self._link, self._situate = link, situate

    def last(self) -> tuple[int, datetime | None]:
        return reading.last(self._link)

    def met(self, documents: Collection[str], urls: Collection[str]) -> Collection[str]:
        rows = self._link.ask(
            "SELECT id FROM documents WHERE id = ANY(%s) UNION SELECT url FROM filings WHERE url = ANY(%s)",
            [[storable(id) for id in documents], [storable(url) for url in urls]],
        )
        return {stored(name) for (name,) in rows}

    def imprints(self, *, document: str | None = None, url: str | None = None) -> Sequence[Imprint]:
        return reading.imprints(self._link, document=document, urls=None if url is None else [url])

    def text(self, document: str) -> str | None:
        return reading.text(self._link, document)

    def erasure(self, document: str) -> int | None:
        row = self._link.one(
            "SELECT e.seq FROM documents d JOIN entries e ON e.document = d.number AND e.kind = 'erased' WHERE d.id = %s",
            [storable(document)],
        )
        return row[0] if row else None

    def asserted(self, claims: Collection[str]) -> Mapping[str, bool]:
        rows = self._link.ask(
            "SELECT c.claim, bool_or(e.kind = 'asserted' AND NOT e.struck) FROM claims c JOIN entries e ON e.seq = c.entry"
            " WHERE c.claim = ANY(%s) GROUP BY c.claim",
            [reading.numbers(claims)],
        )
        return {id_of(claim): asserted for claim, asserted in rows}

    def claims_of(self, document: str) -> Sequence[str]:
        rows = self._link.ask(
            "SELECT DISTINCT c.claim FROM claims c JOIN documents d ON d.number = c.document WHERE d.id = %s",
            [storable(document)],
        )
        return [id_of(claim) for (claim,) in rows]

    def keys_of(self, claims: Collection[str]) -> set[Key]:
        rows = self._link.ask(
            "SELECT c.kind, c.claim, s.key FROM claims c LEFT JOIN sites s ON s.number = c.site WHERE c.claim = ANY(%s)",
            [reading.numbers(claims)],
        )
        keys = set[Key]()
        for kind, claim, site in rows:
            if kind != "control":
                keys.add((kind, id_of(claim)))
            elif site is not None:
                keys.add((kind, stored(site)))
        return keys

    def edits(self, claims: Collection[str]) -> Collection[tuple[str, str]]:
        numbers = reading.numbers(claims)
        rows = self._link.ask(
            "SELECT claim, instead FROM entries WHERE claim = ANY(%s) AND instead IS NOT NULL"
            " UNION SELECT claim, instead FROM entries WHERE instead = ANY(%s)",
            [numbers, numbers],
        )
        return [(id_of(claim), id_of(instead)) for claim, instead in rows]

    def evidence(self, claim: str) -> Span | None:
        row = self._link.one(
            "SELECT c.body, d.id FROM claims c JOIN documents d ON d.number = c.document WHERE c.claim = ANY(%s)"
            " ORDER BY c.entry LIMIT 1",
            [reading.numbers([claim])],
        )
        return unpack_claim(row[0], stored(row[1])).evidence if row else None

    def judgement(self, claim: str) -> Entry | None:
        row = self._link.one(
            "SELECT seq FROM entries WHERE claim = ANY(%s) AND kind = 'judged' AND NOT struck ORDER BY seq DESC LIMIT 1",
            [reading.numbers([claim])],
        )
        entry = reading.entry(self._link, row[0]) if row else None
        return entry if entry and isinstance(entry.act, Judged) else None

    def affiliations(self) -> Sequence[Entry]:
        return reading.affiliations(self._link)

    def outlines(self, act: Outlined) -> Sequence[Entry]:
        return reading.outlines_like(self._link, act)

    def entry(self, seq: int) -> Entry | None:
        return reading.entry(self._link, seq)

    def withdrawn(self, seq: int) -> bool:
        return self._link.one("SELECT 1 FROM entries WHERE seq = %s AND struck", [seq]) is not None

    def put(self, additions: Sequence[Addition]) -> None:
        writing.put(self._link, additions)

    def erase(self, document: str, erasure: int) -> None:
        erasing.erase(self._link, self._situate, document, erasure)

    def mark(self, keys: Iterable[Key], since: int) -> None:
        writing.mark(self._link, list(keys), since)
