"""Recognising who asks: by a token, by the session that a token began, or as the one who alone can reach the atlas."""

from __future__ import annotations

import asyncio
import getpass
import logging
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

from whoholds.atlas.desk import Clock
from whoholds.atlas.roles import Role
from whoholds.atlas.safety.identity import Viewer
from whoholds.atlas.safety.limits import ANYBODY, LOOPBACK, TOKEN, Allowance, Limits, is_loopback, network_of
from whoholds.atlas.safety.refusing import RefusedError
from whoholds.atlas.safety.sessions import Session, Sessions
from whoholds.atlas.safety.tokens import Token, TokenBook, today
from whoholds.atlas.settings import Settings
from whoholds.register.store import StoreError

SLOWED = 0.5  # seconds that the answer to a wrong token waits
_log = logging.getLogger(__name__)
_NO_SESSION = "-"
_ASKS = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: the viewer (None: nobody yet), the session that pages of ours are known by, and what may be done how often.

    `proven` is a viewer by a token in the request itself, which no page elsewhere can make a browser send.
    """

    viewer: Viewer | None
    session: str
    proven: bool
    key: str
    allowance: Allowance


class Doorkeeper:
    """Knows who may come in."""

    def __init__(self, settings: Settings, clock: Clock, limits: Limits) -> None:
        self.settings, self.clock, self.limits = settings, clock, limits
        self.sessions = Sessions()
        self.book = TokenBook(settings.tokens) if settings.tokens else None
        self.user = Viewer(_user(), settings.role)

    async def recognised(self, scope: Scope) -> Asking:
        """Who asks. Raises RefusedError for a wrong token, and where too many were wrong."""
        address = address_of(scope)
        anybody = LOOPBACK if is_loopback(address) and not self.settings.behind_proxy else ANYBODY
        if self.settings.public:
            return Asking(Viewer("the public", Role.READER), _NO_SESSION, False, address, anybody)
        if given := Headers(scope=scope).get("authorization"):
            return await self._by_token(given, scope)
        if self.book is None:
            return Asking(self.user, _NO_SESSION, False, address, anybody)
        session = self.session_of(scope)
        held = session and self._trusted_book().with_hash(session.token, today(self.clock))
        if session and held:
            return Asking(_viewer(held), session.id, False, f"viewer:{held.name}", TOKEN)
        return Asking(None, _NO_SESSION, False, address, anybody)

    async def _by_token(self, authorization: str, scope: Scope) -> Asking:
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer":
            raise RefusedError(401, "only Bearer tokens are known here", "Authorization: Bearer …", _ASKS)
        viewer = _viewer(await self.let_in(token.strip(), scope))
        return Asking(viewer, _NO_SESSION, True, f"viewer:{viewer.name}", TOKEN)

    async def let_in(self, token: str, scope: Scope) -> Token:
        """The token as it is kept. Raises RefusedError for a wrong one, late, and soon without looking at it."""
        self._check_secrecy(scope)
        address = address_of(scope)
        self.limits.check_failures(address)
        held = self._trusted_book().holder(token, today(self.clock)) if self.book else None
        if held:
            return held
        self.limits.failed(address)
        await asyncio.sleep(SLOWED)
        hint = "it may have been revoked or have expired; whoever keeps the register can make another: whoholds tokens add"
        raise RefusedError(401, "the token is not known here", hint, {"WWW-Authenticate": 'Bearer error="invalid_token"'})

    def session_of(self, scope: Scope) -> Session | None:
        """The session that the browser's cookie tells of."""
        for cookie in Headers(scope=scope).get("cookie", "").split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == cookie_name(scope) and (session := self.sessions.read(value, self.clock())):
                return session
        return None

    def _check_secrecy(self, scope: Scope) -> None:
        """Raises RefusedError where a token has travelled in clear words over a network."""
        alone = not self.settings.behind_proxy and bool(scope.get("client")) and is_loopback(scope["client"][0])
        if scope["scheme"] == "https" or self.settings.insecure or alone:
            return
        if self.settings.behind_proxy:
            hint = "the proxy has to speak TLS and to say so: X-Forwarded-Proto: https"
            raise RefusedError(400, "tokens are taken over TLS only, and the proxy does not say that this is", hint)
        raise RefusedError(400, "tokens are taken over TLS only", "ask by https://")

    def _trusted_book(self) -> TokenBook:
        assert self.book is not None
        try:
            self.book.tokens()
        except StoreError as error:
            _log.error("%s (%s)", error.message, error.hint)  # names files of the server: not for those who ask
            raise RefusedError(503, "nobody can be let in at the moment", "ask who serves it") from error
        return self.book


def address_of(scope: Scope) -> str:
    """Where a request comes from, as it is counted by."""
    return network_of(scope["client"][0] if scope.get("client") else "")


def cookie_name(scope: Scope) -> str:
    """The cookie of this server: browsers share cookies between ports, and `__Host-` ones cannot be set by other hosts."""
    port = scope["server"][1] if scope.get("server") else 0
    return f"{'__Host-' if scope['scheme'] == 'https' else ''}whoholds-{port}"


def _viewer(token: Token) -> Viewer:
    return Viewer(token.name, token.role)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a system without a name for its user
        return "keeper"
