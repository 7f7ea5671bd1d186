"""The commands and their options; what they do is in the modules beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from whoholds.cli.boundaries import commands as boundaries_commands
from whoholds.cli.code import commands as code_commands
from whoholds.cli.comparing import commands as comparing_commands
from whoholds.cli.gazetteer import commands as gazetteer_commands
from whoholds.cli.importing import commands as import_commands
from whoholds.cli.register import commands as asking_commands
from whoholds.cli.register_export import commands as export_commands
from whoholds.cli.register_writing import commands as writing_commands
from whoholds.cli.serve import commands as serving_commands
from whoholds.cli.tokens import commands as tokens_commands
from whoholds.cli.watch import commands as watching_commands

if TYPE_CHECKING:
    from datetime import date

app = typer.Typer(
    name="whoholds",
    help="Who holds what ground, since when, and according to whom: claims read from news reports, with their exact words.",
    epilog="Exit status: 0 when all was read, 1 when something could not be, 2 when the command is used wrongly.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Files = Annotated[list[str] | None, typer.Argument(metavar="FILES", help="Texts or saved web pages; - for standard input.")]
OneFile = Annotated[str, typer.Argument(metavar="FILE", help="A text or saved web page; - for standard input.")]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DAY", help="Day of publication, as 2020-11-25: what 'Wednesday' counts from where a report does not tell."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a document.")]
Jsonl = Annotated[
    str | None,
    typer.Option(
        metavar="IN", help="Read records from a JSON Lines file, or - for standard input, and print JSON Lines as it goes."
    ),
]
MinConfidence = Annotated[
    float, typer.Option(metavar="P", min=0.0, max=1.0, help="Leave out claims of less confidence, from 0 to 1 (0: none).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print no problems.")]


@app.callback()
def whoholds(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=lambda asked: _version(asked), help="Print the version.")
    ] = False,
) -> None:
    """Options of the program itself."""


@app.command()
def read(
    files: Files = None,
    published: Published = None,
    as_json: AsJson = False,
    jsonl: Jsonl = None,
    min_confidence: MinConfidence = 0.0,
    quiet: Quiet = False,
) -> None:
    """Print the claims of reports, with their words."""
    _run("read", files, published, as_json=as_json, jsonl=jsonl, least=min_confidence, quiet=quiet)


@app.command()
def ground(
    files: Files = None, published: Published = None, as_json: AsJson = False, jsonl: Jsonl = None, quiet: Quiet = False
) -> None:
    """Print the times, places and actors of reports."""
    _run("ground", files, published, as_json=as_json, jsonl=jsonl, quiet=quiet)


@app.command()
def explain(file: OneFile, published: Published = None, min_confidence: MinConfidence = 0.0, quiet: Quiet = False) -> None:
    """Print claims and how each came about."""
    _run("explain", [file], published, least=min_confidence, quiet=quiet)


app.add_typer(code_commands)
app.add_typer(writing_commands)
app.add_typer(asking_commands)
app.add_typer(serving_commands)
app.add_typer(export_commands)
app.add_typer(comparing_commands)
app.add_typer(watching_commands)
app.add_typer(import_commands, name="import")
app.add_typer(gazetteer_commands, name="gazetteer")
app.add_typer(boundaries_commands, name="boundaries")
app.add_typer(tokens_commands, name="tokens")


def main() -> None:
    """Run the program on the arguments it was called with."""
    app(prog_name="whoholds")


def _run(what: str, files: list[str] | None, published: str | None, *, jsonl: str | None = None, **options: Any) -> None:
    if jsonl is None and not files:
        raise typer.BadParameter("name a file to read, - for standard input, or use --jsonl", param_hint="FILES")
    if jsonl == "" or "" in (files or []):
        raise typer.BadParameter("the name of a file is empty", param_hint="FILES" if jsonl is None else "--jsonl")
    if jsonl is not None and files:
        raise typer.BadParameter("reads the records of its own file; leave FILES out", param_hint="--jsonl")
    day = _day(published)
    from whoholds.cli.running import run  # brings in the pipeline

    status = run(what, files or [], day, jsonl=jsonl, **options)
    if status:
        raise typer.Exit(status)


def _day(published: str | None) -> date | None:
    if published is None:
        return None
    from whoholds.articles import parse_day

    day = parse_day(published)
    if day is None:
        raise typer.BadParameter(f"'{published}' is no day; write year-month-day, such as 2020-11-25", param_hint="--published")
    return day


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("whoholds")
        except PackageNotFoundError:
            number = "(not installed)"
        typer.echo(f"whoholds {number}")
        raise typer.Exit
