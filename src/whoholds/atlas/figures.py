"""Figures as tables: the same rows for the chart, the table below it and the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from whoholds.atlas.asked import Asked
from whoholds.atlas.columns import side_named
from whoholds.atlas.desk import Desk
from whoholds.atlas.ground import are_at_hand, sizes
from whoholds.model import Entry
from whoholds.questions import figures
from whoholds.questions.figures import Held, Period
from whoholds.questions.timetable import Timetable

Cell = str | int | float


class Name(StrEnum):
    """The figures that there are."""

    AREA = "area"
    SETTLEMENTS = "settlements"
    INCIDENTS = "incidents"
    OUTLETS = "outlets"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: what it is of (a side's key, a type; None for nobody) and what people call it."""

    key: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A table whose first column, `about`, tells the day, the week or the outlet of each row."""

    name: Name
    title: str
    unit: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...]


NOBODY = Column(None, "nobody alone")
_TITLES = {
    Name.AREA: "Area held",
    Name.SETTLEMENTS: "Settlements held",
    Name.INCIDENTS: "Incidents a week",
    Name.OUTLETS: "Claims by outlet",
}


def figure(name: Name, desk: Desk, asked: Asked, period: Period) -> Figure:
    """A figure of a period in a state of knowledge. Raises BusyError and StoreError as timetables do."""
    timetable = desk.timetable(asked.known)
    match name:
        case Name.AREA:
            return _area(timetable, _outlines(desk, asked), period)
        case Name.SETTLEMENTS:
            return _settlements(timetable, period)
        case Name.INCIDENTS:
            return _incidents(desk, asked, period)
        case Name.OUTLETS:
            found = figures.outlets(timetable.coverage, period)
            notes = ("What several outlets published alike is counted under each.",)
            rows = tuple((outlet or "not told", claims) for outlet, claims in found)
            return Figure(name, _TITLES[name], "claims", "outlet", (Column("claims", "claims"),), rows, notes)


def is_at_hand(name: Name, desk: Desk, asked: Asked) -> bool:
    """Whether a figure is made at once; areas may have to be worked out first, for seconds."""
    return name is not Name.AREA or are_at_hand(desk.timetable(asked.known).sites, _outlines(desk, asked))


def later(name: Name) -> Figure:
    """What stands for a figure that is not at hand."""
    return Figure(name, _TITLES[name], "", "", (), (), ())


def _outlines(desk: Desk, asked: Asked) -> tuple[Entry, ...]:
    return desk.register.outlines(recorded_by=asked.known.recorded_by)


def _area(timetable: Timetable, outlines: tuple[Entry, ...], period: Period) -> Figure:
    ground = figures.ground(timetable.sites, sizes(timetable.sites, outlines))
    notes = (
        "Counted by the ground nearest to each settlement and, for areas, the rest of their ground: an estimate from points on"
        " a map, not a survey of front lines. A place whose boundary was imported has the ground inside it.",
        "Only ground of places that reports name or that lie in such an area is counted.",
        _steps(period),
    )
    return _by_side(Name.AREA, "km²", figures.held(timetable, ground, period), notes, 1)


def _settlements(timetable: Timetable, period: Period) -> Figure:
    found = figures.held(timetable, figures.settlements(timetable), period)
    notes = ("Settlements that reports name, by their own holder or that of the area around them.", _steps(period))
    return _by_side(Name.SETTLEMENTS, "settlements", found, notes, None)


def _incidents(desk: Desk, asked: Asked, period: Period) -> Figure:
    weeks, types, counts, rest = figures.weekly(desk.timetables.occurrences(asked.known), period)
    notes = ["Each incident once, however many reports tell of it, in the week of the first day that it can have been on."]
    if rest:
        notes.append(f"Left out: {rest} of which no day is known." if rest > 1 else "Left out: one of which no day is known.")
    columns = tuple(Column(kind, kind.capitalize()) for kind in types)
    rows: tuple[tuple[Cell, ...], ...] = tuple((day.isoformat(), *row) for day, row in zip(weeks, counts, strict=True))
    return Figure(Name.INCIDENTS, _TITLES[Name.INCIDENTS], "incidents", "week from", columns, rows, tuple(notes))


def _by_side(name: Name, unit: str, found: Held, notes: tuple[str, ...], digits: int | None) -> Figure:
    columns = [Column(side.key, side_named(side)) for side in found.sides]
    values = found.values
    if values[:, -1].any():
        columns.append(NOBODY)
    else:
        values = values[:, :-1]
    numbers = np.round(values, digits or 0)
    told = numbers.tolist() if digits else numbers.astype(int).tolist()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (date.fromordinal(day).isoformat(), *row) for day, row in zip(found.days, told, strict=True)
    )
    return Figure(name, _TITLES[name], unit, "day", tuple(columns), rows if columns else (), notes)


def _steps(period: Period) -> str:
    step = {1: "every day", 7: "every seventh day"}.get(period.step, f"every {period.step}th day")
    return f"A row for {step}, and one for the last; each is exact for its day."


def to_json(found: Figure) -> dict[str, object]:
    """A figure as JSON: columns after the first have a key and a name, rows are lists."""
    return {
        "name": found.name.value,
        "title": found.title,
        "unit": found.unit,
        "about": found.about,
        "columns": [{"key": column.key, "name": column.name} for column in found.columns],
        "rows": [list(row) for row in found.rows],
        "notes": list(found.notes),
    }


def to_csv(found: Figure) -> str:
    """A figure as CSV (RFC 4180) with a line of heads; no text in it is taken for a formula by a spreadsheet."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(_safe([found.about, *(f"{column.name} ({found.unit})" for column in found.columns)]))
    writer.writerows(_safe(row) for row in found.rows)
    return lines.getvalue()


def _safe(row: Iterable[Cell]) -> list[Cell]:
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell for cell in row]
