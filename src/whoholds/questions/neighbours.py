"""Where the neighbours of an event can be, asked of a store: the looks of a window as testimony."""

from __future__ import annotations

import math
from collections.abc import Iterator

from whoholds.model import Testimony
from whoholds.reconcile.incidents import NEAR_DEGREES, Places, Window
from whoholds.register.store import Box, Store, Wanted


def around(store: Store, window: Window) -> Iterator[Testimony]:
    """The events in which the neighbours of a claim can be; some are told more than once."""
    if window.documents:
        yield from store.testimony(Wanted(kinds=("event",), documents=window.documents))
    known: dict[Places, frozenset[str | None]] = {}
    for look in window.looks:
        sites = None
        if look.places is not None:
            sites = known.get(look.places) or known.setdefault(look.places, _keys(store, look.places))
        asked = Wanted(kinds=("event",), sites=sites, described=look.described, said=look.said, times=(look.time,))
        yield from store.testimony(asked)


def _keys(store: Store, places: Places) -> frozenset[str | None]:
    """The keys of places, None among them for claims without a place."""
    keys: set[str | None] = {*places.sites}
    if places.within:
        keys |= {site.key for site in store.sites(within=places.within)}
    if places.around:
        keys |= {site.key for box in _boxes(*places.around) for site in store.sites(box=box)}
    return frozenset(keys | {None} if places.unplaced else keys)


def _boxes(lat: float, lon: float) -> tuple[Box, ...]:
    """The square around a point; it may cross the date line."""
    south, north = max(lat - NEAR_DEGREES, -90.0), min(lat + NEAR_DEGREES, 90.0)
    east = NEAR_DEGREES / max(math.cos(math.radians(max(abs(south), abs(north)))), 1e-6)
    if east >= 180:
        return ((-180.0, south, 180.0, north),)
    return (((lon - east + 180) % 360 - 180, south, (lon + east + 180) % 360 - 180, north),)
