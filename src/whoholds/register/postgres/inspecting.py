"""What can be wrong inside a register in PostgreSQL: what entries tell, then what the tables say beside them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import LiteralString

from whoholds.model import Entry, Problem
from whoholds.register.checking import check, document_problem
from whoholds.register.codec import id_of, unpack_claim
from whoholds.register.knowledge import Withdrawal, struck
from whoholds.register.postgres import derived, reading
from whoholds.register.postgres.connection import Link

_BACKUP = "the register was altered outside whoholds: go back to a copy"
_FILINGS: LiteralString = "SELECT f.entry FROM filings f JOIN documents d ON d.number = f.document WHERE "
_HANGING: tuple[tuple[str, LiteralString], ...] = (
    (
        "has no filing",
        "SELECT e.seq FROM entries e LEFT JOIN filings f ON f.entry = e.seq WHERE e.kind = 'filed' AND f.entry IS NULL",
    ),
    ("has a filing but is none", "SELECT f.entry FROM filings f JOIN entries e ON e.seq = f.entry WHERE e.kind <> 'filed'"),
    (
        "has no claim",
        "SELECT e.seq FROM entries e LEFT JOIN claims c ON c.entry = e.seq"
        " WHERE (e.kind = 'asserted' OR e.instead IS NOT NULL) AND c.entry IS NULL",
    ),
    (
        "has the row of another claim",
        "SELECT c.entry FROM claims c JOIN entries e ON e.seq = c.entry"
        " WHERE c.claim IS DISTINCT FROM coalesce(e.instead, e.claim)",
    ),
    ("has no text", _FILINGS + "d.text IS NULL"),
    (
        "has a text that search does not find",
        _FILINGS + "d.text ~ '[a-zA-Z]' AND NOT EXISTS (SELECT FROM lexemes l WHERE l.document = f.document)",
    ),
    (
        "has lost what its outline is found by",
        "SELECT e.seq FROM entries e LEFT JOIN outlines o ON o.entry = e.seq WHERE e.kind = 'outlined' AND o.entry IS NULL",
    ),
    (
        "withdraws nothing",
        "SELECT seq FROM entries WHERE kind = 'withdrawn' AND NOT coalesce(target < seq AND root <= target, false)",
    ),
)


class _Entries:
    def __init__(self, link: Link) -> None:
        self._link = link

    def entries(self) -> Iterator[Entry]:
        return reading.entries(self._link, 0, reading.last(self._link)[0])


def verify(link: Link) -> Iterator[Problem]:
    """See `Store.verify`."""
    yield from _hanging(link)
    yield from _struck(link)
    try:
        yield from _texts(link)
        yield from _ids(link)
        yield from check(_Entries(link), derived.kept(link))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError) as error:  # what damaged bytes make a decoder raise
        yield Problem("damaged", f"what an entry holds cannot be read: {error}", None, _BACKUP)


def _hanging(link: Link) -> Iterator[Problem]:
    for what, query in _HANGING:
        for (entry,) in link.ask(query):
            yield Problem("hanging", f"entry {entry} {what}", None, _BACKUP)


def _texts(link: Link) -> Iterator[Problem]:
    rows = link.ask("SELECT f.entry, d.id FROM filings f JOIN documents d ON d.number = f.document ORDER BY f.entry")
    ids: dict[int, str] = dict(rows)
    for filing in reading.filings(link, until=reading.last(link)[0]):
        problem = document_problem(filing.entry, ids.get(filing.entry, filing.document.id), filing.document)
        if problem is not None:
            yield problem


def _struck(link: Link) -> Iterator[Problem]:
    gone = struck(Withdrawal(*row) for row in link.ask("SELECT seq, target FROM entries WHERE target IS NOT NULL"))
    marked = {seq for (seq,) in link.ask("SELECT seq FROM entries WHERE struck")}
    for seq in sorted(gone ^ marked):
        yield Problem(
            "withdrawal", f"entry {seq} is{'' if seq in gone else ' not'} withdrawn, but not marked so", None, _BACKUP
        )


def _ids(link: Link) -> Iterator[Problem]:
    after = 0
    while True:
        page = link.ask(
            "SELECT c.entry, c.claim, c.body, d.id FROM claims c JOIN documents d ON d.number = c.document"
            " WHERE c.entry > %s ORDER BY c.entry LIMIT %s",
            [after, reading.PAGE],
        )
        for entry, claim, body, document in page:
            if unpack_claim(body, document).id != id_of(claim):
                yield Problem("hash", f"entry {entry}: claim {id_of(claim)} is not the claim that was entered", None, _BACKUP)
        if len(page) < reading.PAGE:
            return
        after = page[-1][0]
