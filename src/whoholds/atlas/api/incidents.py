"""Incidents: listed, and each with its words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsKnown, Json
from whoholds.atlas.api.linked import linked_finding
from whoholds.atlas.api.parameters import Box, BoxQuery, DatetimeQuery, Limit, Name, Offset, Period, box_of, in_box, period_of
from whoholds.atlas.api.placing import site_of
from whoholds.atlas.api.schemas.findings import FullIncident, Incidents
from whoholds.atlas.api.undertakings import FindingId, told_finding
from whoholds.formats.findings import finding_to_json
from whoholds.model import EventType, Incident, Site
from whoholds.register.store import Sought

router = APIRouter(tags=["Findings"])

Type = Annotated[EventType | None, Query(description="The type of event.")]


@router.get("/incidents", response_model=Incidents)
def incidents(
    ask: AsKnown,
    place: Name = None,
    datetime: DatetimeQuery = None,
    bbox: BoxQuery = None,
    type: Type = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """The incidents, by id: in a place and what lies within it, in a box, touching a period, of a type."""
    site = site_of(ask, place) if place is not None else None
    period, box = period_of(datetime), box_of(bbox)

    def make() -> Json:
        chosen = chosen_incidents(ask, period, box, type=type, site=site)
        found = list(islice(chosen, offset, offset + limit + 1))
        told = [linked_finding(ask, finding_to_json(one)) for one in found[:limit]]
        links = ask.pages(offset, limit, more=len(found) > limit)
        return {**ask.known(), "numberReturned": len(told), "incidents": told, "links": links}

    return ask.answer(make)


@router.get("/incidents/{id}", response_model=FullIncident)
def incident(ask: AsKnown, id: FindingId) -> Response:
    """An incident with its numbers by source and the words."""
    return ask.answer(lambda: told_finding(ask, id, "incident"))


def chosen_incidents(
    ask: Asking, period: Period | None, box: Box | None, *, type: EventType | None = None, site: Site | None = None
) -> Iterator[Incident]:
    """The incidents that touch a period, at points in a box, of a type, in a place or what lies within it; by id."""
    for one in _all(ask, period):
        place = one.site and one.site.place
        if box is not None and not (place and in_box(place.lat, place.lon, box)):
            continue
        if type in (None, one.type) and (site is None or (one.site and site.key in (one.site.key, *one.site.within))):
            yield one


def _all(ask: Asking, period: Period | None) -> Iterator[Incident]:
    picture = ask.state.picture
    if not picture.settled:
        yield from sorted(picture.incidents(during=period), key=lambda one: one.id)
        return
    for one in picture.store.findings(Sought(kind="incident", during=period)):
        assert isinstance(one, Incident)
        yield one
