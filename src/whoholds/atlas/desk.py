"""The desk: what every page and answer is made from, one for each served register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import Depends, Request

from whoholds.atlas.settings import Settings
from whoholds.atlas.timetables import Timetables
from whoholds.questions import Register, known_of
from whoholds.questions.timetable import Timetable
from whoholds.register.store import EVERYTHING_KNOWN, Known

Clock = Callable[[], datetime]


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


class Desk:
    """A register, how it is served, and the clock. Used from many threads; stores have a connection for each."""

    def __init__(self, register: Register, settings: Settings | None = None, *, clock: Clock = now) -> None:
        self.register, self.settings, self.clock = register, settings or Settings(), clock
        self.timetables = Timetables(register)

    def known(self, published_by: date | None = None, recorded_by: date | datetime | None = None) -> Known:
        """The state of knowledge asked for, without what the publication delay still holds back."""
        asked = known_of(published_by, recorded_by)
        if not self.settings.delay:
            return asked
        shown = self.horizon()
        earliest = shown if asked.recorded_by is None else min(asked.recorded_by, shown)
        return Known(asked.published_by, earliest)

    def timetable(self, known: Known = EVERYTHING_KNOWN) -> Timetable:
        """Who holds each place from which day to which day in a state of knowledge; kept at hand, see `timetables`."""
        return self.timetables.timetable(known)

    def horizon(self) -> datetime:
        """The last instant whose entries are shown: whole hours, so that answers can be kept for that long."""
        return (self.clock() - self.settings.delay).replace(minute=0, second=0, microsecond=0)


def desk_of(request: Request) -> Desk:
    """The desk that the application serves from."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
