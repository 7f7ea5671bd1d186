"""Which place an address means, as far as it is known."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

from whoholds.atlas.api.answering import Asking
from whoholds.atlas.api.parameters import LONGEST_QUERY
from whoholds.model import Site
from whoholds.questions.as_known import KnownPlaces
from whoholds.questions.places import site_called

PlaceKey = Annotated[
    str,
    Path(
        min_length=1,
        max_length=LONGEST_QUERY,
        description="The key of a place, such as geonames:585514, or a name that means one place only.",
        examples=["geonames:585514", "Kalbajar"],
    ),
]


def site_of(ask: Asking, name: str) -> Site:
    """The place that a key or a name means. Raises PlaceError where it is not known, or means several."""
    known = ask.asked.known.all
    return site_called(ask.desk.register.store if known else KnownPlaces(ask.state.picture), name)
