"""The commands that enter something in a register, and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from whoholds.cli.register_options import AsJson, Because, By, Locator, day, leave, named

commands = typer.Typer()

Published = Annotated[
    str | None, typer.Option(metavar="DAY", help="Day of publication of what does not tell its own, as 2020-11-25.")
]


@commands.command()
def add(
    register: Locator,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILES", help="Texts or saved web pages, folders of them; - for standard input."),
    ] = None,
    published: Published = None,
    jsonl: Annotated[
        str | None, typer.Option(metavar="IN", help="Add the records of a JSON Lines file, or - for standard input.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Name and version of the reader, if it is another.")] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again", help="Read what is there once more; claims no longer read are withdrawn. Without FILES, all documents."
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a document.")] = False,
) -> None:
    """Read reports and take their claims into a register, which is made where there is none."""
    if jsonl is None and not files and not again:
        raise typer.BadParameter("name a file or folder to add, or use --jsonl", param_hint="FILES")
    if jsonl == "" or "" in (files or []):
        raise typer.BadParameter("the name of a file is empty", param_hint="FILES" if jsonl is None else "--jsonl")
    if jsonl is not None and files:
        raise typer.BadParameter("reads the records of its own file; leave FILES out", param_hint="--jsonl")
    when = day(published, "--published")
    from whoholds.cli import register_adding as adding

    leave(adding.add(register, files or [], when, jsonl=jsonl, by=by, again=again, as_json=as_json))


@commands.command()
def judge(
    register: Locator,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim by its id or how it begins.")],
    verdict: Annotated[
        str | None, typer.Argument(metavar="[accept|reject|edit]", help="The verdict; without one, the claim is shown.")
    ] = None,
    because: Because = "",
    words: Annotated[
        str, typer.Option(metavar="HASH", help="The hash of the words you saw, as this command shows it without a verdict.")
    ] = "",
    with_: Annotated[
        str | None,
        typer.Option("--with", metavar="FILE", help="For edit: the claim in the notation; standard input if not told."),
    ] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Accept, reject or edit a claim."""
    from whoholds.cli import register_entering as entering

    if verdict is None:
        leave(entering.show_claim(register, named(claim, "CLAIM"), as_json=as_json))
        return
    if verdict not in ("accept", "reject", "edit"):
        raise typer.BadParameter(f"'{verdict}' is none of accept, reject, edit", param_hint="VERDICT")
    if with_ and verdict != "edit":
        raise typer.BadParameter("goes with edit", param_hint="--with")
    _needed(because, "--because")
    if not words:
        hint = f"name the words you saw by their hash; it is shown by: whoholds judge {register} {claim}"
        raise typer.BadParameter(hint, param_hint="--words")
    status = entering.judge(
        register, claim, verdict, because=because, words=words, file=with_, by=by or entering.user(), as_json=as_json
    )
    leave(status)


@commands.command()
def write(
    register: Locator,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Claims and alliances in the notation; - for standard input.")],
    published: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day of what the file itself says in its comments.")
    ] = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Enter claims and alliances written by hand, in the notation."""
    when = day(published, "--published")
    from whoholds.cli import register_entering as entering

    leave(entering.write(register, named(file, "FILE"), published=when, by=by or entering.user(), as_json=as_json))


@commands.command()
def withdraw(
    register: Locator,
    entry: Annotated[int, typer.Argument(metavar="ENTRY", min=1, help="The number of an entry, as log and trace show it.")],
    because: Because = "",
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Take an entry back; it stays in the log, and withdrawing the withdrawal restores it."""
    _needed(because, "--because")
    from whoholds.cli import register_entering as entering

    leave(entering.withdraw(register, entry, because=because, by=by or entering.user(), as_json=as_json))


@commands.command()
def erase(
    register: Locator,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="A document by its id or how it begins, or its name.")],
    because: Because = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do it: there is no way back.")] = False,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Destroy a document and everything that quotes it, for legal reasons; a tombstone tells who, when and why."""
    _needed(because, "--because")
    if not yes:
        raise typer.BadParameter("what is erased is gone for good; say that you mean it", param_hint="--yes")
    from whoholds.cli import register_entering as entering

    leave(entering.erase(register, named(document, "DOCUMENT"), because=because, by=by or entering.user(), as_json=as_json))


def _needed(because: str, option: str) -> None:
    if not because.strip():
        raise typer.BadParameter("say why, for those who read the register later", param_hint=option)
