"""Shapes of W3C Web Annotations."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from whoholds.atlas.api.schemas.common import Shape


class AnnotationPage(Shape):
    """The annotations of a collection."""

    id: str
    type: str
    partOf: str  # noqa: N815
    startIndex: int  # noqa: N815
    items: list[dict[str, Any]]


class Annotations(Shape):
    """The claims of a document as annotations."""

    context: str = Field(alias="@context")
    id: str
    type: str
    total: int
    first: AnnotationPage
