"""Sessions of browsers: a signed cookie that tells which token somebody logged in with, and what shows that a page is ours.

The key that signs is drawn when the program starts and kept nowhere, so that no file lets anybody make a session; after a
restart one logs in again. A session names its token by a keyed hash and ends with it: revoked is revoked at once.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LASTS = timedelta(hours=24)
_ID = 18  # bytes


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's session: its id, the hash of the token (as `TokenBook` keeps it) and its last second since 1970 in UTC."""

    id: str
    token: str
    ends: int


@dataclass(slots=True)
class Sessions:
    """The sessions of a running program; `ended` has those that were logged out of, until they would have ended anyway."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    ended: dict[str, int] = field(default_factory=dict)

    def begin(self, token: str, now: datetime) -> str:
        """The cookie of a new session for the token with this hash."""
        words = f"{secrets.token_urlsafe(_ID)}.{token}.{int((now + LASTS).timestamp())}"
        return f"{words}.{self._signed('session', words)}"

    def read(self, cookie: str, now: datetime) -> Session | None:
        """The session of a cookie; None for one that is not ours, has ended or was logged out of."""
        words, _, signature = cookie.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signed("session", words).encode()):
            return None
        id, token, ends = words.split(".")
        session = Session(id, token, int(ends))
        return session if session.ends > now.timestamp() and id not in self.ended else None

    def end(self, session: Session, now: datetime) -> None:
        """Log out: the session's cookie is worth nothing from now on."""
        moment = now.timestamp()
        for id in [id for id, ends in self.ended.items() if ends <= moment]:
            del self.ended[id]
        self.ended[session.id] = session.ends

    def csrf(self, session: str) -> str:
        """What a page of ours sends along with what it enters, for a session's id; pages elsewhere cannot know it."""
        return self._signed("csrf", session)

    def is_csrf(self, given: str, session: str) -> bool:
        """Whether this is what a page of ours would send."""
        return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self.csrf(session).encode())

    def _signed(self, use: str, words: str) -> str:
        return hmac.new(self.key, f"{use}:{words}".encode("utf-8", "surrogatepass"), "sha256").hexdigest()
