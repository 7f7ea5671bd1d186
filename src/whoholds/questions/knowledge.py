"""States of knowledge as people ask for them: by day.

Two clocks: what had been published by the end of a day, and what the register had recorded by the end of a day (in UTC) or at
an instant. They are asked apart, because a report of the 14th may have been taken in on the 20th.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from whoholds.register.store import Known

Day = date | str
"""A day, or "YYYY-MM-DD"."""


def day_of(day: Day | None) -> date | None:
    """The day; of an instant its day in UTC; None for None. Raises ValueError for a string that is no day."""
    if isinstance(day, datetime):
        return _in_utc(day).date()
    return date.fromisoformat(day) if isinstance(day, str) else day


def known_of(published_by: Day | None = None, recorded_by: Day | datetime | None = None) -> Known:
    """The state of knowledge: everything where neither is told. A day means its end; an instant without a zone is UTC."""
    return Known(day_of(published_by), instant_of(recorded_by))


def instant_of(moment: Day | datetime | None) -> datetime | None:
    """The instant; for a day its last microsecond in UTC. Strings are ISO 8601. Raises ValueError for one that is neither,
    and for an instant that in UTC lies before the year 1 or after 9999.
    """
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment) if len(moment) > len("2020-11-25") else date.fromisoformat(moment)
    if isinstance(moment, datetime):
        return _in_utc(moment)
    if moment is None:
        return None
    return datetime.combine(moment, time.max, tzinfo=UTC)


def _in_utc(moment: datetime) -> datetime:
    """The instant in UTC, which one without a zone is in."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{moment.isoformat()} lies outside the years 1 to 9999 in UTC") from None
