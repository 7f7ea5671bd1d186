"""The command that exports a register, and its options; what it does is in `register_exporting`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whoholds.cli.register_options import Locator, PublishedBy, RecordedBy, day, leave, moment

if TYPE_CHECKING:
    from datetime import date

    from whoholds.formats.exports import FileFormat, TextFormat

commands = typer.Typer()

_NAMES = "geojson, gpkg, geoparquet, kml, csv (with HXL hashtags), plover, acled, annotations, notation, json"


@commands.command()
def export(
    register: Locator,
    format_: Annotated[
        str | None, typer.Argument(metavar="[FORMAT]", help=f"{_NAMES}; by the file's ending if not told.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="Where to write; a text format is printed if not told.")
    ] = None,
    what: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND", help="holdings, incidents, duties, places, claims or documents; more than once for layers."
        ),
    ] = None,
    place: Annotated[str | None, typer.Option("--in", metavar="PLACE", help="Only of this place and what lies in it.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DAY", help="Only what is of this day; duties as they stand on it.")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Only what can be of this day or later.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Only what can be of this day or earlier.")] = None,
    published_by: PublishedBy = None,
    recorded_by: RecordedBy = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Write what a register tells in a form that other programs read: maps, tables, event data, annotations."""
    days = _period(on, first, last)
    known = day(published_by, "--published-by"), moment(recorded_by, "--recorded-by")
    chosen = _chosen(format_, out)
    from whoholds.cli import register_exporting as exporting

    leave(
        exporting.export(
            register,
            chosen,
            out,
            kinds=what or [],
            place=place,
            first=days[0],
            last=days[1],
            published_by=known[0],
            recorded_by=known[1],
            force=force,
        )
    )


def _period(on: str | None, first: str | None, last: str | None) -> tuple[date | None, date | None]:
    if on is not None and (first is not None or last is not None):
        raise typer.BadParameter("asks for one day, --from and --to for several: give one or the other", param_hint="--on")
    if on is not None:
        only = day(on, "--on")
        return only, only
    days = day(first, "--from"), day(last, "--to")
    if days[0] and days[1] and days[0] > days[1]:
        raise typer.BadParameter(f"{days[1]} lies before {days[0]}", param_hint="--to")
    return days


def _chosen(name: str | None, out: str | None) -> TextFormat | FileFormat:
    from whoholds.formats.exports import FORMATS, format_called, format_of

    if out == "":
        raise typer.BadParameter("the name of the file is empty", param_hint="--out")
    known = f"it is one of {', '.join(FORMATS)}"
    if name is not None:
        found = format_called(name)
        if found is None:
            raise typer.BadParameter(f"'{name}' is no format; {known}", param_hint="FORMAT")
        return found
    if out is None or out == "-":
        raise typer.BadParameter(f"name the format; {known}", param_hint="FORMAT")
    found = format_of(Path(out))
    if found is None:
        raise typer.BadParameter(f"'{Path(out).name}' does not end like a format's file; {known}", param_hint="FORMAT")
    return found
