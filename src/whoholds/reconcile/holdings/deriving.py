"""Deriving a place's own holdings: marks to flips, flips to a course, each flip judged by its voices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from whoholds.model import UNBOUNDED, Bounds, Control, Factuality, Holding, Side, Site, Standing, Testimony
from whoholds.reconcile.holdings.course import course_of
from whoholds.reconcile.holdings.flips import Flip, flips_of
from whoholds.reconcile.holdings.marks import FIGHTING, NOBODY, Mark, Marks, day_of
from whoholds.reconcile.holdings.standing import Verdict, verdict_on
from whoholds.reconcile.holdings.telling import derivation_of
from whoholds.reconcile.holdings.walk import REACH
from whoholds.reconcile.sides import Sides


@dataclass(slots=True)
class _Judged:
    flip: Flip
    verdict: Verdict


def derive_holdings(site: Site, testimony: Iterable[Testimony], sides: Sides) -> tuple[Holding, ...]:
    """The holdings of one site that its own control testimony tells of, in order of time; none for none.

    `testimony` is all of the site, in any order; what is not about control is left aside. A claim given twice counts once.
    """
    firm, possible = _marks(testimony, sides)
    judged = _judged(_course(firm))
    ahead = [mark for mark in possible if not judged or _before(mark, judged[0].flip)]
    if ahead:
        weak = [_weak(each) for each in _judged(_course(ahead))]
        judged = _joined(weak, judged)
    _mention([mark for mark in possible if mark not in ahead], judged)
    return _holdings(site, judged)


def _marks(testimony: Iterable[Testimony], sides: Sides) -> tuple[list[Mark], list[Mark]]:
    """The marks of what is told as so or not so, and of what may be; each claim once, in an order of their own."""
    unique: dict[str, Testimony] = {}
    for told in testimony:
        if isinstance(told.claim.matter, Control):
            id = told.claim.id
            if id not in unique or _order(told) < _order(unique[id]):
                unique[id] = told
    ordered = sorted(unique.items(), key=lambda pair: (pair[1].said, pair[0]))
    reader = Marks(sides)
    may = Factuality.POSSIBLE
    firm = list(reader.read((id, told) for id, told in ordered if told.claim.factuality is not may))
    return firm, list(reader.read((id, told) for id, told in ordered if told.claim.factuality is may))


def _order(told: Testimony) -> tuple[object, ...]:
    return (told.said, told.outlets, told.credits, told.recorded_at, told.entry)


def _course(marks: Sequence[Mark]) -> list[Flip]:
    """The flips that marks tell of, with what speaks for and against each."""
    standing = _corrected(marks)
    told = [mark for mark in standing if not mark.against]
    denials = [mark for mark in standing if mark.against]
    by_hand = _by_hand(told)
    opposing, insisting = [], []
    for denial in denials:
        if denial.former is None or _denied(denial, by_hand):
            opposing.append(denial)
        else:
            insisting.append(denial._replace(hand=denial.former, former=None, against=False, change=False, insists=True))
    states = [mark for mark in told if not mark.change] + insisting
    return course_of(flips_of(mark for mark in told if mark.change), states, opposing)


def _by_hand(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    """What is told of each hand, denials left out."""
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        if not mark.against:
            found.setdefault(mark.hand.key, []).append(mark)
    return found


def _denied(denial: Mark, by_hand: dict[str, list[Mark]]) -> list[Mark]:
    """What a denial is about: marks of the same hand on about the same days; for a denied state, any that had begun."""
    reach = REACH + denial.slack
    first, last, change = denial.first - reach, denial.last + reach, denial.change
    return [
        mark
        for mark in by_hand.get(denial.hand.key, ())
        if mark.first - mark.slack <= last and (first <= mark.last + mark.slack or (not change and mark.first <= denial.last))
    ]


def _corrected(marks: Sequence[Mark]) -> list[Mark]:
    """Marks without those that the same voice took back: a change denied since, or told of another hand on that very day."""
    by_voice: dict[str, list[Mark]] = {}
    for mark in marks:
        by_voice.setdefault(mark.voice.key, []).append(mark)
    gone: set[int] = set()
    for own in by_voice.values():
        if len(own) == 1:
            continue
        denials = [mark for mark in own if mark.against]
        by_hand = _by_hand(own) if denials else {}
        for denial in denials:
            about = _denied(denial, by_hand)
            gone.update(id(mark) for mark in about if mark.said < denial.said)
            if any(denial.said < mark.said for mark in about):
                gone.add(id(denial))
        gone.update(_replaced(own))
    return [mark for mark in marks if id(mark) not in gone]


def _replaced(own: Sequence[Mark]) -> Iterable[int]:
    """The marks of one voice that its later word on the very same day gives another hand."""
    days: dict[tuple[int, bool], list[Mark]] = {}
    for mark in own:
        if mark.first == mark.last and not mark.against and not mark.ending:
            days.setdefault((mark.first, mark.change), []).append(mark)
    for marks in days.values():
        latest = max(mark.said for mark in marks)
        hands = {mark.hand.key for mark in marks if mark.said == latest}
        yield from (id(mark) for mark in marks if mark.said < latest and mark.hand.key not in hands)


def _judged(course: Sequence[Flip]) -> list[_Judged]:
    """Verdicts in order; an undisputed flip to the hand that already leads undisputed is part of the one before."""
    judged: list[_Judged] = []
    for flip in course:
        before = judged[-1].verdict.hand if judged else None
        verdict = verdict_on(flip, before)
        last = judged[-1].flip if judged else None
        if last and before and before.key == verdict.hand.key and not last.rest and not flip.rest:
            last.marks.extend(flip.marks)
            earlier = judged[-2].verdict.hand if len(judged) > 1 else None
            judged[-1] = _Judged(last, verdict_on(last, earlier))
        else:
            judged.append(_Judged(flip, verdict))
    return judged


def _before(mark: Mark, flip: Flip) -> bool:
    """Whether a mark is of days before a flip that has a beginning."""
    return flip.first is not None and mark.last < flip.first


def _weak(judged: _Judged) -> _Judged:
    """What is told as possible alone is claimed at most."""
    verdict = judged.verdict
    standing = verdict.standing if verdict.standing is Standing.DISPUTED else Standing.CLAIMED
    return _Judged(judged.flip, replace(verdict, standing=standing, because=f"told as possible only; {verdict.because}"))


def _joined(weak: list[_Judged], firm: list[_Judged]) -> list[_Judged]:
    if firm and weak and weak[-1].verdict.hand.key == firm[0].verdict.hand.key:
        weak = weak[:-1]
    return weak + firm


def _mention(possible: Iterable[Mark], judged: list[_Judged]) -> None:
    """Put what may be beside the holding of its day; it does not change who holds, nor how well that is attested."""
    for mark in possible:
        fits = [each for each in judged if each.flip.last <= mark.last] or judged[:1]
        if not fits:
            continue
        verdict = fits[-1].verdict
        if (mark.hand.key == verdict.hand.key) != mark.against:
            fits[-1].verdict = replace(verdict, supporting=(*verdict.supporting, mark))
            continue
        rivals = {side.key: side for side in verdict.rivals}
        if not mark.against and mark.hand not in (NOBODY, FIGHTING):
            rivals.setdefault(mark.hand.key, mark.hand)
        named = tuple(rivals[key] for key in sorted(rivals))
        fits[-1].verdict = replace(verdict, opposing=(*verdict.opposing, mark), rivals=named)


def _holdings(site: Site, judged: Sequence[_Judged]) -> tuple[Holding, ...]:
    """Holdings whose ends are the days before the next begins."""
    found: list[Holding] = []
    for each, after in zip_longest(judged, judged[1:]):
        end = UNBOUNDED
        if after is not None:
            first = max(after.flip.first or 0, each.flip.last + 1)
            after.flip.first = first
            end = Bounds(day_of(first - 1), day_of(after.flip.last - 1))
        found.append(_holding(site, each.flip, each.verdict, end))
    return tuple(found)


def _holding(site: Site, flip: Flip, verdict: Verdict, end: Bounds) -> Holding:
    nobody = verdict.hand.key in (NOBODY.key, FIGHTING.key)
    supporting = sorted({mark.claim for mark in verdict.supporting})
    return Holding(
        site=site,
        holder=None if nobody else verdict.hand,
        begin=UNBOUNDED if flip.first is None else Bounds(day_of(flip.first), day_of(flip.last)),
        end=end,
        told=day_of(flip.last),
        retold=day_of(_retold(flip, verdict.hand, end)),
        standing=verdict.standing,
        supporting=tuple(supporting),
        opposing=tuple(sorted({mark.claim for mark in verdict.opposing} - set(supporting))),
        rivals=verdict.rivals,
        derivation=derivation_of(flip, verdict),
    )


def _retold(flip: Flip, hand: Side, end: Bounds) -> int:
    """The last day for which it is told that a hand holds, from the flip to the end of its holding.

    A state is told for the last of its days that had come when it was said (a day more for time zones); a change that is told
    again, for the first day that it can have been on: "in 2020" is no word of December. What only may be does not count, and a
    denial of another hand speaks for this one.
    """
    until = (end.not_after or date.max).toordinal()
    marks = [mark for mark in (*flip.marks, *flip.rest) if mark.against != (mark.hand.key == hand.key)]
    days = [mark.first if mark.change else min(mark.last, mark.said + 1, until) for mark in marks if mark.first <= until]
    return max([flip.last, *days])
