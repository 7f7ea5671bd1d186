"""The HTTP API: OGC API Features for what has a place, plain JSON collections for the rest."""

from __future__ import annotations

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant

from whoholds.atlas.api import (
    annotating,
    claims,
    collections,
    docs,
    documents,
    entering,
    entries,
    incidents,
    items,
    places,
    undertakings,
)
from whoholds.atlas.api.description import describe
from whoholds.atlas.api.wire import Heads, Packed
from whoholds.atlas.faults import FaultError, Trouble, Where
from whoholds.atlas.settings import Settings


def _only_known_parameters(request: Request) -> None:
    """Refuse parameters that the operation does not have (OGC 17-069r4, /req/core/query-param-unknown), and repeated ones."""
    asked = request.query_params
    known = _query_parameters(request.scope["route"].dependant)
    unknown = sorted(set(asked) - known)
    if unknown:
        names = ", ".join(one[:50] for one in unknown[:5])
        where = [Where("query", one[:50], "is no parameter of this") for one in unknown[:5]]
        hint = f"there are: {', '.join(sorted(known))}" if known else "this takes none"
        raise FaultError(Trouble.UNKNOWN_PARAMETER, f"no parameter is called so here: {names}", hint, where=where)
    twice = sorted({key for key in asked if len(asked.getlist(key)) > 1})
    if twice:
        raise FaultError(Trouble.BAD_PARAMETER, f"given more than once: {', '.join(twice)}", "give each parameter once")


def _query_parameters(dependant: Dependant) -> set[str]:
    """The names of the query parameters of an operation and of what it depends on."""
    own = {field.alias for field in dependant.query_params}
    return own.union(*map(_query_parameters, dependant.dependencies))


router = APIRouter(prefix="/api", dependencies=[Depends(_only_known_parameters)])
for _part in (collections, items, documents, claims, undertakings, incidents, places, entries, annotating, entering):
    router.include_router(_part.router)
router.include_router(docs.router)


def prepare(app: FastAPI, settings: Settings) -> None:
    """Describe the API, answer HEAD, and pack large answers."""
    describe(app, settings)
    app.add_middleware(Packed)
    app.add_middleware(Heads)


__all__ = ["prepare", "router"]
