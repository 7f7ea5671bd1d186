"""The gate: what every request passes before the application sees it, in this order.

Size of the head, name of the host, who asks, how often, whether a page of ours asks, the body. Whoever fails one of them
gets a refusal and costs nothing more. Plain ASGI: answers that are streamed stay streams.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from whoholds.atlas.safety import forgery
from whoholds.atlas.safety.bodies import taken_in
from whoholds.atlas.safety.recognising import Asking, Doorkeeper
from whoholds.atlas.safety.refusing import RefusedError, wants_page

LONGEST_ADDRESS = 8_192  # bytes of path and query
LONGEST_HEADERS = 32_768  # bytes of all headers
OPEN = ("/static/", "/lib/", "/login", "/logout")  # what somebody without a token may ask for
FORMS = ("/login", "/logout")  # entered by plain forms, which cannot bring a header; their origin is checked


class Gate:
    """Lets requests through to an application."""

    def __init__(self, app: ASGIApp, keeper: Doorkeeper) -> None:
        self.app, self.keeper, self.settings, self.limits = app, keeper, keeper.settings, keeper.limits
        self.hosts = frozenset(forgery.host_name(host) for host in keeper.settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            try:
                await self._answer(scope, receive, send)
            except RefusedError as refusal:
                await refusal.response(scope)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})  # nothing here speaks it

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        _check_size(scope)
        forgery.check_host(scope, self.hosts, behind_proxy=self.settings.behind_proxy)
        asking = await self.keeper.recognised(scope)
        entering = scope["method"] not in forgery.SAFE
        self.limits.ask(asking.key, asking.allowance, entering=entering)
        _check_known(scope, asking)
        if entering:
            self._check_entering(scope, asking)
        scope.setdefault("state", {}).update(viewer=asking.viewer, csrf=self.keeper.sessions.csrf(asking.session))
        with self.limits.at_once(asking.key, asking.allowance):
            whole = await taken_in(scope, receive, self.settings.body) if entering else receive
            await self.app(scope, whole, send)

    def _check_entering(self, scope: Scope, asking: Asking) -> None:
        if self.settings.public:
            raise RefusedError(403, "this atlas is for looking at: nothing can be entered")
        if asking.proven:
            return
        forgery.check_origin(scope)
        given = Headers(scope=scope).get("x-csrf-token", "")
        if scope["path"] not in FORMS and not self.keeper.sessions.is_csrf(given, asking.session):
            hint = "load the page again and repeat it; programs give a token: Authorization: Bearer …"
            raise RefusedError(403, "the page is none of ours, or from before the atlas was started anew", hint)


class LoginNeededError(RefusedError):
    """Somebody opened a page who has to log in first."""

    def __init__(self) -> None:
        super().__init__(401, "a token is needed", headers={"WWW-Authenticate": "Bearer"})

    def response(self, scope: Scope) -> Response:
        """The page to log in on."""
        from whoholds.atlas.safety.login import login_page  # only now: it stands on the pages, which stand on this package

        return login_page(scope, status=self.status, headers=self.headers)


def _check_known(scope: Scope, asking: Asking) -> None:
    if asking.viewer or scope["path"].startswith(OPEN):
        return
    if wants_page(scope):
        raise LoginNeededError
    hint = "Authorization: Bearer …; whoever keeps the register makes tokens: whoholds tokens add"
    raise RefusedError(401, "this needs a token", hint, {"WWW-Authenticate": "Bearer"})


def _check_size(scope: Scope) -> None:
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
        raise RefusedError(414, f"the address is longer than {LONGEST_ADDRESS:,} bytes")
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
        raise RefusedError(431, f"the headers have more than {LONGEST_HEADERS:,} bytes")
