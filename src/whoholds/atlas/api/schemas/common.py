"""Shapes that many answers share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An object; further members may come."""

    model_config = ConfigDict(extra="allow")


class Link(Shape):
    """A link (RFC 8288), its address absolute."""

    rel: str
    href: str
    type: str | None = None
    title: str | None = None


class Linked(Shape):
    """What has links."""

    links: list[Link]


class Known(Shape):
    """The state of knowledge an answer is of; null stands for everything."""

    published_by: date | None
    recorded_by: datetime | None


class Culprit(BaseModel):
    """The part of a request that is wrong."""

    place: Literal["query", "path", "header", "cookie", "body"] = Field(alias="in")
    name: str
    message: str


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="The kind of problem, explained at /api/docs.")
    title: str
    status: int
    detail: str
    hint: str | None = Field(default=None, description="The way out.")
    where: list[Culprit] | None = None


class Side(Shape):
    """Those who hold ground together."""

    key: str
    name: str


class Actor(Shape):
    """Somebody whom a text names."""

    name: str
    country: str | None
    role: str | None
    organisation: str | None = None


class Bounds(Shape):
    """The days something can fall on, both inclusive; null where open."""

    not_before: date | None
    not_after: date | None


class Site(Shape):
    """A place: its key, its point in degrees (WGS 84), and the keys of the areas around it, the narrowest first."""

    key: str
    name: str
    lat: float | None
    lon: float | None
    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    feature: str | None = Field(description="GeoNames feature class.")
    within: list[str]


class Span(Shape):
    """Words of a document: characters (code points), half-open."""

    document: str
    start: int
    end: int
    quote: str


class Derivation(Shape):
    """How something was worked out, down to the words."""

    rule: str
    words: Span | None
    value: str | None
    parts: list[Any]


class Affiliation(Shape):
    """Who counts with whom, and what says so."""

    member: Actor
    side: Actor
    first: date | None
    last: date | None
    apart: bool
    source: str
