"""The commands that ask a register, and their options; what they do is in `register_asking`."""

from __future__ import annotations

from typing import Annotated

import typer

from whoholds.cli.register_options import (
    AsJson,
    By,
    Locator,
    On,
    PublishedBy,
    RecordedBy,
    day,
    leave,
    moment,
    named,
    needed_day,
)

commands = typer.Typer()


@commands.command()
def who(
    register: Locator,
    place: Annotated[str | None, typer.Argument(metavar="[PLACE]", help="A place by any of its names, or its key.")] = None,
    on: On = None,
    published_by: PublishedBy = None,
    recorded_by: RecordedBy = None,
    as_json: AsJson = False,
) -> None:
    """Print who holds a place on a day, on whose word, and who says otherwise; without a place, the whole map."""
    asked = day(on, "--on"), day(published_by, "--published-by"), moment(recorded_by, "--recorded-by")
    from whoholds.cli import register_asking as asking

    leave(asking.who(register, place, on=asked[0], published_by=asked[1], recorded_by=asked[2], as_json=as_json))


@commands.command()
def history(
    register: Locator,
    place: Annotated[str, typer.Argument(metavar="PLACE", help="A place by any of its names, or its key.")],
    published_by: PublishedBy = None,
    recorded_by: RecordedBy = None,
    as_json: AsJson = False,
) -> None:
    """Print who held a place when, on whose word."""
    asked = day(published_by, "--published-by"), moment(recorded_by, "--recorded-by")
    from whoholds.cli import register_asking as asking

    leave(asking.history(register, place, published_by=asked[0], recorded_by=asked[1], as_json=as_json))


@commands.command()
def due(
    register: Locator,
    on: On = None,
    agreement: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only duties under instruments called so: truce, Minsk agreement.")
    ] = None,
    party: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only duties that this country or organisation owes or is owed.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Print those met and cancelled too.")] = False,
    published_by: PublishedBy = None,
    recorded_by: RecordedBy = None,
    as_json: AsJson = False,
) -> None:
    """Print which duties are overdue, due, broken or still to come on a day."""
    asked = day(on, "--on"), day(published_by, "--published-by"), moment(recorded_by, "--recorded-by")
    from whoholds.cli import register_asking as asking

    leave(
        asking.due(
            register,
            on=asked[0],
            agreement=agreement,
            party=party,
            all=all_,
            published_by=asked[1],
            recorded_by=asked[2],
            as_json=as_json,
        )
    )


@commands.command()
def incidents(
    register: Locator,
    place: Annotated[str | None, typer.Option("--in", metavar="PLACE", help="Only in this place and what lies in it.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="Only those that can be of this day or later.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DAY", help="Only those that can be of this day or earlier.")
    ] = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Only of this type: ASSAULT, AID, AGREE.")] = None,
    published_by: PublishedBy = None,
    recorded_by: RecordedBy = None,
    as_json: AsJson = False,
) -> None:
    """Print what happened where, and how many it cost by whose count."""
    days = day(first, "--from"), day(last, "--to")
    if days[0] and days[1] and days[0] > days[1]:
        raise typer.BadParameter(f"{days[1]} lies before {days[0]}", param_hint="--to")
    known = day(published_by, "--published-by"), moment(recorded_by, "--recorded-by")
    from whoholds.cli import register_asking as asking
    from whoholds.model import EventType

    if type_ and type_.upper() not in EventType.__members__:
        raise typer.BadParameter(f"'{type_}' is none of {', '.join(EventType)}", param_hint="--type")
    kind = EventType(type_.upper()) if type_ else None
    leave(
        asking.incidents(
            register,
            place=place,
            first=days[0],
            last=days[1],
            type=kind,
            published_by=known[0],
            recorded_by=known[1],
            as_json=as_json,
        )
    )


@commands.command()
def search(
    register: Locator,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help='Words that a document must hold; "some words" together.')
    ],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many documents at most.")] = 20,
    published_by: PublishedBy = None,
    recorded_by: RecordedBy = None,
    as_json: AsJson = False,
) -> None:
    """Print the documents that hold all of some words, best first."""
    known = day(published_by, "--published-by"), moment(recorded_by, "--recorded-by")
    named(" ".join(words), "WORDS")
    sought = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    from whoholds.cli import register_asking as asking

    leave(asking.search(register, sought, limit=limit, published_by=known[0], recorded_by=known[1], as_json=as_json))


@commands.command()
def trace(
    register: Locator,
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="A claim, finding or document by its id or how it begins; an entry by number.")
    ],
    as_json: AsJson = False,
) -> None:
    """Print what an id stands for, down to the words it rests on."""
    from whoholds.cli import register_asking as asking

    leave(asking.trace(register, named(id_, "ID"), as_json=as_json))


@commands.command()
def diff(
    register: Locator,
    first: Annotated[str, typer.Argument(metavar="DAY", help="The one day.")],
    last: Annotated[str, typer.Argument(metavar="DAY", help="The other day.")],
    published: Annotated[bool, typer.Option("--published", help="Compare what had been published by each day.")] = False,
    recorded: Annotated[bool, typer.Option("--recorded", help="Compare what the register held by each day.")] = False,
    on: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="With these two, the day that both pictures are of; the later if not told."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print what changed in the picture between two days: on the ground, or in what was known of it."""
    if published and recorded:
        raise typer.BadParameter("compare by one clock at a time", param_hint="--published / --recorded")
    if on and not (published or recorded):
        raise typer.BadParameter("goes with --published or --recorded", param_hint="--on")
    days = needed_day(first, "DAY"), needed_day(last, "DAY")
    about = day(on, "--on")
    from whoholds.cli import register_asking as asking
    from whoholds.questions.difference import Clock

    clock = Clock.PUBLISHED if published else Clock.RECORDED if recorded else Clock.VALID
    leave(asking.diff(register, *days, clock=clock, on=about, as_json=as_json))


@commands.command()
def sides(
    register: Locator,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A country or organisation.")] = None,
    on: On = None,
    told: Annotated[
        bool, typer.Option("--told", help="Print the alliances that claims tell and that are not entered.")
    ] = False,
    enter: Annotated[bool, typer.Option("--enter", help="With --told: enter them.")] = False,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Print who counts as whose side on a day, and by what."""
    if enter and not told:
        raise typer.BadParameter("goes with --told", param_hint="--enter")
    asked = day(on, "--on")
    from whoholds.cli import register_asking as asking
    from whoholds.cli.register_entering import user

    leave(asking.sides(register, name, on=asked, told_by_claims=told, enter=enter, by=by or user(), as_json=as_json))


@commands.command()
def check(
    register: Locator,
    mend: Annotated[bool, typer.Option("--mend", help="First derive all findings again from the entries.")] = False,
    as_json: AsJson = False,
) -> None:
    """Look whether a register is whole: entries, hashes, findings, and each finding's way back to words."""
    from whoholds.cli import register_asking as asking

    leave(asking.check(register, mend=mend, as_json=as_json))


@commands.command()
def log(
    register: Locator,
    after: Annotated[int, typer.Option(metavar="N", min=0, help="Only entries with greater numbers.")] = 0,
    tail: Annotated[int | None, typer.Option(metavar="N", min=1, help="Only the last ones.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Only what was recorded by this day, or instant.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object an entry.")] = False,
) -> None:
    """Print the entries of a register: what was taken in when, by whom."""
    asked = moment(until, "--until")
    from whoholds.cli import register_asking as asking

    leave(asking.log(register, after=after, tail=tail, until=asked, as_json=as_json))
