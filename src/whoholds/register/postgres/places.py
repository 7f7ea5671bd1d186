"""Sites out of tables."""

from __future__ import annotations

from collections.abc import Collection
from typing import LiteralString

from whoholds.model import Site
from whoholds.register.codec import storable, stored
from whoholds.register.postgres.connection import Link
from whoholds.register.postgres.rows import box_condition, site_in
from whoholds.register.store import Box
from whoholds.register.words import fold_name


def sites(link: Link, keys: Collection[str] | None, box: Box | None, within: Collection[str] | None = None) -> list[Site]:
    """The sites that claims name, by key: those with these keys, in this box, around which one of these areas lies."""
    inside, values = box_condition(box)
    named: LiteralString = "" if keys is None else " AND key = ANY(%(keys)s)"
    values["keys"] = [storable(key) for key in keys or ()]
    rows = link.ask("SELECT body FROM sites WHERE " + inside + named, values)
    found = (site_in(body) for (body,) in rows)
    return sorted(
        (site for site in found if within is None or any(key in within for key in site.within)), key=lambda site: site.key
    )


def called(link: Link, name: str) -> tuple[Site, ...]:
    """The sites that bear a name, those with most claims first, then by key."""
    rows = link.ask(
        "SELECT body, (SELECT count(*) FROM claims WHERE site = number) FROM sites"
        " WHERE number IN (SELECT site FROM names WHERE folded = %s)",
        [storable(fold_name(name))],
    )
    found = [(site_in(body), count) for body, count in rows]
    return tuple(site for site, _ in sorted(found, key=lambda pair: (-pair[1], pair[0].key)))


def within(link: Link) -> dict[str, tuple[str, ...]]:
    """The areas around each site, by key."""
    rows = link.ask("SELECT key, body FROM sites")
    return {stored(key): site_in(body).within for key, body in rows}
