"""What changed in the picture between two dates: in who holds what, or in what was known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from whoholds.model import Turn, Undertaking
from whoholds.questions.knowledge import instant_of
from whoholds.questions.picture import Picture
from whoholds.reconcile.holdings import Shift, changes
from whoholds.reconcile.territory import Row
from whoholds.register.store import Known


class Clock(StrEnum):
    """By which clock two dates are told apart."""

    VALID = "valid"  # the ground: who held what on the one and on the other day, as known now
    PUBLISHED = "published"  # the news: what had been published by the one and by the other day, about that day
    RECORDED = "recorded"  # the register: what it held by the one and by the other day


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A duty whose state differs; `before` is None where it was not known of."""

    undertaking: Undertaking
    before: Turn | None
    after: Turn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between two dates; `day` is the day the pictures are of, by the clocks of saying and recording."""

    first: date
    last: date
    clock: Clock
    day: date
    before: Known
    after: Known
    shifts: tuple[Shift, ...]
    moved: tuple[Moved, ...]


def known_by(clock: Clock, day: date, known: Known) -> Known:
    """What of a state of knowledge was there by the end of a day, by the clock of saying or recording."""
    if clock is Clock.PUBLISHED:
        return Known(min(day, known.published_by or day), known.recorded_by)
    end = instant_of(day)
    assert end is not None
    return Known(known.published_by, min(end, known.recorded_by or end))


def difference(before: Picture, after: Picture, first: date, last: date, clock: Clock, day: date) -> Difference:
    """What differs between two pictures.

    By the valid clock each is of its own day, else both are of `day`, in two states of knowledge.
    """
    days = (first, last) if clock is Clock.VALID else (day, day)
    return Difference(
        first=first,
        last=last,
        clock=clock,
        day=day,
        before=before.known,
        after=after.known,
        shifts=_shifts(before, after, days),
        moved=_moved(before, after, days),
    )


def _shifts(before: Picture, after: Picture, days: tuple[date, date]) -> tuple[Shift, ...]:
    """The places whose holdings differ; evidence is looked up for these alone."""
    was = {row.site: row for row in before.rows(days[0])}
    now = {row.site: row for row in after.rows(days[1])}
    keys = [key for key in was.keys() | now.keys() if _shown(was.get(key)) != _shown(now.get(key))]
    sites = list(after.store.sites(keys=keys)) if keys else []
    earlier = [held for site in sites if (held := before.holding(site, days[0]))]
    return changes(earlier, [held for site in sites if (held := after.holding(site, days[1]))])


def _shown(row: Row | None) -> tuple[object, ...] | None:
    return row and (row.holder, row.standing, row.begin, row.told, row.inherited)


def _moved(before: Picture, after: Picture, days: tuple[date, date]) -> tuple[Moved, ...]:
    was = {one.id: one for one in before.undertakings()}
    now = was if after is before else {one.id: one for one in after.undertakings()}
    found = []
    for id in sorted(was.keys() | now.keys()):
        one, other = was.get(id), now.get(id)
        earlier, later = _turn(one, days[0]), _turn(other, days[1])
        undertaking = other or one
        if undertaking and (earlier and earlier.state) != (later and later.state):
            found.append(Moved(undertaking=undertaking, before=earlier, after=later))
    return tuple(found)


def _turn(undertaking: Undertaking | None, day: date) -> Turn | None:
    return undertaking.on(day) if undertaking else None
