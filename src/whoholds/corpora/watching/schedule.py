"""When a feed is asked again. No chance is in it: the same answers give the same instants.

After an answer, that is once its `every` is over, or later where the answer says it stays fresh for longer (max-age, as far
as a day), or its server asked to come later (Retry-After). After failures the time doubles from `every` up to a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta

DAY = timedelta(days=1)


_LONGEST = timedelta(days=30)  # that an answer may put off the next question (see `articles.answers`)


def is_due(due: datetime, now: datetime, every: timedelta) -> bool:
    """Whether a feed is to be asked now; an instant later than any that is ever set is due: the clock was put back since."""
    return due <= now or due > now + max(every, _LONGEST)


def after_answer(now: datetime, every: timedelta, *, max_age: int | None = None, again: datetime | None = None) -> datetime:
    """The instant after an answer. A max-age of more than a day counts as a day: feeds that say a year are misconfigured."""
    fresh = min(DAY, timedelta(seconds=min(max_age or 0, 10**8)))
    return max(now + max(every, fresh), again or now)


def after_failures(now: datetime, every: timedelta, failures: int, *, again: datetime | None = None) -> datetime:
    """The instant after so many failures in a row, from 1: `every`, twice that, four times, up to a day (or `every`)."""
    doubled: timedelta = every * 2 ** min(max(failures, 1) - 1, 20)
    return max(now + min(doubled, max(DAY, every)), again or now)
