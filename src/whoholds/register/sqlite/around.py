"""The areas around a site as the text of a column: a list in JSON, null for none."""

from __future__ import annotations

import json

from whoholds.model import Site


def within_text(site: Site) -> str | None:
    """What the column `within` has for a site."""
    return json.dumps(site.within, separators=(",", ":")) if site.within else None


def within_of(text: str | None) -> tuple[str, ...]:
    """The areas that the column has."""
    return tuple(json.loads(text)) if text else ()
