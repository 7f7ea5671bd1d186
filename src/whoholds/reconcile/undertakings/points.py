"""The deadlines told of one duty as points, tied by the moves from one to another; `history` tells by which rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from whoholds.model import Step
from whoholds.reconcile.undertakings.facts import Days, Fact

MOVES = frozenset({Step.EXTENDED, Step.ADVANCED})


@dataclass(slots=True, eq=False)
class Point:
    """A deadline while the stages are found: who tells of it, which deadlines were moved to it, and the stage it lies on."""

    days: Days
    stage: int = 0
    before: list[Point] = field(default_factory=list)
    laid_down: list[Fact] = field(default_factory=list)
    named: list[Fact] = field(default_factory=list)
    moves: list[Fact] = field(default_factory=list)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Who tells of it: who lays it down, who tells that it was moved from here, who tells that it was moved to here."""
        return tuple({fact.claim: fact for fact in (*self.laid_down, *self.named, *self.moves)}.values())

    def comes_after(self, other: Point) -> bool:
        """Whether it is the other or was moved from it, by however many steps."""
        return self is other or any(point.comes_after(other) for point in self.before)


def points_of(facts: Sequence[Fact]) -> list[Point]:
    """The deadlines told of, each once, with the claims that lay them down."""
    told = {days for fact in facts for days in (fact.due, _old(fact)) if days is not None}
    points: list[Point] = []
    for span in sorted(told, key=width):
        if _point(span, points) is None:
            points.append(Point(span))
    for fact in facts:
        days = _old(fact) or fact.due if fact.step not in MOVES else _old(fact)
        if days is not None and (point := _point(days, points)) is not None:
            (point.named if fact.step in MOVES else point.laid_down).append(fact)
    return points


def _old(fact: Fact) -> Days | None:
    """The deadline that a move starts from, or that a claim tells of without another ("missed the deadline of the 15th")."""
    return fact.due_was if fact.step in MOVES or fact.due is None else None


def width(days: Days) -> tuple[int, int, int]:
    """Narrow ones first, then early ones; an open end is as wide as can be."""
    first, last = days.first or 0, days.last or date.max.toordinal()
    return last - first, first, last


def _point(days: Days, points: Sequence[Point]) -> Point | None:
    """The point of these days: the latest one with the same, or the only one that lies within them."""
    same = [point for point in points if point.days == days]
    if same:
        return same[-1]
    inside = [point for point in points if _within(point.days, days)]
    return inside[0] if len(inside) == 1 else None


def _within(inner: Days, outer: Days) -> bool:
    begins = outer.first is None or (inner.first is not None and inner.first >= outer.first)
    ends = outer.last is None or (inner.last is not None and inner.last <= outer.last)
    return begins and ends


def moved(move: Fact, points: list[Point]) -> bool:
    """Tie the deadline that a move leads to behind those that it comes from; False where it does not tell where it leads."""
    if move.due is None:
        return False
    target = _point(move.due, points)
    assert target is not None
    old = None if move.due_was is None else _point(move.due_was, points)
    sources = [old] if old is not None else [point for point in points if _moved_away(point.days, target.days, move.step)]
    sources = [source for source in sources if source is not target]
    if old is not None and sources and old.comes_after(target):  # back to an earlier deadline
        target = Point(target.days)
        points.append(target)
    target.before += [source for source in sources if not source.comes_after(target) and source not in target.before]
    target.moves.append(move)
    return True


def _moved_away(old: Days, new: Days, step: Step) -> bool:
    """Whether a deadline lies on the side that a move leads away from."""
    if step is Step.EXTENDED:
        return old.last is not None and new.first is not None and old.last < new.first
    return old.first is not None and new.last is not None and old.first > new.last


def led(move: Fact, points: Sequence[Point]) -> bool:
    """Find where a move leads that does not tell it: where others that left from there do, or to a later day told of."""
    old = None if move.due_was is None else _point(move.due_was, points)
    behind = [point for point in points if point.before and (old is None or old in point.before)]
    if behind:
        _last(behind).moves.append(move)
        return True
    if old is None:
        return False
    free = [point for point in points if point is not old and _moved_away(old.days, point.days, move.step)]
    free = [point for point in free if not point.before and not old.comes_after(point)]
    if len(free) == 1:
        free[0].before.append(old)
        free[0].moves.append(move)
    return len(free) == 1


def _last(points: Sequence[Point]) -> Point:
    return max(points, key=lambda point: (len(point.moves), point.days.last or 0, point.days.first or 0))


def number_stages(points: Sequence[Point]) -> None:
    """Give every deadline its stage: one behind the last of those it was moved from."""
    done: set[int] = set()

    def stage(point: Point) -> int:
        if id(point) not in done:
            point.stage = max((stage(source) + 1 for source in point.before), default=0)
            done.add(id(point))
        return point.stage

    for point in points:
        stage(point)
