"""States of knowledge at hand: what follows from one is worked out once, and kept while it is asked for.

A state is told by the last entry that counts and the last day of publication, so that two instants between which nothing was
recorded are one state. A few are kept, those asked for last. What a state holds is made when it is first asked for, by one
thread while others wait for it. What is erased is gone from all of them at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection
from datetime import date, datetime
from functools import cached_property
from secrets import token_hex
from threading import RLock
from weakref import WeakKeyDictionary

from whoholds.atlas.desk import Desk
from whoholds.model import Erased, Incident, Site, Undertaking
from whoholds.questions.ground import last_entry
from whoholds.questions.picture import Picture, Timelines
from whoholds.questions.timetable import Timetable
from whoholds.reconcile.sides import Sides
from whoholds.register.store import EVERYTHING_KNOWN, Known, Report, Store

_KEPT = 4  # states
_Key = tuple[date | None, int, bool, int]


class Seen(Picture):
    """A picture that remembers what was derived for it."""

    def __init__(self, store: Store, sides: Sides, known: Known = EVERYTHING_KNOWN) -> None:
        super().__init__(store, sides, known)
        self._lock = RLock()
        self._own: Timelines = {}
        self._bare: set[str] = set()
        self._all_undertakings: tuple[Undertaking, ...] | None = None
        self._all_incidents: tuple[Incident, ...] | None = None

    def own(self, keys: Collection[str]) -> Timelines:
        """See `Picture.own`."""
        if self.settled:
            return super().own(keys)
        with self._lock:
            new = [key for key in keys if key not in self._own and key not in self._bare]
            found = super().own(new) if new else {}
            self._own.update(found)
            self._bare.update(key for key in new if key not in found)
            return {key: self._own[key] for key in keys if key in self._own}

    def sites(self) -> dict[str, Site]:
        """See `Picture.sites`."""
        with self._lock:
            return super().sites()

    def undertakings(self) -> tuple[Undertaking, ...]:
        """See `Picture.undertakings`."""
        with self._lock:
            if self._all_undertakings is None:
                self._all_undertakings = super().undertakings()
            return self._all_undertakings

    def incidents(self, *, during: tuple[date, date] | None = None) -> tuple[Incident, ...]:
        """See `Picture.incidents`."""
        if self.settled:
            return super().incidents(during=during)
        with self._lock:
            if self._all_incidents is None:
                self._all_incidents = super().incidents()
            return tuple(one for one in self._all_incidents if during is None or _touches(one, during))


class State:
    """A state of knowledge of a served register; `upto` is the number of the last entry that counts in it.

    `mark` tells it from every other state, also from the same one before something was erased.
    """

    def __init__(self, desk: Desk, known: Known, upto: int, mark: str) -> None:
        self.desk, self.known, self.upto, self.mark = desk, known, upto, mark
        self.lags = False
        self._lock = RLock()

    @property
    def picture(self) -> Seen:
        """What follows from it."""
        with self._lock:
            return self._picture

    @property
    def timetable(self) -> Timetable:
        """Who holds each place from which day to which; `lags` tells whether it is behind, while another one is made."""
        found = self.desk.timetable(self.known)
        self.lags = self.known.recorded_by is None and found.seq < self.upto
        return found

    @property
    def reports(self) -> tuple[Report, ...]:
        """The documents that count in it, the latest said first."""
        with self._lock:
            return self._reports

    @property
    def sites(self) -> tuple[Site, ...]:
        """The places that claims name in it, by name."""
        with self._lock:
            return self._sites

    @property
    def latest(self) -> date | None:
        """The last day on which something of it was published; None where no day is told."""
        return max((report.last for report in self.reports if report.last), default=None)

    @cached_property
    def _picture(self) -> Seen:
        register = self.desk.register
        if self.known.all:
            register.picture()  # brings what is kept up to date
        return Seen(register.store, register.sides(self.known), self.known)

    @cached_property
    def _reports(self) -> tuple[Report, ...]:
        found = self.desk.register.store.reports(self.known)
        return tuple(sorted(found, key=lambda one: (-one.said.toordinal(), one.document)))

    @cached_property
    def _sites(self) -> tuple[Site, ...]:
        return tuple(sorted(self.picture.sites().values(), key=lambda site: (site.name.casefold(), site.key)))


class States:
    """The states of a desk's register that were asked for last."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._kept: OrderedDict[_Key, State] = OrderedDict()
        self._last = self._erased = 0
        self._run = token_hex(4)  # another run may be another version of the program

    def of(self, desk: Desk, known: Known) -> State:
        """The state; entries that came in since are seen."""
        with self._lock:
            upto = self._upto(desk.register.store, known.recorded_by)
            key = known.published_by, upto, known.all, self._erased
            mark = f"{self._run}-{self._erased}-{upto}-{known.published_by}"
            state = self._kept.pop(key, None) or State(desk, known, upto, mark)
            self._kept[key] = state
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return state

    def _upto(self, store: Store, recorded_by: datetime | None) -> int:
        before, self._last = self._last, last_entry(store, self._last)
        if before and before < self._last:
            self._erased += sum(isinstance(entry.act, Erased) for entry in store.entries(after=before))
        if recorded_by is None:
            return self._last

        def recorded(number: int) -> datetime:
            entry = store.entry(number)
            assert entry is not None, "no number is missing"
            return entry.recorded_at

        return bisect_right(range(1, self._last + 1), recorded_by, key=recorded)


_STATES: WeakKeyDictionary[Desk, States] = WeakKeyDictionary()


def state_of(desk: Desk, known: Known) -> State:
    """The state of knowledge of a desk's register."""
    return _STATES.setdefault(desk, States()).of(desk, known)


def _touches(incident: Incident, during: tuple[date, date]) -> bool:
    begin, end = incident.when.not_before, incident.when.not_after
    if begin is None and end is None:
        return False
    return (begin is None or begin <= during[1]) and (end is None or end >= during[0])
