"""What every answer of the API has in common: links, a state of knowledge, and what lets it be kept (RFC 9110, 8.8 and 13).

An answer's ETag is weak: it stands for the state of knowledge, the address, and the program that runs. Where the asker has it
already nothing is worked out. Under a publication delay it changes only with what may be seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import orjson
from fastapi import Depends, Request
from starlette.responses import Response

from whoholds.atlas.asked import Asked, OnDay, PublishedBy, RecordedBy, asked_of
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.states import State, state_of
from whoholds.formats.answers import known_to_json

Json = dict[str, Any]
GEOJSON = "application/geo+json"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Asking:
    """A request to the API: what is asked, of whom, and in which state of knowledge."""

    request: Request
    desk: Desk
    asked: Asked
    state: State

    def answer(self, make: Callable[[], Any], *, media: str = JSON) -> Response:
        """The answer that `make` gives, as bytes or as what JSON can be made of; 304 where the asker has it."""
        headers = self._headers()
        wanted = self.request.headers.get("if-none-match", "")
        if headers["ETag"] in (tag.strip() for tag in wanted.split(",")):
            return Response(status_code=304, headers=headers)
        made = make()
        content = made if isinstance(made, bytes) else dumped(made)
        if self.state.lags:  # this answer will be another one soon, though nothing is entered in between
            return Response(content, 200, {"Cache-Control": "no-store", "Vary": headers["Vary"]}, media)
        if wanted.strip() == "*":
            return Response(status_code=304, headers=headers)
        return Response(content, 200, headers, media)

    def href(self, *parts: str, **query: object) -> str:
        """The address of what lies there: absolute, in the same state of knowledge, with the query given."""
        path = "/".join(quote(_utf8(part), safe=":,@") for part in parts)
        own = {"published_by": self.asked.published_by, "recorded_by": _instant(self.asked)}
        told = {key: _utf8(str(value)) for key, value in {**query, **own}.items() if value is not None}
        return f"{self.request.base_url}{path}{f'?{urlencode(told)}' if told else ''}"

    def link(self, rel: str, *parts: str, title: str = "", media: str = JSON, **query: object) -> Json:
        """A link to a part of the API."""
        told = {"rel": rel, "type": media, "href": self.href("api", *parts, **query)}
        return {**told, "title": title} if title else told

    def page(self, *parts: str, title: str = "", **query: object) -> Json:
        """A link to a page for people."""
        told = {"rel": "alternate", "type": "text/html", "href": self.href(*parts, **query)}
        return {**told, "title": title} if title else told

    def here(self, rel: str = "self", media: str = JSON, **query: object) -> Json:
        """A link to what is asked, with other parameters; None takes one away."""
        told = {**self.request.query_params, **query}
        pairs = {key: _utf8(str(value)) for key, value in told.items() if value is not None}
        path = quote(_utf8(self.request.url.path).lstrip("/"), safe="/:,@")
        return {"rel": rel, "type": media, "href": f"{self.request.base_url}{path}{f'?{urlencode(pairs)}' if pairs else ''}"}

    def pages(self, offset: int, limit: int, *, more: bool, media: str = JSON) -> list[Json]:
        """Links to this page, the next and the one before."""
        links = [self.here(media=media)]
        if more:
            links.append(self.here("next", media, offset=offset + limit))
        if offset:
            links.append(self.here("prev", media, offset=max(0, offset - limit)))
        return links

    def known(self) -> Json:
        """The state of knowledge, as answers tell it."""
        return known_to_json(self.asked.known)

    def _headers(self) -> dict[str, str]:
        query = sorted(self.request.query_params.multi_items())
        known = self.asked.known
        about = repr((self.state.mark, str(self.request.base_url), self.request.url.path, query, known))
        tag = hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:20]
        kept = "public, max-age=60" if self.desk.settings.public else "private, no-cache"
        return {"ETag": f'W/"{tag}"', "Cache-Control": kept, "Vary": "Accept, Accept-Encoding"}


def dumped(value: Any) -> bytes:
    """JSON as UTF-8; lone surrogates, which UTF-8 cannot carry, are escaped."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True, allow_nan=False).encode()


def _utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _instant(asked: Asked) -> str | None:
    """The instant or day asked for, as an address has it."""
    told = asked.recorded_by
    if told is None:
        return None
    return told.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(told, datetime) else told.isoformat()


def _on_day(
    request: Request, desk: TheDesk, on: OnDay = None, published_by: PublishedBy = None, recorded_by: RecordedBy = None
) -> Asking:
    return _asking(request, desk, asked_of(desk, on, published_by, recorded_by))


def _known(request: Request, desk: TheDesk, published_by: PublishedBy = None, recorded_by: RecordedBy = None) -> Asking:
    return _asking(request, desk, asked_of(desk, None, published_by, recorded_by))


def _recorded(request: Request, desk: TheDesk, recorded_by: RecordedBy = None) -> Asking:
    return _asking(request, desk, asked_of(desk, None, None, recorded_by))


def _plain(request: Request, desk: TheDesk) -> Asking:
    return _asking(request, desk, asked_of(desk, None, None, None))


def _asking(request: Request, desk: Desk, asked: Asked) -> Asking:
    return Asking(request, desk, asked, state_of(desk, asked.known))


OnADay = Annotated[Asking, Depends(_on_day)]
AsKnown = Annotated[Asking, Depends(_known)]
AsRecorded = Annotated[Asking, Depends(_recorded)]
Plainly = Annotated[Asking, Depends(_plain)]
