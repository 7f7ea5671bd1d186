"""Serving an atlas until it is stopped."""

from __future__ import annotations

import signal
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread

import typer
import uvicorn

from whoholds.atlas import Settings, create_app
from whoholds.atlas.roles import Role
from whoholds.atlas.safety.connections import MOST, PatientProtocol
from whoholds.atlas.safety.headers import TilesError, tile_source
from whoholds.atlas.safety.tokens import TokenBook, book_path
from whoholds.cli import listening
from whoholds.cli.quoted import shown
from whoholds.cli.register_running import opened, told
from whoholds.questions import Register
from whoholds.register import MEMORY
from whoholds.register.store import StoreError

_LOWER = {Role.KEEPER: " (--role reader to look only)", Role.REVIEWER: "", Role.READER: ""}
_GRACE = 3  # seconds that answers have to come to an end when the program is stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the command was told; see its options."""

    host: str
    port: int
    open: bool
    role: str
    names: tuple[str, ...]
    certificate: str | None
    key: str | None
    behind_proxy: bool
    insecure: bool
    public: bool
    delay: timedelta
    tiles: str | None
    tile_credit: str


def checked_tiles(template: str | None) -> str | None:
    """The address of map tiles; a usage error where it is none."""
    if template is not None:
        try:
            tile_source(template)
        except (TilesError, ValueError) as error:
            raise typer.BadParameter(f"'{template}' is no address of map tiles: {error}", param_hint="--tiles") from error
    return template


@told
def serve(locator: str, asked: Serving) -> int:
    """Serve until interrupted; gives the exit status, which is 0 then."""
    if locator == MEMORY:
        raise StoreError("a register in memory is empty, so that there is nothing to serve", "name a file or a database")
    with opened(locator, readonly=asked.public) as register:
        settings = _settings(register, asked)
        with listening.bound(asked.host, asked.port) as socket:
            address = listening.address(socket, asked.host, asked.names, tls=bool(asked.certificate))
            _run(register, settings, asked, socket, address)
    return 0


def _settings(register: Register, asked: Serving) -> Settings:
    book = TokenBook(book_path(register.store.locator))
    tokens = book.tokens()
    if tokens and not asked.public and not any(token.good(datetime.now(UTC).date()) for token in tokens):
        raise StoreError("all tokens of this register have expired", _make_token(register))
    _check_reach(register, asked, bool(tokens))
    return Settings(
        hosts=listening.hosts(asked.host, asked.names),
        public=asked.public,
        delay=asked.delay,
        tokens=book.path if tokens and not asked.public else None,
        role=Role[(asked.role or "keeper").upper()],
        behind_proxy=asked.behind_proxy,
        insecure=asked.insecure,
        tiles=asked.tiles,
        tile_credit=asked.tile_credit,
    )


def _check_reach(register: Register, asked: Serving, tokens: bool) -> None:
    """Raises StoreError where others could reach it who have no business there, or read along."""
    local = listening.is_loopback(asked.host)
    if asked.behind_proxy and not local:
        raise StoreError(f"a proxy on this machine asks at loopback, not at {asked.host}", "leave --host out")
    if not local and not asked.names and listening.is_wildcard(asked.host):
        raise StoreError(f"by which name is it asked at {asked.host}?", "--name atlas.example.org")
    if not (tokens or asked.public) and (not local or asked.behind_proxy or asked.names):
        hint = f"{_make_token(register)}; or let everybody look and nobody enter: --public"
        raise StoreError("where others can reach it, viewers need tokens, and this register has none", hint)
    if not (local or asked.certificate or asked.insecure):
        hint = (
            "serve with TLS: --tls-cert FILE --tls-key FILE; or let a proxy on this machine speak TLS: "
            "--behind-proxy --name HOST, without --host; or, where nobody can listen: --insecure"
        )
        raise StoreError(f"over plain HTTP anybody on the way to {asked.host} can read along", hint)
    if tokens and asked.role:
        raise StoreError("this register has tokens, and each has its own role", "leave --role out")


def _make_token(register: Register) -> str:
    return f"make one: whoholds tokens add {register.store.locator} NAME --role keeper"


def _run(register: Register, settings: Settings, asked: Serving, socket: listening.Socket, address: str) -> None:
    config = uvicorn.Config(
        create_app(register, settings),
        http=PatientProtocol,
        ws="none",
        log_level="warning",
        access_log=False,  # who reads what is nobody's business
        server_header=False,
        proxy_headers=settings.behind_proxy,
        forwarded_allow_ips=["127.0.0.1", "::1"],
        limit_concurrency=MOST,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=65_536,
        ssl_certfile=asked.certificate,
        ssl_keyfile=asked.key,
    )
    listening.check_certificate(asked.certificate, asked.key)
    server = _Server(config, lambda: _tell(register, settings, address, browser=asked.open))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, server.stop)
    server.run(sockets=[socket])


class _Server(uvicorn.Server):
    """Uvicorn's server; a signal ends it, and is not raised once more when it has ended."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    def stop(self, *_: object) -> None:
        """End soon."""
        self.should_exit = True

    async def startup(self, sockets: list[listening.Socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.ready()


def _tell(register: Register, settings: Settings, address: str, *, browser: bool) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    for line in _remarks(register, settings):
        sys.stderr.write(shown(f"whoholds: {line}") + "\n")
    if browser:
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _remarks(register: Register, settings: Settings) -> list[str]:
    remarks = [f"serving {register.store.locator}; stop with Ctrl-C"]
    if settings.public:
        hours = settings.delay.total_seconds() / 3600
        remarks.append(f"everybody can look, nobody can enter; what was taken in less than {hours:g} hours ago is not shown")
    elif settings.tokens:
        remarks.append(f"viewers need a token; the tokens are in {settings.tokens}")
    else:
        role = settings.role.name.lower()
        remarks.append(f"this machine alone can reach it; whoever uses it is the register's {role}{_LOWER[settings.role]}")
    if settings.tiles:
        remarks.append(f"browsers fetch map tiles from {tile_source(settings.tiles)}, which can tell what is looked at")
    if settings.insecure:
        remarks.append("plain HTTP: anybody on the way can read along")
    return remarks
