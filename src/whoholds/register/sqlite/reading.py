"""Reads that several parts of the store need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from whoholds.model import Entry
from whoholds.register import knowledge
from whoholds.register.codec import number_of, storable
from whoholds.register.knowledge import Imprint, Withdrawal
from whoholds.register.sqlite import entries
from whoholds.register.sqlite.database import Database, Row
from whoholds.register.sqlite.rows import FILING, KINDS, imprint, instant


def is_claim(id: str) -> bool:
    """Whether it can be the id of a claim."""
    return len(id) == 16 and all(digit in "0123456789abcdef" for digit in id)


def imprints(database: Database, *, document: str | None = None, url: str | None = None) -> list[Imprint]:
    """The filings of a text or at an address, in order."""
    where = "document.hash = :document" if document is not None else "filing.url = :url"
    value = document if document is not None else storable(url or "")
    name = "document" if document is not None else "url"
    rows = database.rows(f"{FILING} where {where} order by filing.entry", **{name: value})
    return [imprint(row) for row in rows]


def all_imprints(database: Database) -> list[Imprint]:
    """All filings, in order."""
    return [imprint(row) for row in database.rows(f"{FILING} order by filing.entry")]


def imprints_of(database: Database, documents: Collection[str]) -> dict[str, Sequence[Imprint]]:
    """The filings of texts, by id, in order."""
    found: dict[str, list[Imprint]] = {document: [] for document in documents}
    statement = f"{FILING} where document.hash in (:*documents) order by filing.entry"
    for row in database.rows(statement, documents=list(documents)):
        found[row[2]].append(imprint(row))
    return dict(found)


def imprints_at(database: Database, urls: Collection[str]) -> dict[str, Sequence[Imprint]]:
    """The filings at addresses, by address, in order."""
    found: dict[str, list[Imprint]] = {url: [] for url in urls}
    statement = f"{FILING} where filing.url in (:*urls) order by filing.entry"
    for row in database.rows(statement, urls=[storable(url) for url in urls]):
        one = imprint(row)
        found[one.url or ""].append(one)
    return dict(found)


def withdrawals(database: Database, roots: Collection[int]) -> list[Withdrawal]:
    """The withdrawals that are in the end about these entries, those of withdrawals among them."""
    rows = database.rows("select entry, target from withdrawal where root in (:*roots)", roots=list(roots))
    return [Withdrawal(*row) for row in rows]


def struck(database: Database, roots: Collection[int], upto: int | None = None) -> set[int]:
    """The entries that are withdrawn, of these and of their withdrawals."""
    return knowledge.struck(withdrawals(database, roots), upto) if roots else set()


def affiliations(database: Database, upto: int | None = None) -> tuple[Entry, ...]:
    """The alliances and partings that stand as of an entry (None: the last), in order."""
    return _standing(database, database.rows("select entry from affiliation order by entry"), upto)


def judgements(database: Database, upto: int | None = None) -> tuple[Entry, ...]:
    """The verdicts that stand as of an entry (None: the last), in order."""
    return _standing(database, database.rows("select entry from judgement order by entry"), upto)


def _standing(database: Database, rows: Sequence[Row], upto: int | None) -> tuple[Entry, ...]:
    gone = struck(database, [row[0] for row in rows], upto)
    found = [entries.entry(database, row[0]) for row in rows if row[0] not in gone and (upto is None or row[0] <= upto)]
    return tuple(entry for entry in found if entry is not None)


def last_entry(database: Database, recorded_by: datetime | None = None) -> int:
    """The number of the last entry recorded by an instant (None: of the last one); 0 for none.

    Instants ascend with numbers, and no number is missing, so a few looks by number stand in for an index over instants.
    """
    row = database.one("select max(seq) from entry")
    low, high = 0, (row and row[0]) or 0
    if recorded_by is None:
        return high
    limit = instant(recorded_by)
    while low < high:
        middle = (low + high + 1) // 2
        found = database.one("select recorded_at from entry where seq = :seq", seq=middle)
        if found and found[0] <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def entries_about(database: Database, target: str) -> tuple[Entry, ...]:
    """The entries about a claim or a document, withdrawals among them, in order."""
    numbers = _about_document(database, target) + (_about_claim(database, target) if is_claim(target) else [])
    numbers += [withdrawal.entry for withdrawal in withdrawals(database, numbers)]
    found = [entries.entry(database, seq) for seq in sorted(set(numbers))]
    return tuple(entry for entry in found if entry is not None)


def _about_document(database: Database, target: str) -> list[int]:
    rows = database.rows(
        "select filing.entry from filing join document on document.id = document where hash = :target"
        " union select entry from erasure where document = :target"
        " union select tombstone.entry from tombstone join erasure on erasure.entry = erasure"
        " where document = :target and was = :filed",
        target=storable(target),
        filed=KINDS.index("filed"),
    )
    return [row[0] for row in rows]


def _about_claim(database: Database, target: str) -> list[int]:
    rows = database.rows(
        "select entry from claim where id = :id union select entry from judgement where claim = :id or instead = :id",
        id=number_of(target),
    )
    return [row[0] for row in rows]
