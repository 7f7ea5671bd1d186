"""Addresses of PostgreSQL registers: `postgresql://user@host/database?schema=name`, and how they are shown without passwords.

All but `schema` is libpq's own form of address (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING):
what is not in it is taken from the environment and `~/.pgpass`, which is where passwords belong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from whoholds.register.store import SCHEMES, StoreError

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")
_SECRET = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a register is: what libpq connects to, the schema in which it lives, and what may be shown of it."""

    conninfo: str = field(repr=False)
    schema: str
    shown: str
    secrets: tuple[str, ...] = field(repr=False, default=())

    def hide(self, message: str) -> str:
        """A message in which no password of the address stands."""
        for secret in self.secrets:
            message = message.replace(secret, "…")
        return message


def address_of(locator: str) -> Address:
    """The address that a user has written. Raises StoreError where it is none."""
    try:
        parts = urlsplit(locator)
        options = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        raise StoreError("the address of the database cannot be read", _FORM) from None
    if parts.scheme not in SCHEMES:
        raise StoreError("this is not the address of a PostgreSQL database", _FORM)
    given = [value for name, value in options if name == "schema"]
    schema = given[-1] if given else "whoholds"
    if not _NAME.match(schema):
        raise StoreError(
            f"{schema!r} cannot be the name of a schema", "up to 63 lower-case letters, digits and underscores, no digit first"
        )
    options = [(name, value) for name, value in options if name != "schema"]
    return Address(
        conninfo=_joined(parts.scheme, parts.netloc, parts.path, options),
        schema=schema,
        shown=_joined(parts.scheme, _open(parts.netloc), parts.path, _open_options(options) + [("schema", v) for v in given]),
        secrets=_secrets(parts.netloc, options),
    )


_FORM = "write postgresql://user@host/database?schema=name; the password belongs in ~/.pgpass or PGPASSWORD"


def _joined(scheme: str, netloc: str, path: str, options: list[tuple[str, str]]) -> str:
    # `urlunsplit` leaves the slashes out where the host is empty; libpq wants them.
    return f"{scheme}://{netloc}{urlunsplit(('', '', path, urlencode(options, quote_via=quote), ''))}"


def _open(netloc: str) -> str:
    user, at, host = netloc.rpartition("@")
    return user.partition(":")[0] + at + host


def _open_options(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in options if name not in _SECRET]


def _secrets(netloc: str, options: list[tuple[str, str]]) -> tuple[str, ...]:
    password = netloc.rpartition("@")[0].partition(":")[2]
    secrets = {password, unquote(password), *(value for name, value in options if name in _SECRET)}
    return tuple(sorted(filter(None, secrets), key=len, reverse=True))
