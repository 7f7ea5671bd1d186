"""Entries, filings and texts out of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, LiteralString

from whoholds.model import (
    Act,
    Allied,
    Asserted,
    Claim,
    Document,
    Entry,
    Erased,
    Filed,
    Judged,
    Outlined,
    Parted,
    Tombstone,
    Withdrawn,
)
from whoholds.register.codec import number_of, storable, stored, unpack, unpack_claim, unpack_derivation
from whoholds.register.knowledge import Imprint, Withdrawal, latest_outlines, struck
from whoholds.register.postgres.connection import Link, Row
from whoholds.register.store import Filing

PAGE = 2_000
_FILED: LiteralString = "f.name, f.title, f.url, f.outlet, f.author, f.language, f.published, f.retrieved, f.credits"
_ENTRIES: LiteralString = (
    "SELECT e.seq, e.recorded_at, e.by, e.kind, e.body, d.id, c.body, c.derivation, f.replaces,"
    " CASE WHEN e.kind = 'filed' THEN d.text END, " + _FILED + " FROM entries e"
    " LEFT JOIN documents d ON d.number = e.document AND e.kind IN ('filed', 'asserted')"
    " LEFT JOIN claims c ON c.entry = e.seq AND e.kind = 'asserted' LEFT JOIN filings f ON f.entry = e.seq"
)
_CLASSES: dict[str, type[Act]] = {
    cls.__name__.lower(): cls for cls in (Withdrawn, Judged, Allied, Parted, Outlined, Erased, Tombstone)
}


def numbers(claims: Iterable[str]) -> list[int]:
    """The numbers of claims; what is no id of a claim is left out."""
    found = []
    for claim in claims:
        with suppress(ValueError):
            found.append(number_of(claim))
    return found


def last(link: Link) -> tuple[int, datetime | None]:
    """Number and instant of the last entry; 0 and None where there is none."""
    row = link.one("SELECT seq, recorded_at FROM entries ORDER BY seq DESC LIMIT 1")
    return (row[0], row[1].astimezone(UTC)) if row else (0, None)


def upto(link: Link, recorded_by: datetime | None) -> int:
    """The number of the last entry recorded by an instant (inclusive); of the last one where None."""
    if recorded_by is None:
        return last(link)[0]
    row = link.one("SELECT seq FROM entries WHERE recorded_at <= %s ORDER BY recorded_at DESC, seq DESC LIMIT 1", [recorded_by])
    return row[0] if row else 0


def entries(link: Link, after: int, until: int) -> Iterator[Entry]:
    """The entries with greater numbers than `after`, up to `until`, a page at a time."""
    while after < until:
        page = link.ask(_ENTRIES + " WHERE e.seq > %s AND e.seq <= %s ORDER BY e.seq LIMIT %s", [after, until, PAGE])
        if not page:
            return
        yield from map(_entry, page)
        after = page[-1][0]


def entry(link: Link, seq: int) -> Entry | None:
    """The entry of this number."""
    found = numbered(link, [seq])
    return found[0] if found else None


def numbered(link: Link, seqs: Iterable[int]) -> tuple[Entry, ...]:
    """The entries of these numbers, in order."""
    wanted = [seq for seq in seqs if 0 < seq < 1 << 31]
    return tuple(map(_entry, link.ask(_ENTRIES + " WHERE e.seq = ANY(%s) ORDER BY e.seq", [wanted])))


def about(link: Link, target: str) -> tuple[Entry, ...]:
    """The entries about a claim, withdrawals of these among them; or about a document, with its tombstones and its erasure."""
    rows = link.ask(
        "WITH own AS (SELECT seq FROM entries WHERE claim = ANY(%(claims)s)"
        " UNION SELECT seq FROM entries WHERE instead = ANY(%(claims)s))"
        " SELECT seq FROM own UNION SELECT seq FROM entries WHERE root IN (SELECT seq FROM own)"
        " UNION SELECT f.entry FROM filings f JOIN documents d ON d.number = f.document WHERE d.id = %(id)s"
        " UNION SELECT e.seq FROM entries e JOIN documents d ON d.number = e.document"
        " WHERE d.id = %(id)s AND e.kind IN ('erased', 'tombstone')",
        {"claims": numbers([target]), "id": storable(target)},
    )
    return numbered(link, [seq for (seq,) in rows])


def affiliations(link: Link, upto: int | None = None) -> tuple[Entry, ...]:
    """The alliances and partings that stand as of an entry (None: the last)."""
    rows = link.ask("SELECT seq FROM entries WHERE kind IN ('allied', 'parted')")
    return _unless_withdrawn(link, [seq for (seq,) in rows if upto is None or seq <= upto], upto)


def _unless_withdrawn(link: Link, seqs: Sequence[int], upto: int | None) -> tuple[Entry, ...]:
    if not seqs:
        return ()
    rows = link.ask("SELECT seq, target FROM entries WHERE root = ANY(%s)", [list(seqs)])
    gone = struck((Withdrawal(*row) for row in rows), upto)
    return numbered(link, [seq for seq in seqs if seq not in gone])


def outlines(link: Link, upto: int) -> tuple[Entry, ...]:
    """The outlines that stand as of an entry."""
    rows = link.ask("SELECT seq FROM entries WHERE kind = 'outlined' AND seq <= %s", [upto])
    return latest_outlines(_unless_withdrawn(link, [seq for (seq,) in rows], upto))


def outlines_like(link: Link, act: Outlined) -> tuple[Entry, ...]:
    """See `Book.outlines`."""
    rows = link.ask(
        "SELECT o.entry FROM outlines o JOIN entries e ON e.seq = o.entry WHERE NOT e.struck AND o.source = %(source)s"
        " AND CASE WHEN %(site)s::text IS NULL THEN o.site IS NULL AND o.name = %(name)s ELSE o.site = %(site)s END",
        {"source": storable(act.source), "site": None if act.site is None else storable(act.site), "name": storable(act.name)},
    )
    return numbered(link, [seq for (seq,) in rows])


def judgements(link: Link, upto: int | None = None) -> tuple[Entry, ...]:
    """The verdicts that stand as of an entry (None: the last)."""
    rows = link.ask("SELECT seq FROM entries WHERE kind = 'judged'")
    return _unless_withdrawn(link, [seq for (seq,) in rows if upto is None or seq <= upto], upto)


def texts(link: Link, ids: Iterable[str]) -> dict[str, str]:
    """The texts of documents, by id."""
    rows = link.ask("SELECT id, text FROM documents WHERE text IS NOT NULL AND id = ANY(%s)", [[storable(id) for id in ids]])
    return {id: stored(text) for id, text in rows}


def filings(
    link: Link, *, document: str | None = None, url: str | None = None, name: str | None = None, until: int
) -> Iterator[Filing]:
    """The filings of documents up to an entry, in order, a page at a time."""
    given = {"d.id": document, "f.url": url, "f.name": name}
    values = [storable(value) for value in given.values() if value is not None]
    where = "".join(f" AND {column} = %s" for column, value in given.items() if value is not None)
    after = 0
    while True:
        page = link.ask(
            "SELECT e.seq, e.recorded_at, f.replaces, d.text, " + _FILED + " FROM filings f JOIN entries e ON e.seq = f.entry"
            " JOIN documents d ON d.number = f.document WHERE f.entry > %s AND f.entry <= %s"
            f"{where} ORDER BY f.entry LIMIT 200",
            [after, until, *values],
        )
        for seq, recorded_at, replaces, *told in page:
            yield Filing(seq, recorded_at.astimezone(UTC), _document(told), replaces)
        if len(page) < 200:
            return
        after = page[-1][0]


def imprints(
    link: Link, *, document: str | None = None, documents: Iterable[str] | None = None, urls: Iterable[str] | None = None
) -> Sequence[Imprint]:
    """The filings of texts, or those at addresses, without the texts, in order."""
    if documents is None:
        documents = None if document is None else [document]
    wanted = None if documents is None else [storable(id) for id in documents]
    rows = link.ask(
        "SELECT f.entry, e.recorded_at, d.id, f.name, f.url, f.outlet, f.published, f.retrieved, f.credits, f.replaces"
        " FROM filings f JOIN entries e ON e.seq = f.entry JOIN documents d ON d.number = f.document WHERE "
        + ("true" if wanted is None else "d.id = ANY(%(ids)s)")
        + ("" if urls is None else " AND f.url = ANY(%(urls)s)")
        + " ORDER BY f.entry",
        {"ids": wanted, "urls": None if urls is None else [storable(url) for url in urls]},
    )
    return [_imprint(row) for row in rows]


def text(link: Link, document: str) -> str | None:
    """The text of a document; None where it is not filed or erased."""
    row = link.one("SELECT text FROM documents WHERE id = %s AND text IS NOT NULL", [storable(document)])
    return stored(row[0]) if row else None


def _imprint(row: Row) -> Imprint:
    entry, recorded_at, id, name, url, outlet, published, retrieved, credits, replaces = row
    return Imprint(
        entry,
        recorded_at.astimezone(UTC),
        id,
        stored(name),
        _stored(url),
        _stored(outlet),
        published,
        retrieved,
        tuple(map(stored, credits)),
        replaces,
    )


def _entry(row: Row) -> Entry:
    seq, recorded_at, by, kind, body, document, claim, derivation, replaces, *told = row
    return Entry(seq, recorded_at.astimezone(UTC), stored(by), _act(kind, body, document, claim, derivation, replaces, told))


def _act(kind: str, body: bytes, document: str, claim: bytes, derivation: bytes | None, replaces: str | None, told: Any) -> Act:
    if kind == "filed":
        return Filed(_document(told), replaces)
    if kind != "asserted":
        return unpack(_CLASSES[kind], body)
    return Asserted(claim_in(claim, document, derivation))


def claim_in(body: bytes, document: str, derivation: bytes | None) -> Claim:
    """The claim that a row has, with its derivation."""
    claim = unpack_claim(body, document)
    return claim if derivation is None else replace(claim, derivation=unpack_derivation(derivation, claim.evidence))


def _document(told: Sequence[Any]) -> Document:
    text, name, title, url, outlet, author, language, published, retrieved, credits = told
    return Document(
        text=stored(text),
        name=stored(name),
        title=_stored(title),
        url=_stored(url),
        outlet=_stored(outlet),
        author=_stored(author),
        language=_stored(language),
        published=published,
        retrieved=retrieved,
        credits=tuple(map(stored, credits)),
    )


def _stored(text: str | None) -> str | None:
    return None if text is None else stored(text)
