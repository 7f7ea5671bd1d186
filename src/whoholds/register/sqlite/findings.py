"""Findings: kept, sought and taken out again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import itemgetter

from whoholds.model import Finding, Holding
from whoholds.register.codec import number_of, pack, storable, stored, unpack
from whoholds.register.kept import CLASS_OF, MATTER_OF, Columns, Look, columns, held_row, precedence, settling, sure
from whoholds.register.ledger import KINDS
from whoholds.register.sqlite.database import Database, Row
from whoholds.register.sqlite.point import gpkg_point
from whoholds.register.sqlite.reading import is_claim, last_entry
from whoholds.register.sqlite.rows import FINDINGS, day, ordinal
from whoholds.register.sqlite.sites import box_values, in_box
from whoholds.register.store import EVERYTHING, RULES, Box, Held, Sought

_PAGE = 2_000
_Sides = Mapping[int | None, tuple[str | None, str | None]]
_COLUMNS = "name, kind, site, lat, lon, first, last, holder, standing, begin, told, retold, sure, geom"


def stale(database: Database, kind: str) -> frozenset[str]:
    """The stale keys of a kind."""
    return frozenset(stored(row[0]) for row in database.rows("select key from stale where kind = :kind", kind=kind))


def rules(database: Database) -> str | None:
    """The rules by which findings are derived."""
    return next(iter(stale(database, RULES)), None)


def adopt(database: Database, rules: str, since: int) -> None:
    """Note other rules, and that everything is stale since an entry."""
    database.run("delete from stale where kind = :kind", kind=RULES)
    rows = [(RULES, storable(rules), since), *((kind, EVERYTHING, since) for kind in KINDS)]
    database.many("insert or replace into stale values (?, ?, ?)", rows)
    for kind in KINDS:
        _count(database, kind)


def look(database: Database, kind: str) -> Look:
    """How far the register is."""
    row = database.one("select since from stale where kind = :note", note=settling(kind))
    return Look(last_entry(database), row[0] if row else 0)


def newer(database: Database, entry: int) -> list[tuple[str, str]]:
    """What became stale after an entry."""
    rows = database.rows("select kind, key from stale where since > :entry and kind in (:*kinds)", entry=entry, kinds=KINDS)
    return [(kind, stored(key)) for kind, key in rows]


def _count(database: Database, kind: str) -> None:
    """Note that a kind is settled once more; the note has its count where keys have an entry."""
    database.run(
        "insert into stale values (:note, '', 1) on conflict (kind, key) do update set since = since + 1", note=settling(kind)
    )


def settle(
    database: Database, kind: str, keys: Collection[str], looked: int, gone: Collection[str], found: Sequence[Finding]
) -> None:
    """Put findings in the place of others and take keys off, unless they became stale after the entry `looked`."""
    _count(database, kind)
    everything = EVERYTHING in keys
    which = "" if everything else " and key in (:*keys)"
    values: dict[str, object] = {} if everything else {"keys": [storable(key) for key in keys]}
    database.run(f"delete from stale where kind = :kind and since <= :looked{which}", kind=kind, looked=looked, **values)
    if everything:
        forget(database, "select id from finding where kind = :number", FINDINGS.index(MATTER_OF[kind]))
    by_id = {finding.id: finding for finding in found}
    names = {storable(name) for name in gone} | by_id.keys()
    rows = database.rows("select id from finding where name in (:*names)", names=list(names)) if names else []
    if rows:
        forget(database, "select value from json_each(:number)", str([row[0] for row in rows]))
    _keep(database, by_id)


def forget(database: Database, which: str, number: int | str) -> None:
    """Take findings out, those whose numbers a statement over `:number` gives."""
    ids = [row[0] for row in database.rows(which, number=number)]
    if ids:
        for table, column in (("basis", "finding"), ("finding_body", "finding"), ("finding", "id")):
            database.run(f"delete from {table} where {column} in (:*ids)", ids=ids)


def _keep(database: Database, found: Mapping[str, Finding]) -> None:
    unique = list(found.values())
    row = database.one("select coalesce(max(id), 0) from finding")
    first = (row[0] if row else 0) + 1
    sides = _sides(database, unique)
    described = [columns(finding, id) for id, finding in found.items()]
    rows = [(first + i, *_row(finding, told, sides)) for i, (finding, told) in enumerate(zip(unique, described, strict=True))]
    database.many(f"insert into finding (id, {_COLUMNS}) values ({', '.join('?' * 15)})", rows)
    database.many("insert into finding_body values (?, ?)", [(first + i, pack(finding)) for i, finding in enumerate(unique)])
    bases = [(number_of(claim), first + i) for i, told in enumerate(described) for claim in told.claims]
    database.many("insert into basis values (?, ?)", bases)


def _row(finding: Finding, told: Columns, sides: dict[tuple[str, str], int]) -> tuple[object, ...]:
    place = told.site.place if told.site else None
    point = (place.lat, place.lon) if place else (None, None)
    period = (told.first.toordinal(), told.last.toordinal())
    common = (told.id, FINDINGS.index(told.kind), storable(told.site.key) if told.site else None, *point, *period)
    own: tuple[object, ...] = (None, finding.standing.value, None, None, None, None)
    if isinstance(finding, Holding):
        held = held_row(finding)
        holder = sides[held.holder, held.name or ""] if held.holder is not None else None
        own = (holder, held.standing, *map(ordinal, (held.begin, held.told, held.retold, sure(finding))))
    return *common, *own, gpkg_point(*point)


def _sides(database: Database, found: Sequence[Finding]) -> dict[tuple[str, str], int]:
    holders = {(one.holder.key, one.holder.name) for one in found if isinstance(one, Holding) and one.holder}
    if not holders:
        return {}
    rows = [(storable(key), storable(name)) for key, name in sorted(holders)]
    database.many("insert or ignore into side (key, name) values (?, ?)", rows)
    return {(key, name): number for (key, name), number in all_sides(database).items() if (key, name) in holders}


def all_sides(database: Database) -> dict[tuple[str, str], int]:
    """The numbers of holders, by key and name."""
    return {(stored(key), stored(name)): id for id, key, name in database.rows("select id, key, name from side")}


def findings(database: Database, sought: Sought) -> Iterator[Finding]:
    """The findings that are sought, by id."""
    where, values = _conditions(sought)
    kind, after = CLASS_OF[sought.kind], ""
    some = (sought.ids, sought.sites, sought.claims)
    name = "name" if all(one is None for one in some) else "+name"  # the plus prevents a walk over all findings in order
    if name == "name" and sought.during is None and sought.box is None:
        where[0] = "+kind = :kind"  # all of a kind are walked through by name: else each page sorts them all
    statement = (
        "select finding.name, body from finding join finding_body on finding.id = finding"
        f" where {' and '.join(where)} and {name} > :after order by {name} limit {_PAGE}"
    )
    while True:
        rows = database.rows(statement, **dict(values), after=after)
        for _, body in rows:
            yield unpack(kind, body)
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def _conditions(sought: Sought) -> tuple[list[str], dict[str, object]]:
    kind = "kind" if sought.ids is None else "+kind"  # the plus leaves the search to the index of names
    where, values = [f"{kind} = :kind"], dict[str, object](kind=FINDINGS.index(sought.kind))
    if sought.ids is not None:
        where.append("name in (:*ids)")
        values["ids"] = [storable(id) for id in sought.ids]
    if sought.sites is not None:
        where.append("site in (:*sites)")
        values["sites"] = [storable(key) for key in sought.sites]
    if sought.claims is not None:
        where.append("finding.id in (select finding from basis where claim in (:*claims))")
        values["claims"] = [number_of(claim) for claim in sought.claims if is_claim(claim)]
    if sought.during is not None:
        where.append("first <= :until and last >= :since")
        values |= {"since": sought.during[0].toordinal(), "until": sought.during[1].toordinal()}
    if sought.box is not None:
        where.append(in_box(sought.box))
        values |= box_values(sought.box)
    return where, values


def held(database: Database, on: date, box: Box | None) -> Iterator[Held]:
    """The holdings in force on a day, by site key; where periods of one place overlap see `kept.precedence`."""
    where, values = "told is not null and last >= :day and first <= :day", dict[str, object](day=on.toordinal())
    if box is not None:
        where += f" and {in_box(box)}"
        values |= box_values(box)
    sides = dict[int | None, tuple[str | None, str | None]]({None: (None, None)})
    sides.update((number, side) for side, number in all_sides(database).items())
    rows = database.rows(
        f"select site, holder, standing, begin, told, retold, sure from finding indexed by finding_held where {where}", **values
    )
    found = _rows_of_map(rows, sides)
    if len({row[0] for row in rows}) < len(rows):
        found = _in_force(found, [row[6] for row in rows], on)
    if not all(row[0].isascii() for row in found):  # such a key may be escaped
        found = [row._replace(site=stored(row.site)) for row in found]
    found.sort(key=itemgetter(0))
    return iter(found)


def held_ever(database: Database) -> list[Held]:
    """All holdings, by site key and then in order of time; of those told first on one day the one that can begin first."""
    sides = dict[int | None, tuple[str | None, str | None]]({None: (None, None)})
    sides.update((number, side) for side, number in all_sides(database).items())
    rows = database.rows(
        "select site, holder, standing, begin, told, retold, sure from finding where told is not null"
        " order by site, told, begin, name"
    )
    found = _rows_of_map(rows, sides)
    if not all(row[0].isascii() for row in found):  # such a key may be escaped
        found = sorted((row._replace(site=stored(row.site)) for row in found), key=itemgetter(0))
    return found


def _in_force(found: Sequence[Held], sure: Sequence[int], on: date) -> list[Held]:
    """Of holdings, and the days on which each is surely in force, one a place."""
    chosen: dict[str, tuple[Held, int]] = {}
    for row in zip(found, sure, strict=True):
        other = chosen.setdefault(row[0].site, row)
        if other is not row:
            chosen[row[0].site] = max(other, row, key=lambda one: precedence(one[0], date.fromordinal(one[1]), on))
    return [row for row, _ in chosen.values()]


def _rows_of_map(rows: Sequence[Row], sides: _Sides) -> list[Held]:
    """Written for speed: a map has tens of thousands of rows."""
    days = {number: day(number) for number in {row[i] for row in rows for i in (3, 4, 5)}}
    keys, names = ({number: side[i] for number, side in sides.items()} for i in (0, 1))
    new = tuple.__new__  # past the named tuple's own way, which takes twice as long
    return [
        new(Held, (site, keys[holder], names[holder], standing, days[begin], days[told], days[retold]))
        for site, holder, standing, begin, told, retold, _ in rows
    ]
