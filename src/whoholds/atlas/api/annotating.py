"""The claims of a document as W3C Web Annotations."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsKnown, Json
from whoholds.atlas.api.documents import DocumentId
from whoholds.atlas.api.schemas.annotations import Annotations
from whoholds.atlas.faults import not_found
from whoholds.formats.web_annotation import CONTEXT, annotation
from whoholds.questions.tracing import traced_document

router = APIRouter(tags=["Reports and claims"])
JSON_LD = "application/ld+json"


@router.get("/annotations/{document}", response_model=Annotations)
def annotations_of(ask: AsKnown, document: DocumentId) -> Response:
    """The claims of a document that stand, each as an annotation of its exact words."""
    return ask.answer(lambda: _told(ask, document), media=JSON_LD)


def _told(ask: Asking, id: str) -> Json:
    traced = traced_document(ask.state.picture, id)
    if traced is None:
        raise not_found("document", id, "documents are listed at /api/documents; an id is 64 hexadecimal digits")
    made: list[dict[str, Any]] = [annotation(word.testimony, traced.document) for word in traced.claims]
    page = ask.href("api", "annotations", id)
    items = [{key: value for key, value in one.items() if key != "@context"} for one in made]
    first = {"id": f"{page}#page", "type": "AnnotationPage", "partOf": page, "startIndex": 0, "items": items}
    return {"@context": CONTEXT, "id": page, "type": "AnnotationCollection", "total": len(items), "first": first}
