"""Undertakings: what became of duties by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsKnown, Json, OnADay
from whoholds.atlas.api.linked import linked_finding
from whoholds.atlas.api.parameters import Limit, Name, Offset
from whoholds.atlas.api.placing import site_of
from whoholds.atlas.api.schemas.findings import Duties, FullUndertaking
from whoholds.atlas.faults import not_found
from whoholds.formats.answers import due_to_json, traced_to_json
from whoholds.model import Site
from whoholds.questions.due import Due, due, instruments
from whoholds.questions.tracing import traced_finding

router = APIRouter(tags=["Findings"])

FindingId = Annotated[str, Path(min_length=1, max_length=64)]
Everything = Annotated[bool, Query(alias="all", description="Those done or cancelled too.")]


@router.get("/undertakings", response_model=Duties)
def undertakings(
    ask: OnADay,
    agreement: Name = None,
    party: Name = None,
    place: Name = None,
    all: Everything = False,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """The duties on a day, overdue ones first: under instruments called so, that a side owes or is owed, about a place."""
    site = site_of(ask, place) if place is not None else None
    return ask.answer(lambda: _listed(ask, _Sought(agreement, party, site, all), (limit, offset)))


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


@dataclass(frozen=True, slots=True)
class _Sought:
    """Which duties: each of the first three is None where it is not asked; `all` has those done or cancelled too."""

    agreement: str | None
    party: str | None
    site: Site | None
    all: bool


def _listed(ask: Asking, sought: _Sought, page: tuple[int, int]) -> Json:
    limit, offset = page
    picture, on = ask.state.picture, ask.asked.on
    day = on or ask.state.latest or date.max
    found = due(picture, day, agreement=sought.agreement, party=sought.party, all=sought.all, site=sought.site)
    others = () if found else instruments(picture, sought.agreement)
    shown = found[offset : offset + limit]
    told = due_to_json(Due(day=day, latest=on is None, known=ask.asked.known, duties=shown, instruments=others))
    return {
        **told,
        "numberMatched": len(found),
        "numberReturned": len(shown),
        "duties": [linked_finding(ask, one, words=True) for one in told["duties"]],
        "links": ask.pages(offset, limit, more=offset + limit < len(found)),
    }
