"""What is made before anybody asks for it: a register of a million claims takes some seconds to look through."""

from __future__ import annotations

from contextlib import suppress

from whoholds.atlas import data, shapes
from whoholds.atlas.api import holding_features
from whoholds.atlas.desk import Desk
from whoholds.atlas.timetables import BusyError
from whoholds.register.store import StoreError


def warm(desk: Desk) -> None:
    """Make what the map's page asks for, in the order in which it asks, and the parts of the API's holdings.

    Whoever asks meanwhile makes what is not there yet. Where the register cannot be read, or too many ask already, nothing more
    is made: whoever asks is told why.
    """
    with suppress(StoreError, BusyError):
        known = desk.known()
        data.timeline_packed(desk, known)
        shapes.shapes_packed(desk, known)
        holding_features.prepare(desk.timetable(known))
        data.incidents_packed(desk, known)
