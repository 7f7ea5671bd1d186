"""What became of a duty: kept, broken, called off, and on which day; told by claims of it or shown by who holds the place.

Several claims of one outcome give one day: that of the best supported (see `weighing`), the narrowest of equals. A claim that
does not tell the day gives the day said as the last it can have been.

A duty that is done once (a handover, prisoners freed, weapons laid down) cannot be broken after it was kept. Where reports
say so, the heavier word counts and the others oppose it; where both weigh the same, what became of it is unknown, and both are
kept. A duty that goes on (a truce, an open road) can be kept today and broken tomorrow, and one broken today kept later.

Nobody need say that a duty was kept: a place that was to be handed over has come to those who were to get it, or all who were
to leave it have lost it. Such an outcome is inferred, and only where no claim tells that it was kept or called off.

Limits: a place taken by force while a duty to hand it over is pending passes for handed over. Withdrawals told as events
(RETREAT) show nothing here: the type holds truces and releases as well, and some who leave are not all. Nor does violence
show that a truce was broken: most truces see some, and who broke it is for reports to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whoholds.model import Action, Change, Control, Factuality, State, Step, Testimony
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.facts import Days, Fact, day_of_sides, days_of, sides_of
from whoholds.reconcile.undertakings.weighing import Parties, weigh

_ONCE = frozenset({Action.HAND_OVER, Action.RELEASE, Action.DISARM, Action.DEMINE, Action.NEGOTIATE, Action.ELECT, Action.PAY})
_LATEST = 550  # days after the last deadline within which a place that changes hands shows that a duty was kept
_STATES = {Step.MET: State.MET, Step.BREACHED: State.BREACHED, Step.CANCELLED: State.CANCELLED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A state that a duty came into on a day or within some days, and the claims that tell or show it."""

    state: State
    days: Days
    claims: tuple[str, ...]
    inferred: bool = False

    @property
    def day(self) -> int:
        """The day by which it was so."""
        day = self.days.last if self.days.last is not None else self.days.first
        assert day is not None
        return day


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes that count, by day, the claims of those that do not, and the claims that decide how well it is known."""

    found: tuple[Outcome, ...]
    opposing: tuple[str, ...]
    decisive: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A claim of a place that changed hands: on which days, by whom it was lost, and who gained it."""

    testimony: Testimony
    days: Days
    gave: frozenset[str]
    got: frozenset[str]


def told_outcomes(facts: Sequence[Fact], denials: Sequence[Fact], parties: Parties, sides: Sides) -> Outcomes:
    """The outcomes that claims tell. `facts` are those told as so, `denials` those told as not so."""
    by_step: dict[Step, list[Fact]] = {step: [fact for fact in facts if fact.step is step] for step in _STATES}
    opposing: list[Fact] = []
    for step, told in by_step.items():
        against = [fact for fact in denials if fact.step is step]
        if told and weigh(against, parties, sides).total > weigh(told, parties, sides).total:
            opposing += told
            by_step[step] = []
    tied: list[Outcome] = []
    if by_step[Step.MET] and by_step[Step.BREACHED] and facts[0].family in _ONCE:
        tied = _settle(by_step, opposing, parties, sides)
    found = [*tied, *_met(by_step[Step.MET], parties, sides)]
    found += [outcome for step in (Step.BREACHED, Step.CANCELLED) for outcome in _each(by_step[step], _STATES[step])]
    decisive = [fact for told in by_step.values() for fact in told]
    return Outcomes(_in_order(found), tuple(fact.claim for fact in opposing), tuple(decisive))


def shown_outcomes(ground: Iterable[Ground], since: int, last: int, parties: Parties) -> tuple[Outcome, ...]:
    """That a duty was kept, as shown by its places changing hands from `since` on (ordinals); none where nothing shows it.

    `last` is the last day of the last deadline, or of what is told of the duty.
    """
    shown: defaultdict[Days, list[str]] = defaultdict(list)
    for claim in ground:
        if claim.days.last is not None and since <= claim.days.last <= last + _LATEST and _handed(claim, parties):
            shown[claim.days].append(claim.testimony.claim.id)
    if not shown:
        return ()
    days = min(shown, key=lambda days: (-len(shown[days]), _width(days), days.last))
    claims = [claim for told, ids in shown.items() if told.meets(days) for claim in ids]
    return (Outcome(State.MET, days, tuple(sorted(claims)), inferred=True),)


def ground_of(testimony: Testimony, sides: Sides) -> Ground | None:
    """What a claim of control shows of a place that changed hands; None where it shows nothing."""
    claim = testimony.claim
    if claim.factuality is not Factuality.ACTUAL:
        return None
    day, said = day_of_sides(testimony), testimony.said.toordinal()
    matter = claim.matter
    if not isinstance(matter, Control) or matter.change not in (Change.GAINS, Change.LOSES):
        return None
    gave = sides_of((matter.former,), day, sides) if matter.former else {}
    got = sides_of((matter.holder,), day, sides) if matter.holder else {}
    return Ground(testimony, _bounded(days_of(claim.when), said), frozenset(gave), frozenset(got))


def _handed(claim: Ground, parties: Parties) -> bool:
    """Whether a place went from those who owe it to those to whom it is owed, as far as these are told."""
    if claim.got & parties.obligors or claim.gave & parties.beneficiaries:
        return False
    if claim.gave and parties.obligors and not claim.gave & parties.obligors:
        return False
    if claim.got and parties.beneficiaries:
        return bool(claim.got & parties.beneficiaries)
    return bool(parties.obligors) and parties.obligors <= claim.gave  # all who were to leave have lost it


def _bounded(told: Days | None, said: int) -> Days:
    """The days told, else those up to the day said; none after it."""
    if told is None or (told.first is not None and told.first > said):
        return Days(None, said)
    return Days(told.first, said if told.last is None else min(told.last, said))


def _settle(by_step: dict[Step, list[Fact]], opposing: list[Fact], parties: Parties, sides: Sides) -> list[Outcome]:
    """Take the lighter word off, where a duty done once is told as kept and as broken since; of equals, both: unknown."""
    met = by_step[Step.MET]
    done = min(_bounded(fact.told, fact.said).first or fact.taken for fact in met)
    since = [fact for fact in by_step[Step.BREACHED] if fact.taken >= done]
    kept, broken = weigh(met, parties, sides).total, weigh(since, parties, sides).total
    if not since:
        return []
    if kept > broken:
        by_step[Step.BREACHED] = [fact for fact in by_step[Step.BREACHED] if fact.taken < done]
        opposing += since
        return []
    if broken > kept:
        by_step[Step.MET] = []
        opposing += met
        return []
    by_step[Step.MET], by_step[Step.BREACHED] = [], [fact for fact in by_step[Step.BREACHED] if fact.taken < done]
    opposing += since
    day = max(min(fact.taken for fact in met), min(fact.taken for fact in since))
    return [Outcome(State.UNKNOWN, Days(day, day), tuple(sorted(fact.claim for fact in (*met, *since))))]


def _met(facts: Sequence[Fact], parties: Parties, sides: Sides) -> list[Outcome]:
    """That it was kept, once, on the day best supported."""
    if not facts:
        return []
    by_days: defaultdict[Days, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_days[_bounded(fact.told, fact.said)].append(fact)
    dated = [days for days in by_days if days.first is not None] or list(by_days)

    def rank(days: Days) -> tuple[float, int, int]:
        agreeing = [
            fact for other, told in by_days.items() if other.first is not None and _within(other, days) for fact in told
        ]
        return -weigh(agreeing or by_days[days], parties, sides).total, _width(days), days.last or 0

    return [Outcome(State.MET, min(dated, key=rank), tuple(sorted(fact.claim for fact in facts)))]


def _each(facts: Sequence[Fact], state: State) -> list[Outcome]:
    """Every day on which it was broken or called off."""
    by_day: defaultdict[int, list[str]] = defaultdict(list)
    for fact in facts:
        by_day[min(fact.taken, fact.said)].append(fact.claim)
    return [Outcome(state, Days(day, day), tuple(sorted(claims))) for day, claims in by_day.items()]


def _within(inner: Days, outer: Days) -> bool:
    return inner == outer or (
        None not in (*inner, *outer) and outer.first <= inner.first and inner.last <= outer.last  # type: ignore[operator]
    )


def _width(days: Days) -> int:
    return 10**7 if days.first is None or days.last is None else days.last - days.first


_ORDER = (State.CANCELLED, State.MET, State.BREACHED, State.UNKNOWN)


def _in_order(found: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """By day; on one day it is kept before it is broken."""
    return tuple(sorted(found, key=lambda outcome: (outcome.day, _ORDER.index(outcome.state))))
