"""Refusals: what the protecting layers answer instead of the application, in the one shape that errors have (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

_ALWAYS = {"Cache-Control": "no-store", "Vary": "Accept"}


class RefusedError(Exception):
    """A request that is not answered: the status, what is wrong, the way out, and headers that the status calls for."""

    def __init__(self, status: int, detail: str, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.hint, self.headers = status, detail, hint, {**_ALWAYS, **(headers or {})}

    def response(self, scope: Scope) -> Response:
        """The answer: a page for somebody who opened an address in a browser, problem details for all others."""
        if wants_page(scope):
            return HTMLResponse(_page(self), self.status, self.headers)
        told = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail}
        if self.hint:
            told["hint"] = self.hint
        return JSONResponse(told, self.status, self.headers, "application/problem+json")


def wants_page(scope: Scope) -> bool:
    """Whether a person looks at the answer."""
    return "text/html" in Headers(scope=scope).get("accept", "") and not scope["path"].startswith("/data")


def _page(refusal: RefusedError) -> str:
    # only now: pages stand on this package
    from whoholds.atlas.pages.rendering import bare_page

    title = HTTPStatus(refusal.status).phrase
    return bare_page("refused.html", title=title, detail=refusal.detail, hint=refusal.hint)
