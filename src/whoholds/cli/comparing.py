"""The command that compares two coders of the same documents, and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from whoholds.cli.register_options import AsJson, Locator, leave

commands = typer.Typer()
KINDS = ("event", "control", "obligation")


@commands.command()
def compare(
    register: Locator,
    coder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose claims are compared; the one coder beside --with if not told.")
    ] = None,
    with_: Annotated[
        str, typer.Option("--with", metavar="NAME", help="With whose: whoholds itself, a person, a data set.")
    ] = "whoholds",
    kind: Annotated[str, typer.Option(metavar="KIND", help="Which claims: event, control or obligation.")] = "event",
    read: Annotated[
        bool, typer.Option("--read", help="Have whoholds read first what the coder has coded and it has no claims about.")
    ] = False,
    other: Annotated[
        str | None, typer.Option(metavar="REGISTER", help="Take the claims of --with from this register instead.")
    ] = None,
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="Print so many disagreements, with the words.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Print how far two coders of the same documents agree: a machine and people, or two people."""
    if kind not in KINDS:
        raise typer.BadParameter(f"'{kind}' is none of {', '.join(KINDS)}", param_hint="--kind")
    if read and other:
        raise typer.BadParameter("reads into this register; leave --other out", param_hint="--read")
    from whoholds.cli import comparing_running as running

    leave(running.compare(register, coder, with_, kind=kind, read=read, other=other, errors=errors, as_json=as_json))
