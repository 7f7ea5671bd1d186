"""What is wrong inside a register file: what SQLite finds, then what the rows say against each other."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from whoholds.model import Asserted, Edited, Entry, Filed, Judged, Problem
from whoholds.register.checking import Checker, document_problem
from whoholds.register.codec import id_of, stored
from whoholds.register.sqlite import entries
from whoholds.register.sqlite.database import Database
from whoholds.register.sqlite.reading import last_entry
from whoholds.register.sqlite.rows import KINDS
from whoholds.register.store import StoreError

_BACKUP = "the register was damaged or altered outside whoholds: go back to a copy"
_TABLES = {
    "filed": "filing",
    "asserted": "claim",
    "withdrawn": "withdrawal",
    "judged": "judgement",
    "tombstone": "tombstone",
    "outlined": "outline",
}


def verify(database: Database) -> Iterator[Problem]:
    """See `Store.verify`."""
    found: list[Problem] = []
    try:
        found += _file(database)
        if all(problem.code != "damaged" for problem in found):  # else nothing in it can be relied on
            found += [*_rows(database), *_words(database), *_entries(database)]
    except StoreError as error:
        found.append(Problem("damaged", error.message, None, error.hint))
    return iter(found)


def _file(database: Database) -> Iterator[Problem]:
    for row in database.rows("pragma integrity_check"):
        if row[0] != "ok":
            yield Problem("damaged", f"SQLite finds: {row[0]}", None, _BACKUP)
    for table, row, parent, _ in database.rows("pragma foreign_key_check"):
        yield Problem("dangling", f"row {row} of {table} names no row of {parent}", None, _BACKUP)


def _rows(database: Database) -> Iterator[Problem]:
    last = last_entry(database)
    count = database.one("select count(*) from entry")
    if count and count[0] != last:
        yield Problem("numbers", f"{last - count[0]} entries are missing of {last}", None, _BACKUP)
    for kind, table in _TABLES.items():
        rows = database.rows(
            f"select seq from entry where kind = :kind and seq not in (select entry from {table})", kind=KINDS.index(kind)
        )
        for row in rows:
            yield Problem("no-act", f"entry {row[0]} has lost what was {kind}", None, _BACKUP)
    for name, claim in database.rows(
        "select name, claim from basis join finding on finding.id = finding where claim not in (select id from claim)"
    ):
        missing = f"{stored(name)} rests on claim {id_of(claim)}, which is not in the register"
        yield Problem("no-claim", missing, None, "derive the findings again")


def _words(database: Database) -> Iterator[Problem]:
    if not database.readonly:
        try:
            database.run("insert into words (words) values ('integrity-check')")
        except StoreError as error:
            if "damaged" not in error.message:  # somebody else is writing: the check needs a writer's place
                raise
            yield Problem("words", f"the full-text index is damaged: {error.message}", None, _BACKUP)
    for row in database.rows("select hash from document where id not in (select id from words_docsize)"):
        yield Problem("words", f"document {row[0][:12]} is not in the full-text index", None, _BACKUP)
    for row in database.rows("select id from words_docsize where id not in (select id from document)"):
        yield Problem("words", f"the full-text index has a document {row[0]} that is not there", None, _BACKUP)


def _entries(database: Database) -> Iterator[Problem]:
    checker = Checker()
    try:
        for entry in entries.entries(database, 1, last_entry(database)):
            yield from checker.entry(entry)
            yield from _hashes(database, entry)
    except (zlib.error, ValueError, KeyError, TypeError, IndexError) as error:  # what damaged bytes make a decoder raise
        yield Problem("damaged", f"what an entry holds cannot be read: {error}", None, _BACKUP)


def _hashes(database: Database, entry: Entry) -> Iterator[Problem]:
    match entry.act:
        case Filed(document):
            row = database.one(
                "select hash from document join filing on document.id = document where entry = :seq", seq=entry.seq
            )
            problem = document_problem(entry.seq, row[0], document) if row else None
            if problem:
                yield problem
        case Asserted(claim) | Judged(verdict=Edited(claim)):
            row = database.one("select id from claim where entry = :seq", seq=entry.seq)
            if row is None or id_of(row[0]) != claim.id:
                yield Problem("hash", f"entry {entry.seq}: the claim is not the one that was entered", None, _BACKUP)
        case _:
            pass
