"""What pages and answers are asked for in the address: the day on the ground and the two clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query
from pydantic import BeforeValidator

from whoholds.atlas.desk import Desk, TheDesk
from whoholds.questions.knowledge import instant_of
from whoholds.register.store import Known


@dataclass(frozen=True, slots=True)
class Asked:
    """The day `on` (None: the last one known), and the state of knowledge. `query` has what was asked, for links."""

    on: date | None
    known: Known
    published_by: date | None
    recorded_by: date | datetime | None

    def query(self, **more: object) -> str:
        """The query of a link that keeps what was asked; `more` goes in front of it, what is None is left out."""
        own = {"on": self.on, "published_by": self.published_by, "recorded_by": self.recorded_by}
        told = {key: str(value) for key, value in {**own, **more}.items() if value is not None}
        return f"?{urlencode(told)}" if told else ""


def _told(value: object) -> object:
    """A form sends a field that was left empty as an empty text: nothing was asked."""
    return None if value == "" else value


def _moment(value: object) -> object:
    """A day stands for its end, an instant for itself: what has no time of day must not become midnight."""
    if not isinstance(value, str) or not value:
        return _told(value)
    if len(value) <= len("2020-11-25"):
        return date.fromisoformat(value)
    moment = instant_of(datetime.fromisoformat(value))  # raises ValueError for one that has no instant in UTC
    return moment if datetime.fromisoformat(value).tzinfo else datetime.fromisoformat(value)


MaybeDay = Annotated[date | None, BeforeValidator(_told)]
"""A day that may be left empty."""

OnDay = Annotated[MaybeDay, Query(description="The day on the ground, YYYY-MM-DD; the last one known if not told.")]
PublishedBy = Annotated[MaybeDay, Query(description="Leave out what was published after this day.")]
RecordedBy = Annotated[
    date | datetime | None,
    BeforeValidator(_moment),
    Query(description="Leave out what the register took in after this day, or instant, in UTC."),
]


def asked(desk: TheDesk, on: OnDay = None, published_by: PublishedBy = None, recorded_by: RecordedBy = None) -> Asked:
    """The parameters of a request."""
    return asked_of(desk, on, published_by, recorded_by)


def asked_of(desk: Desk, on: date | None, published_by: date | None, recorded_by: date | datetime | None) -> Asked:
    """What was asked for; an instant without a zone is in UTC."""
    if isinstance(recorded_by, datetime):
        recorded_by = recorded_by.astimezone(UTC) if recorded_by.tzinfo else recorded_by.replace(tzinfo=UTC)
    return Asked(on, desk.known(published_by, recorded_by), published_by, recorded_by)


IsAsked = Annotated[Asked, Depends(asked)]
