"""Shapes of OGC API - Features (Part 1, core and GeoJSON)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from whoholds.atlas.api.schemas.common import Link, Linked, Shape


class Landing(Linked):
    """The landing page."""

    title: str
    description: str


class Conformance(Shape):
    """The requirements classes that are met."""

    conformsTo: list[str]  # noqa: N815


class Spatial(Shape):
    """Boxes: west, south, east, north."""

    bbox: list[list[float]]
    crs: str


class Temporal(Shape):
    """Intervals; null where open."""

    interval: list[list[datetime | None]]
    trs: str


class Extent(Shape):
    """Where and when a collection's features lie."""

    spatial: Spatial | None = None
    temporal: Temporal | None = None


class Collection(Linked):
    """A collection of features."""

    id: str
    title: str
    description: str
    itemType: Literal["feature"]  # noqa: N815
    crs: list[str]
    extent: Extent | None = None


class Collections(Linked):
    """The collections."""

    collections: list[Collection]


class Feature(Shape):
    """A GeoJSON feature (RFC 7946)."""

    type: Literal["Feature"]
    id: str
    geometry: dict[str, Any] | None
    properties: dict[str, Any]
    links: list[Link] | None = None


class Features(Linked):
    """A GeoJSON feature collection."""

    type: Literal["FeatureCollection"]
    features: list[Feature]
    timeStamp: datetime  # noqa: N815
    numberReturned: int  # noqa: N815
    numberMatched: int | None = None  # noqa: N815
