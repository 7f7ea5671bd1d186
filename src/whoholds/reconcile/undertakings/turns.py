"""The states of a duty over time, from its deadlines and what became of it.

On a day the state is that of the last outcome by then, or where there is none what the deadline in force says: pending before
it, due on its days, overdue from the day after its last possible one. A deadline that nobody tells leaves it pending. A new
deadline, or laying the duty down anew, ends a breach or a cancellation told before it. A truce past its last day is
not overdue: it has run out, and whether it held, or holds on, is unknown until somebody tells.

What was kept on days that lie partly before the end of the deadline and partly after it was kept, and whether in time is not
known. It counts as kept from the last day on which that can have happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from whoholds.model import Action, State, Step, Turn
from whoholds.reconcile.undertakings.facts import Fact
from whoholds.reconcile.undertakings.history import Stage
from whoholds.reconcile.undertakings.outcomes import Outcome

_LIMITED = frozenset({State.BREACHED, State.CANCELLED})  # states that a new deadline ends
_LAID_DOWN = frozenset({Step.SET, Step.EXTENDED, Step.ADVANCED})


def turns(facts: Sequence[Fact], found: Sequence[Stage], outcomes: Sequence[Outcome]) -> tuple[Turn, ...]:
    """The turns of a duty by day, no two in a row of one state. `facts` are all claims of it that are told as so."""
    life = _Life(facts, found, outcomes)
    result: list[Turn] = []
    for day in life.days():
        turn = life.on(day)
        if turn is not None and (not result or result[-1].state is not turn.state):
            result.append(turn)
    return tuple(result)


class _Life:
    """What a duty's state follows from."""

    def __init__(self, facts: Sequence[Fact], found: Sequence[Stage], outcomes: Sequence[Outcome]) -> None:
        self.stages, self.outcomes = found, outcomes
        self.laid_down = [fact for fact in facts if fact.step in _LAID_DOWN]
        self.asked = [fact for fact in facts if fact.step is Step.SOUGHT]
        self.truce = bool(facts) and facts[0].family is Action.CEASE_FIRE
        begins = [fact.taken for fact in self.laid_down] + [stage.since for stage in found]
        self.begins = min(begins, default=None)
        moved = {stage.since for stage in found if stage.moved}
        self.renewed = moved | {fact.taken for fact in self.laid_down if fact.step is Step.SET and fact.told is not None}

    def days(self) -> list[int]:
        """The days on which the state can change, in order."""
        days = {fact.taken for fact in self.asked} | {outcome.day for outcome in self.outcomes} | self.renewed
        days |= {stage.since for stage in self.stages}
        if self.begins is not None:
            days.add(self.begins)
        for stage in self.stages:
            first, last = _limits(stage)
            days |= {day for day in (first, None if last is None else last + 1) if day is not None}
        return [day for day in sorted(days) if day <= date.max.toordinal()]

    def on(self, day: int) -> Turn | None:
        """The turn that begins on a day, whatever came before it; None where there is no duty yet."""
        outcome = next((outcome for outcome in reversed(self.outcomes) if outcome.day <= day), None)
        if outcome is not None and not self._ended(outcome, day):
            return self._came_to(outcome)
        if self.begins is not None and self.begins <= day:
            return self._runs(day)
        asked = [fact.claim for fact in self.asked if fact.taken <= day]
        return _turn(day, State.SOUGHT, tuple(sorted(asked))) if asked else None

    def _ended(self, outcome: Outcome, day: int) -> bool:
        """Whether a breach or a cancellation has been overtaken by a new deadline."""
        return outcome.state in _LIMITED and any(outcome.day < renewed <= day for renewed in self.renewed)

    def _runs(self, day: int) -> Turn:
        """The state by the deadline in force."""
        stage = _in_force(self.stages, day)
        if stage is None:
            laid_down = (fact.claim for fact in self.laid_down if fact.taken <= day)
            return _turn(day, State.PENDING, tuple(sorted(laid_down)))
        first, last = _limits(stage)
        state = State.PENDING
        if last is not None and day > last:
            state = State.UNKNOWN if self.truce else State.OVERDUE
        elif first is not None and day >= first:
            state = State.DUE
        return _turn(day, state, tuple(sorted(fact.claim for fact in stage.candidates[0].facts)))

    def _came_to(self, outcome: Outcome) -> Turn:
        if outcome.state is not State.MET:
            return _turn(outcome.day, outcome.state, outcome.claims)
        stage, (first, last) = _in_force(self.stages, outcome.day), outcome.days
        if stage is None and self.stages:
            stage = self.stages[0]  # told of later than it was kept
        limit = _limits(stage)[1] if stage is not None else None
        state, late = State.MET, None
        if limit is not None and last is not None and last <= limit:
            state = State.MET_ON_TIME
        elif limit is not None and first is not None and first > limit:
            state, late = State.MET_LATE, (first - limit if first == last else None)
        return _turn(outcome.day, state, outcome.claims, late, self._after_first(outcome))

    def _after_first(self, outcome: Outcome) -> int | None:
        """Days from the first deadline, where that was moved, to the day on which it was kept."""
        if len(self.stages) < 2 or self.stages[0].moved or not outcome.days.exact:
            return None
        limit = _limits(self.stages[0])[1]
        return None if limit is None else outcome.day - limit


def _in_force(found: Sequence[Stage], day: int) -> Stage | None:
    """The stage that holds on a day; None before the first, since a duty can be known of before its deadline is."""
    holding = [stage for stage in found if stage.since <= day]
    return holding[-1] if holding else None


def _limits(stage: Stage) -> tuple[int | None, int | None]:
    """The first and the last day of the deadline that counts; "../2020-12-01" is due on its last."""
    if stage.days is None:
        return None, None
    first, last = stage.days
    return (last if first is None else first), last


def _turn(day: int, state: State, claims: tuple[str, ...], days: int | None = None, after_first: int | None = None) -> Turn:
    return Turn(since=date.fromordinal(day), state=state, supporting=claims, days=days, after_first=after_first)
