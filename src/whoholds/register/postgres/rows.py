"""What `testimony` asks of a register in PostgreSQL: see `views.Rows`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, LiteralString, cast

from whoholds.model import Claim, Site
from whoholds.register.codec import id_of, storable, unpack, unpack_claim
from whoholds.register.knowledge import Imprint, Judgement, Record, Withdrawal
from whoholds.register.postgres import reading
from whoholds.register.postgres.connection import Link
from whoholds.register.store import SHORT_DAYS, Box, Wanted
from whoholds.register.views import Row

_CHOSEN: dict[str, LiteralString] = {
    "kinds": "c.kind = ANY(%(kinds)s)",
    "claims": "c.claim = ANY(%(claims)s)",
    "documents": "c.document = ANY(ARRAY(SELECT number FROM documents WHERE id = ANY(%(documents)s)))",
    "sites": "(c.site = ANY(ARRAY(SELECT number FROM sites WHERE key = ANY(%(sites)s))) OR c.site IS NULL AND %(unplaced)s)",
    "described": "c.described && daterange(%(first)s, %(last)s, '[]')",
    # A text was said on the first day told, of publication or else retrieval, else of filing: one of its filings has it.
    "said": "c.document = ANY(ARRAY(SELECT f.document FROM filings f JOIN entries e ON e.seq = f.entry WHERE"
    " coalesce(f.published, f.retrieved, (e.recorded_at AT TIME ZONE 'UTC')::date) BETWEEN %(said_first)s AND %(said_last)s))",
    "times": "CASE WHEN c.described IS NULL THEN 'untimed'"
    " WHEN upper(c.described) - lower(c.described) <= %(short)s + 1 THEN 'short' ELSE 'long' END = ANY(%(times)s)",
}


class PostgresRows:
    """Reads for `testimony`, each a statement of its own."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def upto(self, recorded_by: datetime | None) -> int:
        return reading.upto(self._link, recorded_by)

    def rows(self, wanted: Wanted, *, after: int, upto: int, limit: int) -> Sequence[Row]:
        values = {**_values(wanted), "after": after, "upto": upto, "limit": limit}
        chosen = [condition for name, condition in _CHOSEN.items() if getattr(wanted, name) is not None]
        conditions = " AND ".join(["c.entry > %(after)s AND c.entry <= %(upto)s", *chosen])
        # A few claims are looked up by their index; only all of them are read in the order of entries.
        kept = "MATERIALIZED" if any(getattr(wanted, name) is not None for name in ("claims", "documents", "sites")) else ""
        query = (
            f"WITH chosen AS {kept} (SELECT c.* FROM claims c WHERE {conditions})"
            " SELECT c.entry, e.recorded_at, c.claim, d.id, s.body, c.noted, c.body, c.derivation"
            " FROM chosen c JOIN entries e ON e.seq = c.entry JOIN documents d ON d.number = c.document"
            " LEFT JOIN sites s ON s.number = c.site ORDER BY c.entry LIMIT %(limit)s"
        )
        return [
            Row(entry, at.astimezone(UTC), id_of(claim), document, site and site_in(site), noted, (body, derivation))
            for entry, at, claim, document, site, noted, body, derivation in self._link.ask(query, values)
        ]

    def record(self, claims: Collection[str]) -> Record:
        ask, numbers = self._link.ask, reading.numbers(claims)
        judged = ask(
            "SELECT seq, claim, accepts, instead FROM entries WHERE kind = 'judged' AND document = ANY(ARRAY("
            "SELECT document FROM claims WHERE claim = ANY(%s)))",
            [numbers],
        )
        tied = {*numbers, *(claim for row in judged for claim in (row[1], row[3]) if claim is not None)}
        entered = ask("SELECT claim, seq FROM entries WHERE kind = 'asserted' AND claim = ANY(%s) ORDER BY seq", [list(tied)])
        asserted = defaultdict[str, list[int]](list)
        for claim, seq in entered:
            asserted[id_of(claim)].append(seq)
        about = [row[1] for row in entered] + [row[0] for row in judged]
        withdrawals = ask("SELECT seq, target FROM entries WHERE root = ANY(%s)", [about])
        judgements = [
            Judgement(seq, id_of(claim), accepts, None if instead is None else id_of(instead))
            for seq, claim, accepts, instead in sorted(judged)
        ]
        return Record(asserted, judgements, [Withdrawal(*row) for row in withdrawals])

    def imprints_of(self, documents: Collection[str]) -> dict[str, Sequence[Imprint]]:
        found = defaultdict[str, list[Imprint]](list)
        for imprint in reading.imprints(self._link, documents=documents):
            found[imprint.document].append(imprint)
        return dict(found)

    def imprints_at(self, urls: Collection[str]) -> dict[str, Sequence[Imprint]]:
        found = defaultdict[str, list[Imprint]](list)
        for imprint in reading.imprints(self._link, urls=urls):
            found[imprint.url or ""].append(imprint)
        return dict(found)

    def imprints(self) -> Sequence[Imprint]:
        return reading.imprints(self._link)

    def plain_claims(self, upto: int) -> Sequence[tuple[str, int]]:
        rows = self._link.ask(
            "SELECT d.id, count(*) FROM claims c JOIN documents d ON d.number = c.document"
            " WHERE NOT c.noted AND c.entry <= %s GROUP BY d.id",
            [upto],
        )
        return [(document, claims) for document, claims in rows]

    def noted_claims(self, upto: int) -> Sequence[tuple[int, str, str]]:
        rows = self._link.ask(
            "SELECT c.entry, c.claim, d.id FROM claims c JOIN documents d ON d.number = c.document"
            " WHERE c.noted AND c.entry <= %s",
            [upto],
        )
        return [(entry, id_of(claim), document) for entry, claim, document in rows]

    def claim_in(self, row: Row, *, derivation: bool) -> Claim:
        body, proof = cast(tuple[bytes, bytes | None], row.body)
        return reading.claim_in(body, row.document, proof) if derivation else unpack_claim(body, row.document)


@lru_cache(maxsize=50_000)
def site_in(body: bytes) -> Site:
    """The site that a row has."""
    return unpack(Site, body)


def box_condition(box: Box | None) -> tuple[LiteralString, dict[str, Any]]:
    """A condition for columns `lon` and `lat`, edges included, and its values."""
    if box is None:
        return "true", {}
    west, south, east, north = box
    between: LiteralString = "lon BETWEEN %(west)s AND %(east)s" if west <= east else "(lon >= %(west)s OR lon <= %(east)s)"
    values = {"west": west, "south": south, "east": east, "north": north}
    return between + " AND lat BETWEEN %(south)s AND %(north)s", values


def _values(wanted: Wanted) -> dict[str, Any]:
    first, last = sorted(wanted.described or (date.min, date.max))
    return {
        "kinds": None if wanted.kinds is None else list(wanted.kinds),
        "claims": reading.numbers(wanted.claims or ()),
        "documents": [storable(id) for id in wanted.documents or ()],
        "sites": [storable(key) for key in wanted.sites or () if key is not None],
        "unplaced": None in (wanted.sites or ()),
        "first": first,
        "last": last,
        "said_first": wanted.said and wanted.said[0],
        "said_last": wanted.said and wanted.said[1],
        "times": list(wanted.times or ()),
        "short": SHORT_DAYS,
    }
