"""Asking the register what a page shows, in the state of knowledge that the page is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from whoholds.atlas.asked import Asked
from whoholds.atlas.desk import Desk
from whoholds.atlas.states import State, state_of
from whoholds.model import Site
from whoholds.questions.as_known import KnownPlaces
from whoholds.questions.places import PlaceError, site_called


class AsKnown(TypedDict):
    """The two clocks, as the questions of a register take them."""

    published_by: date | None
    recorded_by: datetime | None


def as_known(asked: Asked) -> AsKnown:
    """The state of knowledge of a page, the publication delay among it, as arguments of a question."""
    return AsKnown(published_by=asked.known.published_by, recorded_by=asked.known.recorded_by)


def seen(desk: Desk, asked: Asked) -> State:
    """The state of knowledge of a page."""
    return state_of(desk, asked.known)


def latest_day(desk: Desk, asked: Asked) -> date:
    """The last day that anything known was published on; the last of all days where none tells its day."""
    return seen(desk, asked).latest or date.max


def shown_day(desk: Desk, asked: Asked) -> date:
    """The day a page shows: the one asked for, else the last one that anything known was published on."""
    return asked.on or latest_day(desk, asked)


def site_of(desk: Desk, asked: Asked, name: str) -> Site:
    """The one site that a name or a key means, as far as is known. Raises PlaceError where there is none, or several."""
    return site_called(desk.register.store if asked.known.all else KnownPlaces(seen(desk, asked).picture), name)


def area_of(desk: Desk, asked: Asked, key: str) -> Site | None:
    """The site of an area around a place, which no claim need name; None where it is not known."""
    try:
        return desk.register.store.site(key) or site_of(desk, asked, key)
    except PlaceError:
        return None
