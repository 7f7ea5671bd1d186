"""Undertakings: what became of duties by a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsKnown, Json, OnADay
from whoholds.atlas.api.linked import linked_finding
from whoholds.atlas.api.parameters import Limit, Name, Offset
from whoholds.atlas.api.schemas.findings import Duties, FullUndertaking
from whoholds.atlas.faults import not_found
from whoholds.formats.answers import due_to_json, traced_to_json
from whoholds.questions.due import Due, due, instruments
from whoholds.questions.tracing import traced_finding

router = APIRouter(tags=["Findings"])

FindingId = Annotated[str, Path(min_length=1, max_length=64)]
Everything = Annotated[bool, Query(alias="all", description="Those done or cancelled too.")]


@router.get("/undertakings", response_model=Duties)
def undertakings(
    ask: OnADay, agreement: Name = None, party: Name = None, all: Everything = False, limit: Limit = 100, offset: Offset = 0
) -> Response:
    """The duties on a day, overdue ones first: under instruments called so, that a side owes or is owed."""
    return ask.answer(lambda: _listed(ask, agreement, party, all, (limit, offset)))


@router.get("/undertakings/{id}", response_model=FullUndertaking)
def undertaking(ask: AsKnown, id: FindingId) -> Response:
    """A duty with its deadlines, what became of it, and the words."""
    return ask.answer(lambda: told_finding(ask, id, "undertaking"))


def told_finding(ask: Asking, id: str, kind: str) -> Json:
    """A finding of a kind with its words. Raises FaultError where none of this id follows from what is known."""
    traced = traced_finding(ask.state.picture, id) if id.startswith(f"{kind}-") else None
    if traced is None:
        raise not_found(kind, id, f"an id is {kind}- and 12 hexadecimal digits; it may follow from other claims by now")
    return linked_finding(ask, {**traced_to_json(traced), **ask.known()}, words=True)


def _listed(ask: Asking, agreement: str | None, party: str | None, all: bool, page: tuple[int, int]) -> Json:
    limit, offset = page
    picture, on = ask.state.picture, ask.asked.on
    day = on or ask.state.latest or date.max
    found = due(picture, day, agreement=agreement, party=party, all=all)
    others = () if found else instruments(picture, agreement)
    shown = found[offset : offset + limit]
    told = due_to_json(Due(day=day, latest=on is None, known=ask.asked.known, duties=shown, instruments=others))
    return {
        **told,
        "numberMatched": len(found),
        "numberReturned": len(shown),
        "duties": [linked_finding(ask, one, words=True) for one in told["duties"]],
        "links": ask.pages(offset, limit, more=offset + limit < len(found)),
    }
