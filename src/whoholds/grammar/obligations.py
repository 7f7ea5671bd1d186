"""Obligations: what somebody is bound to do, by when, and what became of it.

Two kinds of predicate tell them. One performs a duty's action ("withdraw", "the handover"): its mood says whether the duty is
laid down, promised, asked for, kept or broken. The other acts on a duty or deal named beside it ("extend the deadline",
"violated the truce").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from whoholds.grammar.clause import Clause, is_verbal, preposition
from whoholds.grammar.dating import due_of, shifted
from whoholds.grammar.delays import bound, moved_step
from whoholds.grammar.duties import acted_on, carried_actors, carried_place, meant_action
from whoholds.grammar.events import slot_actors
from whoholds.grammar.memory import Duty, Memory
from whoholds.grammar.predicate import Predicate
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
from whoholds.grounding.times import Relation, TimeExpression
from whoholds.language import Token
from whoholds.model import Action, Actor, Factuality, Obligation, Role, Step, When, Where

_UNARMED = frozenset({Role.CVL, Role.REF, Role.NGO, Role.MED})


@dataclass(frozen=True, slots=True)
class Told:
    """An obligation with the factuality of its step, its place, and when the step was taken (None: as the clause dates it)."""

    obligation: Obligation
    factuality: Factuality
    where: Where | None
    dated: bool


def obligations(predicate: Predicate, scene: Scene, memory: Memory) -> Iterator[Told]:
    """The obligation claims of a predicate."""
    told = _acted_on(predicate, scene, memory) if "step" in predicate.frames else None
    if told is None and "action" in predicate.frames:
        told = _performed(predicate, scene, memory)
    if told is not None:
        memory.asked = told.obligation.step is Step.SOUGHT
        yield told


# a predicate that performs the duty's action


def _performed(predicate: Predicate, scene: Scene, memory: Memory) -> Told | None:
    frame, clause, found = (predicate.frames["action"], predicate.clause_for("action"), predicate.mood)
    assert frame.action is not None
    if acted_on_elsewhere(clause, scene):
        return None
    action = meant_action(clause, memory) if frame.action is Action.OTHER else frame.action
    obligors, beneficiaries = (slot_actors(frame.obligor, clause, scene), slot_actors(frame.beneficiary, clause, scene))
    if action is Action.WITHDRAW and obligors and all(actor.role in _UNARMED for actor in obligors):
        action = Action.OTHER  # people without arms leave; armed ones withdraw
    times, deal = duty_times(predicate, scene), deal_near(clause)
    step = told_step(predicate, times, deal, memory, action, scene)
    if step is None:
        return None
    where = _where(predicate, scene)
    if action is Action.HAND_OVER:
        memory.gave(next(iter(obligors), None), next(iter(beneficiaries), None))
        obligors = obligors or _one(scene.state_of(memory.giver))
        beneficiaries = beneficiaries or _one(scene.state_of(memory.taker or scene.other_party(memory.giver)))
    if action is Action.WITHDRAW and obligors:
        memory.gave(obligors[0], None)
    due = due_of(times, memory.deal_when) if step in (Step.SET, Step.SOUGHT, Step.BREACHED) else None
    known = memory.last_duty(action, where)
    if step is Step.BREACHED and due is None and known is not None:
        due = known.due
    if step is not Step.SET and known is not None:
        obligors = obligors or known.obligors
    if step is Step.SET:
        memory.duties.append(Duty(action, obligors, beneficiaries, where, due))
        if on_what_is_acted_on(clause, scene):
            return None
    was = None
    if step is Step.SET and due is not None and (moved := moved_step(clause, known, due)) is not None:
        step, was = moved, known.due if known is not None else None
    factuality = Factuality.ACTUAL
    if step is Step.BREACHED and any(effect == "possible" for _, effect in found.cues):
        factuality = Factuality.POSSIBLE
    if step is Step.MET:
        factuality = found.factuality
    agreement = agreement_name(deal, scene) or memory.deal
    obligation = Obligation(
        step=step, action=action, obligors=obligors, beneficiaries=beneficiaries, due=due, due_was=was, agreement=agreement
    )
    return Told(obligation, factuality, where, dated=step in (Step.MET, Step.BREACHED))


def _where(predicate: Predicate, scene: Scene) -> Where | None:
    clause = predicate.clause_for("action")
    for slot in (*predicate.frames["action"].place, "from", "out of", "in"):
        token = clause.slot(slot)
        if token is not None:
            where = scene.where(token)
            if where is not None:
                return where
    return scene.near(clause)


# a predicate that acts on a duty or a deal


def _acted_on(predicate: Predicate, scene: Scene, memory: Memory) -> Told | None:
    frame, clause, found = (predicate.frames["step"], predicate.clause_for("step"), predicate.mood)
    step = step_taken(predicate, memory)
    if step is None:
        return None
    target = _target(clause, frame.place)
    action, carrier = acted_on(target, frame.step, clause, memory, scene)
    action = action or frame.action
    if action is None or (action is Action.OTHER and not bound(clause, memory)):
        return None
    where = carried_place(carrier, scene) or scene.near(clause)
    known = memory.last_duty(action, where) or memory.last_duty()
    if where is None and known is not None and step not in (Step.BREACHED, Step.SET):
        where = known.where
    times = scene.times(clause) or (scene.times_of(carrier, clause.sentence) if carrier is not None else [])
    was, due = _moved(times, known.due if known else None, step)
    obligors = slot_actors(frame.obligor, clause, scene) if step in (Step.BREACHED, Step.MET, Step.SET) else ()
    obligors = obligors or carried_actors(action, carrier, clause, scene) or (known.obligors if known is not None else ())
    if not obligors and step in (Step.CANCELLED, Step.EXTENDED):
        obligors = slot_actors(("subject",), clause, scene)  # who puts off or calls off what is theirs to do
    if action is Action.WITHDRAW and obligors:
        memory.gave(obligors[0], None)
    if action is Action.CEASE_FIRE and not obligors:
        obligors = memory.parties or scene.parties()
    obligation = Obligation(
        step=step,
        action=action,
        obligors=obligors or memory.parties,
        beneficiaries=known.beneficiaries if known is not None else (),
        due=due,
        due_was=was,
        agreement=agreement_name(target if target is not None and is_deal(target) else deal_near(clause), scene) or memory.deal,
        asked_by=_asker(clause, scene),
        reason=_reason(clause, scene),
    )
    if step in (Step.SET, Step.EXTENDED, Step.ADVANCED):
        memory.duties.append(Duty(action, obligation.obligors, obligation.beneficiaries, where, due))
    factuality = found.factuality
    if step is not frame.step or (found.duty == "promised" and step in (Step.EXTENDED, Step.SET)):
        factuality = Factuality.ACTUAL  # "agreed to delay": agreeing is the step
    return Told(obligation, factuality, where, dated=True)


def _target(clause: Clause, slots: tuple[str, ...]) -> Token | None:
    for slot in (*slots, "object", "of", "subject"):
        token = clause.slot(slot)
        if token is not None:
            return token
    return None


def _moved(times: list[TimeExpression], known: When | None, step: Step) -> tuple[When | None, When | None]:
    """The deadline before and after: told by "from … to …", by the new date alone, or by how far it moved."""
    if step not in (Step.EXTENDED, Step.ADVANCED):
        return None, due_of(times, None) if step in (Step.SET, Step.SOUGHT) else None
    was = next((time.when for time in times if time.relation is Relation.FROM and time.when), known)
    for time in times:
        if time.when is not None and time.relation in (Relation.TO, Relation.UNTIL, Relation.BY):
            return was, time.when
    sign = 1 if step is Step.EXTENDED else -1
    for time in times:
        if time.value.startswith("P") and was is not None:
            return was, shifted(was, time.value, sign)
    return was, None


def _reason(clause: Clause, scene: Scene) -> str | None:
    """Why a step was taken, in the words that tell it: "because the road was jammed", "citing early snow"."""
    verb = clause.host or clause.head
    for token in (verb, *verb.ancestors()):
        for child in token.children:
            told: Token | None = None
            if child.deprel == "advcl" and (mark := child.child("mark")) is not None and mark.lower == "because":
                told = child
            elif child.deprel in ("advcl", "xcomp") and child.lemma in ("cite", "blame"):
                told = child.child("obj")
            elif child.deprel == "obl" and preposition(child) in ("because of", "due to", "owing to"):
                told = child
            if told is not None:
                lead = {id(word) for part in told.all("mark", "case", "punct") for word in part.subtree()}
                words = [word for word in told.subtree() if id(word) not in lead]
                return scene.document.text[words[0].start : words[-1].end] if words else None
    return None


def _asker(clause: Clause, scene: Scene) -> Actor | None:
    asked_by = clause.slot("at the request of") or clause.slot("after")
    askers = scene.actors(_request_of(asked_by), clause.sentence) if asked_by is not None else ()
    return askers[0] if askers else None


def _request_of(token: Token) -> Token | None:
    """Who asked in "after a request from X", "at the request of X"."""
    for child in token.children:
        if child.deprel in ("nmod", "nmod:poss"):
            return child
    return token


# deals


def agreement_name(token: Token | None, scene: Scene) -> str | None:
    """How the text calls a deal: its noun with the modifiers before it, without the article."""
    if token is None or is_verbal(token) or not is_deal(token):
        return None
    parts = [token, *(child for child in token.children if child.deprel in ("compound", "amod", "flat") and child.i < token.i)]
    return scene.document.text[min(part.start for part in parts) : token.end]


def _one(actor: Actor | None) -> tuple[Actor, ...]:
    return (actor,) if actor is not None else ()
