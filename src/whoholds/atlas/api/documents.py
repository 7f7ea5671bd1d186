"""Documents: listed, searched, and each with its text and claims."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsKnown, Json
from whoholds.atlas.api.linked import all_linked_entries, linked_claim, linked_report
from whoholds.atlas.api.parameters import LONGEST_QUERY, Limit, Offset
from whoholds.atlas.api.schemas.reports import Documents, DocumentTrace
from whoholds.atlas.faults import bad_parameter, not_found
from whoholds.formats.answers import hit_to_json, traced_to_json
from whoholds.formats.findings import day, document_to_json
from whoholds.questions.as_known import document_known
from whoholds.questions.tracing import traced_document
from whoholds.register.store import Report

router = APIRouter(tags=["Reports and claims"])
_MOST_HITS = 200

Search = Annotated[
    str | None,
    Query(max_length=LONGEST_QUERY, description="Words that the documents hold; words in quotation marks stand together."),
]
DocumentId = Annotated[str, Path(min_length=1, max_length=64, description="The SHA-256 of the text, 64 hexadecimal digits.")]


@router.get("/documents", response_model=Documents)
def documents(ask: AsKnown, q: Search = None, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The documents that count, the latest said first; with `q` the places where those words are found, best first.

    A search gives at most 200 hits, pages together. What has been replaced at its address counts no more; it is found by a
    search, and by its id.
    """
    if q is not None:
        return ask.answer(lambda: _found(ask, q, limit, offset))
    return ask.answer(lambda: _listed(ask, limit, offset))


@router.get("/documents/{id}", response_model=DocumentTrace)
def document(ask: AsKnown, id: DocumentId) -> Response:
    """A document with its text, its claims that stand, and the entries about it."""
    return ask.answer(lambda: _told(ask, id))


def _listed(ask: Asking, limit: int, offset: int) -> Json:
    reports = ask.state.reports
    listed = [told for report in reports[offset : offset + limit] if (told := _line(ask, report))]
    return {
        **ask.known(),
        "numberMatched": len(reports),
        "numberReturned": len(listed),
        "documents": listed,
        "links": ask.pages(offset, limit, more=offset + limit < len(reports)),
    }


def _line(ask: Asking, report: Report) -> Json | None:
    """A document in the list; None where it was erased meanwhile."""
    document = document_known(ask.desk.register.store, report.document, ask.asked.known)
    if document is None:
        return None
    said = day(report.said if report.dated else None)
    return linked_report(ask, {**document_to_json(document), "said": said, "claims": report.claims})


def _found(ask: Asking, q: str, limit: int, offset: int) -> Json:
    if not q.strip():
        raise bad_parameter("q", "has no words", "leave it away for all documents")
    most = min(offset + limit + 1, _MOST_HITS)
    hits = ask.desk.register.store.search(q, limit=most, known=ask.asked.known)
    listed = [
        {
            **hit_to_json(hit),
            "links": [
                ask.link("item", "documents", hit.document),
                ask.page("documents", hit.document, q=q),
            ],
        }
        for hit in hits[offset : offset + limit]
    ]
    more = offset + limit < len(hits)
    return {**ask.known(), "numberReturned": len(listed), "hits": listed, "links": ask.pages(offset, limit, more=more)}


def _told(ask: Asking, id: str) -> Json:
    traced = traced_document(ask.state.picture, id)
    if traced is None:
        raise not_found("document", id, "documents are listed at /api/documents; an id is 64 hexadecimal digits")
    told = traced_to_json(traced)
    told["claims"] = [linked_claim(ask, one) for one in told["claims"]]
    told["entries"] = all_linked_entries(ask, told["entries"])
    told = linked_report(ask, {**told, **ask.known()})
    told["links"] += [
        ask.link("related", "annotations", id, title="its claims as W3C Web Annotations", media="application/ld+json"),
        ask.link("related", "claims", title="its claims", document=id),
    ]
    return told
