"""The page to log in and out on: a token goes in once, by POST, and a session's cookie comes back."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlsplit

from fastapi import APIRouter, Request
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from whoholds.atlas.pages.rendering import bare_page
from whoholds.atlas.safety.identity import Viewer
from whoholds.atlas.safety.recognising import Doorkeeper, cookie_name
from whoholds.atlas.safety.refusing import RefusedError
from whoholds.atlas.safety.sessions import LASTS

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login(request: Request) -> HTMLResponse:
    """The page to log in on; who is logged in, and the way out."""
    return login_page(request.scope, viewer=request.state.viewer, back=request.query_params.get("next", "/"))


@router.post("/login")
async def enter(request: Request) -> Response:
    """Begin a session for a token; back to where somebody came from."""
    form = await _form(request)
    back, keeper = local(form.get("next", "/")), _keeper(request)
    try:
        held = await keeper.let_in(form.get("token", "").strip(), request.scope)
    except RefusedError as refusal:
        told = {name: value for name, value in refusal.headers.items() if name != "WWW-Authenticate"}
        return login_page(request.scope, status=refusal.status, headers=told, refused=refusal, back=back)
    response = RedirectResponse(quote(back, safe="/?&=%#:,;@+~!$'()*[]"), 303)
    cookie = keeper.sessions.begin(held.hash, keeper.clock())
    _set_cookie(response, request.scope, cookie, int(LASTS.total_seconds()))
    return response


@router.post("/logout")
def leave(request: Request) -> Response:
    """End the session."""
    keeper = _keeper(request)
    if session := keeper.session_of(request.scope):
        keeper.sessions.end(session, keeper.clock())
    response = RedirectResponse("/login", 303)
    _set_cookie(response, request.scope, "", 0)
    return response


def login_page(
    scope: Scope,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    viewer: Viewer | None = None,
    refused: RefusedError | None = None,
    back: str | None = None,
) -> HTMLResponse:
    """The page to log in on. Opened from a link on another site it asks for itself again, once.

    Browsers keep a SameSite=Strict cookie back when such a link is followed, and send it when the page that this leads to, one
    of ours, asks again.
    """
    if back is None:
        back = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    again = (
        status == 401 and refused is None and Headers(scope=scope).get("sec-fetch-site") not in (None, "none", "same-origin")
    )
    markup = bare_page("login.html", title="Log in", viewer=viewer, refused=refused, back=local(back), again=again)
    return HTMLResponse(markup, status, dict(headers or {}))


def local(address: str) -> str:
    """The address if it is a path of ours, else the front page: nobody is sent elsewhere after logging in."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return address if ours and address.isprintable() and "\\" not in address else "/"


def _set_cookie(response: Response, scope: Scope, value: str, seconds: int) -> None:
    secure = scope["scheme"] == "https"
    response.set_cookie(cookie_name(scope), value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="strict")


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form sent as application/x-www-form-urlencoded; of repeated ones the first."""
    try:
        fields = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _keeper(request: Request) -> Doorkeeper:
    keeper = request.app.state.doorkeeper
    assert isinstance(keeper, Doorkeeper)
    return keeper
