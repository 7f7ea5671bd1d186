"""Erasure: everything that quotes a document is destroyed, and tombstones stand where its entries stood.

What PostgreSQL still holds of it is in dead rows, which `sweep` clears away, and in the server's write-ahead log and backups,
which are its administrator's.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from whoholds.model import Tombstone, Where, Withdrawn
from whoholds.register.codec import pack, storable, unpack_claim
from whoholds.register.postgres.connection import Link
from whoholds.register.postgres.writing import name, names_of
from whoholds.register.store import Situate, StoreError

_TABLES = ("documents", "filings", "entries", "claims", "lexemes", "findings", "sites", "names")


def erase(link: Link, situate: Situate, document: str, erasure: int) -> None:
    """Put tombstones in the place of a document's filings, assertions and judgements; `erasure` is the erasing entry."""
    row = link.one("SELECT number FROM documents WHERE id = %s", [storable(document)])
    assert row is not None, "the ledger has looked"
    (number,) = row
    link.ask("DELETE FROM findings WHERE claims && ARRAY(SELECT claim FROM claims WHERE document = %s)", [number])
    for kind in ("filed", "asserted", "judged"):
        link.ask(
            "UPDATE entries SET kind = 'tombstone', body = %s, claim = NULL, accepts = NULL, instead = NULL,"
            " document = CASE WHEN kind = 'filed' THEN document END WHERE kind = %s AND seq = ANY(ARRAY("
            "SELECT entry FROM filings WHERE document = %s UNION SELECT entry FROM claims WHERE document = %s"
            " UNION SELECT seq FROM entries WHERE document = %s AND kind = 'judged'))",
            [pack(Tombstone(kind, erasure)), kind, number, number, number],
        )
    _blank(link, erasure)
    link.ask("DELETE FROM filings WHERE document = %s", [number])
    link.ask("DELETE FROM lexemes WHERE document = %s", [number])
    sites = [
        site for (site,) in link.ask("DELETE FROM claims WHERE document = %s RETURNING site", [number]) if site is not None
    ]
    link.ask("UPDATE documents SET text = NULL WHERE number = %s", [number])
    _forget(link, situate, sorted(set(sites)))


def _blank(link: Link, erasure: int) -> None:
    """Take the reasons out of the withdrawals that are in the end about what an erasure put tombstones on."""
    stones = [pack(Tombstone(kind, erasure)) for kind in ("filed", "asserted", "judged")]
    rows = link.ask(
        "SELECT seq, target FROM entries WHERE kind = 'withdrawn' AND root = ANY(ARRAY("
        "SELECT seq FROM entries WHERE kind = 'tombstone' AND body = ANY(%s)))",
        [stones],
    )
    for seq, target in rows:
        link.ask("UPDATE entries SET body = %s WHERE seq = %s", [pack(Withdrawn(target, "")), seq])


def _forget(link: Link, situate: Situate, sites: list[int]) -> None:
    """Take away sites that no claim names any more; the others are called what the claims left call them."""
    link.ask("DELETE FROM names WHERE site = ANY(%s)", [sites])
    link.ask("DELETE FROM sites WHERE number = ANY(%s) AND NOT EXISTS (SELECT FROM claims WHERE site = number)", [sites])
    rows = link.ask(
        "SELECT c.site, c.body, d.id FROM claims c JOIN documents d ON d.number = c.document "
        " WHERE c.site = ANY(%s) ORDER BY c.entry",
        [sites],
    )
    named: dict[int, dict[Where, None]] = {}
    for number, body, document in rows:
        where = unpack_claim(body, document).where
        assert where is not None, "a claim with a site has a place"
        named.setdefault(number, {})[replace(where, span=None, alternatives=())] = None
    for number, wheres in named.items():
        site = situate(next(iter(wheres)))
        link.ask(
            "UPDATE sites SET name = %s, body = %s WHERE number = %s AND key = %s",
            [storable(site.name), pack(site), number, storable(site.key)],
        )
        name(link, {(number, called) for where in wheres for called in names_of(site, where)})


def sweep(link: Link) -> None:
    """Clear dead rows away, as far as the user may."""
    for table in _TABLES:
        with suppress(StoreError):
            link.ask(f"VACUUM {table}")
