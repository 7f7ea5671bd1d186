"""Sites and their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter

from whoholds.model import Claim, Site
from whoholds.register.codec import storable, stored
from whoholds.register.sqlite import entries
from whoholds.register.sqlite.around import within_of
from whoholds.register.sqlite.database import Database
from whoholds.register.sqlite.rows import site_of_row, site_row
from whoholds.register.store import Box, Situate
from whoholds.register.words import fold_name


def names_of(site: Site, *names: str | None) -> set[str]:
    """What a site is found by: its own name and these, folded."""
    return {storable(fold_name(name)) for name in (site.name, *names) if name is not None}


def numbers_of(database: Database, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of those of the sites that are there, by key."""
    rows = database.rows("select key, id from site where key in (:*keys)", keys=[storable(key) for key in keys])
    return {stored(key): number for key, number in rows}


def put_sites(database: Database, sites: Sequence[tuple[int, Site]]) -> None:
    """Write new sites with their numbers."""
    rows = [(number, *site_row(site)) for number, site in sites]
    columns = "id, key, name, lat, lon, body, within, geom"
    database.many(f"insert into site ({columns}) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, gpkg_point(?4, ?5))", rows)
    _put_areas(database, sites)


def _put_areas(database: Database, sites: Sequence[tuple[int, Site]]) -> None:
    rows = [(storable(key), number) for number, site in sites for key in site.within]
    database.many("insert or ignore into area values (?, ?)", rows)


def site(database: Database, key: str) -> Site | None:
    """The site with a key."""
    row = database.one("select body from site where key = :key", key=storable(key))
    return site_of_row(row[0]) if row else None


def by_number(database: Database, numbers: Collection[int]) -> dict[int, Site]:
    """The sites with these numbers."""
    rows = database.rows("select id, body from site where id in (:*numbers)", numbers=list(numbers)) if numbers else []
    return {number: site_of_row(body) for number, body in rows}


def sites(
    database: Database, keys: Collection[str] | None, box: Box | None, within: Collection[str] | None = None
) -> Iterator[Site]:
    """The sites with these keys, in this box and in one of these areas, by key."""
    where, values = ["true"], dict[str, object]()
    if keys is not None:
        where.append("key in (:*keys)")
        values["keys"] = [storable(key) for key in keys]
    if box is not None:
        where.append(in_box(box))
        values |= box_values(box)
    if within is not None:
        where.append("id in (select site from area where key in (:*within))")
        values["within"] = [storable(key) for key in within]
    rows = database.rows(f"select body from site where {' and '.join(where)}", **values)
    return iter(sorted([site_of_row(row[0]) for row in rows], key=attrgetter("key")))


def within(database: Database) -> dict[str, tuple[str, ...]]:
    """The areas around each site, by key."""
    rows = database.rows("select key, within from site")
    areas: dict[str | None, tuple[str, ...]] = {text: within_of(text) for text in {row[1] for row in rows}}
    found = {key: areas[text] for key, text in rows}
    return found if all(map(str.isascii, found)) else {stored(key): around for key, around in found.items()}


def in_box(box: Box) -> str:
    """The condition that the columns lat and lon lie in a box."""
    return f"lat between :south and :north and (lon >= :west {'and' if box[0] <= box[2] else 'or'} lon <= :east)"


def box_values(box: Box) -> dict[str, object]:
    """The values of that condition."""
    return dict(zip(("west", "south", "east", "north"), box, strict=True))


def sites_called(database: Database, name: str) -> tuple[Site, ...]:
    """The sites with a name; those with most claims first, then by key."""
    rows = database.rows(
        "select body, (select count(*) from claim where claim.site = site.id) from site_name"
        " join site on site.id = site_name.site where site_name.name = :name",
        name=storable(fold_name(name)),
    )
    found = sorted((-claims, site.key, site) for site, claims in ((site_of_row(body), claims) for body, claims in rows))
    return tuple(site for _, _, site in found)


def renew(database: Database, situate: Situate, numbers: Collection[int]) -> None:
    """Make sites and their names anew from the claims that are left; a site without claims goes."""
    for number in numbers:
        database.run("delete from site_name where site = :number", number=number)
        database.run("delete from area where site = :number", number=number)
        claims = _claims(database, number)
        if not claims:
            database.run("delete from site where id = :number", number=number)
            continue
        first = claims[0].where
        assert first is not None
        site = situate(first)
        _, name, lat, lon, body, within = site_row(site)
        database.run(
            "update site set name = :name, lat = :lat, lon = :lon, body = :body, within = :within,"
            " geom = gpkg_point(:lat, :lon) where id = :number",
            name=name,
            lat=lat,
            lon=lon,
            body=body,
            within=within,
            number=number,
        )
        names = {name for claim in claims if claim.where for name in _names(site, claim)}
        database.many("insert or ignore into site_name values (?, ?)", [(name, number) for name in names])
        _put_areas(database, [(number, site)])


def _claims(database: Database, number: int) -> list[Claim]:
    rows = database.rows(
        "select claim.body, hash from claim join document on document.id = document where site = :number order by entry",
        number=number,
    )
    return [entries.claim_of(body, document, None) for body, document in rows]


def _names(site: Site, claim: Claim) -> set[str]:
    where = claim.where
    return names_of(site, where.name, where.place.name if where.place else None) if where else set()
