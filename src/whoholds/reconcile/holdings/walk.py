"""The walk through one stretch: states that name other hands than the one in force, taken day by day; see `course`."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from whoholds.model import Side
from whoholds.reconcile.holdings.flips import COMPLETES, Flip
from whoholds.reconcile.holdings.marks import FIGHTING, NOBODY, Mark, own

REACH = 14
"""Days within which two statements are about the same days. Denials and rival claims follow a claim within days; a front moves
a town's width in weeks. A week makes papers that appear weekly miss each other; a month makes one dispute of a town taken and
retaken. Not tuned."""

STALE = 180
"""Days after which a side's own word, that it holds what it lost, is news and no denial: nobody has told of the other's holding
for half a year. Not tuned."""


@dataclass(slots=True)
class Stretch:
    """A flip with the states that fall to it: those of its hand, and those of others."""

    flip: Flip
    alike: list[Mark] = field(default_factory=list)
    contrary: list[Mark] = field(default_factory=list)
    implied: Side | None = None
    telling: list[Mark] = field(default_factory=list)
    until: int | None = None


UNTOLD = Side(" untold", "")
"""The hand of the days before the first flip, of which nothing is told yet."""


def by_day(mark: Mark) -> tuple[int, int, int, str, str]:
    """Orders states by day, and then for good."""
    return (mark.last, mark.first, mark.said, mark.claim, mark.hand.key)


def unfolded(stretch: Stretch, before: Side | None) -> list[Flip]:
    """The flip of a stretch and those that its states tell of."""
    walk = _Walk(stretch, before)
    for state in stretch.contrary:
        walk.take(state)
    walk.close()
    return walk.course


class _Walk:
    """Goes through the contrary states of a stretch by day, opening a flip or a dispute where they tell of one."""

    def __init__(self, stretch: Stretch, before: Side | None) -> None:
        self.stretch = stretch
        self.before = before
        self.course = [stretch.flip]
        self.by_hand: dict[str, list[Mark]] = {stretch.flip.hand.key: sorted(stretch.alike, key=by_day)}
        for state in stretch.contrary:
            self.by_hand.setdefault(state.hand.key, []).append(state)
        self.days = {key: [state.last for state in states] for key, states in self.by_hand.items()}
        self.alike = iter(self.by_hand[stretch.flip.hand.key])
        self.waiting = next(self.alike, None)

    @property
    def flip(self) -> Flip:
        return self.course[-1]

    def take(self, state: Mark) -> None:
        """A contrary state, in order of days; those of the stretch's own hand up to its day come first."""
        while self.waiting is not None and by_day(self.waiting) < by_day(state):
            self._place(self.waiting)
            self.waiting = next(self.alike, None)
        self._place(state)

    def close(self) -> None:
        """The states of the stretch's own hand that are left, and the former holder that the next flip names."""
        while self.waiting is not None:
            self._place(self.waiting)
            self.waiting = next(self.alike, None)
        former, until = self.stretch.implied, self.stretch.until
        if former is None or until is None or self.flip.hand in (FIGHTING, NOBODY):
            return
        day = until - 1
        if day < date.min.toordinal():
            return
        told = [
            mark._replace(hand=former, former=None, first=day, last=day, change=False, taking=False, against=False)
            for mark in self.stretch.telling
        ]
        if former.key == self.flip.hand.key:
            self.flip.marks.extend(told)
        elif any(mark.hand.key == former.key for mark in self.flip.rest):
            self.flip.rest.extend(told)
        elif self.flip.hand is UNTOLD or self._last_told() + REACH < day:
            self._open(former, day, told)

    def _place(self, state: Mark) -> None:
        flip = self.flip
        if state.hand.key == flip.hand.key:
            flip.marks.append(state)
        elif flip.hand is UNTOLD:
            self._open(state.hand, state.last, [state])
        elif flip.hand is NOBODY and state.last - flip.last <= COMPLETES and not self._lost_by(state.hand):
            flip.hand, flip.last = state.hand, state.last
            flip.marks.append(state)
        elif self._opposes(state):
            self._dispute(state)
        else:
            self._open(state.hand, state.last, [state])

    def _lost_by(self, hand: Side) -> bool:
        losers = {mark.former.key for mark in self.flip.marks if mark.former}
        return hand.key in (losers or {self.before.key if self.before else ""})

    def _opposes(self, state: Mark) -> bool:
        """Whether a state is about the same days as what is told of the hand in force."""
        flip, voice, day = self.flip, state.voice.key, state.last
        for mark in flip.rest:
            if mark.voice.key == voice and mark.hand.key == state.hand.key:
                return True
        fought = FIGHTING in (state.hand, flip.hand)
        for mark in reversed(flip.marks):  # the latest states come last
            if mark.voice.key != voice and (mark.last == day if fought else mark.last + REACH >= day >= mark.last):
                return True
        if self._told_after(state):
            return True
        was = self._before_flip()
        return own(state) and not state.taking and was == state.hand.key and state.last - self._last_told() <= STALE

    def _told_after(self, state: Mark) -> bool:
        """Whether another voice tells of the hand in force within reach after a state's day."""
        states = self.by_hand.get(self.flip.hand.key, [])
        start = bisect_left(self.days.get(self.flip.hand.key, []), state.last)
        for other in states[start:]:
            if other.last > state.last + REACH:
                return False
            if other.voice.key != state.voice.key:
                return True
        return False

    def _before_flip(self) -> str | None:
        if len(self.course) > 1 and self.course[-2].hand is not UNTOLD:
            return self.course[-2].hand.key
        former = self.flip.former or self.before
        return former.key if former else None

    def _last_told(self) -> int:
        return max((mark.last for mark in self.flip.marks), default=self.flip.last)

    def _dispute(self, state: Mark) -> None:
        """The state opposes the flip, or a dispute begins on its day."""
        flip = self.flip
        near = flip.first is not None and state.last <= flip.last + REACH and self._before_flip() in (None, state.hand.key)
        if flip.rest or near or state.last <= flip.last:
            flip.rest.append(state)
            return
        since = [mark for mark in flip.marks if mark.last >= state.last - REACH]
        kept = [mark for mark in flip.marks if mark.last < state.last or mark.change]
        flip.marks = kept or flip.marks
        self.course.append(Flip(flip.hand, state.last, state.last, since or list(flip.marks[-1:]), [state]))

    def _open(self, hand: Side, day: int, marks: list[Mark]) -> None:
        """A flip that nobody has told, found by a state."""
        flip = self.flip
        if flip.hand is UNTOLD:
            self.course.append(Flip(hand, None, day, list(marks)))
            return
        earlier = [mark.last for mark in flip.marks if mark.last < day]
        first = min(max([flip.last, *earlier]) + 1, day)
        if day > flip.last:
            self.course.append(Flip(hand, first, day, list(marks)))
        else:
            flip.rest.extend(marks)
