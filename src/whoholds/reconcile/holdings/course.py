"""The course of a place: states and denials laid over its flips.

The problem. "Ukraine holds the town", told of the 22nd, two days after Russia's side took it: is it a denial, or did the town
change hands again? The same words told of a day half a year later are certainly not a denial of what happened in May; unless
it is the side that lost the town that has said so all along.

The choice. A state that names the hand in force supports it (and narrows the window of the flip, if it falls inside). One that
names another hand is

- *an opponent*, where another voice has told of the hand in force within REACH days: they speak of the same days. Where it
  names the hand before, it opposes the flip itself; else the dispute begins on its day;
- *an opponent* still, where the side that held before goes on claiming the place for itself, as long as the other's holding
  has been told of within STALE days: its own word does not move the line back;
- *stale*, where it tells of the very day of the flip and nobody insists: the morning papers. Fighting that is told of the day
  on which a place was taken led up to it;
- *early*, where a flip to its hand is dated within REACH days after: a telling of that flip with another date;
- otherwise *a flip that nobody has told*: it happened after the last day for which the hand before is told. Fighting begins and
  ends any day, so it is not opposed by what is told of the days before it, only by what is told of the same day or after.

The former holder of a flip ("gains from") is a state on the day before. It never disputes: who wrote it was telling of
something else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, chain, pairwise

from whoholds.model import Side
from whoholds.reconcile.holdings.flips import Flip
from whoholds.reconcile.holdings.marks import FIGHTING, Mark, own
from whoholds.reconcile.holdings.walk import REACH, UNTOLD, Stretch, by_day, unfolded


def course_of(flips: Sequence[Flip], states: Iterable[Mark], denials: Iterable[Mark]) -> list[Flip]:
    """The flips with those that states tell of between them, each with what speaks for and against it."""
    denials = sorted(denials, key=by_day)
    stretches = _laid(flips, sorted(states, key=by_day), denials)
    course: list[Flip] = []
    for stretch in stretches:
        before = course[-1].hand if course else None
        course.extend(unfolded(stretch, before))
    course = [flip for flip in course if flip.hand is not UNTOLD]
    spans = _Spans(course)
    for denial in denials:
        _deny(course, spans, denial)
    return course


def _laid(flips: Sequence[Flip], states: Sequence[Mark], denials: Sequence[Mark]) -> list[Stretch]:
    """States given to the stretch they fall in; the windows of flips narrowed by those that fall inside them."""
    _narrow(flips, states)
    stretches = [Stretch(Flip(UNTOLD, None, 0)), *(Stretch(flip) for flip in flips)]
    lasts = [flip.last for flip in flips]
    for state in states:
        _lay(stretches, bisect_right(lasts, state.last), state)
    for stretch, after in pairwise(stretches):
        stretch.until = after.flip.first
        stretch.implied, stretch.telling = _former(after.flip, denials)
    return stretches


def _former(flip: Flip, denials: Iterable[Mark]) -> tuple[Side | None, list[Mark]]:
    """Who held before a flip, and the marks that tell so; where those of the flip do not, those that deny it."""
    former, telling = flip.former, flip.marks
    if former is None and flip.first is not None:
        key, first, last = flip.hand.key, flip.first, flip.last
        telling = [mark for mark in denials if mark.former and mark.hand.key == key and mark.meets(first, last, REACH)]
        former = telling[0].former if telling else None
    return former, [mark for mark in telling if former and mark.former and mark.former.key == former.key]


def _lay(stretches: list[Stretch], i: int, state: Mark) -> None:
    here, flip = stretches[i], stretches[i].flip
    after = stretches[i + 1] if i + 1 < len(stretches) else None
    key = state.hand.key
    if after and after.flip.hand.key == key and after.flip.first is not None and after.flip.first <= state.last:
        after.alike.append(state)
    elif flip.hand.key == key:
        here.alike.append(state)
    elif i and stretches[i - 1].flip.hand.key == key and _of_before(state, flip):
        stretches[i - 1].alike.append(state)
    elif i and state.hand is FIGHTING and flip.first == flip.last == state.last and state.last > date.min.toordinal():
        until = state.last - 1
        stretches[i - 1].contrary.append(state._replace(first=min(state.first, until), last=until))
    elif after and after.flip.hand.key == key and _early(here, after.flip, state):
        after.flip.marks.append(state)
    elif i and state.first < state.last and (back := _covered(stretches, i, state)):
        back.alike.append(state)
    else:
        here.contrary.append(state)


def _of_before(state: Mark, flip: Flip) -> bool:
    """Whether a state tells of the morning of the day on which the place changed hands."""
    same_day = state.last <= flip.last
    return same_day and not state.insists and not (own(state) and state.said >= flip.last and flip.last == flip.first)


def _early(here: Stretch, flip: Flip, state: Mark) -> bool:
    """Whether a state comes so soon before a flip to its hand that it is a telling of that flip."""
    before = any(mark.hand.key == state.hand.key for mark in here.contrary)
    return flip.first is not None and flip.first - state.last <= REACH and not before


def _covered(stretches: Sequence[Stretch], i: int, state: Mark) -> Stretch | None:
    """The latest earlier stretch of its hand that a state without an exact day still touches."""
    for j in range(i - 1, -1, -1):
        until = stretches[j + 1].flip.last
        if until <= state.first:
            return None
        if stretches[j].flip.hand.key == state.hand.key:
            return stretches[j]
    return None


def _narrow(flips: Sequence[Flip], states: Iterable[Mark]) -> None:
    """Cut the windows of flips by the days for which the hands before and after them are told."""
    days: dict[str, list[int]] = {}
    for state in states:
        if state.first == state.last:
            days.setdefault(state.hand.key, []).append(state.last)
    for i, flip in enumerate(flips):
        if flip.first is None or flip.first == flip.last:
            continue
        held = days.get(flip.hand.key, [])
        at = bisect_left(held, flip.first)
        flip.last = min([flip.last, *held[at : at + 1]])
        before = flips[i - 1].hand if i else flip.former
        kept = days.get(before.key, []) if before else []
        at = bisect_left(kept, flip.last)
        flip.first = max([flip.first, *(day + 1 for day in kept[max(at - 1, 0) : at])])


class _Spans:
    """The days of the flips of a course, so that those near a denial are found without looking at all."""

    def __init__(self, course: Sequence[Flip]) -> None:
        self.lasts = [flip.last for flip in course]
        firsts = [flip.last if flip.first is None else flip.first for flip in course]
        untils = [*(last - 1 for last in self.lasts[1:]), date.max.toordinal() + 1][: len(course)]
        self._open = [i for i, flip in enumerate(course) if flip.first is None]  # as good as near to all
        self._firsts = [*accumulate(reversed(firsts), min)][::-1]
        self._lasts = [*accumulate(map(max, firsts, self.lasts), max)]
        self._untils = [*accumulate(map(max, firsts, untils), max)]

    def near(self, denial: Mark, reach: int) -> Iterable[int]:
        """The numbers of all flips within reach of a denial, and of others; a flip lasts until the next for a denied state."""
        start = bisect_left(self._lasts if denial.change else self._untils, denial.first - reach)
        stop = bisect_right(self._firsts, denial.last + reach)
        return chain((i for i in self._open if not start <= i < stop), range(start, stop))


def _deny(course: list[Flip], spans: _Spans, denial: Mark) -> None:
    """A denial laid against the nearest flip to the hand that it denies; else it speaks for the hand in force."""
    reach = REACH + denial.slack
    fits = [i for i in spans.near(denial, reach) if _names(course[i], denial.hand)]
    near = [(gap, i) for i in fits if (gap := _distance(course[i], denial, course, i)) <= reach]
    if near:
        course[min(near)[1]].rest.append(denial)
        return
    i = bisect_right(spans.lasts, denial.last) - 1
    if i >= 0 and course[i].hand.key != denial.hand.key:
        course[i].marks.append(denial)


def _names(flip: Flip, hand: Side) -> bool:
    return flip.hand.key == hand.key or any(mark.hand.key == hand.key and not mark.against for mark in flip.rest)


def _distance(flip: Flip, denial: Mark, course: Sequence[Flip], i: int) -> int:
    """Days between a denial and a flip; none while the flip's hand is in force, where the denial is of a state."""
    until = course[i + 1].last - 1 if i + 1 < len(course) else denial.last
    first = flip.first if flip.first is not None else denial.first
    last = until if not denial.change else flip.last
    return max(first - denial.last, denial.first - max(last, first), 0)
