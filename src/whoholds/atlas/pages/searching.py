"""The search: places that words name, and reports that hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from whoholds.atlas.asked import Asked, IsAsked
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.pages.asking import as_known, site_of
from whoholds.atlas.pages.rendering import page
from whoholds.model import Site
from whoholds.questions import PlaceError
from whoholds.questions.as_known import document_known
from whoholds.register.store import Hit

router = APIRouter(include_in_schema=False)

_HITS = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A report that holds the words, and when and where it was published, as far as known."""

    hit: Hit
    title: str
    outlet: str | None
    published: date | None


@router.get("/search")
def search_page(
    request: Request,
    desk: TheDesk,
    asked: IsAsked,
    q: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """The places and reports that words find."""
    words = q.strip()
    sites, hint = _places(desk, asked, words) if words else ((), "")
    found = tuple(_reports(desk, asked, words)) if words else ()
    return page(
        request,
        "search.html",
        asked,
        title=f"Search: {words}" if words else "Search",
        words=words,
        sites=sites,
        hint=hint,
        found=found,
        more=len(found) == _HITS,
    )


def _places(desk: Desk, asked: Asked, words: str) -> tuple[tuple[Site, ...], str]:
    """The places that words can mean; where there is none, what the gazetteer has instead."""
    try:
        return (site_of(desk, asked, words),), ""
    except PlaceError as error:
        return error.sites, "" if error.sites else error.message


def _reports(desk: Desk, asked: Asked, words: str) -> Iterator[Found]:
    for hit in desk.register.search(words, limit=_HITS, **as_known(asked)):
        document = document_known(desk.register.store, hit.document, asked.known)
        if document:
            yield Found(hit, document.title or hit.name or hit.document[:16], document.outlet, document.published)
