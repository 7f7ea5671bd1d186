"""The command that serves an atlas, and its options; what it does is in `serving`."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated

import typer

from whoholds.cli.register_options import Locator, leave
from whoholds.cli.tokens import commands as token_commands

commands = typer.Typer()
commands.add_typer(token_commands, name="tokens")

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d{1,5})\s*([mhd])")

Host = Annotated[str, typer.Option(metavar="HOST", help="Address to listen at; without it, this machine alone can ask.")]
Port = Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")]
Open = Annotated[bool, typer.Option("--open", help="Open the page in a browser.")]
AsRole = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="What you may do without a token: reader, reviewer or keeper.")
]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", metavar="NAME", help="A host name that it is asked by; may be repeated."),
]
Certificate = Annotated[str | None, typer.Option(metavar="FILE", help="Certificate for TLS, with its chain, in PEM.")]
Key = Annotated[str | None, typer.Option(metavar="FILE", help="The certificate's key, in PEM.")]
BehindProxy = Annotated[
    bool, typer.Option("--behind-proxy", help="A proxy on this machine speaks TLS and tells who asks (X-Forwarded-…).")
]
Insecure = Annotated[
    bool, typer.Option("--insecure", help="Plain HTTP on another address than loopback: anybody on the way can read tokens.")
]
Public = Annotated[bool, typer.Option("--public", help="For everybody to look at: no tokens, and nothing can be entered.")]
Delay = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="With --public: hold back what was taken in less than so long ago, as 48h or 3d; 24h."),
]
Tiles = Annotated[
    str | None, typer.Option(metavar="URL", help="Map tiles for those online, as https://tiles.example/{z}/{x}/{y}.png.")
]
Credit = Annotated[str, typer.Option(metavar="TEXT", help="Whom to name as the source of the tiles.")]


@commands.command()
def serve(
    register: Locator,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    open_: Open = False,
    role: AsRole = "",
    name: Names = None,
    tls_cert: Certificate = None,
    tls_key: Key = None,
    behind_proxy: BehindProxy = False,
    insecure: Insecure = False,
    public: Public = False,
    delay: Delay = None,
    tiles: Tiles = None,
    tile_credit: Credit = "",
) -> None:
    """Serve the atlas of a register: a page with map, time, agreements and reports, and a JSON API.

    It runs until Ctrl-C (or SIGTERM), then ends with status 0.
    """
    _check_tls(tls_cert, tls_key, behind_proxy=behind_proxy, insecure=insecure)
    if delay is not None and not public:
        raise typer.BadParameter("goes with --public", param_hint="--delay")
    if role not in ("", "reader", "reviewer", "keeper"):
        raise typer.BadParameter(f"'{role}' is none of reader, reviewer, keeper", param_hint="--role")
    if role and public:
        raise typer.BadParameter("with --public everybody is a reader", param_hint="--role")
    if tile_credit and not tiles:
        raise typer.BadParameter("goes with --tiles", param_hint="--tile-credit")
    from whoholds.cli import serving

    asked = serving.Serving(
        host=host,
        port=port,
        open=open_,
        role=role,
        names=tuple(name or ()),
        certificate=tls_cert,
        key=tls_key,
        behind_proxy=behind_proxy,
        insecure=insecure,
        public=public,
        delay=_duration(delay or "24h") if public else timedelta(),
        tiles=serving.checked_tiles(tiles),
        tile_credit=tile_credit,
    )
    leave(serving.serve(register, asked))


def _check_tls(certificate: str | None, key: str | None, *, behind_proxy: bool, insecure: bool) -> None:
    if (certificate is None) != (key is None):
        raise typer.BadParameter("a certificate and its key go together", param_hint="--tls-cert, --tls-key")
    if certificate and behind_proxy:
        raise typer.BadParameter("the proxy speaks TLS; leave the certificate to it", param_hint="--behind-proxy")
    if insecure and (certificate or behind_proxy):
        raise typer.BadParameter("goes with neither --tls-cert nor --behind-proxy", param_hint="--insecure")


def _duration(words: str) -> timedelta:
    found = _DURATION.fullmatch(words.strip().lower())
    if not found:
        raise typer.BadParameter(f"'{words}' is no time; write minutes, hours or days, as 90m, 48h, 3d", param_hint="--delay")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
