"""The data that the map's page takes once and filters itself."""

from __future__ import annotations

import gzip
from dataclasses import replace
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request, Response

from whoholds.atlas import columns
from whoholds.atlas.asked import IsAsked
from whoholds.atlas.columns import Packed
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.states import state_of
from whoholds.questions.timetable import Timetable
from whoholds.register.store import Known

router = APIRouter(prefix="/data", include_in_schema=False)

_TIMELINES: WeakKeyDictionary[object, Packed] = WeakKeyDictionary()
_INCIDENTS: WeakKeyDictionary[object, WeakKeyDictionary[object, Packed]] = WeakKeyDictionary()


@router.get("/timeline")
def timeline(request: Request, desk: TheDesk, asked: IsAsked) -> Response:
    """Who holds each place from which day to which day."""
    return _answer(request, timeline_packed(desk, asked.known))


@router.get("/incidents")
def incidents(request: Request, desk: TheDesk, asked: IsAsked) -> Response:
    """What happened where, and how many were killed by whose count."""
    return _answer(request, incidents_packed(desk, asked.known))


def timeline_packed(desk: Desk, known: Known) -> Packed:
    """The timeline of a state of knowledge. Raises as `Timetables.timetable` does."""
    timetable = desk.timetable(known)
    if timetable not in _TIMELINES:
        _TIMELINES[timetable] = columns.packed(columns.timeline(_shown(desk, timetable)))
    return _TIMELINES[timetable]


def incidents_packed(desk: Desk, known: Known) -> Packed:
    """The incidents of a state of knowledge. Raises as `Timetables.timetable` does."""
    timetable = desk.timetable(known)
    found = desk.timetables.occurrences(known)
    made = _INCIDENTS.setdefault(found, WeakKeyDictionary())  # places are named by their numbers in one timetable
    if timetable not in made:
        made[timetable] = columns.packed(columns.incidents(found, _shown(desk, timetable)))
    return made[timetable]


def _shown(desk: Desk, timetable: Timetable) -> Timetable:
    """A timetable whose `seq` tells nothing of entries that do not count in it, such as those a delay holds back."""
    if timetable.known.recorded_by is None:
        return timetable
    return replace(timetable, seq=min(timetable.seq, state_of(desk, timetable.known).upto))


def _answer(request: Request, made: Packed) -> Response:
    """The bytes, gzipped for whoever takes that; 304 where the asker has them."""
    headers = {"ETag": made.tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Cookie, Authorization"}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if made.tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(made.body, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(made.body), media_type="application/json", headers=headers)
