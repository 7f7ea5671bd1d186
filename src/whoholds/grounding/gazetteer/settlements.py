"""The populated places in a stretch of land, from every gazetteer in use."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.grounding.gazetteer.lookup import gazetteer
from whoholds.model import Place

Box = tuple[float, float, float, float]
"""West, south, east, north in decimal degrees, WGS 84."""


def settlements_in(box: Box, *, least: int = 0) -> Iterator[Place]:
    """The populated places in a box, borders included, with at least so many people, as each gazetteer has them.

    A place that several gazetteers hold comes as often. Where the number of people is not known it counts as 0. A box whose
    west is greater than its east has none. Raises sqlite3.DatabaseError where the embedded gazetteer is damaged.
    """
    yield from gazetteer().settlements(box, least)
