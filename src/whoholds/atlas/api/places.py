"""Places: listed, who holds one, and its history; holdings by their ids; what differs between two days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from whoholds.atlas.api.answering import Asking, AsKnown, Json, OnADay
from whoholds.atlas.api.linked import linked_finding, linked_site, linked_words
from whoholds.atlas.api.parameters import LONGEST_QUERY, DayQuery, Limit, Offset
from whoholds.atlas.api.placing import PlaceKey, site_of
from whoholds.atlas.api.schemas.findings import Difference, FullHolding, History, Places, Who
from whoholds.atlas.api.undertakings import FindingId, told_finding
from whoholds.atlas.faults import bad_parameter
from whoholds.atlas.states import state_of
from whoholds.formats.answers import difference_to_json, history_to_json, who_to_json
from whoholds.formats.findings import site_to_json
from whoholds.model import Site
from whoholds.questions.difference import Clock, difference, known_by
from whoholds.questions.who import history, who
from whoholds.register.words import fold_name

router = APIRouter(tags=["Places"])

Called = Annotated[str | None, Query(max_length=LONGEST_QUERY, description="Only places whose names have these words.")]


@router.get("/places", response_model=Places)
def places(ask: AsKnown, q: Called = None, limit: Limit = 100, offset: Offset = 0) -> Response:
    """The places that claims name, by name."""
    return ask.answer(lambda: _listed(ask, q, limit, offset))


@router.get("/places/{key:path}", response_model=Who)
def place(ask: OnADay, key: PlaceKey) -> Response:
    """Who holds a place on a day, on whose word, and who says otherwise; without a day, on the last one told of it."""
    return ask.answer(lambda: _held(ask, site_of(ask, key)))


@router.get("/history/{key:path}", response_model=History)
def place_history(ask: AsKnown, key: PlaceKey) -> Response:
    """All holdings of a place in order of time, those it inherits from areas around it among them, with their words."""
    return ask.answer(lambda: _history(ask, site_of(ask, key)))


@router.get("/holdings/{id}", response_model=FullHolding)
def holding(ask: AsKnown, id: FindingId) -> Response:
    """A holding with the words for and against it."""
    return ask.answer(lambda: told_finding(ask, id, "holding"))


@router.get("/diff", response_model=Difference, tags=["Findings"])
def diff(
    ask: AsKnown,
    first: Annotated[DayQuery, Query(description="One of the days.")] = None,
    last: Annotated[DayQuery, Query(description="The other one.")] = None,
    clock: Annotated[Clock, Query(description="By which clock the days are told apart.")] = Clock.VALID,
    on: Annotated[DayQuery, Query(description="The day both pictures are of, by the clocks published and recorded.")] = None,
) -> Response:
    """What differs between two days: on the ground, or in what was published or recorded about a day."""
    if first is None or last is None:
        raise bad_parameter("first" if first is None else "last", "is missing", "give the two days to compare, YYYY-MM-DD")
    begin, end = sorted((first, last))
    return ask.answer(lambda: _differing(ask, begin, end, clock, on))


def _listed(ask: Asking, q: str | None, limit: int, offset: int) -> Json:
    words = fold_name(q).split() if q else []
    found = [site for site in ask.state.sites if all(word in fold_name(site.name) for word in words)]
    shown = found[offset : offset + limit]
    return {
        **ask.known(),
        "numberMatched": len(found),
        "numberReturned": len(shown),
        "places": [linked_site(ask, site_to_json(site)) for site in shown],
        "links": ask.pages(offset, limit, more=offset + limit < len(found)),
    }


def _held(ask: Asking, site: Site) -> Json:
    told = linked_words(ask, who_to_json(who(ask.state.picture, site, ask.asked.on)))
    for name in ("holding", "next"):
        if told[name]:
            told[name] = linked_finding(ask, told[name])
    told["site"] = linked_site(ask, told["site"])
    return {**told, **ask.known(), "links": told["site"]["links"]}


def _history(ask: Asking, site: Site) -> Json:
    told = history_to_json(history(ask.state.picture, site))
    told["holdings"] = [linked_finding(ask, one, words=True) for one in told["holdings"]]
    links = [ask.here(), ask.link("related", "places", site.key, title="who holds it"), ask.page("places", site.key)]
    return {**told, **ask.known(), "links": links}


def _differing(ask: Asking, first: date, last: date, clock: Clock, on: date | None) -> Json:
    known = ask.asked.known
    if clock is Clock.VALID:
        before = after = ask.state.picture
        day = last
    else:
        before, after = (state_of(ask.desk, known_by(clock, one, known)).picture for one in (first, last))
        day = on or last
    told = difference_to_json(difference(before, after, first, last, clock, day))
    page = ask.page(title="the map", on=str(first), compare=str(last))
    return {**told, "links": [ask.here(), page]}
