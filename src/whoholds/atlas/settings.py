"""What a served atlas is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from whoholds.atlas.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How an atlas is served.

    `hosts` are the names it answers to in the Host header (a page elsewhere cannot make a browser ask it under another name).

    Who may see it is one of three. With `public` everybody, as a reader: nobody needs a token, nothing can be entered, and what
    the register took in less than `delay` ago is not shown. With `tokens`, the file of a `TokenBook`, whoever has a token, in
    the role it gives. With neither, whoever reaches it is the user of the system in the role `role`, which is right on loopback
    alone.

    With `behind_proxy` requests come through a proxy on this machine that ends TLS and tells who asked (X-Forwarded-For,
    X-Forwarded-Proto); without it a request that tells of a proxy is refused. `insecure` lets tokens travel without TLS. `body`
    is the most bytes that a request may bring. `tiles` is the address template of a tile server for those who are online; None
    for no request off the machine. With `allow_private` a report may be sent by an address inside the network, too, which lets
    whoever may enter something make this machine ask there: for tests, and for those who trust all of them with that.
    """

    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    public: bool = False
    delay: timedelta = field(default=timedelta())
    tokens: Path | None = None
    role: Role = Role.KEEPER
    behind_proxy: bool = False
    insecure: bool = False
    body: int = 10_000_000
    tiles: str | None = None
    tile_credit: str = ""
    allow_private: bool = False
