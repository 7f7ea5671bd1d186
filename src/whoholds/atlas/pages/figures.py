"""Page: figures, and the same as JSON and CSV."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from whoholds.atlas import columns
from whoholds.atlas.asked import Asked, IsAsked
from whoholds.atlas.desk import Desk, TheDesk
from whoholds.atlas.figures import Figure, Name, figure, is_at_hand, later, to_csv, to_json
from whoholds.atlas.pages.rendering import page
from whoholds.questions.figures import Period, told_period

router = APIRouter()

First = Annotated[date | None, Query(description="The first day of the period; without it the first day reported of.")]
Last = Annotated[date | None, Query(description="The last day of the period; without it the last day reported on.")]


@router.get("/figures", include_in_schema=False)
def figures_page(request: Request, desk: TheDesk, asked: IsAsked, first: First = None, last: Last = None) -> HTMLResponse:
    """How much each side holds over time, what happened in each week, who told how much."""
    trouble = ""
    try:
        period = _period(desk, asked, first, last)
    except ValueError as error:
        trouble, period = f"{error}; shown is all that is reported of.", _period(desk, asked, None, None)
    found = [figure(name, desk, asked, period) if is_at_hand(name, desk, asked) else later(name) for name in Name]
    day = asked.recorded_by.date() if isinstance(asked.recorded_by, datetime) else asked.recorded_by
    return page(request, "figures.html", asked, title="Figures", period=period, trouble=trouble, figures=found, recorded_by=day)


@router.get("/api/figures/{name}.csv", tags=["figures"], response_class=Response)
def figure_csv(name: Name, desk: TheDesk, asked: IsAsked, first: First = None, last: Last = None) -> Response:
    """A figure as CSV."""
    found = _figure(name, desk, asked, first, last)
    headers = {"Content-Disposition": f'attachment; filename="{name.value}.csv"'}
    return Response(to_csv(found).encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/api/figures/{name}", tags=["figures"], response_class=JSONResponse)
def figure_json(name: Name, desk: TheDesk, asked: IsAsked, first: First = None, last: Last = None) -> Response:
    """A figure: its columns, its rows (the first cell tells the day, week or outlet) and what to know of it."""
    return Response(columns.to_json(to_json(_figure(name, desk, asked, first, last))), media_type="application/json")


def _figure(name: Name, desk: Desk, asked: Asked, first: date | None, last: date | None) -> Figure:
    try:
        return figure(name, desk, asked, _period(desk, asked, first, last))
    except ValueError as error:
        raise HTTPException(400, str(error)) from None


def _period(desk: Desk, asked: Asked, first: date | None, last: date | None) -> Period:
    """The period asked for, up to the ends of what is reported of; today for a register without reports.

    Raises ValueError where it ends before it begins.
    """
    today = desk.clock().date()
    told = told_period(desk.timetable(asked.known)) or Period(today, today)
    begin = first or (told.first if last is None else min(told.first, last))
    return Period(begin, last or max(told.last, begin))
