"""What is made before anybody asks for it: a register of a million claims takes some seconds to look through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from whoholds.atlas import data, shapes
from whoholds.atlas.api import holding_features
from whoholds.atlas.desk import Desk
from whoholds.atlas.timetables import BusyError
from whoholds.register.store import StoreError


def warm(desk: Desk, stopped: Event | None = None) -> None:
    """Make what the map's page asks for, in the order in which it asks, and the parts of the API's holdings.

    Whoever asks meanwhile makes what is not there yet. Where the register cannot be read, or too many ask already, nothing more
    is made: whoever asks is told why. Once it is `stopped` nothing more is begun.
    """
    with suppress(StoreError, BusyError):
        known = desk.known()
        for make in (
            lambda: data.timeline_packed(desk, known),
            lambda: shapes.shapes_packed(desk, known),
            lambda: holding_features.prepare(desk.timetable(known)),
            lambda: data.incidents_packed(desk, known),
        ):
            if stopped and stopped.is_set():
                return
            make()


@contextmanager
def warmed(desk: Desk) -> Iterator[None]:
    """Warm in a thread of its own; at the end it is waited for, since a register must not be closed while it is read."""
    stopped = Event()
    thread = Thread(target=warm, args=(desk, stopped), name="warming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join()
