"""The landing page, what the API conforms to, and its collections of features (OGC API - Features, Part 1: Core, 17-069r4)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import numpy as np
from fastapi import APIRouter, Path
from starlette.responses import Response

from whoholds.atlas.api.answering import GEOJSON, Asking, Json, Plainly
from whoholds.atlas.api.schemas.features import Collection, Collections, Conformance, Landing
from whoholds.questions.timetable import FIRST, LAST

router = APIRouter(tags=["Features"])

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_CLASSES = ["core", "oas30", "geojson"]
CollectionId = Literal["holdings", "incidents", "places", "boundaries"]
_COLLECTIONS: dict[str, tuple[str, str]] = {
    "holdings": (
        "Who holds what",
        "Who holds each place on a day (`on`, the last one known if not told), or every holding that touches a period "
        "(`datetime`); a feature is a stretch of days at the point of a place.",
    ),
    "incidents": ("Incidents", "What happened where and when, with numbers by source."),
    "places": ("Places", "The places that claims name."),
    "boundaries": ("Boundaries", "Outlines of places and areas, by their sources."),
}
_LISTS = (
    ("documents", "the reports, and a search in them"),
    ("claims", "the claims"),
    ("undertakings", "the duties on a day"),
    ("incidents", "the incidents"),
    ("places", "the places"),
    ("entries", "the register's log"),
)


@router.get("/", response_model=Landing)
def landing(ask: Plainly) -> Response:
    """Where everything is."""
    return ask.answer(lambda: _landing(ask))


@router.get("/conformance", response_model=Conformance)
def conformance(ask: Plainly) -> Response:
    """The requirements classes of OGC API - Features that are met."""
    uri = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
    return ask.answer(lambda: {"conformsTo": [uri + one for one in _CLASSES]})


@router.get("/collections", response_model=Collections)
def collections(ask: Plainly) -> Response:
    """The collections of features."""
    return ask.answer(
        lambda: {"collections": [_collection(ask, id) for id in _COLLECTIONS], "links": [ask.link("self", "collections")]}
    )


@router.get("/collections/{collection}", response_model=Collection)
def collection(ask: Plainly, collection: Annotated[CollectionId, Path(description="The collection.")]) -> Response:
    """A collection of features."""
    return ask.answer(lambda: _collection(ask, collection))


def _landing(ask: Asking) -> Json:
    links = [
        ask.link("self", ""),
        ask.link("service-desc", "openapi.json", media=_OPENAPI, title="the OpenAPI description"),
        ask.link("service-doc", "docs", media="text/html", title="the operations, to be read"),
        ask.link("conformance", "conformance"),
        ask.link("data", "collections", title="the collections of features"),
        *(ask.link("related", name, title=title) for name, title in _LISTS),
        ask.page("", title="the map"),
    ]
    description = "Who holds what on which day, on whose word; what was known when; which duties are overdue."
    return {"title": "whoholds", "description": description, "links": links}


def _collection(ask: Asking, id: str) -> Json:
    title, description = _COLLECTIONS[id]
    links = [
        ask.link("self", "collections", id),
        ask.link("items", "collections", id, "items", media=GEOJSON),
    ]
    told = {"id": id, "title": title, "description": description, "itemType": "feature", "crs": [CRS84], "links": links}
    extent = _extent(ask) if id in ("holdings", "places") else None
    return {**told, "extent": extent} if extent else told


def _extent(ask: Asking) -> Json | None:
    """Where the places lie, and from which day on what is known of them; None where no place has a point."""
    timetable = ask.state.timetable
    points = timetable.points[~np.isnan(timetable.points).any(axis=1)]
    if not len(points):
        return None
    (south, west), (north, east) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    ends = [_midnight(timetable.first), _midnight(timetable.last)]
    return {
        "spatial": {"bbox": [[west, south, east, north]], "crs": CRS84},
        "temporal": {"interval": [ends], "trs": _GREGORIAN},
    }


def _midnight(number: int | None) -> str | None:
    return None if number in (None, FIRST, LAST) else f"{date.fromordinal(number or 1).isoformat()}T00:00:00Z"
