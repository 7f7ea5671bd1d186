"""Drawings over time: who held a place, and what became of a duty, laid out for the page's templates.

Positions are per cent of the drawing's width. What is not known is not drawn as if it were: a holding of which no beginning is
told fades in from the left edge, and between the first and the last day that it can have begun on it is hatched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.atlas.pages.scales import Days
from whoholds.model import Holding, State, Undertaking
from whoholds.questions.due import Duty
from whoholds.questions.who import Chapter
from whoholds.questions.wording import holder_named, since, until

_LEAST = 30  # days: a shorter history is drawn as so many
_ZOOMED = 4  # times: a history of which reports tell so small a part is drawn twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A holding on the drawing: `x` to `x + width`, its surely held part, and what it is called.

    `vague` is how much of it, from its left edge, can still have been another's; `open` tells that its beginning is not known.
    """

    x: float
    width: float
    vague: float
    open: bool
    lasting: bool
    holding: Holding
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A day on a duty's line: `kind` is `first`, `deadline`, `moved` (a deadline no more in force), `rival` or a state."""

    x: float
    day: date
    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A duty over time; `late` is the stretch (x, width) in which it was or is overdue, or None."""

    points: tuple[Point, ...]
    late: tuple[float, float] | None
    today: float
    first: date
    last: date


def bands(chapters: Sequence[Chapter], until: date) -> tuple[tuple[Days, tuple[Bar, ...]], ...]:
    """The history of a place up to a day or, where it is told further, its end.

    Where reports are of a small part of a long history, that part is drawn a second time by itself. None without a history.
    """
    holdings = [chapter.holding for chapter in chapters]
    if not holdings:
        return ()
    last = max([until, *(one.retold for one in holdings), *_days(one.end.not_after for one in holdings)])
    first = min([*(one.told for one in holdings), *_days(one.begin.not_before for one in holdings)])
    said = [word.said for chapter in chapters for word in (*chapter.supporting, *chapter.opposing)]
    whole = _wide(min(first, last), last)
    near = _wide(max(min(said, default=first), whole.first), last)
    spans = [whole, near] if (whole.last - whole.first) > _ZOOMED * (near.last - near.first) else [whole]
    return tuple((days, tuple(_bars(holdings, days))) for days in spans)


def duty_line(duty: Duty, day: date) -> Line:
    """A duty's days: when it was first told, its deadlines, what became of it, and the day asked for."""
    undertaking = duty.undertaking
    told = undertaking.turns[0].since
    points = [("first", told, "first told"), *_deadline_points(undertaking), *_turn_points(undertaking, day)]
    days = _padded([when for _, when, _ in points] + [day])
    late = _late(duty, day)
    return Line(
        points=tuple(Point(x=days.at(when), day=when, kind=kind, label=label) for kind, when, label in points),
        late=(days.at(late[0]), round(days.at(late[1]) - days.at(late[0]), 3)) if late else None,
        today=days.at(day),
        first=days.first,
        last=days.last,
    )


def _bars(holdings: Iterable[Holding], days: Days) -> Iterable[Bar]:
    for holding in holdings:
        begin, end = holding.begin, holding.end
        first, last = begin.not_before or days.first, end.not_after or days.last
        if last < days.first or first > days.last:
            continue
        x, stop = days.at(first), days.after(last)
        sure = days.at(begin.not_after) if begin.not_after else days.at(holding.told)
        yield Bar(
            x=x,
            width=round(max(stop - x, 0.2), 3),
            vague=round(max(0.0, min(sure, stop) - x), 3),
            open=begin.not_before is None,
            lasting=end.not_after is None,
            holding=holding,
            name=holder_named(holding),
            title=", ".join(filter(None, (holder_named(holding), holding.standing.value, since(holding), until(holding)))),
        )


def _deadline_points(undertaking: Undertaking) -> Iterable[tuple[str, date, str]]:
    for deadline in undertaking.deadlines:
        last = deadline.due.end.not_after if deadline.due else None
        if last:
            kind = "rival" if deadline.rival else "moved" if deadline.superseded else "deadline"
            yield kind, last, {"rival": "others tell", "moved": "deadline, moved since"}.get(kind, "deadline")


def _turn_points(undertaking: Undertaking, day: date) -> Iterable[tuple[str, date, str]]:
    for turn in undertaking.turns[1:]:
        if turn.since <= day and turn.state not in (State.PENDING, State.DUE, State.OVERDUE):
            yield turn.state.value.split()[0], turn.since, turn.state.value


def _late(duty: Duty, day: date) -> tuple[date, date] | None:
    """The days in which a duty was or is overdue; None for none."""
    last = duty.due.end.not_after if duty.due else None
    if last is None or duty.late is None or duty.late <= 0:
        return None
    if duty.turn.state is State.OVERDUE:
        return last, day
    return (last, duty.turn.since) if duty.turn.state in (State.MET_LATE, State.BREACHED) else None


def _wide(first: date, last: date) -> Days:
    """Days of a drawing: these, and a little before them, and not too few."""
    length = max((last - first).days, _LEAST)
    return Days(_moved(last, -length - max(1, length // 50)), last)


def _padded(days: Sequence[date]) -> Days:
    margin = max(2, (max(days) - min(days)).days // 20)
    return Days(_moved(min(days), -margin), _moved(max(days), margin))


def _moved(day: date, days: int) -> date:
    """A day so many days on; the first or last that can be told where it lies outside."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _days(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day]


__all__ = ["Bar", "Line", "Point", "bands", "duty_line"]
