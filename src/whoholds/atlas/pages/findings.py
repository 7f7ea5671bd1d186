"""Claims and what follows from them, each at an address of its own: claims, holdings, undertakings, incidents."""

from __future__ import annotations

from typing import TypeVar

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from whoholds.atlas.asked import Asked, IsAsked
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.pages import parts
from whoholds.atlas.pages.agreements import row_of
from whoholds.atlas.pages.asking import latest_day, seen, shown_day
from whoholds.atlas.pages.ranges import ranges
from whoholds.atlas.pages.rendering import page
from whoholds.atlas.pages.timelines import bands
from whoholds.model import Entry, Holding, Incident, Judged, Undertaking, Withdrawn
from whoholds.questions import telling, wording
from whoholds.questions.tracing import Traced, TracedClaim, TracedFinding, trace
from whoholds.questions.who import Chapter
from whoholds.reconcile.voices import voice_of
from whoholds.register.store import ConflictError

router = APIRouter(include_in_schema=False)

T = TypeVar("T", bound=Traced)


@router.get("/claims/{id}")
def claim_page(request: Request, desk: TheDesk, asked: IsAsked, id: str) -> Response:
    """A claim: what it says, its words, how it was read, what was entered about it, what follows from it."""
    traced = traced_as(desk, asked, id, TracedClaim)
    if traced is None:
        return unknown(request, asked, "claim", id)
    claim = traced.testimony.claim
    if claim.id != id:
        return RedirectResponse(parts.claim_href(claim.id, asked), status_code=307)
    sides = seen(desk, asked).picture.sides
    return page(
        request,
        "claim.html",
        asked,
        title=f"Claim {claim.id}",
        traced=traced,
        claim=claim,
        voice=voice_of(traced.testimony, sides).name,
        verdict=verdict_on(traced),
        name=traced.testimony.name,
        line=traced.document.line_of(claim.evidence.start) if traced.document else 0,
        context=_context(traced),
    )


@router.get("/holdings/{id}")
def holding_page(request: Request, desk: TheDesk, asked: IsAsked, id: str) -> Response:
    """A holding: who holds what since when, why it has its standing, the words for and against."""
    traced = traced_as(desk, asked, id, TracedFinding)
    if traced is None or not isinstance(traced.finding, Holding):
        return unknown(request, asked, "holding", id)
    held = traced.finding
    chapter = Chapter(holding=held, finding=held.id, supporting=traced.supporting, opposing=traced.opposing)
    drawn = bands([chapter], latest_day(desk, asked))
    title = f"{held.site.name}: {wording.holder_named(held)}"
    return page(request, "holding.html", asked, title=title, traced=traced, holding=held, chapter=chapter, bands=drawn[:1])


@router.get("/undertakings/{id}")
def undertaking_page(request: Request, desk: TheDesk, asked: IsAsked, id: str) -> Response:
    """A duty: its deadlines, what became of it by the day, the words for and against."""
    traced = traced_as(desk, asked, id, TracedFinding)
    if traced is None or not isinstance(traced.finding, Undertaking):
        return unknown(request, asked, "duty", id)
    duty, day = traced.finding, shown_day(desk, asked)
    row = row_of(seen(desk, asked).picture, duty, day)
    title = telling.duty_told(duty)
    return page(request, "undertaking.html", asked, title=title, traced=traced, undertaking=duty, row=row, day=day)


@router.get("/incidents/{id}")
def incident_page(request: Request, desk: TheDesk, asked: IsAsked, id: str) -> Response:
    """An incident: what happened, how many it cost by whose count, the words for and against."""
    traced = traced_as(desk, asked, id, TracedFinding)
    if traced is None or not isinstance(traced.finding, Incident):
        return unknown(request, asked, "incident", id)
    title = telling.incident_told(traced.finding)
    drawn = ranges(traced.finding)
    return page(request, "incident.html", asked, title=title, traced=traced, incident=traced.finding, ranges=drawn)


def traced_as(desk: Desk, asked: Asked, id: str, kind: type[T]) -> T | None:
    """What an id stands for, as far as may be known; None where it stands for nothing of this kind."""
    if id.isdecimal() and len(id) < 16:
        return None  # the number of an entry
    try:
        traced = trace(seen(desk, asked).picture, id)
    except ConflictError:
        return None
    return traced if isinstance(traced, kind) else None


def unknown(request: Request, asked: Asked, what: str, id: str) -> Response:
    """The page that tells that there is nothing under an id, or not in this state of knowledge."""
    return page(request, "unknown.html", asked, status=404, title="Not found", what=what, id=id)


def verdict_on(traced: TracedClaim) -> Entry | None:
    """The last judgement of a claim that is not taken back; None for none."""
    gone = {entry.act.entry for entry in traced.entries if isinstance(entry.act, Withdrawn)}
    id = traced.testimony.claim.id
    own = [entry for entry in traced.entries if isinstance(entry.act, Judged) and entry.act.claim == id]
    return next((entry for entry in reversed(own) if entry.seq not in gone), None)


def _context(traced: TracedClaim) -> tuple[str, str]:
    """The words of the line before and after the claim's own."""
    if traced.document is None:
        return "", ""
    text, span = traced.document.text, traced.testimony.claim.evidence
    begin = max(text.rfind("\n", 0, span.start) + 1, span.start - 200)
    stop = text.find("\n", span.end)
    stop = min(len(text) if stop < 0 else stop, span.end + 200)
    return text[begin : span.start], text[span.end : stop]
