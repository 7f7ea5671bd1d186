"""Claims: listed in the order they were taken in, and each with what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsKnown, Json
from whoholds.atlas.api.linked import all_linked_entries, linked_claim, linked_finding
from whoholds.atlas.api.parameters import After, Limit, Name, PeriodText, period_of
from whoholds.atlas.api.placing import site_of
from whoholds.atlas.api.schemas.reports import Claims, ClaimTrace
from whoholds.atlas.faults import not_found
from whoholds.formats.answers import traced_to_json
from whoholds.formats.findings import derivation_to_json, finding_to_json, testimony_to_json
from whoholds.model import Testimony
from whoholds.questions.tracing import traced_claim
from whoholds.register.store import Wanted

router = APIRouter(tags=["Reports and claims"])
_LOOKED_AT = 20_000  # claims that one page looks through: half a second of reading

Kind = Literal["event", "control", "obligation"]
ClaimId = Annotated[str, Path(min_length=1, max_length=32, description="16 hexadecimal digits.")]
Confidence = Annotated[float, Query(ge=0, le=1, allow_inf_nan=False, description="Leave out claims read with less.")]
Accepted = Annotated[bool | None, Query(description="Only claims that a person has accepted, or has not.")]
InDocument = Annotated[str | None, Query(min_length=64, max_length=64, description="The id of a document.")]


@router.get("/claims", response_model=Claims)
def claims(
    ask: AsKnown,
    kind: Annotated[Kind | None, Query()] = None,
    document: InDocument = None,
    place: Name = None,
    described: Annotated[PeriodText | None, Query()] = None,
    accepted: Accepted = None,
    min_confidence: Confidence = 0.0,
    limit: Limit = 100,
    after: After = 0,
) -> Response:
    """The claims that stand, in the order of their entries; `described` is a period that a claim's time touches.

    One page looks through 20,000 claims at most: it may hold fewer than `limit`, and still a link to the next one.
    """
    wanted = Wanted(
        kinds=None if kind is None else (kind,),
        documents=None if document is None else (document,),
        sites=None if place is None else (site_of(ask, place).key,),
        described=period_of(described, "described"),
        known=ask.asked.known,
        after=after,
    )

    def fits(told: Testimony) -> bool:
        sure = told.claim.confidence is None or told.claim.confidence >= min_confidence
        return sure and accepted in (None, told.accepted)

    return ask.answer(lambda: _listed(ask, ask.desk.register.store.testimony(wanted), fits, limit))


@router.get("/claims/{id}", response_model=ClaimTrace)
def claim(ask: AsKnown, id: ClaimId) -> Response:
    """A claim, standing or not, with its derivation, the entries about it, and the findings that name it."""
    return ask.answer(lambda: _told(ask, id))


def _listed(ask: Asking, testimony: Iterator[Testimony], fits: Callable[[Testimony], bool], limit: int) -> Json:
    """A page: until it is full, or enough was looked at."""
    found: list[Testimony] = []
    looked, last = 0, None
    for told in testimony:
        if len(found) == limit or looked == _LOOKED_AT:
            break
        looked, last = looked + 1, told.entry
        if fits(told):
            found.append(told)
    else:
        last = None  # there are no more
    links = [ask.here(), *([ask.here("next", after=last)] if last else [])]
    listed = [linked_claim(ask, testimony_to_json(told)) for told in found]
    return {**ask.known(), "claims": listed, "after": last, "links": links}


def _told(ask: Asking, id: str) -> Json:
    traced = traced_claim(ask.state.picture, id)
    if traced is None:
        raise not_found("claim", id, "claims are listed at /api/claims; an id is 16 hexadecimal digits")
    told = {**traced_to_json(traced), **ask.known()}
    told["derivation"] = derivation_to_json(traced.testimony.claim.derivation)
    told["entries"] = all_linked_entries(ask, told["entries"])
    told["findings"] = [linked_finding(ask, finding_to_json(one)) for one in traced.findings]
    return linked_claim(ask, told)
