"""Obligations: what somebody is bound to do, by when, and what became of it.

Two kinds of predicate tell them. One performs a duty's action ("withdraw", "the handover"): its mood says whether the duty is
laid down, promised, asked for, kept or broken. The other acts on a duty or deal named beside it ("extend the deadline",
"violated the truce").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from whoholds.grammar.clause import Clause, is_verbal, preposition, verb_clause
from whoholds.grammar.conditions import UNARMED
from whoholds.grammar.control import repeatedly
from whoholds.grammar.deadlines import Deadline, ahead, deadline, first_day
from whoholds.grammar.delays import bound, day_before, moved_days, moved_step
from whoholds.grammar.duties import PHASES, acted_on, carried_place, meant_action
from whoholds.grammar.events import slot_actors
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.memory import Duty, Memory
from whoholds.grammar.mood import mood
from whoholds.grammar.obligors import (
    addressed,
    asked_for_time,
    both_sides,
    bound_by_step,
    of_business,
    performers,
    private,
)
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.reasons import asker, reason
from whoholds.grammar.scene import Scene
from whoholds.grammar.steps import (
    acted_on_elsewhere,
    deal_near,
    duty_times,
    is_deal,
    on_what_is_acted_on,
    step_taken,
    told_step,
)
from whoholds.grounding.times import TimeExpression
from whoholds.language import Token
from whoholds.model import Action, Actor, Derivation, Factuality, Obligation, Offset, Step, When, Where

_AHEAD = frozenset({"must", "shall", "will", "is", "are", "has", "have"})  # cues of what still lies ahead


@dataclass(frozen=True, slots=True)
class Told:
    """An obligation with the factuality of its step and its place.

    `dated` is whether the clause dates the step, `counted` what the deadline was counted from.
    """

    obligation: Obligation
    factuality: Factuality
    where: Where | None
    dated: bool
    counted: tuple[Derivation, ...] = ()


def obligations(predicate: Predicate, scene: Scene, memory: Memory) -> Iterator[Told]:
    """The obligation claims of a predicate."""
    if (repeatedly(predicate.clause) and predicate.head.lemma == "change") or of_business(predicate.clause):
        return
    told = _acted_on(predicate, scene, memory) if "step" in predicate.frames else None
    if told is None and "action" in predicate.frames:
        told = _performed(predicate, scene, memory)
    if told is not None and not _private(told.obligation, memory):
        memory.asked, memory.told = told.obligation.step is Step.SOUGHT, told.obligation.action
        memory.deal = memory.deal or told.obligation.agreement
        yield told


def _private(duty: Obligation, memory: Memory) -> bool:
    return private(duty.obligors) and duty.action in (Action.OTHER, Action.PAY) and memory.deal is None


# a predicate that performs the duty's action


def _performed(predicate: Predicate, scene: Scene, memory: Memory) -> Told | None:
    frame, clause, found = (predicate.frames["action"], predicate.clause_for("action"), predicate.mood)
    assert frame.action is not None
    if acted_on_elsewhere(clause, scene) or not found.told or _only_goes(predicate):
        return None
    action = meant_action(clause, memory) if frame.action is Action.OTHER else frame.action
    obligors = performers(frame.obligor, action, clause, scene, memory)
    beneficiaries = slot_actors(frame.beneficiary, clause, scene)
    if action is Action.WITHDRAW and obligors and all(actor.role in UNARMED for actor in obligors):
        action = Action.OTHER  # people without arms leave; armed ones withdraw
    follows = clause.head.lemma == "follow" and frame.action is Action.HAND_OVER
    if follows and memory.told is Action.WITHDRAW:
        action = memory.told  # the next of the places to be left
    times, deal = duty_times(predicate, scene), deal_near(clause)
    step = told_step(predicate, times, deal, memory, action, scene)
    if step is None:
        return None
    if step is Step.SOUGHT and not is_verbal(clause.head) and memory.asked and memory.told is action:
        return None  # "asked for two weeks to complete the withdrawal": told already
    if step is Step.SET and found.negated:
        action = Action.OTHER  # "shall not deploy": to refrain from it
    where = _where(predicate, scene)
    if action is Action.HAND_OVER:
        memory.gave(next(iter(obligors), None), next(iter(beneficiaries), None))
        obligors = obligors or _one(scene.state_of(memory.giver))
        beneficiaries = beneficiaries or _one(scene.state_of(memory.taker or scene.other_party(memory.giver)))
    if action is Action.WITHDRAW and obligors:
        memory.gave(obligors[0], None)
    told = deadline(times, clause, scene, memory) if step in (Step.SET, Step.SOUGHT, Step.BREACHED) else Deadline(None)
    due = told.due
    if due is None and action is Action.CEASE_FIRE and step in (Step.SET, Step.SOUGHT):
        due = first_day(clause, scene)
    if step is Step.SOUGHT or any(cue.lower in _AHEAD for cue, _ in found.cues):
        due = ahead(due, scene.document.published, memory.deal_when)
    known = memory.last_duty(action, where)
    if step is Step.BREACHED and due is None and known is not None:
        due = known.due
    if follows:
        known = memory.last_duty(action)
    goes_on = clause.head.lemma in PHASES and not clause.passive
    if not obligors and known is not None and (step is not Step.SET or goes_on):
        obligors = known.obligors
    if step is Step.SOUGHT:
        obligors = obligors or addressed(clause, found, scene)
    elif step is Step.BREACHED and action is Action.CEASE_FIRE:
        obligors = obligors or both_sides(scene, memory)
    if step is Step.SET:
        memory.duties.append(Duty(action, obligors, beneficiaries, where, due))
        if on_what_is_acted_on(clause, scene):
            return None
    was = None
    if step is Step.SET and due is not None and (moved := moved_step(clause, known, due)) is not None:
        step, was = moved, (known.due if known is not None else None) or day_before(clause, moved, due, scene)
    factuality = Factuality.ACTUAL
    if step is Step.BREACHED and any(effect == "possible" for _, effect in found.cues):
        factuality = Factuality.POSSIBLE
    if step is Step.MET:
        factuality = found.factuality
    agreement = (None if scene.topic.treaty else agreement_name(deal, scene)) or memory.deal
    if obligors:
        memory.obliged.setdefault(action, obligors)
    obligation = Obligation(
        step=step,
        action=action,
        obligors=obligors,
        beneficiaries=beneficiaries,
        due=due,
        due_was=was,
        agreement=agreement,
        due_after=told.after if due is None else None,
    )
    return Told(obligation, factuality, where, step in (Step.MET, Step.BREACHED), told.trigger)


def _only_goes(predicate: Predicate) -> bool:
    """Whether "go" tells of no leaving: "kept the truce *going*", or a demand that names no day."""
    head = predicate.head
    return head.lemma == "go" and (head.tag == "VBG" or predicate.mood.duty == "sought")


def _where(predicate: Predicate, scene: Scene) -> Where | None:
    clause = predicate.clause_for("action")
    for slot in (*predicate.frames["action"].place, "from", "out of", "in"):
        token = clause.slot(slot)
        if token is not None:
            where = _end_of_road(token, clause, scene) or scene.where(token)
            if where is not None:
                return where
    found = scene.near(clause)
    if found is None and clause.head.lemma in word_classes()["election"] | {"hold"}:
        return scene.story_country()
    return found


def _end_of_road(noun: Token, clause: Clause, scene: Scene) -> Where | None:
    """The place that a road leads to: "the road from Lusaka *to Mongu*"."""
    if noun.lemma not in ("road", "highway", "corridor", "route", "railway", "link"):
        return None
    if scene.named_place(noun) is not None:
        return None
    ends = [child for name in ("to", "between", "from") for child in noun.all("nmod", "obl") if preposition(child) == name]
    if (to := clause.slot("to")) is not None:
        ends.insert(0, to)  # hung on the verb
    found = next((where for end in ends if (where := scene.named_place(end)) is not None), None)
    kind = [child for child in noun.all("compound", "amod") if child.i < noun.i]
    if found is None and kind and noun.lemma != "link":  # "the coast road": a place of its own, on no gazetteer
        span = scene.document.span(min(part.start for part in kind), noun.end)
        return Where(name=span.quote, span=span)
    return found


# a predicate that acts on a duty or a deal


def _acted_on(predicate: Predicate, scene: Scene, memory: Memory) -> Told | None:
    frame, clause, found = (predicate.frames["step"], predicate.clause_for("step"), predicate.mood)
    step = step_taken(predicate, memory)
    if step is None or (step is Step.SET and found.negated):
        return None  # "the accord names no date"
    target = _target(clause, frame.place)
    if (
        clause.host is None
        and preposition(clause.head) == "in"
        and clause.head.head is not None
        and is_verbal(clause.head.head)
    ):
        clause.host = clause.head.head  # "moved tanks there *in breach of* the accord": what is done is the breach
    action, carrier = acted_on(target, frame.step, clause, memory, scene)
    action = action or frame.action
    if action is None or (action is Action.OTHER and not bound(clause, memory)):
        return None
    where = carried_place(carrier, scene) or _dated_place(target, scene)
    known = memory.last_duty(action, where) or memory.last_duty()
    if where is None and known is not None and step not in (Step.BREACHED, Step.SET):
        where = known.where  # "the date was put back after Yerevan asked for it": not in Yerevan
    where = where or scene.near(clause) or (scene.story_country() if action is Action.ELECT else None)
    if where is None and step is Step.BREACHED and known is not None and known.action is action:
        where = known.where
    times = scene.times(clause) or (scene.times_of(carrier, clause.sentence) if carrier is not None else [])
    same = known is not None and (step is not Step.BREACHED or (known.action is action and action is not Action.OTHER))
    was, due, (counted, after) = _days(
        times, target, known.due if known is not None and same else None, step, clause, scene, memory
    )
    obligors = bound_by_step(step, frame.obligor, action, carrier, known, clause, scene, memory)
    if step is Step.SOUGHT:
        obligors = asked_for_time(clause, scene) or addressed(clause, found, scene) or obligors
    if obligors:
        memory.obliged.setdefault(action, obligors)
    if action is Action.WITHDRAW and obligors:
        memory.gave(obligors[0], None)
    asked_by = asker(clause, scene)
    if asked_by is not None and where is not None and where.name == asked_by.name:
        where = None  # "extended at the request of Egypt" tells of no place
    obligation = Obligation(
        step=step,
        action=action,
        obligors=obligors,
        beneficiaries=known.beneficiaries if known is not None else (),
        due=due,
        due_was=was,
        agreement=agreement_name(target if target is not None and is_deal(target) else deal_near(clause), scene) or memory.deal,
        asked_by=asked_by,
        reason=reason(clause, scene),
        due_after=after if due is None else None,
    )
    if step in (Step.SET, Step.EXTENDED, Step.ADVANCED):
        memory.duties.append(Duty(action, obligation.obligors, obligation.beneficiaries, where, due))
    factuality = found.factuality
    if clause.host is not None and clause.host is not clause.head and preposition(clause.head) == "in":
        factuality = mood(verb_clause(clause.host, clause.sentence)).factuality  # that of what is done in breach
    if step is not frame.step or (found.duty == "promised" and step in (Step.EXTENDED, Step.SET)):
        factuality = Factuality.ACTUAL  # "agreed to delay": agreeing is the step
    return Told(obligation, factuality, where, True, counted)


def _target(clause: Clause, slots: tuple[str, ...]) -> Token | None:
    for slot in (*slots, "object", "of", "subject"):
        token = clause.slot(slot)
        if token is not None:
            return token
    return None


def _dated_place(limit: Token | None, scene: Scene) -> Where | None:
    """The place that a day is set for: "the date *for Kalbajar*"."""
    if limit is None or limit.lemma not in word_classes()["deadline"]:
        return None
    places = (scene.named_place(child) for child in limit.all("nmod") if preposition(child) in ("for", "in"))
    return next((where for where in places if where is not None), None)


def _days(
    times: list[TimeExpression],
    target: Token | None,
    known: When | None,
    step: Step,
    clause: Clause,
    scene: Scene,
    memory: Memory,
) -> tuple[When | None, When | None, tuple[tuple[Derivation, ...], Offset | None]]:
    """The deadline before a step and after it, what the latter was counted from, and how far, where that gives no day."""
    published = scene.document.published
    if step in (Step.EXTENDED, Step.ADVANCED):
        was, due = moved_days(times, target, known, step, clause, scene)
        if step is Step.EXTENDED and due is not None and not _past(scene.sentence_times(clause.sentence), due, was):
            later = ahead(due, published)
            if was is None or _before(due, was):
                due = later
            elif later is not due and was.span is not None and was.edtf[:4] == due.edtf[:4]:
                due, was = later, ahead(was, published)  # "moved from 10 to 24 December"
        return was, due, ((), None)
    if step is Step.BREACHED and (target is None or target.lemma not in word_classes()["truce"]):
        was, _ = moved_days(times, target, known, step, clause, scene)
        return None, was, ((), None)
    if step not in (Step.SET, Step.SOUGHT):
        return None, None, ((), None)
    told = deadline(times, clause, scene, memory)
    if told.due is None and target is not None and target.lemma in word_classes()["truce"]:
        told = replace(told, due=first_day(clause, scene))
    return None, ahead(told.due, published) if step is Step.SOUGHT else told.due, (told.trigger, told.after)


def _before(day: When, other: When) -> bool:
    first, second = day.end.not_after, other.end.not_after
    return first is not None and second is not None and first < second


def _past(times: list[TimeExpression], due: When, was: When | None) -> bool:
    """Whether the step itself is told of a day before the deadline: the deadline may lie behind the report too."""
    others = (time.when for time in times if time.when is not None and time.when not in (due, was))
    return any(_before(when, due) for when in others)


# deals


def agreement_name(token: Token | None, scene: Scene) -> str | None:
    """How the text calls a deal: its noun with the modifiers before it, without the article."""
    if token is not None and is_verbal(token):  # "as the Pretoria agreement requires"
        token = next((word for word in token.subtree() if is_deal(word)), None)
    if token is None or not is_deal(token):
        return None
    parts = [token, *(child for child in token.children if child.deprel in ("compound", "amod", "flat") and child.i < token.i)]
    return scene.document.text[min(part.start for part in parts) : token.end]


def _one(actor: Actor | None) -> tuple[Actor, ...]:
    return (actor,) if actor is not None else ()
