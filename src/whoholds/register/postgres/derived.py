"""Findings in tables: written back by whoever derives them, sought by their columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, LiteralString

from whoholds.model import Finding, Holding, Incident
from whoholds.register.codec import id_of, pack, storable, stored, unpack
from whoholds.register.kept import CLASS_OF, MATTER_OF, Columns, Look, columns, settling
from whoholds.register.ledger import KINDS
from whoholds.register.postgres import reading, writing
from whoholds.register.postgres.connection import Link
from whoholds.register.postgres.rows import box_condition
from whoholds.register.postgres.writing import day_range
from whoholds.register.store import EVERYTHING, RULES, Box, Held, Sought

_SOUGHT: dict[str, LiteralString] = {
    "ids": "id = ANY(%(ids)s)",
    "sites": "site = ANY(%(sites)s)",
    "claims": "claims && %(claims)s",
    "during": "during && daterange(%(first)s, %(last)s, '[]')",
}


def stale(link: Link, kind: str) -> tuple[frozenset[str], Look]:
    """The stale keys of a kind, and how far the register is by then."""
    with link.snapshot():
        rows = link.ask("SELECT key FROM stale WHERE kind = %s", [storable(kind)])
        return frozenset(stored(key) for (key,) in rows), look(link, kind)


def look(link: Link, kind: str) -> Look:
    """How far the register is."""
    row = link.one("SELECT since FROM stale WHERE kind = %s", [settling(kind)])
    return Look(reading.last(link)[0], row[0] if row else 0)


def newer(link: Link, entry: int) -> list[tuple[str, str]]:
    """What became stale after an entry."""
    rows = link.ask("SELECT kind, key FROM stale WHERE since > %s AND kind = ANY(%s)", [entry, list(KINDS)])
    return [(kind, stored(key)) for kind, key in rows]


def _count(link: Link, kind: str) -> None:
    """Note that a kind is settled once more; the note has its count where keys have an entry."""
    writing.mark(link, [(settling(kind), "")], look(link, kind).settled + 1)


def rules(link: Link) -> str | None:
    """The rules by which findings are derived."""
    return next((stored(key) for (key,) in link.ask("SELECT key FROM stale WHERE kind = %s", [RULES])), None)


def adopt(link: Link, rules: str, since: int) -> None:
    """Note other rules, and that everything is stale since an entry."""
    link.ask("DELETE FROM stale WHERE kind = %s", [RULES])
    writing.mark(link, [(RULES, storable(rules)), *((kind, EVERYTHING) for kind in KINDS)], since)
    for kind in KINDS:
        _count(link, kind)


def settle(
    link: Link, kind: str, keys: Collection[str], *, gone: Collection[str], found: Sequence[Finding], looked: int
) -> None:
    """See `Store.settle`; a key that became stale after the entry `looked` stays."""
    _count(link, kind)
    everything = EVERYTHING in keys
    link.ask(
        "DELETE FROM stale WHERE kind = %s AND since <= %s AND (%s OR key = ANY(%s))",
        [kind, looked, everything, [storable(key) for key in keys]],
    )
    if everything:
        link.ask("DELETE FROM findings WHERE kind = %s", [MATTER_OF[kind]])
    by_id = {finding.id: finding for finding in found}
    link.ask("DELETE FROM findings WHERE id = ANY(%s)", [[storable(id) for id in {*gone, *by_id}]])
    link.copy(
        "COPY findings (id, kind, site, lon, lat, during, holder, name, standing, begin, told, retold, claims, body)"
        " FROM STDIN",
        [_row(finding) for finding in by_id.values()],
    )


def findings(link: Link, sought: Sought) -> Iterator[Finding]:
    """The findings kept, by id, a page at a time."""
    cls, after = CLASS_OF.get(sought.kind), ""
    if cls is None:
        return
    box, values = box_condition(sought.box)
    chosen = [condition for name, condition in _SOUGHT.items() if getattr(sought, name) is not None]
    where = " AND ".join(["kind = %(kind)s", "id > %(after)s", box, *chosen])
    query = f"SELECT id, body FROM findings WHERE {where} ORDER BY id LIMIT {reading.PAGE}"
    while True:
        page = link.ask(query, {**values, **_values(sought), "kind": sought.kind, "after": after})
        for _, body in page:
            yield unpack(cls, body)
        if len(page) < reading.PAGE:
            return
        after = page[-1][0]


def held(link: Link, day: date, box: Box | None) -> list[Held]:
    """The map of a day, by site key: of holdings of one place that can both be in force the one that began last."""
    within, values = box_condition(box)
    rows = link.ask(
        "SELECT DISTINCT ON (site) site, holder, name, standing, begin, told, retold FROM findings"
        " WHERE kind = 'holding' AND during @> %(day)s::date AND "
        + within
        + " ORDER BY site, begin DESC NULLS LAST, told DESC,"
        " coalesce(holder, '') COLLATE \"C\" DESC",
        {**values, "day": day},
    )
    found = (
        Held(stored(site), _stored(holder), _stored(name), standing, begin, told, retold)
        for site, holder, name, standing, begin, told, retold in rows
    )
    return sorted(found, key=lambda row: row.site)


def held_ever(link: Link) -> list[Held]:
    """All holdings, by site key and then in order of time."""
    rows = link.ask(
        "SELECT site, holder, name, standing, begin, told, retold FROM findings WHERE kind = 'holding'"
        ' ORDER BY told, begin NULLS FIRST, id COLLATE "C"'
    )
    found = (
        Held(stored(site), _stored(holder), _stored(name), standing, begin, told, retold)
        for site, holder, name, standing, begin, told, retold in rows
    )
    return sorted(found, key=lambda row: row.site)


def kept(link: Link) -> Iterator[Columns]:
    """The columns of all findings."""
    for kind in CLASS_OF:
        for id, claims in link.ask("SELECT id, claims FROM findings WHERE kind = %s ORDER BY id", [kind]):
            yield Columns(kind, id, None, date.min, date.max, tuple(map(id_of, claims)))


def _row(finding: Finding) -> Sequence[object]:
    found = columns(finding)
    place = found.site.place if found.site else None
    holder = name = begin = told = retold = None
    match finding:
        case Holding():
            side, begin = finding.holder, finding.begin.not_before
            told, retold = finding.told, finding.retold
            holder, name = side and storable(side.key), side and storable(side.name)
        case Incident():
            name = finding.type.value
        case _:
            pass
    return (
        found.id, found.kind, found.site and storable(found.site.key), place and place.lon, place and place.lat,
        day_range(found.first, found.last), holder, name, finding.standing.value, begin, told, retold,
        reading.numbers(found.claims), pack(finding),
    )  # fmt: skip


def _values(sought: Sought) -> dict[str, Any]:
    first, last = sorted(sought.during or (date.min, date.max))
    return {
        "ids": [storable(id) for id in sought.ids or ()],
        "sites": [storable(key) for key in sought.sites or ()],
        "claims": reading.numbers(sought.claims or ()),
        "first": first,
        "last": last,
    }


def _stored(text: str | None) -> str | None:
    return None if text is None else stored(text)
