"""The arguments and options that the commands on a register share, and how their days are read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

Locator = Annotated[str, typer.Argument(metavar="REGISTER", help="A register: a file, or an address postgresql://…")]
On = Annotated[
    str | None, typer.Option(metavar="DAY", help="The day asked for, as 2020-11-25; the last one known if not told.")
]
PublishedBy = Annotated[
    str | None, typer.Option(metavar="DAY", help="Leave out what was published after this day: what the world could know.")
]
RecordedBy = Annotated[
    str | None,
    typer.Option(
        metavar="DAY", help="Leave out what the register took in after this day, or instant, in UTC: what it told then."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who enters it; the user of the system if not told.")]
Because = Annotated[str, typer.Option(metavar="REASON", help="Why, for those who read the register later.")]


def day(value: str | None, option: str) -> date | None:
    """The day that somebody typed; a usage error where it is none."""
    if value is None:
        return None
    from whoholds.articles import parse_day

    found = parse_day(value)
    if found is None:
        raise typer.BadParameter(f"'{value}' is no day; write year-month-day, such as 2020-11-25", param_hint=option)
    return found


def needed_day(value: str, name: str) -> date:
    """The day that somebody typed where one is needed."""
    found = day(value, name)
    assert found is not None
    return found


def moment(value: str | None, option: str) -> date | datetime | None:
    """The day or instant that somebody typed; an instant without a zone is in UTC."""
    if value is None:
        return None
    if len(value) > len("2020-11-25"):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found:
            return _in_utc(found, option)
    return day(value, option)


def _in_utc(found: datetime, option: str) -> datetime:
    try:
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:
        message = f"'{found.isoformat()}' lies outside the years 1 to 9999 in UTC"
        raise typer.BadParameter(message, param_hint=option) from None


def named(value: str, name: str) -> str:
    """An argument that may not be empty."""
    if not value.strip():
        raise typer.BadParameter("it is empty", param_hint=name)
    return value


def leave(status: int) -> None:
    """End with an exit status."""
    if status:
        raise typer.Exit(status)
