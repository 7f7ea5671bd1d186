"""`whoholds tokens`: the options of its commands; what they do is in `tokens_running`."""

from __future__ import annotations

from typing import Annotated

import typer

from whoholds.cli.register_options import AsJson, Locator, day, leave, named

commands = typer.Typer(
    help="Give and take the tokens by which others see a served register.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Whose token it is; what they enter is entered under this name.")]


@commands.command()
def add(
    register: Locator,
    name: Name,
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="reader: see; reviewer: judge claims too; keeper: add reports and claims too.")
    ],
    expires: Annotated[str | None, typer.Option(metavar="DAY", help="The last day that it is good for (UTC).")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a token and print it: this once, for only its hash is kept."""
    if role not in ("reader", "reviewer", "keeper"):
        raise typer.BadParameter(f"'{role}' is none of reader, reviewer, keeper", param_hint="--role")
    until = day(expires, "--expires")
    from whoholds.cli import tokens_running as running

    leave(running.add(register, named(name, "NAME"), role, until, as_json=as_json))


@commands.command("list")
def list_(register: Locator, as_json: AsJson = False) -> None:
    """List who has a token, in which role and for how long."""
    from whoholds.cli import tokens_running as running

    leave(running.show(register, as_json=as_json))


@commands.command()
def revoke(register: Locator, name: Name) -> None:
    """Take somebody's token away, at once: a served atlas lets them in no more."""
    from whoholds.cli import tokens_running as running

    leave(running.revoke(register, named(name, "NAME")))
