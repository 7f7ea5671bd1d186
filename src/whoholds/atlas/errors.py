"""One shape for every error: problem details (RFC 9457) for programs, a page with the same words for people.

A problem has `type` (its kind, explained at /api/docs), `title`, `status`, `detail`, `hint` (the way out) and, where a part of
the request is to blame, `where`: a list of `in`, `name` and `message`. A fault of the program itself is told to its log alone.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from whoholds.atlas.asked import asked_of
from whoholds.atlas.desk import desk_of
from whoholds.atlas.faults import FaultError, Trouble, Where
from whoholds.atlas.timetables import BusyError
from whoholds.model import Site
from whoholds.questions import PlaceError
from whoholds.register.store import ConflictError, StoreError

PROBLEM = "application/problem+json"
_OF_STATUS = {
    401: Trouble.UNAUTHORIZED,
    403: Trouble.FORBIDDEN,
    404: Trouble.NOT_FOUND,
    405: Trouble.NOT_ALLOWED,
    409: Trouble.CONFLICT,
    413: Trouble.TOO_LARGE,
    422: Trouble.BAD_BODY,
    429: Trouble.TOO_MANY,
    503: Trouble.BUSY,
}
_HINTS = {
    401: "send a token in the header: Authorization: Bearer ...",
    404: "the parts of the API are listed at /api/, the map is at /",
    405: "the header Allow tells what can be done here",
    429: "wait as long as the header Retry-After tells",
    500: "the server's log tells more; please report it",
}
_log = logging.getLogger(__name__)


def tell_errors(app: FastAPI) -> None:
    """Tell what goes wrong in one shape."""
    app.add_exception_handler(FaultError, _fault)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(PlaceError, _place)
    app.add_exception_handler(StoreError, _store)
    app.add_exception_handler(BusyError, _busy)
    app.add_exception_handler(Exception, _broken)


def problem_response(request: Request, fault: FaultError, headers: Mapping[str, str] | None = None) -> Response:
    """A fault as the one who asks can read it: a page where `Accept` asks for HTML, else problem details."""
    hint = fault.hint or _HINTS.get(fault.trouble.status, "")
    own = {"Cache-Control": "no-store", "Vary": "Accept", **(headers or {})}
    if _wants_page(request):
        page = _page(request, fault, hint)
        if page is not None:
            page.headers.update(own)
            return page
    return Response(orjson.dumps(_body(fault, hint)), fault.trouble.status, own, PROBLEM)


def _body(fault: FaultError, hint: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "type": f"/api/docs#{fault.trouble.slug}",
        "title": fault.trouble.title,
        "status": fault.trouble.status,
        "detail": _clean(fault.detail),
    }
    if hint:
        told["hint"] = _clean(hint)
    if fault.where:
        told["where"] = [{"in": one.place, "name": _clean(one.name), "message": _clean(one.message)} for one in fault.where]
    return {**told, **fault.more}


def _clean(text: str) -> str:
    """The text without lone surrogates, which no UTF-8 can carry."""
    return text.encode("utf-8", "replace").decode()


def _wants_page(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith("/data")


def _page(request: Request, fault: FaultError, hint: str) -> Response | None:
    """The page of a fault; None where even that cannot be made."""
    from whoholds.atlas.pages.rendering import page  # pages tell errors too

    try:
        asked = asked_of(desk_of(request), None, None, None)
        told = {"hint": "", **_body(fault, hint)}
        return page(request, "error.html", asked, status=fault.trouble.status, title=fault.trouble.title, problem=told)
    except Exception:
        _log.exception("the page of an error could not be made")
        return None


async def _fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, FaultError)
    return problem_response(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    rest = Trouble.BAD_REQUEST if error.status_code < 500 else Trouble.BROKEN
    trouble = _OF_STATUS.get(error.status_code, rest)
    told = f"there is no {request.url.path[:200]}" if error.detail == "Not Found" else str(error.detail)
    detail = f"{request.method} cannot be done here" if error.detail == "Method Not Allowed" else told
    return problem_response(request, FaultError(trouble, detail), error.headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = [_where(one) for one in error.errors()[:20]]
    in_body = any(one.place == "body" for one in where)
    trouble = Trouble.BAD_BODY if in_body else Trouble.BAD_PARAMETER
    detail = "; ".join(f"{one.name}: {one.message}" for one in where)
    return problem_response(request, FaultError(trouble, detail, where=where))


def _where(error: Mapping[str, Any]) -> Where:
    place, *names = (str(part) for part in error.get("loc", ("body",)))
    message = str(error.get("msg", "cannot be read")).removeprefix("Value error, ")
    return Where(place, ".".join(names) or place, message[:300])


async def _place(request: Request, error: Exception) -> Response:
    assert isinstance(error, PlaceError)
    trouble = Trouble.AMBIGUOUS_PLACE if error.sites else Trouble.UNKNOWN_PLACE
    more = {"places": [_candidate(request, site) for site in error.sites]} if error.sites else None
    return problem_response(request, FaultError(trouble, error.message, error.hint, more=more))


def _candidate(request: Request, site: Site) -> dict[str, Any]:
    """A place that a name can mean."""
    kept = ("on", "published_by", "recorded_by")
    asked = "&".join(f"{key}={quote(request.query_params[key])}" for key in kept if key in request.query_params)
    key, query = quote(site.key, safe=":,"), f"?{asked}" if asked else ""
    place = site.place
    return {
        "key": _clean(site.key),
        "name": _clean(site.name),
        "country": place and place.country,
        "feature": (place and place.feature) or None,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "links": [
            {"rel": "item", "type": "application/json", "href": f"/api/places/{key}{query}"},
            {"rel": "alternate", "type": "text/html", "href": f"/places/{key}{query}"},
        ],
    }


async def _store(request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreError)
    if isinstance(error, ConflictError):
        trouble = Trouble.NOT_FOUND if request.method in ("GET", "HEAD") else Trouble.CONFLICT
        return problem_response(request, FaultError(trouble, error.message, error.hint))
    _log.error("%s (%s)", error.message, error.hint)  # names files of the server: not for those who ask
    unusable = FaultError(Trouble.UNREADABLE, "the register cannot be used at the moment", "try again, or ask who serves it")
    return problem_response(request, unusable, {"Retry-After": "5"})


async def _busy(request: Request, error: Exception) -> Response:
    fault = FaultError(Trouble.BUSY, "too many earlier states of knowledge are being worked out", "come back in some seconds")
    return problem_response(request, fault, {"Retry-After": "10"})


async def _broken(request: Request, error: Exception) -> Response:
    fault = FaultError(Trouble.BROKEN, "this request met a fault of the program")
    return problem_response(request, fault)  # the server logs the error itself
