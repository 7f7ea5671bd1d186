"""Whether two claims can tell of one duty, and how much speaks for it.

The problem
-----------
No report numbers the duties that it tells of. Four outlets wrote of one handover that Armenia "had to quit the district by
November 15", that "the region had to be delivered until November 15 by the announcement of November 9", that parties "agreed
on November 15 to extend the period for the withdrawal from Kelbajar", and "Kalbadjar on 15 November". None shares a name with
another; one calls it a withdrawal and one a handover; one names nobody who owes it. The same reports tell of Agdam and Lachin
under the same paper. And a war sees truces between the same two armies that follow each other by a week.

The choice
----------
Of two claims some things forbid that they tell of one duty:

- actions of different families (a withdrawal and a handover are one family, release and exchange another);
- those who owe it are told in both and no side is in both (of a truce: unless all of the one are in the other; "the parties"
  of a country are any of there); the same for places, where neither lies in the other;
- papers that cannot be one (see `instruments`): two proper names, or days far apart; "the accord" never parts anything;
- an outcome before the duty was laid down; a time between them that is too long for their kind, unless they name one deadline.

What is left is weighed. A deadline that one claim has as its old one and the other as its new one is worth most, then the same
deadline, place, sides, paper, passage, and being close in time. (A move
from the very day at the very place also joins claims that name other obligors: one of them tells who put the day off, not who
owes it.) A sum over the threshold makes them candidates; `grouping` then joins the strongest first. A duty on the ground of
which one claim names no place needs more, and so does a duty of the kind `other`, which is a box of unlike things.

Limits: a duty at the same place between the same sides that is laid down again within a year and a half and without any
dates is taken for the same one. Weights and threshold are set by judgement on the gold's stories, not learnt: there are too few
linked claims to learn from.
"""

from __future__ import annotations

from math import cos, radians

from whoholds.model import Action, Site, Step
from whoholds.reconcile.undertakings.facts import ON_GROUND, Days, Fact, wide, words_of
from whoholds.reconcile.undertakings.instruments import alike, at_odds

MOVED = 4.0  # one's old deadline is the other's new one
SAME_DEADLINE = 3.0
SAME_PLACE, INSIDE = 2.0, 1.5
SAME_SIDES, SOME_OF_THEM, SHARED_SIDE = 2.0, 1.5, 1.0
SAME_PAPER, SAME_WORDS = 2.0, 1.0
SAME_PASSAGE, SAME_DOCUMENT = 2.0, 0.5
OTHER_TAKERS = -1.5
OTHER_DEADLINE = -2.0

THRESHOLD = 2.5
TRUCE = 2.0  # both sides owe it, and reports of a breach name one
PLACE_NOT_TOLD = 4.0  # in one of the two
NO_PLACE_TOLD = 3.0  # in either
BOX = 4.5

_WINDOW = {Action.CEASE_FIRE: 21, Action.NEGOTIATE: 120}
_LONG = 550  # days: a year and a half without news of a duty
_NEAR = 30.0  # days by which closeness in time halves
_DIFFER = 15.0  # days between two deadlines that take one off the sum
_SEAT_KM = 10.0  # a town and the area named after it have their points within this
_SAME_TRUCE = 3  # days between what reports give as the beginning of one truce
_LAID_DOWN = frozenset({Step.SET})
_OUTCOMES = frozenset({Step.MET, Step.BREACHED, Step.CANCELLED, Step.EXTENDED, Step.ADVANCED})


def likeness(one: Fact, other: Fact) -> float | None:
    """How much speaks for two claims telling of one duty; None where something forbids it. Symmetric."""
    certain = _certain(one, other)
    if certain is None:
        return None
    ground, owed, linked = certain
    apart, same_document = gap(one, other), one.evidence.document == other.evidence.document
    if not linked and not same_document and apart > window(one.family):
        return None
    total = ground + owed + linked + 1 / (1 + apart / _NEAR)
    if not linked and one.step is other.step and one.due and other.due:
        total += max(OTHER_DEADLINE, -_apart(one.due, other.due) / _DIFFER)
    if one.beneficiaries and other.beneficiaries and not one.beneficiaries & other.beneficiaries:
        total += OTHER_TAKERS
    if alike(one.instrument, other.instrument):
        total += SAME_PAPER
    elif same_document and one.duty.agreement is not None and one.duty.agreement == other.duty.agreement:
        total += SAME_WORDS
    if same_document:
        total += SAME_PASSAGE if one.evidence.touches(other.evidence) else SAME_DOCUMENT
    return total


def forbidden(one: Fact, other: Fact) -> bool:
    """Whether two claims cannot be of one duty, however many others lie between them."""
    return _certain(one, other) is None


def needed(one: Fact, other: Fact) -> float:
    """The likeness from which two claims are taken for one duty's."""
    if one.family is Action.OTHER:
        return BOX
    if one.family is Action.CEASE_FIRE:
        return TRUCE
    if one.family not in ON_GROUND:
        return THRESHOLD
    unplaced = _unplaced(one.site) + _unplaced(other.site)
    return (THRESHOLD, PLACE_NOT_TOLD, NO_PLACE_TOLD)[unplaced]


def same_ground(one: Site, other: Site) -> bool:
    """Whether two sites are one: the same key, or a town and the area that it is the seat of, not known to be apart."""
    if one.key == other.key:
        return True
    if one.key in other.within or other.key in one.within or one.place is None or other.place is None:
        return False
    north = (one.place.lat - other.place.lat) * 111.2
    east = (one.place.lon - other.place.lon) * 111.2 * cos(radians(one.place.lat))
    return north * north + east * east <= _SEAT_KM * _SEAT_KM


def window(family: Action) -> int:
    """Days without news after which two claims of different documents that share no deadline are of two duties."""
    return _WINDOW.get(family, _LONG)


def gap(one: Fact, other: Fact) -> int:
    """Days between what two claims tell of; 0 where their days overlap."""
    first, last = span(one)
    start, end = span(other)
    return max(0, start - last, first - end)


def span(fact: Fact) -> tuple[int, int]:
    """The first and the last day that a claim tells of; the day it was said where it tells of none."""
    told = [day for days in (fact.told, fact.due, fact.due_was) if days is not None for day in days if day is not None]
    return (min(told), max(told)) if told else (fact.said, fact.said)


def _apart(one: Days, other: Days) -> int:
    """Days between two deadlines; 0 where an end is open."""
    return 0 if one.last is None or other.last is None else abs(one.last - other.last)


def _unplaced(site: Site | None) -> bool:
    return site is None or wide(site)


def _ground(one: Fact, other: Fact) -> float | None:
    """What the places say."""
    here, there = one.site, other.site
    if here is None or there is None:
        return 0.0
    if same_ground(here, there):
        return 1.0 if wide(here) and one.family in ON_GROUND else SAME_PLACE
    if here.key in there.within or there.key in here.within:
        return 0.0 if _is_country(here, there) else INSIDE
    if here.place is None or there.place is None:
        return INSIDE if words_of(here) & words_of(there) else None
    return None


def _is_country(here: Site, there: Site) -> bool:
    """Whether the wider of two is the other's country, which says little."""
    inner, outer = (here, there) if there.key in here.within else (there, here)
    return inner.within[-1] == outer.key


def _owed(one: Fact, other: Fact) -> float | None:
    """What the sides that owe it say."""
    if not one.obligors or not other.obligors:
        return 0.0
    if one.obligors == other.obligors:
        return SAME_SIDES
    if one.obligors < other.obligors or other.obligors < one.obligors:
        return SOME_OF_THEM
    if (one.together or other.together) and one.lands & other.lands:
        return SOME_OF_THEM
    return SHARED_SIDE if one.obligors & other.obligors and one.family is not Action.CEASE_FIRE else None


def _linked(one: Fact, other: Fact) -> float:
    """What the deadlines say."""
    if _same_day(one.due_was, other.due) or _same_day(one.due, other.due_was):
        return MOVED
    if _same_day(one.due, other.due) or _same_day(one.due_was, other.due_was):
        return SAME_DEADLINE
    return 0.0


def _same_day(one: Days | None, other: Days | None) -> bool:
    return one is not None and other is not None and one.meets(other)


def _certain(one: Fact, other: Fact) -> tuple[float, float, float] | None:
    """What places, sides and deadlines say; None where one of them, the papers or the order of things forbids it."""
    if one.family is not other.family or at_odds(one.instrument, other.instrument):
        return None
    ground, owed, linked = _ground(one, other), _owed(one, other), _linked(one, other)
    if owed is None and linked == MOVED and ground:
        owed = 0.0  # one of the texts names who moved the deadline, not who owes it
    if ground is None or owed is None:
        return None
    if not linked and (_starts_apart(one, other) or _before_laid_down(one, other) or _before_laid_down(other, one)):
        return None
    return ground, owed, linked


def _starts_apart(one: Fact, other: Fact) -> bool:
    """Whether two truces were agreed on different days."""
    if one.family is not Action.CEASE_FIRE or not one.step is other.step is Step.SET:
        return False
    mine, theirs = _start(one), _start(other)
    return mine is not None and theirs is not None and abs(mine - theirs) > _SAME_TRUCE


def _start(truce: Fact) -> int | None:
    """The day a truce was agreed on, where told."""
    return truce.told.last if truce.told is not None else None


def _before_laid_down(outcome: Fact, duty: Fact) -> bool:
    """Whether an outcome came before the duty was laid down."""
    if outcome.step not in _OUTCOMES or duty.step not in _LAID_DOWN or outcome.told is None or duty.told is None:
        return False
    return outcome.told.last is not None and duty.told.first is not None and outcome.told.last < duty.told.first
