"""Erasure: tombstones in the place of entries, and the bytes really gone.

The rows go in the transaction of the erasure. What they leave behind goes after it, in `scrub`: the full-text index is merged,
so that no word of the document stays in a segment of it, the file is written anew without its free pages (`vacuum`), and the
write-ahead log is emptied. A program that dies in between leaves a note, and the next one that opens the register scrubs it.
"""

from __future__ import annotations

from whoholds.register.codec import unpack_text
from whoholds.register.sqlite import findings, sites
from whoholds.register.sqlite.database import Database
from whoholds.register.sqlite.rows import KINDS
from whoholds.register.store import Situate, StoreError
from whoholds.register.words import indexed

_SCRUB = "scrub"  # a kind of stale key


def erase(database: Database, situate: Situate, document: str, erasure: int) -> None:
    """Put tombstones in the place of what files, asserts and judges a document and its claims; blank why that was withdrawn."""
    row = database.one("select id, body from document where hash = :hash", hash=document)
    assert row is not None, "only what is filed is erased"
    number, body = row
    of_it = "(select id from claim where document = :number)"
    findings.forget(database, f"select finding from basis where claim in {of_it}", number)
    places = _numbers(database, "select distinct site from claim where document = :number and site is not null", number)
    gone = {
        "filed": _numbers(database, "select entry from filing where document = :number", number),
        "judged": _numbers(database, f"select entry from judgement where claim in {of_it}", number),
    }
    entered = _numbers(database, "select entry from claim where document = :number", number)
    gone["asserted"] = [seq for seq in entered if seq not in set(gone["judged"])]
    rows = {"derivation": entered, "claim": entered, "judgement": gone["judged"], "filing": gone["filed"]}
    for table, numbers in rows.items():
        database.run(f"delete from {table} where entry in (:*numbers)", numbers=numbers)
    about = [seq for numbers in gone.values() for seq in numbers]
    database.run("update withdrawal set reason = '' where root in (:*about)", about=about)
    stones = [(seq, KINDS.index(was), erasure) for was, numbers in gone.items() for seq in numbers]
    database.many("insert into tombstone values (?, ?, ?)", stones)
    kind = KINDS.index("tombstone")
    database.many(f"update entry set kind = {kind} where seq = ?", [(seq,) for seq, _, _ in stones])
    sites.renew(database, situate, places)
    words = indexed(unpack_text(body))
    database.run("insert into words (words, rowid, body) values ('delete', :number, :words)", number=number, words=words)
    database.run("delete from document where id = :number", number=number)
    database.run(
        "insert or replace into stale values (:kind, :document, :since)", kind=_SCRUB, document=document, since=erasure
    )


def _numbers(database: Database, statement: str, number: int) -> list[int]:
    return [row[0] for row in database.rows(statement, number=number)]


def must_scrub(database: Database) -> bool:
    """Whether erased words may still lie in the file."""
    return database.one("select 1 from stale where kind = :kind", kind=_SCRUB) is not None


def scrub(database: Database) -> None:
    """Destroy the bytes of what was erased. Raises StoreError where another program keeps the file from being written anew."""
    with database.transaction():
        database.run("insert into words (words) values ('optimize')")
    database.run("vacuum")
    busy = database.one("pragma wal_checkpoint(truncate)")
    if busy and busy[0]:
        raise StoreError(
            f"the erasure is entered, but another program still reads {database.path}, so that old bytes may be left",
            "close the other program; the register finishes the erasure when it is opened next",
        )
    with database.transaction():
        database.run("delete from stale where kind = :kind", kind=_SCRUB)
