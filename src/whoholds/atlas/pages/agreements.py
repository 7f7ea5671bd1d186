"""The board of agreements: what each binds whom to do, by when, and what has become of it by a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from whoholds.atlas.asked import Asked, IsAsked
from whoholds.atlas.desk import TheDesk
from whoholds.atlas.pages.asking import seen, shown_day
from whoholds.atlas.pages.rendering import page
from whoholds.atlas.pages.timelines import Line, duty_line
from whoholds.model import Deadline, Side, State, Undertaking
from whoholds.questions.due import Duty, duty_on, in_order, with_words
from whoholds.questions.picture import Picture
from whoholds.questions.wording import count, deadline_kind, side_name

router = APIRouter(include_in_schema=False)

_A_PAGE = 100  # duties
_NO_NAME = "No agreement is named"
_STATES = {"open": "still open", "all": "all", **{state.value: state.value for state in State}}

Words = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Told:
    """A deadline in a duty's history: what it is there, and whether it was told only after the day."""

    deadline: Deadline
    kind: str
    later: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A duty on the board."""

    duty: Duty
    deadlines: tuple[Told, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Agreement:
    """An instrument by the name that texts most lately gave it, and the duties under it."""

    name: str
    named: bool
    rows: tuple[Row, ...]

    @property
    def summary(self) -> str:
        """How many duties are in which state."""
        states: dict[str, int] = {}
        for row in self.rows:
            states[row.duty.turn.state.value] = states.get(row.duty.turn.state.value, 0) + 1
        return ", ".join(f"{number} {state}" for state, number in states.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the board is asked to show; empty words ask nothing."""

    agreement: str
    party: str
    state: str
    number: int

    def query(self, asked: Asked, number: int) -> str:
        """The query of another page of the same board."""
        own = {"agreement": self.agreement, "party": self.party, "state": self.state, "page": number if number > 1 else ""}
        told = urlencode({key: value for key, value in own.items() if value})
        return "&".join(filter(None, (asked.query() or "?", told))).replace("?&", "?")


@router.get("/agreements")
def board_page(
    request: Request,
    desk: TheDesk,
    asked: IsAsked,
    agreement: Words = "",
    party: Words = "",
    state: Words = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """The duties on a day by agreement, overdue ones first."""
    wish = Wish(agreement=agreement.strip(), party=party.strip(), state=state if state in _STATES else "", number=number)
    picture, day = seen(desk, asked).picture, shown_day(desk, asked)
    every = [duty for one in picture.undertakings() if (duty := duty_on(one, day))]
    wanted = in_order(duty for duty in every if _is_wanted(duty, wish))
    shown = wanted[(number - 1) * _A_PAGE : number * _A_PAGE]
    return page(
        request,
        "agreements.html",
        asked,
        title="Agreements",
        day=day,
        wish=wish,
        agreements=_grouped(_row(picture, duty, day) for duty in shown),
        found=len(wanted),
        pages=-(-len(wanted) // _A_PAGE),
        overdue=sum(duty.turn.state is State.OVERDUE for duty in wanted),
        parties=_parties(every),
        names=sorted({name for duty in every for name in duty.undertaking.names}, key=str.casefold),
        states=_STATES,
        summary=count(len(wanted), "duty", "duties"),
    )


def row_of(picture: Picture, undertaking: Undertaking, day: date) -> Row | None:
    """A duty as the board shows it on a day; None before it is known of."""
    duty = duty_on(undertaking, day)
    return _row(picture, duty, day) if duty else None


def _row(picture: Picture, duty: Duty, day: date) -> Row:
    told, first = [], True
    for deadline in duty.undertaking.deadlines:
        told.append(Told(deadline, deadline_kind(deadline, first=first), deadline.since > day))
        first = first and deadline.rival
    return Row(with_words(picture, duty, day), tuple(told), duty_line(duty, day))


def _grouped(rows: Iterable[Row]) -> list[Agreement]:
    """The duties by agreement, each where its most urgent duty stands."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        names = row.duty.undertaking.names
        groups.setdefault(names[0].casefold() if names else "", []).append(row)
    return [
        Agreement(group[0].duty.undertaking.names[0] if key else _NO_NAME, bool(key), tuple(group))
        for key, group in groups.items()
    ]


def _is_wanted(duty: Duty, wish: Wish) -> bool:
    state = duty.turn.state.value
    if wish.state not in ("", "all", state) and not (wish.state == "open" and duty.open):
        return False
    names = [name.casefold() for name in duty.undertaking.names]
    if wish.agreement and not any(all(word in name for word in wish.agreement.casefold().split()) for name in names):
        return False
    sides = _sides(duty)
    return not wish.party or any(wish.party.casefold() in (side.key.casefold(), side_name(side).casefold()) for side in sides)


def _sides(duty: Duty) -> Sequence[Side]:
    return (*duty.undertaking.obligors, *duty.undertaking.beneficiaries)


def _parties(duties: Iterable[Duty]) -> list[str]:
    return sorted({side_name(side) for duty in duties for side in _sides(duty)}, key=str.casefold)
