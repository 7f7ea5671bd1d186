"""Obligors: who is bound by a duty, from the words that tell it, from those who ask for it or give it time, and from before."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, is_verbal, preposition, verb_clause
from whoholds.grammar.conditions import UNARMED
from whoholds.grammar.delays import GIVES, infinitive
from whoholds.grammar.events import slot_actors
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.memory import Duty, Memory
from whoholds.grammar.mood import Mood
from whoholds.grammar.scene import Scene
from whoholds.language import Token
from whoholds.model import Action, Actor, Role, Step

_DECLARES = frozenset({"announce", "promise", "pledge", "declare", "undertake", "set", "schedule", "fix"})
_GETS = frozenset({"win", "gain", "get", "obtain", "secure", "receive", "buy"})
_GIVEN_OVER = frozenset({Action.RELEASE, Action.EXCHANGE, Action.HAND_OVER, Action.ELECT})  # "of X": X is not who does it


def performers(slots: tuple[str, ...], action: Action, clause: Clause, scene: Scene, memory: Memory) -> tuple[Actor, ...]:
    """Who is to do what a clause tells: those in its slots, or who announces what a noun names."""
    subject = clause.subject
    if subject is not None and subject.lemma in ("party", "side") and scene.topic.treaty and memory.parties:
        return memory.parties
    if subject is not None and (subject.lemma in word_classes()["weapon"] or subject.lemma in word_classes()["truce"]):
        return ()
    above = clause.head.head
    if above is not None and is_verbal(above) and above.lemma in ("let", "allow", "permit"):
        return scene.actors(verb_clause(above, clause.sentence).subject, clause.sentence)  # who must let it be done
    found = slot_actors(slots, clause, scene)
    if not found and not is_verbal(clause.head):
        verb = clause.head.head
        if verb is not None and is_verbal(verb) and verb.lemma in _DECLARES and clause.head.deprel == "obj":
            found = scene.actors(verb_clause(verb, clause.sentence).subject, clause.sentence)
    return fighters(found) if action is Action.WITHDRAW else found


def private(actors: tuple[Actor, ...]) -> bool:
    """Whether all are private persons or firms, whose duties to each other are no matter of war and peace."""
    return bool(actors) and all(actor.role in (Role.CVL, Role.MED) for actor in actors)


def of_business(clause: Clause) -> bool:
    """Whether a clause is about a firm's duty, whatever deal the document tells of."""
    receiver = clause.indirect or clause.head.child("iobj") or (clause.object if clause.head.lemma in GIVES else None)
    parts = [part for part in (clause.subject, receiver) if part is not None]
    return any(part.lemma in word_classes()["business"] for part in parts)


def fighters(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The armed ones of those who withdraw ("the forces and the settlers"); all where none is armed."""
    return tuple(actor for actor in actors if actor.role not in UNARMED) or actors


def bound_by_step(
    step: Step, slots: tuple[str, ...], action: Action, carrier: Token | None, known: Duty | None, clause: Clause, scene: Scene,
    memory: Memory,
) -> tuple[Actor, ...]:  # fmt: skip
    """Who is bound by a duty that a predicate acts on: named with it, given time for it, or known from before."""
    found: tuple[Actor, ...] = ()
    if step in (Step.BREACHED, Step.MET):
        found = slot_actors(slots, clause, scene) or _breaker(clause, scene)
    elif step in (Step.EXTENDED, Step.ADVANCED) and clause.head.lemma in GIVES:
        found = _given_time(clause, scene)
    elif step is Step.SET and clause.head.lemma == "have":
        return scene.actors(clause.subject, clause.sentence)
    elif step is Step.SET and clause.head.lemma in GIVES:
        return _given_time(clause, scene)
    elif step is Step.SET:
        return carried_actors(action, carrier, clause, scene) or slot_actors(slots, clause, scene)
    found = found or carried_actors(action, carrier, clause, scene)
    if known is not None and known.action is action:
        found = found or known.obligors
    if step is not Step.SOUGHT and action is not Action.ELECT:
        found = found or memory.obliged.get(action, ())
    if not found and step in (Step.CANCELLED, Step.EXTENDED) and clause.head.lemma not in GIVES:
        found = slot_actors(("subject",), clause, scene)  # who puts off or calls off what is theirs to do
    if not found and action is Action.CEASE_FIRE and step is not Step.SOUGHT:
        return both_sides(scene, memory)
    if not found and step is not Step.SOUGHT:
        found = memory.parties
    return fighters(found) if action is Action.WITHDRAW else found


def both_sides(scene: Scene, memory: Memory) -> tuple[Actor, ...]:
    """The two parties of a truce: those who agreed on it, else those of the story, by their forces within one country."""
    if len(memory.parties) > 1:
        return memory.parties
    found = scene.parties()
    if len(found) != 2:
        return ()
    return tuple(scene.forces_of(actor) for actor in found) if found[0].country == found[1].country else found


def addressed(clause: Clause, mood: Mood, scene: Scene) -> tuple[Actor, ...]:
    """Those of whom something is asked: "urged *the parties* to …", "asked *the delegations* for …"; none for nobody."""
    verb = mood.duty_word if mood.duty_word is not None and is_verbal(mood.duty_word) else clause.host or clause.head
    if mood.duty_word is None and verb.lemma not in ("ask", "press", "urge", "beg", "implore", "petition", "lobby"):
        return ()
    for child in verb.children:
        if child.deprel in ("obj", "iobj") or (child.deprel == "obl" and preposition(child) in ("on", "to")):
            found = scene.actors(child, clause.sentence)
            if found:
                return found
    return ()


def asked_for_time(clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """Who asks for more time for what is theirs to do: "*the army* asked the mediators for two more weeks to withdraw"."""
    time = clause.slot("for")
    if time is None or time.lemma not in ("time", "day", "week", "month", "extension", "delay") or clause.passive:
        return ()
    if infinitive(clause) is None:
        return ()
    return tuple(actor for actor in scene.actors(clause.subject, clause.sentence) if actor.role is not Role.IGO)


def _given_time(clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """Who gets time: "gave *the rebels* ten days", "*they* were handed an extension", "*they* won a delay"."""
    verb = clause.head
    if verb.lemma in _GETS:
        return scene.actors(clause.subject, clause.sentence)
    receiver = clause.indirect or verb.child("nsubj:pass") or clause.obliques.get("to")
    if receiver is None and (thing := verb.child("obj")) is not None and thing.upos != "PRON":
        receiver = thing
    return scene.actors(receiver, clause.sentence)


def _breaker(clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """Who does what is told as a breach: "*the army* moved tanks there in breach of the accord"."""
    verb = clause.head.head
    if is_verbal(clause.head) or verb is None:
        return ()
    if verb.lemma in ("accuse", "suspect", "blame") and preposition(clause.head) in ("of", "for"):
        return scene.actors(verb_clause(verb, clause.sentence).object, clause.sentence)  # "accused *the rebels* of breaches"
    accused = verb.head is not None and verb.head.lemma in ("accuse", "suspect", "blame")
    if accused and preposition(clause.head) == "of" and not is_verbal(verb):
        return scene.actors(verb, clause.sentence)  # the same, hung on the accused
    if preposition(clause.head) != "in" or not is_verbal(verb):
        return ()
    done = verb_clause(verb, clause.sentence)  # "tanks were seen there in breach of …": those seen
    return scene.actors(done.object if done.passive and done.subject is None else done.subject, clause.sentence)


def carried_actors(action: Action, carrier: Token | None, clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """The actors that the word naming a duty names with it: "the exit *of the rebels*", "a deadline for *them* to go"."""
    if carrier is None:
        return ()
    if is_verbal(carrier):
        return scene.actors(verb_clause(carrier, clause.sentence).subject, clause.sentence)
    for child in carrier.children:
        name = preposition(child)
        if child.deprel in ("nmod", "nmod:poss", "nsubj") and name in ("of", "by", ""):
            if name == "of" and action in _GIVEN_OVER:
                continue
            found = scene.actors(child, clause.sentence)
            if found:
                return found
    return ()
