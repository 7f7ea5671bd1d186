"""The shapes of the map: outlines of countries, boundaries of areas, cells around settlements.

Cells of 30,000 places take seconds to work out and never change while no place is new, so what was made is kept for the places
and outlines that it was made of; of a state of knowledge that was asked for before, nothing but its last entry is looked at.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from typing import TypeVar
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request, Response

from whoholds.atlas.asked import IsAsked
from whoholds.atlas.backdrop import boundary_shapes, cell_columns, country_features, outlined_places
from whoholds.atlas.columns import Packed, packed
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.model import Entry, Site
from whoholds.questions.cells import cells
from whoholds.questions.ground import last_entry
from whoholds.register.store import Known

router = APIRouter(prefix="/data", include_in_schema=False)

_KEPT = 4
_LEVEL = 5  # of gzip
K = TypeVar("K")


class Shapes:
    """The shapes of one register, at hand for the states of knowledge that were asked for last. Used from many threads."""

    def __init__(self, desk: Desk) -> None:
        self._register = desk.register
        self._lock = threading.Lock()
        self._by_state: OrderedDict[tuple[Known, int], Packed] = OrderedDict()
        self._by_content: OrderedDict[object, Packed] = OrderedDict()

    def packed(self, known: Known) -> Packed:
        """The shapes for the places of a state of knowledge. Raises StoreError where the register cannot be read."""
        with self._lock:  # those who ask meanwhile wait for the first, whose answer serves them too
            state = known, last_entry(self._register.store)
            found = self._by_state.get(state)
            if found is None:
                picture = self._register.picture(published_by=known.published_by, recorded_by=known.recorded_by)
                entries = self._register.outlines(recorded_by=known.recorded_by)
                found = self._made(picture.sites(), entries)
                _keep(self._by_state, state, found)
            return found

    def _made(self, sites: dict[str, Site], entries: tuple[Entry, ...]) -> Packed:
        content = frozenset(sites), tuple(entry.seq for entry in entries)
        found = self._by_content.get(content)
        if found is None:
            found = packed(shapes_of(sites, entries))
            _keep(self._by_content, content, found)
        return found


def shapes_of(sites: dict[str, Site], entries: tuple[Entry, ...]) -> dict[str, object]:
    """Outlines of countries, the boundaries that entries give, and cells for the settlements and areas without one."""
    return {
        "outlines": country_features(sites.values()),
        "boundaries": boundary_shapes(entries),
        "cells": cell_columns(cells(sites.values(), bounded=outlined_places(entries))),
    }


_SHAPES: WeakKeyDictionary[Desk, Shapes] = WeakKeyDictionary()
_MAKING = threading.Lock()


@router.get("/shapes")
def shapes(request: Request, desk: TheDesk, asked: IsAsked) -> Response:
    """What the map draws beneath the places."""
    made = shapes_packed(desk, asked.known)
    headers = {"ETag": made.tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie, Authorization"}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if made.tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(made.body, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(made.body), media_type="application/json", headers=headers)


def shapes_packed(desk: Desk, known: Known) -> Packed:
    """The shapes of a state of knowledge of a desk's register. Raises StoreError where the register cannot be read."""
    with _MAKING:
        at_hand = _SHAPES.setdefault(desk, Shapes(desk))
    return at_hand.packed(known)


def _keep(kept: OrderedDict[K, Packed], key: K, value: Packed) -> None:
    kept[key] = value
    while len(kept) > _KEPT:
        kept.popitem(last=False)
