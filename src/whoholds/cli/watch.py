"""The command that watches feeds, and its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whoholds.cli.register_options import leave, named

commands = typer.Typer()


@commands.command()
def watch(
    feeds: Annotated[str, typer.Argument(metavar="FEEDS", help="A TOML file that lists the feeds: see docs/watching.md.")],
    register: Annotated[
        str, typer.Option("--register", metavar="REGISTER", help="The register: a file, or an address postgresql://…")
    ],
    once: Annotated[bool, typer.Option("--once", help="Ask what is due now, once, and end: for cron.")] = False,
    state: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What is remembered from one time to the next; REGISTER.watch if not told."),
    ] = None,
    workers: Annotated[int, typer.Option(metavar="N", min=1, max=64, help="Feeds that are asked at the same time.")] = 4,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask addresses inside a network and of this machine, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object an entry and a poll.")] = False,
) -> None:
    """Watch feeds, politely, and take what is new in them into a register, until it is stopped."""
    from whoholds.cli import watching_running as watching

    asked = watching.Asked(
        feeds=Path(named(feeds, "FEEDS")),
        register=named(register, "--register"),
        state=Path(named(state, "--state")) if state is not None else None,
        once=once,
        workers=workers,
        allow_private=allow_private,
        as_json=as_json,
    )
    leave(watching.run(asked))
