"""`whoholds boundaries`: the options of its commands; what they do is in `boundaries_running`."""

from __future__ import annotations

from typing import Annotated

import typer

from whoholds.cli.register_options import AsJson, By, Locator, RecordedBy, leave, moment

commands = typer.Typer(
    help="Import, list and remove outlines of places for the map.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@commands.command()
def add(
    register: Locator,
    files: Annotated[
        list[str], typer.Argument(metavar="FILES", help="GeoJSON, KML, KMZ, GeoPackage, Shapefile or FlatGeobuf; also zipped.")
    ],
    name_field: Annotated[
        str | None, typer.Option(metavar="F", help="The property that has the names; found by what it is called if not told.")
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Who drew them and when; the file's name if not told.")
    ] = None,
    layer: Annotated[str | None, typer.Option(metavar="LAYER", help="The layer to read of a file with several.")] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Give places the outlines that files of areas have; what is told of holders does not change by them."""
    from whoholds.cli import boundaries_running as running
    from whoholds.cli.register_entering import user

    if any(not file.strip() for file in files):
        raise typer.BadParameter("the name of a file is empty", param_hint="FILES")
    leave(running.add(register, files, name_field=name_field, source=source, layer=layer, by=by or user(), as_json=as_json))


@commands.command("list")
def list_(register: Locator, recorded_by: RecordedBy = None, as_json: AsJson = False) -> None:
    """List the outlines that stand."""
    from whoholds.cli import boundaries_running as running

    leave(running.show(register, recorded_by=moment(recorded_by, "--recorded-by"), as_json=as_json))


@commands.command()
def remove(
    register: Locator,
    entries: Annotated[
        list[int] | None, typer.Argument(metavar="ENTRIES", min=1, help="The numbers of outlines, as list shows them.")
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="TEXT", help="All outlines that this source gave.")] = None,
    because: Annotated[
        str, typer.Option(metavar="REASON", help="Why, for those who read the register later.")
    ] = "removed from the map",
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take outlines back; like every entry they stay in the log."""
    from whoholds.cli import boundaries_running as running
    from whoholds.cli.register_entering import user

    if not entries and source is None:
        raise typer.BadParameter("name the numbers of outlines, or use --source", param_hint="ENTRIES")
    leave(running.remove(register, entries or [], source=source, because=because, by=by or user(), as_json=as_json))
