"""`whoholds code`: its options; what it does is in `code_running`."""

from __future__ import annotations

import os
import re
import sys
from typing import Annotated

import typer

from whoholds.cli.register_options import day, leave

commands = typer.Typer()

_ADDRESS = re.compile(r"(?:[a-z]+://)?[^\s/]+:\d+/?")  # of a Dask scheduler; one without a port hangs its client
_FIELDS = ("id", "text", "title", "outlet", "author", "url", "published")


@commands.command()
def code(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCES", help="Files, folders, archives, feeds, web addresses; - for standard input."),
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="The folder of the run; a new one, or one to go on with.")],
    register: Annotated[
        str | None, typer.Option(metavar="R", help="A register that takes in what was read: a file, or postgresql://…")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=1024, help="Processes that read; one a core if not told.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="Day of publication of what does not tell its own, as 2020-11-25.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help=f"The column or key that has a field ({', '.join(_FIELDS)}); may be repeated."),
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="What the sources are, where their names do not tell: jsonl, warc…"),
    ] = None,
    output: Annotated[str, typer.Option("--format", metavar="jsonl|parquet", help="How claims are written.")] = "jsonl",
    all_: Annotated[bool, typer.Option("--all", help="Read reports that do not look like ones on conflict, too.")] = False,
    keep_twins: Annotated[bool, typer.Option("--keep-twins", help="Read reprints as well.")] = False,
    part: Annotated[int, typer.Option(metavar="N", min=1, max=100_000, help="Records of a partition, at most.")] = 256,
    memory: Annotated[int, typer.Option(metavar="MB", min=700, help="Memory that a process may take.")] = 2_000,
    seconds: Annotated[
        float, typer.Option(metavar="S", min=1.0, help="Time that a report may take; long ones get more.")
    ] = 120.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from addresses inside your network, too.")
    ] = False,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Read on a Dask cluster: tcp://…, or local for one on this machine.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Read archives of many reports; the same command goes on where it was stopped."""
    if sys.platform == "win32":
        raise typer.BadParameter("needs Linux or macOS; use the Windows Subsystem for Linux", param_hint="code")
    from whoholds.cli import code_running as running
    from whoholds.corpora.output import ENDINGS
    from whoholds.corpora.parts import Options
    from whoholds.corpora.sources import KINDS
    from whoholds.corpora.tasks import Limits
    from whoholds.corpora.terms import Terms

    if any(not source.strip() for source in sources):
        raise typer.BadParameter("the name of a source is empty", param_hint="SOURCES")
    if not out.strip():
        raise typer.BadParameter("the name of the folder is empty", param_hint="--out")
    if output not in ENDINGS:
        raise typer.BadParameter(f"'{output}' is none of {', '.join(ENDINGS)}", param_hint="--format")
    if as_ is not None and as_ not in KINDS:
        raise typer.BadParameter(f"'{as_}' is none of {', '.join(KINDS)}", param_hint="--as")
    if dask is not None and dask != "local" and not _ADDRESS.fullmatch(dask):
        raise typer.BadParameter(f"'{dask}' is neither local nor an address such as tcp://host:8786", param_hint="--dask")
    options = Options(
        published=day(published, "--published"), columns=_columns(column or []), kind=as_, allow_private=allow_private
    )
    terms = Terms(named=tuple(sources), options=options, size=part, all=all_, keep_twins=keep_twins, ending=output)
    limits = Limits(seconds=seconds, memory=memory * 1_000_000)
    hands = running.Hands(workers or _cores(), limits, dask)
    leave(running.code(out, terms, hands, register=register, as_json=as_json))


def _columns(told: list[str]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for one in told:
        field, equals, name = one.partition("=")
        if field not in _FIELDS or not equals or not name:
            raise typer.BadParameter(f"'{one}' is no FIELD=NAME; fields are {', '.join(_FIELDS)}", param_hint="--column")
        if field in found:
            raise typer.BadParameter(f"'{field}' is told twice", param_hint="--column")
        found[field] = name
    return tuple(sorted(found.items()))


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
