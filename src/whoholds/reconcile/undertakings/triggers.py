"""Deadlines counted from something ("within 90 days of the ceasefire"): the days they fall on, once the trigger is known.

What the words name decides where its day is looked for, among the claims given and nowhere else:

- a day in the words themselves, or in what the instrument is called ("the Final Agreement of 24 November 2016");
- a truce, its start or entry into force: the truce between the same sides that lies nearest in time, from the day on which
  it took effect, else from which it was to hold, else on which it was agreed;
- a signing, an agreement, its adoption or conclusion: the day that the instrument bears; the deal that the same sides made, the
  nearest before the claim; else the day on which the duty was laid down, as told.

Limits: other triggers ("day D", "the formation of the government", "the release of the last hostage") are not looked for, and
their deadlines stay without a day; neither is an entry into force of what is no truce, which may lie weeks after the signing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from whoholds.model import Event, EventType, Factuality, Step, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.facts import Days, Fact, day_of_sides, days_of, sides_of
from whoholds.reconcile.undertakings.instruments import NAMELESS, Instrument, at_odds, instrument
from whoholds.reconcile.undertakings.offsets import counted, in_words

_TRUCE = re.compile(r"\b(?:cease-?fire|truce|cessation of hostilities|armistice|halt in (?:the )?fighting)\b", re.I)
_SIGNING = re.compile(
    r"\b(?:sign(?:ing|ature|ed)|conclusion|adopt(?:ion|ed)|agreements?|accords?|deals?|pacts?|treaty|memorandum|protocol)\b",
    re.I,
)
_FORCE = re.compile(
    r"\b(?:entry into force|(?:takes?|took|taking) effect|com(?:es?|ing) into (?:force|effect)|enters? into)\b", re.I
)
_LONG_AGO = 400  # days from a deal to the report of what is due under it
_SLACK = 7  # days after the report within which a truce that it tells of can begin


@dataclass(frozen=True, slots=True)
class Known:
    """Something that deadlines are counted from: its day (an ordinal), the sides it binds, and what it is called."""

    day: int
    sides: frozenset[str]
    names: tuple[Instrument, ...] = ()


@dataclass(frozen=True, slots=True)
class Triggers:
    """The truces and the deals whose days are known."""

    truces: tuple[Known, ...] = ()
    deals: tuple[Known, ...] = ()


def deals(testimony: Iterable[Testimony], sides: Sides) -> tuple[Known, ...]:
    """The deals made on a known day, from AGREE events told as so."""
    found = []
    for item in testimony:
        match item.claim.matter:
            case Event(type=EventType.AGREE, actors=actors) if item.claim.factuality is Factuality.ACTUAL:
                days = days_of(item.claim.when)
                if days is not None and days.exact and days.first is not None:
                    found.append(Known(days.first, frozenset(sides_of(actors, day_of_sides(item), sides))))
    return tuple(found)


def truce(facts: Sequence[Fact], took_effect: int | None) -> Known | None:
    """A truce as a trigger, from the claims of it that count; None where its beginning is not known."""
    named = tuple(fact.instrument for fact in facts if fact.instrument != NAMELESS)
    bound = frozenset(side for fact in facts for side in (*fact.obligors, *fact.beneficiaries))
    laid_down = [fact for fact in facts if fact.step is Step.SET]
    from_day = [fact.due.first for fact in laid_down if fact.due is not None and fact.due.first is not None]
    agreed = [fact.told.last for fact in laid_down if fact.told is not None and fact.told.last is not None]
    days = [took_effect] if took_effect is not None else sorted(from_day) or sorted(agreed)
    return Known(days[0], bound, named) if days else None


def resolve(group: Sequence[Fact], triggers: Triggers) -> dict[str, tuple[Days, str]]:
    """The days of those deadlines of a group that are counted from what is known, by claim, and what they were counted from."""
    found = {}
    for fact in group:
        if fact.offset is None:
            continue
        day = _day(fact, group, triggers)
        due = counted(date.fromordinal(day), fact.offset.length) if day is not None else None
        if day is not None and due is not None:
            ordinal = due.toordinal()
            found[fact.claim] = Days(ordinal, ordinal), f"{in_words(fact.offset)}, {date.fromordinal(day)}"
    return found


def _day(fact: Fact, group: Sequence[Fact], triggers: Triggers) -> int | None:
    """The day of what a deadline is counted from."""
    assert fact.offset is not None
    words = fact.offset.trigger
    own = instrument(words).signed
    if own is not None:
        return _ordinal(own.begin.not_before)
    bound = frozenset(side for other in group for side in (*other.obligors, *other.beneficiaries))
    if _TRUCE.search(words):
        return _nearest(triggers.truces, fact, bound, ahead=_SLACK)
    if _FORCE.search(words) or not _SIGNING.search(words):
        return None
    bears = fact.instrument.signed
    if bears is not None:
        return _ordinal(bears.begin.not_before)
    agreed = _nearest(triggers.deals, fact, bound, ahead=0)
    if agreed is not None:
        return agreed
    laid_down = [other.told.last for other in group if other.step is Step.SET and other.told is not None and other.told.exact]
    return min((day for day in laid_down if day is not None), default=None)


def _nearest(known: Iterable[Known], fact: Fact, bound: frozenset[str], *, ahead: int) -> int | None:
    """The day of the one between these sides that lies nearest to a claim, not long before it nor after it."""
    own = fact.obligors | fact.beneficiaries
    fitting = [
        trigger
        for trigger in known
        if -ahead <= fact.taken - trigger.day <= _LONG_AGO
        and not trigger.sides.isdisjoint(own)
        and not any(at_odds(fact.instrument, name) for name in trigger.names)
    ]
    best = min(
        fitting, key=lambda trigger: (-len(trigger.sides & bound), abs(fact.taken - trigger.day), trigger.day), default=None
    )
    return best.day if best is not None else None


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
