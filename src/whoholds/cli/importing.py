"""The commands that take in what others have published: maps of control, event data sets; and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from whoholds.cli.register_options import AsJson, Locator, leave, named

commands = typer.Typer(
    help="Take in what others publish: maps of control, ACLED and UCDP GED exports.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

File = Annotated[str, typer.Argument(metavar="FILE", help="The CSV file; - for standard input.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who asserts the claims, if others.")]


@commands.command()
def control(
    register: Locator,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="GeoJSON files of control polygons, called by their days.")],
    map_: Annotated[str, typer.Option("--map", metavar="NAME", help="What the map is called: the speaker of what it shows.")],
    holder_field: Annotated[
        str | None, typer.Option(metavar="FIELD", help="The property of a polygon that tells who holds it.")
    ] = None,
    sides: Annotated[
        str | None, typer.Option(metavar="FILE", help="What the values of that property mean: a TOML file of VALUE = NAME.")
    ] = None,
    side: Annotated[
        list[str] | None,
        typer.Option(metavar="VALUE=NAME", help="One such line, as occupied=Russia; NAME may be contested, or - to leave out."),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who holds what lies in no polygon any more; contested where nobody is known to."),
    ] = None,
    min_population: Annotated[
        int, typer.Option(metavar="N", min=0, help="Leave out the gazetteer's settlements with fewer people (0: none).")
    ] = 0,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where a day's map can be seen, with {day} for the day.")
    ] = None,
    restate: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="Tell all holders again every so many days (0: only changes).")
    ] = 0,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take a map's polygons, a file for each day, in as who holds which settlement since when, on the word of the map."""
    if url and "{day}" not in url:
        raise typer.BadParameter("each day needs an address of its own: put {day} where the day stands", param_hint="--url")
    named(map_, "--map")
    from whoholds.cli import importing_running as running

    asked = running.MapAsked(
        folder=named(folder, "FOLDER"),
        name=" ".join(map_.split()),
        field=holder_field,
        legend=sides,
        lines=tuple(side or ()),
        against=against,
        least=min_population,
        url=url,
        restate=restate,
    )
    leave(running.control(register, asked, by=by, as_json=as_json))


@commands.command()
def acled(register: Locator, file: File, by: By = None, as_json: AsJson = False) -> None:
    """Take an ACLED export in: each row a document with its notes and the event as ACLED coded it."""
    from whoholds.cli import importing_running as running

    leave(running.acled(register, named(file, "FILE"), by=by, as_json=as_json))


@commands.command()
def ucdp(register: Locator, file: File, by: By = None, as_json: AsJson = False) -> None:
    """Take a UCDP GED export in: each row a document with its sources and the event as UCDP coded it."""
    from whoholds.cli import importing_running as running

    leave(running.ucdp(register, named(file, "FILE"), by=by, as_json=as_json))
