"""`whoholds gazetteer`: the options of its commands; what they do is in `gazetteer_running`."""

from __future__ import annotations

from typing import Annotated

import typer

commands = typer.Typer(
    help="Add, list and remove gazetteers; find what a name can mean.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@commands.command()
def add(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A GeoNames dump, CSV with a header or GeoJSON; .zip and .gz as they are.")
    ],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What to call it; made of the file's name if not told.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="XX", help="Country of places for which the file tells none: SY, SYR or Syria.")
    ] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad lines out rather than refuse the file.")] = False,
) -> None:
    """Make an index of a file of places, to be used from then on.

    Interrupted, the same command goes on where it stopped. A gazetteer of the same name is replaced once the new one is whole.
    """
    from whoholds.cli import gazetteer_running as running
    from whoholds.grounding.gazetteer.added.folder import checked_name, name_for
    from whoholds.grounding.gazetteer.added.problem import GazetteerError
    from whoholds.grounding.gazetteer.added.rows import country_of

    if not file:
        raise typer.BadParameter("the name of a file is empty", param_hint="FILE")
    code = country_of(country) if country is not None else None
    if country is not None and code is None:
        raise typer.BadParameter(f"'{country}' is no country; give its code, such as SY, or its name", param_hint="--country")
    try:
        called = checked_name(name if name is not None else name_for(file))
    except GazetteerError as error:
        raise typer.BadParameter(f"{error.message}; {error.hint}", param_hint="--name") from error
    _exit(running.add(file, name=called, country=code, skip_bad=skip_bad))


@commands.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the gazetteers in use, the embedded one first."""
    from whoholds.cli import gazetteer_running as running

    _exit(running.show(as_json=as_json))


@commands.command()
def remove(name: Annotated[str, typer.Argument(metavar="NAME", help="A name that list shows.")]) -> None:
    """Remove an added gazetteer, or the draft of one."""
    from whoholds.cli import gazetteer_running as running

    _exit(running.remove(name))


@commands.command()
def find(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of a place, in Latin script.")], as_json: AsJson = False
) -> None:
    """Print what a name can mean, the most prominent first, and which gazetteers have it."""
    from whoholds.cli import gazetteer_running as running

    _exit(running.find(name, as_json=as_json))


def _exit(status: int) -> None:
    if status:
        raise typer.Exit(status)
