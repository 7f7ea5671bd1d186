"""Marks: what control testimony says of one place, as days and hands, ready to be laid on a line.

A mark is a *change* on a day that lies in a window, or a *state* that holds on a day. Days are proleptic Gregorian ordinals
(`date.toordinal`), both ends inclusive.

- `gains` and `loses` are changes; an interval or a coarse date is uncertainty about the day. Nothing told as done happened
  after it was told, so a window ends no later than the day said. Without a first possible day (`../D`, undated) they are
  states: on D, or the day said, it was so.
- An undated state in a report without any date is of no day, and is left aside.
- What is dated more than a day (for time zones) after it was told is a plan, however it is told, and changes nothing.
- `holds` with a beginning (`A/..`, `A/B`) is a change at A and a state on the day said, or at B. A closed end before the day
  said is a change too, on the day after B, to somebody not known; an end on that day or later is as far as the teller could
  see. `../D` and a date are states.
- `contested` with a beginning is a change to fighting; `../D` is a state. Its end says nobody won, and is left aside.
- A denied `loses` insists that the former holder holds; other denials speak against a hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from whoholds.model import Actor, Change, Control, Factuality, Side, Testimony, When
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.voices import Voice, voice_of

NOBODY = Side(" nobody", "nobody known")
"""The hand of a place that was lost to somebody not told."""

FIGHTING = Side(" fighting", "contested")
"""The hand of a place that is fought over."""

SLACK = {"day": 3, "month": 31, "season": 92, "year": 366, "decade": 3653, "century": 36525}
"""Days by which an approximate date (`~ ? %`) may be off when it is compared: one unit of its grain, but three days for a day,
since "about two weeks ago" is seldom off by more. Chosen by reading, not tuned."""

T = TypeVar("T")
_KEPT = 1 << 16  # answers that a reader remembers of each kind
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


class Mark(NamedTuple):
    """One thing that one claim says of the place.

    `first` to `last` are the days of a change, one of which it was, or of a state, on one of which at least it held. `hand` is
    who holds by it, `former` who did before. `against` denies the hand. `insists` keeps to a hand though others say it
    changed; `ending` tells that a duration's end is all that tells of the change, `taking` that a state was told as a change.
    """

    claim: str
    voice: Voice
    said: int
    hand: Side
    former: Side | None
    first: int
    last: int
    change: bool
    slack: int = 0
    against: bool = False
    insists: bool = False
    ending: bool = False
    taking: bool = False

    @property
    def width(self) -> int:
        """How many days the window has, less one."""
        return self.last - self.first

    def meets(self, first: int, last: int, reach: int = 0) -> bool:
        """Whether the window comes within some days of another."""
        reach += self.slack
        return self.first - reach <= last and first <= self.last + reach


def day_of(ordinal: int) -> date:
    """The day of an ordinal, held within the calendar."""
    return date.fromordinal(min(max(ordinal, _FIRST), _LAST))


def own(mark: Mark) -> bool:
    """Whether a mark's voice speaks for the hand that it names."""
    return mark.voice.side is not None and mark.voice.side.key == mark.hand.key


_Key = tuple[object, ...]
_answers: WeakKeyDictionary[Sides, tuple[dict[_Key, Side], dict[_Key, Voice]]] = WeakKeyDictionary()


class Marks:
    """Reads testimony into marks; sides and voices are asked for once each, since places share hands, outlets and days."""

    def __init__(self, sides: Sides) -> None:
        self._sides = sides
        self._known, self._voices = _answers.setdefault(sides, ({}, {}))

    def read(self, testimony: Iterable[tuple[str, Testimony]]) -> Iterator[Mark]:
        """The marks of control testimony, each with its claim's id; those told as planned are left out."""
        for id, told in testimony:
            matter = told.claim.matter
            if isinstance(matter, Control) and told.claim.factuality is not Factuality.PLANNED:
                yield from self._of(id, told, matter)

    def _of(self, id: str, told: Testimony, matter: Control) -> Iterable[Mark]:
        denied = told.claim.factuality is Factuality.DENIED
        said = told.said.toordinal()
        dates = _dates(told.claim.when.edtf) if told.claim.when else _Dates(said, said, said, said, said, False, False, 0)
        if dates.dated and dates.first > said + 1:
            return ()
        if told.claim.when is None and not told.dated:
            return ()  # the day it was recorded is not a day on which it held
        saying = (id, self._voice(told), said)
        if matter.change is Change.CONTESTED:
            return self._lasting(saying, dates, FIGHTING, denied, told.dated)
        last = _by(dates.first, dates.last, said)
        hand = self._side(matter.holder, last)
        if matter.change is Change.HOLDS:
            return self._lasting(saying, dates, hand, denied, told.dated) if hand else ()
        former = self._side(matter.former, max(dates.first - 1, _FIRST))
        if denied and hand is None:
            return (Mark(*saying, former, None, dates.first, last, False, dates.slack, insists=True),) if former else ()
        return (Mark(*saying, hand or NOBODY, former, dates.first, last, dates.dated, dates.slack, denied, taking=True),)

    def _lasting(self, saying: tuple[str, Voice, int], dates: _Dates, hand: Side, denied: bool, dated: bool) -> Iterator[Mark]:
        """The marks of a hand over a stretch of days; its beginning is a change where it is told."""
        first, said = dates.first, saying[2]
        if denied or not (dates.dated and dates.lasting):
            begins = hand is FIGHTING and dates.dated and not denied
            yield Mark(*saying, hand, None, first, _by(first, dates.last, said), begins, dates.slack, denied)
            return
        yield Mark(*saying, hand, None, first, _by(first, dates.begun, said), True, dates.slack)
        if dates.end is None:
            day = max(said, first) if dated else first
            yield Mark(*saying, hand, None, day, day, False)
            return
        yield Mark(*saying, hand, None, dates.ending, dates.end, False)
        if hand is not FIGHTING and dates.end < said:
            yield Mark(*saying, NOBODY, hand, dates.ending + 1, dates.end + 1, True, 1, ending=True)

    def _side(self, actor: Actor | None, ordinal: int) -> Side | None:
        if actor is None:
            return None
        key = (actor.name, actor.country, actor.role, actor.organisation, ordinal)
        side = self._known.get(key)
        if side is None:
            side = _remember(self._known, key, self._sides.side_of(actor, day_of(ordinal)))
        return side

    def _voice(self, told: Testimony) -> Voice:
        speaker = told.claim.said_by[0] if told.claim.said_by else None
        words = (speaker.name, speaker.country, speaker.role, speaker.organisation) if speaker else None
        key = (words, told.credits, told.outlets, told.said)
        voice = self._voices.get(key)
        if voice is None:
            voice = _remember(self._voices, key, voice_of(told, self._sides))
        return voice


def _remember(known: dict[_Key, T], key: _Key, answer: T) -> T:
    if len(known) >= _KEPT:
        known.clear()
    known[key] = answer
    return answer


class _Dates(NamedTuple):
    """The days of a time.

    `first` to `last` are those of a change or a state; it has begun by `begun` and ends from `ending` to `end` (None: open).
    `dated` tells that it has a first possible day, `lasting` that its end is another time than its beginning.
    """

    first: int
    last: int
    begun: int
    ending: int
    end: int | None
    dated: bool
    lasting: bool
    slack: int


@lru_cache(maxsize=4096)
def _dates(edtf: str) -> _Dates:
    when = When(edtf)
    begin, end = when.begin, when.end
    slack = SLACK[when.grain] if when.approximate else 0
    low, high = end.not_before, end.not_after
    if begin.not_before is None:
        day = high or low or date.min
        first = (low or day).toordinal()
        return _Dates(first, day.toordinal(), first, first, day.toordinal(), False, False, slack)
    begun = begin.not_after or begin.not_before
    last = high or begun
    closed = high.toordinal() if high else None
    ending = (low or last).toordinal()
    return _Dates(begin.not_before.toordinal(), last.toordinal(), begun.toordinal(), ending, closed, True, begin != end, slack)


def _by(first: int, last: int, said: int) -> int:
    """The last day of a window that was told on `said`: what is told as done was done by then."""
    return said if first <= said < last else last
