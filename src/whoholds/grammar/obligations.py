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
from whoholds.grammar.events import slot_actors
from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.grammar.memory import Duty, Memory
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.scene import Scene
from whoholds.grounding.times import Relation, TimeExpression
from whoholds.language import Token
from whoholds.model import Action, Actor, Factuality, Obligation, Step, When, Where

_UNDER = frozenset({"under", "in", "by", "per", "with", "within", "as part of", "in accordance with", "in line with"})
_KEPT = frozenset({Action.EXCHANGE, Action.HAND_OVER})  # what nobody does but under a deal
_FIXED = frozenset({"expect", "schedule", "set", "slate", "plan", "arrange", "fix", "foresee", "intend", "expected"})


@dataclass(frozen=True, slots=True)
class Told:
    """An obligation with the factuality of its step, its place, and when the step was taken (None: as the clause dates it)."""

    obligation: Obligation
    factuality: Factuality
    where: Where | None
    dated: bool


def obligations(predicate: Predicate, scene: Scene, memory: Memory) -> Iterator[Told]:
    """The obligation claims of a predicate."""
    if "step" in predicate.frames:
        yield from _acted_on(predicate, scene, memory)
    elif "action" in predicate.frames:
        yield from _performed(predicate, scene, memory)


# a predicate that performs the duty's action


def _performed(predicate: Predicate, scene: Scene, memory: Memory) -> Iterator[Told]:
    frame, clause, found = predicate.frames["action"], predicate.clause_for("action"), predicate.mood
    assert frame.action is not None
    times = scene.times(clause)
    if not times and found.duty_word is not None and is_verbal(found.duty_word):
        times = scene.times_of(found.duty_word, clause.sentence)  # "gave them until May to disarm"
    deal = deal_near(clause)
    step = _step(predicate, times, deal, memory, frame.action)
    if step is None:
        return
    where = _where(predicate, scene)
    obligors = slot_actors(frame.obligor, clause, scene)
    beneficiaries = slot_actors(frame.beneficiary, clause, scene)
    if frame.action is Action.HAND_OVER:
        memory.gave(next(iter(obligors), None), next(iter(beneficiaries), None))
        obligors = obligors or _one(scene.state_of(memory.giver))
        beneficiaries = beneficiaries or _one(scene.state_of(memory.taker or scene.other_party(memory.giver)))
    if frame.action is Action.WITHDRAW and obligors:
        memory.gave(obligors[0], None)
    due = due_of(times, memory.deal_when) if step in (Step.SET, Step.SOUGHT, Step.BREACHED) else None
    known = memory.last_duty(frame.action, where)
    if step is Step.BREACHED and due is None and known is not None:
        due = known.due
    obligation = Obligation(
        step=step,
        action=frame.action,
        obligors=obligors or (known.obligors if known is not None and step is not Step.SET else ()),
        beneficiaries=beneficiaries,
        due=due,
        agreement=agreement_name(deal, scene) or memory.deal,
    )
    if step is Step.SET:
        memory.duties.append(Duty(frame.action, obligation.obligors, beneficiaries, where, due))
    factuality = Factuality.ACTUAL
    if step is Step.BREACHED and any(effect == "possible" for _, effect in found.cues):
        factuality = Factuality.POSSIBLE
    if step is Step.MET:
        factuality = found.factuality
    yield Told(obligation, factuality, where, dated=step in (Step.MET, Step.BREACHED))


def _step(predicate: Predicate, times: list[TimeExpression], deal: Token | None, memory: Memory, action: Action) -> Step | None:
    found = predicate.mood
    deadline = any(time.relation in (Relation.BY, Relation.UNTIL, Relation.WITHIN, Relation.BEFORE) for time in times)
    if found.negated and found.factuality is Factuality.DENIED:
        if not is_verbal(predicate.head) or any(cue.lower in ("will", "would", "wo") for cue, _ in found.cues):
            return None  # a refusal, or nothing done so far
        return Step.BREACHED if deadline or deal is not None or memory.last_duty(action) is not None else None
    if found.duty == "sought":
        return Step.SOUGHT if deadline or action in (Action.CEASE_FIRE, Action.HAND_OVER, Action.WITHDRAW) else None
    if found.duty == "promised" and found.duty_word is not None and found.duty_word.lemma in ("promise", "pledge", "vow"):
        return Step.SET if deal is not None or memory.deal is not None else None
    if found.duty in ("set", "promised"):
        return Step.SET
    if found.factuality is Factuality.PLANNED:
        ordered = any(cue.lemma in ("order", "instruct", "vow", "threaten") for cue, _ in found.cues)
        fixed = bool(times) and any(cue.lemma in _FIXED for cue, _ in found.cues) and predicate.clause.passive
        wanted = deal is not None or deadline or fixed
        return Step.SET if wanted and not ordered and action is not Action.NEGOTIATE else None
    told = found.factuality is Factuality.ACTUAL and is_verbal(predicate.head) and action is not Action.OTHER
    known = memory.deal is not None or memory.last_duty(action) is not None
    under_deal = deal is not None or (action in _KEPT and known)
    return Step.MET if told and under_deal else None


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


def _acted_on(predicate: Predicate, scene: Scene, memory: Memory) -> Iterator[Told]:
    frame, clause, found = predicate.frames["step"], predicate.clause_for("step"), predicate.mood
    assert frame.step is not None
    step = frame.step
    target = _target(clause, frame.place)
    action, carrier = _action_of(target, clause, memory, scene)
    if action is None and frame.action is not None:
        action = frame.action
    if action is None:
        return
    where = _carried_place(carrier, scene) or scene.near(clause)
    known = memory.last_duty(action, where) or memory.last_duty()
    if where is None and known is not None and step not in (Step.BREACHED, Step.SET):
        where = known.where
    times = scene.times(clause) or (scene.times_of(carrier, clause.sentence) if carrier is not None else [])
    was, due = _moved(times, known.due if known else None, step, clause, scene)
    obligors = slot_actors(frame.obligor, clause, scene) if step in (Step.BREACHED, Step.MET, Step.SET) else ()
    if not obligors and carrier is not None:
        obligors = _carried_actors(carrier, clause, scene)
    if not obligors and known is not None:
        obligors = known.obligors
    if action is Action.WITHDRAW and obligors:
        memory.gave(obligors[0], None)
    if action is Action.CEASE_FIRE and not obligors:
        obligors = memory.parties or scene.parties()
    asked_by = clause.slot("at the request of") or clause.slot("after")
    askers = scene.actors(_request_of(asked_by), clause.sentence) if asked_by is not None else ()
    obligation = Obligation(
        step=step,
        action=action,
        obligors=obligors or memory.parties,
        beneficiaries=known.beneficiaries if known is not None else (),
        due=due,
        due_was=was,
        agreement=agreement_name(target if target is not None and _is_deal(target) else deal_near(clause), scene)
        or memory.deal,
        asked_by=askers[0] if askers else None,
        reason=_reason(clause, scene),
    )
    if step in (Step.SET, Step.EXTENDED, Step.ADVANCED):
        memory.duties.append(Duty(action, obligation.obligors, obligation.beneficiaries, where, due))
    factuality = found.factuality
    if found.duty == "promised" and step in (Step.EXTENDED, Step.SET):
        factuality = Factuality.ACTUAL  # "agreed to delay": agreeing is the step
    yield Told(obligation, factuality, where, dated=True)


def _target(clause: Clause, slots: tuple[str, ...]) -> Token | None:
    for slot in (*slots, "object", "of", "subject"):
        token = clause.slot(slot)
        if token is not None:
            return token
    return None


def _action_of(target: Token | None, clause: Clause, memory: Memory, scene: Scene) -> tuple[Action | None, Token | None]:
    """The action of the duty that a word stands for, and the word that names it."""
    if target is None:
        duty = memory.last_duty()
        return (duty.action if duty else None), None
    for token in (target, *target.subtree()):
        if token.lemma in word_classes()["truce"] and token.lemma != "fire":
            return Action.CEASE_FIRE, token
        for table in (lexicon().nouns, lexicon().verbs):
            for entry in table.get(token.lemma, ()):
                if entry.frame.action is not None and not entry.companion:
                    return entry.frame.action, token
    duty = memory.last_duty()
    if duty is not None and duty.action is not Action.OTHER:
        return duty.action, None
    for token in clause.sentence.tokens:
        for entry in lexicon().nouns.get(token.lemma, ()):
            if entry.frame.action is not None and not entry.companion and token is not clause.head:
                return entry.frame.action, token
    if scene.topic.action is not None:
        return scene.topic.action, None
    return (Action.OTHER, None) if target.lemma in word_classes()["deal"] | word_classes()["deadline"] else (None, None)


def _carried_place(carrier: Token | None, scene: Scene) -> Where | None:
    if carrier is None:
        return None
    for child in carrier.children:
        if child.deprel in ("nmod", "obl", "obj") and preposition(child) in ("from", "of", "in", "out of", ""):
            where = scene.named_place(child)
            if where is not None:
                return where
    return None


def _carried_actors(carrier: Token, clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    for child in carrier.children:
        if child.deprel in ("nmod", "nmod:poss", "nsubj") and preposition(child) in ("of", "by", ""):
            found = scene.actors(child, clause.sentence)
            if found:
                return found
    return ()


def _moved(
    times: list[TimeExpression], known: When | None, step: Step, clause: Clause, scene: Scene
) -> tuple[When | None, When | None]:
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


def _request_of(token: Token) -> Token | None:
    """Who asked in "after a request from X", "at the request of X"."""
    for child in token.children:
        if child.deprel in ("nmod", "nmod:poss"):
            return child
    return token


# deals


def deal_near(clause: Clause) -> Token | None:
    """The deal a clause stands under ("under the deal", "as agreed", "the accord obliges …"); None where none is told."""
    top = clause.host or clause.head
    for token in (top, *top.ancestors()):
        for child in token.children:
            if child.deprel in ("obl", "nmod") and _is_deal(child) and preposition(child) in _UNDER:
                return child
            if child.deprel in ("nsubj", "nsubj:pass") and _is_deal(child) and token is not top:
                return child
            if (
                child.deprel == "advcl"
                and child.lemma in ("agree", "require", "promise", "stipulate", "plan")
                and child.child("mark")
            ):
                return child
        if token.deprel == "acl:relcl" and token.head is not None and _is_deal(token.head):
            return token.head
    return None


def _is_deal(token: Token) -> bool:
    return token.lemma in word_classes()["deal"]


def agreement_name(token: Token | None, scene: Scene) -> str | None:
    """How the text calls a deal: its noun with the modifiers before it, without the article."""
    if token is None or is_verbal(token) or not _is_deal(token):
        return None
    parts = [token, *(child for child in token.children if child.deprel in ("compound", "amod", "flat") and child.i < token.i)]
    return scene.document.text[min(part.start for part in parts) : token.end]


def _one(actor: Actor | None) -> tuple[Actor, ...]:
    return (actor,) if actor is not None else ()
