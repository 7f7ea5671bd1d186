"""Entries out of the tables they were put into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    Rejected,
    Tombstone,
    Verdict,
    Withdrawn,
)
from whoholds.register.codec import decode, id_of, stored, unpack, unpack_claim, unpack_derivation, unpack_text
from whoholds.register.sqlite.database import Database, Row
from whoholds.register.sqlite.rows import FILING, KINDS, document_of, moment

PAGE = 1_000
_LAST = (1 << 63) - 1  # the largest number that SQLite has
_CLAIMS = (
    "select claim.entry, claim.body, document.hash, derivation.body from claim"
    " join document on document.id = claim.document left join derivation on derivation.entry = claim.entry"
    " where claim.entry between :first and :last"
)


def entries(database: Database, first: int, last: int) -> Iterator[Entry]:
    """The entries with these numbers, both inclusive, in order; a page is read at a time."""
    while first <= last:
        page = min(last, first + PAGE - 1)
        yield from _page(database, first, page)
        first = page + 1


def entry(database: Database, seq: int) -> Entry | None:
    """The entry of a number; None for numbers that no entry has."""
    return next(iter(_page(database, seq, seq)), None) if 0 < seq <= _LAST else None


def _page(database: Database, first: int, last: int) -> list[Entry]:
    with database.snapshot():
        rows = database.rows(
            "select seq, recorded_at, name, kind from entry join author on author.id = author"
            " where seq between :first and :last order by seq",
            first=first,
            last=last,
        )
        acts: dict[int, Act] = {}
        for kind in {row[3] for row in rows}:
            acts.update(_ACTS[kind](database, first, last))
    return [Entry(seq, moment(at), stored(by), acts[seq]) for seq, at, by, _ in rows]


def claims(database: Database, first: int, last: int) -> dict[int, Claim]:
    """The claims that entries brought in, with their derivations."""
    rows = database.rows(_CLAIMS, first=first, last=last)
    return {row[0]: claim_of(*row[1:]) for row in rows}


def claim_of(body: bytes, document: str, derivation: bytes | None, *, id: str | None = None) -> Claim:
    """A claim from its columns; its id is worked out of its content where it is not given."""
    claim = unpack_claim(body, document, id=id)
    if derivation is None:
        return claim
    return unpack_claim(body, document, unpack_derivation(derivation, claim.evidence), id=id)


def judged(row: Row, instead: Claim | None) -> Judged:
    """A judgement from its columns claim, accepts, words and reason."""
    claim, accepts, words, reason = row
    verdict: Verdict = Edited(instead) if instead else Accepted() if accepts else Rejected()
    return Judged(id_of(claim), verdict, stored(reason), stored(words))


def _filed(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
    bodies: dict[str, str] = {}
    for row in database.rows(f"{FILING} where filing.entry between :first and :last", first=first, last=last):
        if row[2] not in bodies:
            found = database.one("select body from document where hash = :hash", hash=row[2])
            bodies[row[2]] = unpack_text(found[0]) if found else ""
        yield row[0], Filed(document_of(row, bodies[row[2]]), row[9])


def _asserted(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
    return ((seq, Asserted(claim)) for seq, claim in claims(database, first, last).items())


def _withdrawn(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
    rows = database.rows(
        "select entry, target, reason from withdrawal where entry between :first and :last", first=first, last=last
    )
    return ((seq, Withdrawn(target, stored(reason))) for seq, target, reason in rows)


def _judged(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
    rows = database.rows(
        "select entry, instead is not null, claim, accepts, words, reason from judgement where entry between :first and :last",
        first=first,
        last=last,
    )
    instead = claims(database, first, last) if any(row[1] for row in rows) else {}
    return ((row[0], judged(row[2:], instead[row[0]] if row[1] else None)) for row in rows)


def _affiliation(kind: type[Allied] | type[Parted]) -> Any:
    code = KINDS.index(kind.__name__.lower())

    def read(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
        rows = database.rows(
            "select entry, body from affiliation join entry on seq = entry"
            " where entry between :first and :last and kind = :code",
            first=first,
            last=last,
            code=code,
        )
        return ((seq, decode(kind, body)) for seq, body in rows)

    return read


def _erased(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
    rows = database.rows(
        "select entry, document, reason from erasure where entry between :first and :last", first=first, last=last
    )
    return ((seq, Erased(document, stored(reason))) for seq, document, reason in rows)


def _tombstone(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
    rows = database.rows(
        "select entry, was, erasure from tombstone where entry between :first and :last", first=first, last=last
    )
    return ((seq, Tombstone(KINDS[was], erasure)) for seq, was, erasure in rows)


def _outlined(database: Database, first: int, last: int) -> Iterator[tuple[int, Act]]:
    rows = database.rows("select entry, body from outline where entry between :first and :last", first=first, last=last)
    return ((seq, unpack(Outlined, body)) for seq, body in rows)


_ACTS: tuple[Any, ...] = (
    _filed,
    _asserted,
    _withdrawn,
    _judged,
    _affiliation(Allied),
    _affiliation(Parted),
    _erased,
    _tombstone,
    _outlined,
)
