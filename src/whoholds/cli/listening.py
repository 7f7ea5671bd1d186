"""Where an atlas listens: sockets, addresses and the names it answers to."""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from whoholds.register.store import StoreError

Socket = socket.socket
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_BACKLOG = 256
_STANDARD = {"http": 80, "https": 443}


@contextmanager
def bound(host: str, port: int) -> Iterator[Socket]:
    """A socket that listens at an address. Raises StoreError where it cannot."""
    family, _, _, _, where = _found(host, port)[0]
    with socket.socket(family, socket.SOCK_STREAM) as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(where)
            found.listen(_BACKLOG)
        except OSError as error:
            raise _explained(host, port, error) from error
        yield found


def _found(host: str, port: int) -> list[tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[object, ...]]]:
    try:
        return list(socket.getaddrinfo(_bare(host), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE))
    except (OSError, UnicodeError) as error:
        raise StoreError(f"{host} is no address that can be listened at", "give one of this machine's own addresses") from error


def _explained(host: str, port: int, error: OSError) -> StoreError:
    match error.errno:
        case errno.EADDRINUSE:
            return StoreError(f"port {port} of {host} is in use", "stop the program that uses it, or take a free one: --port 0")
        case errno.EACCES:
            return StoreError(f"port {port} may not be listened at by you", "take one above 1023")
        case errno.EADDRNOTAVAIL:
            return StoreError(f"{host} is no address of this machine", "leave --host out, or give one that it has")
    return StoreError(f"port {port} of {host} cannot be listened at: {error.strerror}", "take another one: --port 0")


def is_loopback(host: str) -> bool:
    """Whether this machine alone can reach an address. Raises StoreError for what is none."""
    return all(ipaddress.ip_address(str(where[0]).partition("%")[0]).is_loopback for *_, where in _found(host, 0))


def is_wildcard(host: str) -> bool:
    """Whether an address stands for all of this machine's."""
    return any(ipaddress.ip_address(str(where[0]).partition("%")[0]).is_unspecified for *_, where in _found(host, 0))


def hosts(host: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names to answer to: those given, the address itself, and loopback's."""
    own = () if is_wildcard(host) else (_bracketed(host),)
    return tuple(dict.fromkeys((*_LOCAL, *own, *map(_bracketed, names))))


def address(socket: Socket, host: str, names: tuple[str, ...], *, tls: bool) -> str:
    """The address of the page, for a browser."""
    scheme, port = "https" if tls else "http", socket.getsockname()[1]
    name = names[0] if names and not is_loopback(host) else host
    return f"{scheme}://{_bracketed(name)}{'' if port == _STANDARD[scheme] else f':{port}'}/"


def check_certificate(certificate: str | None, key: str | None) -> None:
    """Raises StoreError for a certificate that cannot be used with its key."""
    if certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: "")
    except (OSError, ValueError) as error:  # SSLError is an OSError
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        hint = "both are files in PEM, the key without a password"
        raise StoreError(f"the certificate {certificate} cannot be used with the key {key}: {reason}", hint) from error


def _bare(host: str) -> str:
    return host.removeprefix("[").removesuffix("]")


def _bracketed(host: str) -> str:
    return f"[{_bare(host)}]" if ":" in host else host
