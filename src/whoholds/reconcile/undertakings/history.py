"""The deadlines of one duty in the order in which they held.

The problem
-----------
Reports of a handover say "by 15 November"; "by 25 November"; "put off from the 15th to the 25th"; "was given ten days"; "by the
end of the month". Some are two deadlines that followed each other, some are one told twice, some are two reports that differ,
and no report need tell them all.

The choice
----------
- A deadline is a day or a span of days. A vague one in which just one other lies is that other ("November": the 12th).
- A move ties the deadline before it to the one after it. Stage 0 is what no move leads to; a deadline lies one stage after the
  last one that a move to it comes from. A move that does not tell the old deadline comes after all that lie on the side that
  it moves away from: before it where it extends, after it where it advances. One that leads back to an earlier deadline makes
  that a later stage as well.
- Deadlines of one stage are rivals: reports that differ. All are kept, the best supported first; it is the one that counts.
- A move to a day that is not told leads to a stage without a day, unless another move from there tells it. One that tells
  neither day moves no deadline that is known.
- A stage holds since the day on which it was laid down, as told; else since it was said, or since the last day of the deadline
  itself or of the one that it moved, where that is earlier: who tells on the 25th of a deadline put off from the 15th does not
  say that it was missed, and who tells of one that has passed says that there was one. No stage holds before the one in front
  of it.

Limits: of two deadlines that were laid down, with no move between them, the one better supported counts, though it may be that
the duty was laid down anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from whoholds.model import Deadline, Step, When
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.facts import Days, Fact, day_of_sides
from whoholds.reconcile.undertakings.offsets import in_words
from whoholds.reconcile.undertakings.points import MOVES, Point, led, moved, number_stages, points_of, width
from whoholds.reconcile.undertakings.weighing import Parties, weigh


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deadline that some claims tell of: its days (None where not known) and what it was counted from."""

    days: Days | None
    edtf: str | None
    facts: tuple[Fact, ...]
    moves: tuple[Fact, ...] = ()
    counted_from: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """What held from a day on: the deadline that counts and its rivals, best supported first. `since` is an ordinal.

    `moved` is whether a move led to it, so that a deadline lay before it.
    """

    since: int
    candidates: tuple[Candidate, ...]
    moved: bool

    @property
    def days(self) -> Days | None:
        """The days of the deadline that counts."""
        return self.candidates[0].days


def stages(facts: Sequence[Fact], resolved: Mapping[str, tuple[Days, str]], parties: Parties, sides: Sides) -> list[Stage]:
    """The stages of a duty from its claims that count; `resolved` has the days of deadlines counted from something, by claim.

    A claim with a deadline that is counted from what is not known stands with the first stage, or makes one without a day.
    """
    facts = [_with_days(fact, resolved) for fact in sorted(facts, key=lambda fact: fact.order)]
    points = points_of(facts)
    moves = sorted((fact for fact in facts if fact.step in MOVES), key=_by_day)
    blind = [move for move in moves if not moved(move, points)]
    lost = [move for move in blind if not led(move, points)]
    number_stages(points)
    found = _staged(points, resolved, parties, sides)
    lost = [move for move in lost if move.due_was is not None or not found]
    uncounted = [fact for fact in facts if fact.offset is not None and fact.due is None]
    return _in_order(_with_lost(_with_uncounted(found, uncounted), lost))


def history(found: Sequence[Stage], sides: Sides) -> tuple[Deadline, ...]:
    """The deadlines of these stages, in order, rivals behind the one that counts."""
    deadlines = []
    for i, stage in enumerate(found):
        for j, candidate in enumerate(stage.candidates):
            asked = next((fact for fact in candidate.moves if fact.duty.asked_by is not None), None)
            asker = asked.duty.asked_by if asked is not None else None
            deadlines.append(
                Deadline(
                    due=None if candidate.edtf is None else When(candidate.edtf),
                    since=date.fromordinal(stage.since),
                    supporting=tuple(sorted(fact.claim for fact in candidate.facts)),
                    asked_by=sides.side_of(asker, day_of_sides(asked.testimony)) if asker and asked else None,
                    reason=next((fact.duty.reason for fact in candidate.moves if fact.duty.reason), None),
                    counted_from=candidate.counted_from,
                    superseded=i < len(found) - 1 or j > 0,
                    rival=j > 0,
                )
            )
    return tuple(deadlines)


def _with_days(fact: Fact, resolved: Mapping[str, tuple[Days, str]]) -> Fact:
    return replace(fact, due=resolved[fact.claim][0]) if fact.due is None and fact.claim in resolved else fact


def _by_day(move: Fact) -> tuple[int, int, str]:
    return move.taken, move.said, move.claim


def _staged(points: Sequence[Point], resolved: Mapping[str, tuple[Days, str]], parties: Parties, sides: Sides) -> list[Stage]:
    by_stage: defaultdict[int, list[Point]] = defaultdict(list)
    for point in points:
        by_stage[point.stage].append(point)
    found = []
    for _, rivals in sorted(by_stage.items()):
        ranked = sorted(rivals, key=lambda point: _rank(point, parties, sides))
        candidates = tuple(_candidate(point, resolved) for point in ranked)
        moved = any(point.moves for point in rivals)
        found.append(Stage(min(map(_since, rivals)), candidates, moved))
    return found


def _rank(point: Point, parties: Parties, sides: Sides) -> tuple[float, int, tuple[int, int, int]]:
    """Best supported first; then exact days before vague ones, early before late."""
    return -weigh(point.facts, parties, sides).total, -len(point.facts), width(point.days)


def _candidate(point: Point, resolved: Mapping[str, tuple[Days, str]]) -> Candidate:
    facts = point.facts
    counted = next((resolved[fact.claim][1] for fact in facts if fact.claim in resolved), "")
    return Candidate(point.days, _edtf(point, facts), facts, tuple(point.moves), counted)


def _edtf(point: Point, facts: Sequence[Fact]) -> str:
    """The deadline as claims write it, where one writes just these days; else the days."""
    told = [fact.duty.due.edtf for fact in facts if fact.duty.due is not None and fact.due == point.days]
    if told:
        return min(told, key=lambda edtf: (len(edtf), edtf))
    first, last = point.days
    ends = ["" if end is None else date.fromordinal(end).isoformat() for end in (first, last)]
    return ends[0] if first == last else f"{ends[0] or '..'}/{ends[1] or '..'}"


_NEVER = date.max.toordinal()


def _since(point: Point) -> int:
    """The day since which a deadline has held; the last of the calendar where only a move away from it is told."""
    steps = [fact for fact in point.laid_down if fact.step is Step.SET] + point.moves
    dated = [fact.taken for fact in steps if fact.told is not None]
    if dated:
        return min(dated)
    said = [fact.said for fact in (*point.laid_down, *point.moves)]
    ends = [move.due_was.last for move in point.moves if move.due_was is not None and move.due_was.last is not None]
    own = [point.days.last] if point.days.last is not None else []
    return min([*said, *ends, *own]) if said else _NEVER


def _with_uncounted(found: list[Stage], facts: Sequence[Fact]) -> list[Stage]:
    """The stages with the claims whose deadline is counted from what is not known."""
    if not facts:
        return found
    words = min(_words(fact) for fact in facts)
    since = min(fact.taken for fact in facts)
    if not found or found[0].moved:
        return [Stage(since, (Candidate(None, None, tuple(facts), (), words),), moved=False), *found]
    first, *rest = found
    best, *rivals = first.candidates
    best = replace(best, facts=(*best.facts, *facts), counted_from=best.counted_from or words)
    return [replace(first, since=min(first.since, since), candidates=(best, *rivals)), *rest]


def _words(fact: Fact) -> str:
    offset = fact.offset
    assert offset is not None
    return in_words(offset)


def _with_lost(found: list[Stage], moves: Sequence[Fact]) -> list[Stage]:
    """The stages with the moves that lead to a day that nobody tells."""
    if not moves:
        return found
    since = min(min(move.taken, move.due_was.last or move.taken) if move.due_was else move.taken for move in moves)
    return [*found, Stage(since, (Candidate(None, None, tuple(moves), tuple(moves)),), moved=True)]


def _in_order(found: Sequence[Stage]) -> list[Stage]:
    """The stages with no one before the one in front of it: what is later gives the last day for what is earlier."""
    ordered: list[Stage] = []
    latest = _NEVER
    for stage in reversed(found):
        latest = min(latest, stage.since)
        ordered.append(replace(stage, since=latest))
    return ordered[::-1]
