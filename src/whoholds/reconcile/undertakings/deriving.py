"""Undertakings from testimony: parted into components, grouped, and each group's life told.

Any order of the same testimony gives the same undertakings, and testimony that says nothing new of a claim changes nothing:
all choices are made by what claims say, and between equals by their ids. Nothing looks at a clock: what was known on a day is
asked by giving only the testimony of that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from whoholds.model import (
    Action,
    Actor,
    Derivation,
    Factuality,
    Side,
    Site,
    Standing,
    State,
    Step,
    Testimony,
    Undertaking,
)
from whoholds.reconcile.sides import Sides
from whoholds.reconcile.undertakings.blocks import Index, counted_fact, is_shown, places_of
from whoholds.reconcile.undertakings.facts import Fact, collective, day_of_sides, sides_of, wide
from whoholds.reconcile.undertakings.grouping import Group, grouped
from whoholds.reconcile.undertakings.history import Stage, history, stages
from whoholds.reconcile.undertakings.outcomes import Ground, Outcome, Outcomes, ground_of, shown_outcomes, told_outcomes
from whoholds.reconcile.undertakings.triggers import Known, Triggers, deals, resolve, truce
from whoholds.reconcile.undertakings.turns import turns
from whoholds.reconcile.undertakings.weighing import Parties, weigh

_LAID_DOWN = frozenset({Step.SET, Step.EXTENDED, Step.ADVANCED})


def derive_undertakings(testimony: Iterable[Testimony], sides: Sides) -> tuple[Undertaking, ...]:
    """The undertakings that some testimony tells of, by id.

    Obligation claims make them; control claims show that a handover was kept, AGREE events date deadlines counted from a
    signing. Other claims are passed over. No testimony gives none, nor do claims that denials outweigh and that lay nothing
    down: no word is left for such a duty to rest on.

    Which claims are of one undertaking follows from claims of obligations alone. So where only claims of control have changed,
    it is enough to derive again the undertakings kept for the places that changed, and for places inside them: all claims of
    obligations of those undertakings with all claims of control at the places of `shown_at` give the same undertakings, anew.
    (Deadlines counted from something need the truces and deals that `affected` gives, besides.)
    """
    distinct = {item.claim.id: item for item in sorted(testimony, key=_first_heard)}
    heard = [distinct[id] for id in sorted(distinct)]
    parts = Index(fact for item in heard if (fact := counted_fact(item, sides))).components()
    truces = [part for part in parts if part[0].family is Action.CEASE_FIRE]
    known = Triggers(deals=deals(heard, sides))
    found, began = [], []
    for group in (group for part in truces for group in grouped(part)):
        made = _undertaking(group, known, {}, sides)
        if made is None:
            continue
        found.append(made)
        if (trigger := _as_trigger(group, made)) is not None:
            began.append(trigger)
    known, ground = Triggers(tuple(began), known.deals), _ground(heard, parts, sides)
    for part in parts:
        if part[0].family is not Action.CEASE_FIRE:
            made_of = (_undertaking(group, known, ground, sides) for group in grouped(part))
            found += [made for made in made_of if made is not None]
    return tuple(sorted(found, key=lambda undertaking: undertaking.id))


def _first_heard(testimony: Testimony) -> tuple[object, ...]:
    """Of several testimonies of one claim the one that counts comes last: the one said and taken in first."""
    return -testimony.said.toordinal(), -testimony.entry


def _ground(heard: Iterable[Testimony], parts: Iterable[Sequence[Fact]], sides: Sides) -> dict[str, list[Ground]]:
    """What is shown of places that changed hands, by the keys of those that duties listen to."""
    wanted = {key for part in parts for fact in part for key in places_of(fact)}
    found: dict[str, list[Ground]] = {}
    for item in heard:
        key = is_shown(item)
        if key in wanted and key is not None and (shown := ground_of(item, sides)) is not None:
            found.setdefault(key, []).append(shown)
    return found


def _as_trigger(group: Group, made: Undertaking) -> Known | None:
    met = (State.MET, State.MET_ON_TIME, State.MET_LATE)
    took_effect = next((turn.since.toordinal() for turn in made.turns if turn.state in met), None)
    return truce([fact for fact in group if fact.factuality is Factuality.ACTUAL], took_effect)


def _undertaking(group: Group, known: Triggers, ground: Mapping[str, Sequence[Ground]], sides: Sides) -> Undertaking | None:
    """The undertaking of a group; None where no claim of it is left to rest on, whatever is shown on the ground."""
    facts = [fact for fact in group if fact.factuality is Factuality.ACTUAL]
    denials = [fact for fact in group if fact.factuality is Factuality.DENIED]
    obligors, beneficiaries = _bound(facts, sides)
    parties = Parties(frozenset(side.key for side in obligors), frozenset(side.key for side in beneficiaries))
    counting = [fact for fact in facts if not _refuted(fact, facts, denials, parties, sides)]
    told = told_outcomes(facts, denials, parties, sides)
    deadlines = stages(_tell_deadlines(counting), resolve(counting, known), parties, sides)
    outcomes = told.found
    against = {fact.claim for fact in denials} | set(told.opposing) | {fact.claim for fact in facts if fact not in counting}
    if against.issuperset(fact.claim for fact in facts) and not turns(counting, deadlines, outcomes):
        return None  # places that change hands bring no duty about: they are not looked for where no undertaking is kept
    if not any(outcome.state is not State.BREACHED for outcome in outcomes):
        begins = min([fact.taken for fact in facts] + [stage.since for stage in deadlines])
        last = max([fact.taken for fact in facts] + [stage.days.last or 0 for stage in deadlines if stage.days])
        places = {key for fact in facts for key in places_of(fact)}
        seen = [claim for key in sorted(places) for claim in ground.get(key, ())]
        shown = shown_outcomes(seen, begins, last, parties)
        outcomes = tuple(sorted((*outcomes, *shown), key=lambda outcome: outcome.day))
    supporting = ({fact.claim for fact in facts} | {claim for outcome in outcomes for claim in outcome.claims}) - against
    laid_down = [fact for fact in facts if fact.step in _LAID_DOWN] or facts
    return Undertaking(
        action=_most([fact.duty.action for fact in facts]),
        obligors=obligors,
        beneficiaries=beneficiaries,
        site=_site(facts),
        names=_names(facts),
        deadlines=history(deadlines, sides),
        turns=turns(counting, deadlines, outcomes),
        supporting=tuple(sorted(supporting)),
        opposing=tuple(sorted(against)),
        standing=_standing(told, outcomes, laid_down, bool(against), parties, sides),
        derivation=_derivation(group, outcomes, deadlines),
        root=min(laid_down, key=lambda fact: fact.order).claim,
    )


def _tell_deadlines(facts: Sequence[Fact]) -> list[Fact]:
    """The claims that tell of deadlines that hold or held: not what is only asked for."""
    return [fact for fact in facts if fact.step is not Step.SOUGHT]


def _refuted(fact: Fact, facts: Sequence[Fact], denials: Sequence[Fact], parties: Parties, sides: Sides) -> bool:
    """Whether denials of a step that lays down or moves a deadline outweigh those who tell of it."""
    if fact.step not in _LAID_DOWN:
        return False
    against = [denial for denial in denials if denial.step is fact.step and _same_deadline(denial, fact)]
    if not against:
        return False
    alike = [other for other in facts if other.step is fact.step and _same_deadline(other, fact)]
    return weigh(against, parties, sides).total > weigh(alike, parties, sides).total


def _same_deadline(one: Fact, other: Fact) -> bool:
    return one.due is None or other.due is None or one.due.meets(other.due)


def _bound(facts: Sequence[Fact], sides: Sides) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
    """Who owes it and to whom, as told where it is laid down or moved; where nobody is told there, as told anywhere."""
    laid_down = [fact for fact in facts if fact.step in _LAID_DOWN]
    owing = next((some for some in (laid_down, facts) if any(fact.obligors for fact in some)), [])
    owed = next((some for some in (laid_down, facts) if any(fact.beneficiaries for fact in some)), [])
    obligors = _sides([(fact, fact.duty.obligors) for fact in owing], sides)
    beneficiaries = _sides([(fact, fact.duty.beneficiaries) for fact in owed], sides)
    return obligors, tuple(side for side in beneficiaries if side.key not in {other.key for other in obligors})


def _sides(told: Sequence[tuple[Fact, tuple[Actor, ...]]], sides: Sides) -> tuple[Side, ...]:
    """The sides of some actors, by key, each under the name that it most often has."""
    named = [(fact, tuple(actor for actor in actors if not collective(actor))) for fact, actors in told]
    told = named if any(actors for _, actors in named) else told
    counted = Counter(side for fact, actors in told for side in sides_of(actors, day_of_sides(fact.testimony), sides).values())
    best: dict[str, Side] = {}
    for side, _ in sorted(counted.items(), key=lambda item: (item[1], item[0].name)):
        best[side.key] = side
    return tuple(best[key] for key in sorted(best))


def _most(actions: Sequence[Action]) -> Action:
    counted = Counter(actions)
    return min(counted, key=lambda action: (-counted[action], action.value))


def _site(facts: Sequence[Fact]) -> Site | None:
    """The place most told of, a country only where no other is; of equals the narrowest."""
    counted = Counter(fact.site.key for fact in facts if fact.site is not None)
    sites = {fact.site.key: fact.site for fact in facts if fact.site is not None}
    if not sites:
        return None
    key = min(sites, key=lambda key: (wide(sites[key]), -counted[key], -len(sites[key].within), key))
    named = Counter(fact.site for fact in facts if fact.site is not None and fact.site.key == key)
    return min(named, key=lambda site: (-named[site], site.name, site.within))


def _names(facts: Sequence[Fact]) -> tuple[str, ...]:
    counted = Counter(fact.duty.agreement for fact in facts if fact.duty.agreement)
    return tuple(sorted(counted, key=lambda name: (-counted[name], name)))


def _standing(
    told: Outcomes,
    outcomes: Sequence[Outcome],
    laid_down: Sequence[Fact],
    opposed: bool,
    parties: Parties,
    sides: Sides,
) -> Standing:
    """How well it is known what became of it last; where nothing has, that there is such a duty."""
    if opposed or any(outcome.state is State.UNKNOWN for outcome in outcomes):
        return Standing.DISPUTED
    if not outcomes:
        return weigh(laid_down, parties, sides).standing
    if outcomes[-1].inferred:
        return Standing.CLAIMED
    return weigh([fact for fact in told.decisive if fact.claim in outcomes[-1].claims], parties, sides).standing


def _derivation(group: Group, outcomes: Sequence[Outcome], found: Sequence[Stage]) -> Derivation:
    """What was taken for one duty, how its deadlines followed each other, and what shows that it was kept."""
    parts = [Derivation("told in one claim or several", value=f"{len(group)} claims", parts=tuple(map(_line, group)))]
    for stage in found:
        best, *rivals = stage.candidates
        value = f"{best.edtf or 'a day not told'} since {date.fromordinal(stage.since)}"
        others = ", ".join(rival.edtf or "a day not told" for rival in rivals)
        parts.append(Derivation("deadline", value=value + (f"; other reports: {others}" if others else "")))
        if best.counted_from:
            parts.append(Derivation("deadline counted from", value=best.counted_from))
    for outcome in outcomes:
        rule = "outcome inferred from who holds or left the place" if outcome.inferred else "outcome told"
        parts.append(Derivation(rule, value=f"{outcome.state} {date.fromordinal(outcome.day)}"))
    return Derivation("claims of one duty", parts=tuple(parts))


def _line(fact: Fact) -> Derivation:
    return Derivation(f"{fact.factuality} {fact.step}", fact.evidence, fact.claim)
