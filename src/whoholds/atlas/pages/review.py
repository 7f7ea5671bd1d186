"""The review queue: claims that wait for somebody's verdict, with their words and what hangs on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from whoholds.atlas.asked import IsAsked, MaybeDay
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.pages.rendering import page
from whoholds.atlas.safety import MayReview
from whoholds.notation import to_text
from whoholds.questions.reviewing import Flip, Order, Waiting
from whoholds.questions.wording import side_name
from whoholds.register.store import Store

router = APIRouter(include_in_schema=False)

AT_ONCE = 25
AROUND = 280  # characters of a report shown on either side of the words
LARGE = 50_000
"""A register with more entries shows the claims of its last QUARTER unless asked for others: weighing all takes minutes."""
QUARTER = timedelta(days=91)

Kind = Literal["", "event", "control", "obligation"]


@router.get("/review")
def review(
    request: Request,
    desk: TheDesk,
    asked: IsAsked,
    viewer: MayReview,
    order: Order = Order.CONFIDENCE,
    kind: Kind = "",
    again: bool = False,
    since: MaybeDay = None,
    until: MaybeDay = None,
    claim: Annotated[str, Query(max_length=64)] = "",
) -> HTMLResponse:
    """The claims to look at next."""
    said = None if claim else _period(desk, since, until)
    found = desk.register.queue(
        viewer.name,
        order=order,
        kind=kind or None,
        said=said,
        again=again,
        claims=[claim] if claim else None,
        limit=AT_ONCE,
    )
    return page(
        request,
        "review.html",
        asked,
        title="Review",
        queue=found,
        cards=[_card(desk.register.store, one) for one in found.claims],
        agreement=desk.register.agreement(),
        orders=list(Order),
        kind=kind,
        again=again,
        since=said[0] if said else None,
        until=said[1] if said else None,
    )


def _period(desk: Desk, since: date | None, until: date | None) -> tuple[date, date] | None:
    """The days asked for; in a large register its last quarter where none are."""
    if since or until:
        return since or date.min, until or date.max
    latest = desk.register.latest() if desk.register.size() > LARGE else None
    return (latest - QUARTER, latest) if latest else None


def _card(store: Store, one: Waiting) -> dict[str, object]:
    claim = one.word.claim
    document = store.document(claim.evidence.document)
    text = document.text if document else claim.evidence.quote
    start, end = (claim.evidence.start, claim.evidence.end) if document else (0, len(text))
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    return {
        "one": one,
        "claim": claim,
        "document": document,
        "before": ("…" if first else "") + text[first:start],
        "quote": text[start:end],
        "after": text[end:last] + ("…" if last < len(text) else ""),
        "notation": to_text([claim], [document] if document else []).partition("\n\n")[2].strip(),
        "flips": [_told(flip) for flip in one.flips],
    }


def _told(flip: Flip) -> dict[str, object]:
    """A change in words; days before 1900 and after 2100 stand for no end."""
    sides = ["nothing known" if held is None else side_name(held.holder) for held in (flip.before, flip.after)]
    first = None if flip.first.year <= 1900 else flip.first
    last = None if flip.last.year >= 2099 else flip.last
    return {"site": flip.site, "first": first, "last": last, "with": sides[0], "without": sides[1]}
