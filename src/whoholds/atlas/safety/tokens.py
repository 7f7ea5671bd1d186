"""Tokens: what lets somebody see a served register, and under which name and in which role.

A token is 256 random bits, told once. Only its SHA-256 is kept: slow hashes (bcrypt, Argon2) are for passwords, which can be
guessed; 256 random bits cannot, however fast the hash, so that whoever reads the file has nothing to come in with. The file is
JSON, for its owner alone (mode 0600), and stands beside the register (docs/decisions). It is read anew whenever it changed, so
that what is revoked is revoked at once; one that somebody else could write to, or that cannot be read, lets nobody in.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from whoholds.atlas.roles import Role
from whoholds.register.store import SCHEMES, StoreError

PREFIX = "whoholds_"  # so that a leaked token can be recognised by programs that look for such
_BYTES = 32
_LONGEST_NAME = 100  # characters


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept. `hash` is 64 hexadecimal digits; `expires` is its last day (UTC), None for no last one."""

    name: str
    role: Role
    hash: str
    made: date
    expires: date | None = None

    def good(self, on: date) -> bool:
        """Whether it lets somebody in on a day (UTC)."""
        return self.expires is None or on <= self.expires


def hash_of_token(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal digits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def book_path(locator: str) -> Path:
    """The file of a register's tokens: `<register>.tokens` beside a file (links followed), else in the user's data folder."""
    if not locator.startswith(tuple(f"{scheme}:" for scheme in SCHEMES)):
        path = Path(locator).resolve()
        return path.with_name(f"{path.name}.tokens")
    return _data_folder() / "tokens" / f"{hashlib.sha256(locator.encode()).hexdigest()[:16]}.json"


def _data_folder() -> Path:
    if chosen := os.environ.get("WHOHOLDS_DATA"):
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("whoholds")


class TokenBook:
    """The tokens in a file; none where there is no file. Used from many threads.

    Methods raise StoreError for a file that cannot be read or is not to be trusted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        self._tokens: tuple[Token, ...] = ()
        self._lock = Lock()

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, those that have expired too, by name."""
        with self._lock:
            state = self._state()
            if state != self._seen or state is None:
                self._tokens, self._seen = (() if state is None else _read(self.path)), state
            return self._tokens

    def holder(self, token: str, on: date) -> Token | None:
        """The token that somebody gave, if it is good on a day. Takes as long for a wrong one as for a right one."""
        given, found = hash_of_token(token), None
        for one in self.tokens():
            if hmac.compare_digest(one.hash, given):
                found = one
        return found if found and found.good(on) else None

    def with_hash(self, hash: str, on: date) -> Token | None:
        """The token with this hash, if it still is there and good on a day."""
        return next((one for one in self.tokens() if one.hash == hash and one.good(on)), None)

    def add(self, name: str, role: Role, *, made: date, expires: date | None = None) -> str:
        """Make a token for somebody; the token itself, which nothing tells again. One that has expired is replaced.

        Raises StoreError where somebody of that name has one.
        """
        name = _checked(name)
        token = PREFIX + secrets.token_urlsafe(_BYTES)
        with _changing(self.path):
            kept = [one for one in self.tokens() if one.name != name or one.good(made)]
            if any(one.name == name for one in kept):
                raise StoreError(f"{name} has a token already", "revoke it first: whoholds tokens revoke")
            self._write([*kept, Token(name, role, hash_of_token(token), made, expires)])
        return token

    def revoke(self, name: str) -> Token:
        """Take somebody's token away; what it was. Raises StoreError where there is none."""
        with _changing(self.path):
            kept = [one for one in self.tokens() if one.name != name]
            gone = [one for one in self.tokens() if one.name == name]
            if not gone:
                raise StoreError(f"nobody called {name!r} has a token", "whoholds tokens list tells who has")
            self._write(kept)
        return gone[0]

    def _state(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{self.path} cannot be read: {error.strerror}", "check who may read the file") from error
        if os.name == "posix":
            _check_owner(self.path, found)
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _write(self, tokens: list[Token]) -> None:
        rows = [_row(one) for one in sorted(tokens, key=lambda one: one.name)]
        with _told(self.path):
            handle, draft = tempfile.mkstemp(dir=self.path.parent, prefix=f".{self.path.name}-")  # made with mode 0600
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump({"tokens": rows}, file, ensure_ascii=False, indent=1)
                    file.flush()
                    os.fsync(file.fileno())
                Path(draft).replace(self.path)
            except BaseException:
                with suppress(OSError):
                    Path(draft).unlink()
                raise


def today(clock: Callable[[], datetime]) -> date:
    """The day in UTC."""
    return clock().astimezone(UTC).date()


def _row(token: Token) -> dict[str, object]:
    row = {**asdict(token), "role": token.role.name.lower(), "made": str(token.made)}
    return {**row, "expires": None if token.expires is None else str(token.expires)}


def _read(path: Path) -> tuple[Token, ...]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["tokens"]
        return tuple(_token(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{path} is no file of tokens: {error!r}", "remove it and make the tokens anew") from error


def _token(row: dict[str, str]) -> Token:
    expires = row.get("expires")
    if len(bytes.fromhex(row["hash"])) != hashlib.sha256().digest_size:
        raise ValueError("a hash of another length")
    token = Token(row["name"], Role[row["role"].upper()], row["hash"], date.fromisoformat(row["made"]))
    return replace(token, expires=date.fromisoformat(expires)) if expires else token


def _checked(name: str) -> str:
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise StoreError(f"{name!r} cannot be a name", f"entries are made under it: up to {_LONGEST_NAME} printable characters")
    return name


def _check_owner(path: Path, found: os.stat_result) -> None:
    if found.st_uid not in (os.geteuid(), 0) or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StoreError(f"{path} can be changed by others, so that nobody is let in by it", f"chmod 600 {path}")


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile (its folder is locked): two that add at once would lose one of the tokens."""
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name != "posix":
        yield
        return
    import fcntl

    with _told(path):
        folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}", "check who may write to its folder") from error
