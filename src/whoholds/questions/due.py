"""Which duties are due, overdue, met or broken on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from whoholds.model import Side, Site, State, Turn, Undertaking, When
from whoholds.questions.evidence import Word, words_of
from whoholds.questions.incidents import lies_in
from whoholds.questions.picture import Picture
from whoholds.questions.resting import claims_of
from whoholds.questions.siding import actor_called
from whoholds.register.store import Known

_ORDER = (
    State.OVERDUE,
    State.DUE,
    State.BREACHED,
    State.PENDING,
    State.SOUGHT,
    State.UNKNOWN,
    State.MET_LATE,
    State.MET,
    State.MET_ON_TIME,
    State.CANCELLED,
)
_OPEN = frozenset({State.OVERDUE, State.DUE, State.BREACHED, State.PENDING, State.SOUGHT, State.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty on a day: its state (`turn`), the deadline in force, and how many days the deadline lies back or ahead.

    `late` counts from the last day of the deadline in force to the day asked for, or to the day it was met: negative where it
    lies ahead, None where no deadline is known, or the last one was put off to a day not told. `after_first` counts the same
    from the first deadline that is known. `silent` tells that it counts as overdue, but no claim was made on it since.
    """

    undertaking: Undertaking
    turn: Turn
    due: When | None
    late: int | None
    after_first: int | None
    supporting: tuple[Word, ...] = ()
    opposing: tuple[Word, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether it is overdue by the calendar alone: nothing was said of it after the deadline in force."""
        last = self.due.end.not_after if self.due else None
        said = max((word.said for word in (*self.supporting, *self.opposing)), default=None)
        return self.turn.state is State.OVERDUE and last is not None and said is not None and said <= last

    @property
    def open(self) -> bool:
        """Whether something is still to be done, or was broken."""
        return self.turn.state in _OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The duties as of a day, overdue ones first; `latest` tells that the day is the latest known and was not asked for.

    `instruments` are the names of all instruments that duties are under, where those asked for have none.
    """

    day: date
    latest: bool
    known: Known
    duties: tuple[Duty, ...]
    instruments: tuple[str, ...] = ()


def due(
    picture: Picture, day: date, *, agreement: str | None, party: str | None, all: bool, site: Site | None = None
) -> tuple[Duty, ...]:
    """The duties on a day, overdue ones first, with their words; without `all`, those done or cancelled are left out.

    `agreement` asks for instruments whose names have all its words, `party` for duties that a side owes or is owed, `site` for
    those about a place and what lies in it.
    """
    side = picture.sides.side_of(actor_called(party), day) if party else None
    there = (one for one in picture.undertakings() if site is None or lies_in(one.site, site))
    wanted = [one for one in there if _concerns(one, agreement, side)]
    duties = [duty for one in wanted if (duty := duty_on(one, day)) and (all or duty.open)]
    return tuple(with_words(picture, duty, day) for duty in in_order(duties))


def instruments(picture: Picture, agreement: str | None) -> tuple[str, ...]:
    """The names of all instruments, sorted, where no duty is under one called so; none where one is, or nothing is asked."""
    undertakings = picture.undertakings() if agreement is not None else ()
    if any(_concerns(one, agreement, None) for one in undertakings):
        return ()
    return tuple(sorted({name for one in undertakings for name in one.names}))


def duty_on(undertaking: Undertaking, day: date) -> Duty | None:
    """What has become of a duty by a day; None before it is known of."""
    turn = undertaking.on(day)
    if turn is None:
        return None
    deadlines = [one.due for one in undertaking.deadlines if one.since <= day and not one.rival]
    due = deadlines[-1] if deadlines else None
    first = next(filter(None, deadlines), None)
    until = turn.since if turn.state not in _OPEN or turn.state is State.BREACHED else day
    return Duty(undertaking=undertaking, turn=turn, due=due, late=_days(due, until), after_first=_days(first, until))


def in_order(duties: Iterable[Duty]) -> list[Duty]:
    """Overdue first, the longest overdue before others; then what is due, broken, still to come, and done."""

    def urgency(duty: Duty) -> tuple[int, int, str]:
        late = duty.late if duty.late is not None else -10_000_000
        return _ORDER.index(duty.turn.state), -late, duty.undertaking.id

    return sorted(duties, key=urgency)


def _concerns(undertaking: Undertaking, agreement: str | None, party: Side | None) -> bool:
    if agreement is not None:
        words = agreement.casefold().split()
        if not any(all(word in name.casefold() for word in words) for name in undertaking.names):
            return False
    keys = {side.key for side in (*undertaking.obligors, *undertaking.beneficiaries)}
    return party is None or party.key in keys


def _later(undertaking: Undertaking, day: date) -> frozenset[str]:
    """The claims that tell only of what came after a day."""
    by_day = [(one.since, one.supporting) for one in undertaking.deadlines]
    by_day += [(one.since, one.supporting) for one in undertaking.turns]
    after = {claim for since, claims in by_day if since > day for claim in claims}
    return frozenset(after - {claim for since, claims in by_day if since <= day for claim in claims})


def with_words(picture: Picture, duty: Duty, day: date) -> Duty:
    """A duty with the words for and against it, but for those that tell only of what came after a day."""
    one, later = duty.undertaking, _later(duty.undertaking, day)
    supporting = tuple(id for id in dict.fromkeys(claims_of(one)) if id not in one.opposing and id not in later)
    return replace(
        duty,
        supporting=words_of(picture.store, supporting, known=picture.known, sides=picture.sides),
        opposing=words_of(picture.store, one.opposing, known=picture.known, sides=picture.sides),
    )


def _days(due: When | None, until: date) -> int | None:
    last = due.end.not_after if due else None
    return (until - last).days if last else None
