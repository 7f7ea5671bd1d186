"""The items of the collections, as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.responses import Response

from whoholds.atlas.api.answering import GEOJSON, Asking, AsKnown, AsRecorded, Json, OnADay, dumped
from whoholds.atlas.api.boundaries import boundary_features
from whoholds.atlas.api.holding_features import feature_texts, on_day, span_called, touching
from whoholds.atlas.api.incidents import Type, chosen_incidents
from whoholds.atlas.api.parameters import (
    LONGEST_QUERY,
    Box,
    BoxQuery,
    DatetimeQuery,
    FeatureLimit,
    Offset,
    Period,
    box_of,
    in_box,
    period_of,
)
from whoholds.atlas.api.schemas.features import Feature, Features
from whoholds.atlas.faults import bad_parameter, not_found
from whoholds.formats.geojson import holding_feature, incident_feature, site_feature
from whoholds.model import Holding, Incident, Site
from whoholds.questions.as_known import finding_known

router = APIRouter(tags=["Features"], prefix="/collections")

FeatureId = Annotated[str, Path(min_length=1, max_length=LONGEST_QUERY, description="The id of a feature.")]


@router.get("/holdings/items", response_model=Features)
def holdings(
    ask: OnADay, bbox: BoxQuery = None, datetime: DatetimeQuery = None, limit: FeatureLimit = 100, offset: Offset = 0
) -> Response:
    """Who holds each place on a day, by key; with `datetime` every stretch of a holding that touches the period."""
    box, period = box_of(bbox), period_of(datetime)
    if period and ask.asked.on:
        raise bad_parameter("on", "does not go with datetime", "ask for a day with on, or for a period with datetime")
    return ask.answer(lambda: _holdings(ask, period, box, limit, offset), media=GEOJSON)


@router.get("/holdings/items/{featureId:path}", response_model=Feature)
def holding(ask: OnADay, featureId: FeatureId) -> Response:  # noqa: N803
    """A stretch of a holding by its id, what holds a place by its key, or a holding by the id that the register keeps."""
    return ask.answer(lambda: _holding(ask, featureId), media=GEOJSON)


@router.get("/incidents/items", response_model=Features)
def incidents(
    ask: AsKnown,
    bbox: BoxQuery = None,
    datetime: DatetimeQuery = None,
    type: Type = None,
    limit: FeatureLimit = 100,
    offset: Offset = 0,
) -> Response:
    """The incidents, by id: at points in a box, touching a period, of a type."""
    box, period = box_of(bbox), period_of(datetime)

    def make() -> bytes:
        features = map(incident_feature, chosen_incidents(ask, period, box, type=type))
        return _some(ask, features, limit, offset)

    return ask.answer(make, media=GEOJSON)


@router.get("/incidents/items/{featureId:path}", response_model=Feature)
def incident(ask: AsKnown, featureId: FeatureId) -> Response:  # noqa: N803
    """An incident."""
    return ask.answer(lambda: _incident(ask, featureId), media=GEOJSON)


@router.get("/places/items", response_model=Features)
def places(
    ask: AsKnown, bbox: BoxQuery = None, datetime: DatetimeQuery = None, limit: FeatureLimit = 100, offset: Offset = 0
) -> Response:
    """The places that claims name, by name. They are of no time: every period has them all."""
    box = box_of(bbox)
    period_of(datetime)

    def make() -> bytes:
        chosen = [site for site in ask.state.sites if _lies(site, box)]
        features = map(site_feature, chosen[offset : offset + limit])
        return _all(ask, features, limit, offset, len(chosen))

    return ask.answer(make, media=GEOJSON)


@router.get("/places/items/{featureId:path}", response_model=Feature)
def place(ask: AsKnown, featureId: FeatureId) -> Response:  # noqa: N803
    """A place, by its key."""
    return ask.answer(lambda: _place(ask, featureId), media=GEOJSON)


@router.get("/boundaries/items", response_model=Features)
def boundaries(
    ask: AsRecorded, bbox: BoxQuery = None, datetime: DatetimeQuery = None, limit: FeatureLimit = 100, offset: Offset = 0
) -> Response:
    """The outlines of places and areas. They are of no time: every period has them all."""
    box = box_of(bbox)
    period_of(datetime)

    def make() -> bytes:
        chosen = boundary_features(ask, box)
        return _all(ask, chosen[offset : offset + limit], limit, offset, len(chosen))

    return ask.answer(make, media=GEOJSON)


@router.get("/boundaries/items/{featureId:path}", response_model=Feature)
def boundary(ask: AsRecorded, featureId: FeatureId) -> Response:  # noqa: N803
    """An outline, by the number of the entry that told it."""
    return ask.answer(lambda: _boundary(ask, featureId), media=GEOJSON)


def _holdings(ask: Asking, period: Period | None, box: Box | None, limit: int, offset: int) -> bytes:
    timetable = ask.state.timetable
    day = None if period else ask.asked.on or timetable.coverage.latest or date.max
    chosen = touching(timetable, period, box) if period else on_day(timetable, day or date.max, box)
    shown = chosen[offset : offset + limit]
    texts = f"{'},'.join(feature_texts(timetable, shown, day))}}}" if shown else ""
    more = {"on": day.isoformat(), **ask.known()} if day else ask.known()
    return _collected(ask, texts.encode(), len(shown), limit, offset, matched=len(chosen), more=more)


def _holding(ask: Asking, id: str) -> Any:
    timetable = ask.state.timetable
    span = span_called(timetable, id, ask.asked.on or timetable.coverage.latest or date.max)
    if span is not None:
        (text,) = feature_texts(timetable, [span])
        key = timetable.line(span).site.key
        links = [*_up(ask, "holdings", id), ask.link("related", "history", key), ask.page("places", key)]
        return f'{text},"links":'.encode() + dumped(links) + b"}"
    kept = finding_known(ask.state.picture, id) if id.startswith("holding-") else None
    if not isinstance(kept, Holding):
        raise not_found("holding", id, "the ids are those of /api/collections/holdings/items")
    return {**holding_feature(kept), "links": [*_up(ask, "holdings", id), ask.link("related", "holdings", id)]}


def _incident(ask: Asking, id: str) -> Json:
    found = finding_known(ask.state.picture, id) if id.startswith("incident-") else None
    if not isinstance(found, Incident):
        raise not_found("incident", id, "the ids are those of /api/collections/incidents/items")
    links = [*_up(ask, "incidents", id), ask.link("related", "incidents", id), ask.page("incidents", id)]
    return {**incident_feature(found), "links": links}


def _place(ask: Asking, key: str) -> Json:
    site = ask.state.picture.sites().get(key)
    if site is None:
        raise not_found("place", key, "the ids are those of /api/collections/places/items")
    links = [*_up(ask, "places", key), ask.link("related", "places", key), ask.page("places", key)]
    return {**site_feature(site), "links": links}


def _boundary(ask: Asking, id: str) -> Json:
    found = next((one for one in boundary_features(ask, None) if one["id"] == id), None)
    if found is None:
        raise not_found("boundary", id, "the ids are those of /api/collections/boundaries/items")
    return {**found, "links": _up(ask, "boundaries", id)}


def _up(ask: Asking, collection: str, id: str) -> list[Json]:
    own = ask.link("self", "collections", collection, "items", id, media=GEOJSON)
    return [own, ask.link("collection", "collections", collection)]


def _lies(site: Site, box: Box | None) -> bool:
    return box is None or (site.place is not None and in_box(site.place.lat, site.place.lon, box))


def _some(ask: Asking, features: Iterable[Json], limit: int, offset: int) -> bytes:
    """A page of features that are not counted."""
    found = list(islice(features, offset, offset + limit + 1))
    texts = b",".join(map(dumped, found[:limit]))
    return _collected(ask, texts, min(limit, len(found)), limit, offset, more=ask.known(), further=len(found) > limit)


def _all(ask: Asking, features: Iterable[Json], limit: int, offset: int, matched: int) -> bytes:
    found = list(map(dumped, features))
    return _collected(ask, b",".join(found), len(found), limit, offset, matched=matched, more=ask.known())


def _collected(
    ask: Asking,
    texts: bytes,
    returned: int,
    limit: int,
    offset: int,
    *,
    matched: int | None = None,
    more: Json,
    further: bool = False,
) -> bytes:
    """A feature collection of features that are JSON text already."""
    head: Json = {"type": "FeatureCollection", **more, "timeStamp": _now(ask), "numberReturned": returned}
    if matched is not None:
        head["numberMatched"] = matched
        further = offset + limit < matched
    links = ask.pages(offset, limit, more=further, media=GEOJSON)
    collection = ask.request.url.path.rstrip("/").split("/")[-2]
    head["links"] = [*links, ask.link("collection", "collections", collection)]
    return dumped(head)[:-1] + b',"features":[' + texts + b"]}"


def _now(ask: Asking) -> str:
    return ask.desk.clock().isoformat(timespec="seconds").replace("+00:00", "Z")
