"""Roles: who did what to whom where the frame's own arguments do not tell, or tell too much.

1. Those counted among the dead by no more than "people" or "dozens" are nobody's side: they are no recipients.
2. Who is asked stands in what is asked: "demanded that *the council* act", "demanded the resignation of *the minister*".
3. What is mutual is done by each to the other: "each side blames the other", "the army and the rebels traded blame".
4. Who answers, answers those who acted before: "crowds stormed the gate and police replied with tear gas".
5. An undertaking of one party alone has one actor: "the government undertook to pay".
"""

from __future__ import annotations

from dataclasses import replace

from whoholds.grammar.clause import Clause, antecedent, is_verbal, preposition
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.scene import Scene
from whoholds.model import Actor, Event, EventType

_ANYBODY = frozenset({"people", "person", "life", "soul", "dead", "body", "victim", "number", "casualty"})
_ANSWERS = frozenset({"reply", "respond", "retaliate", "answer", "counter"})
_EACH = frozenset({"each", "both", "either"})
_TRADES = frozenset({"trade", "exchange", "swap"})
_ALONE = frozenset({"undertake", "pledge", "promise", "vow", "commit"})
_OUSTED = frozenset({"resignation", "removal", "ouster", "departure", "dismissal", "replacement", "arrest"})
_SAID_TO = frozenset({EventType.ACCUSE, EventType.REQUEST, EventType.THREATEN})
_ASKED = ("ccomp", "acl", "acl:relcl", "xcomp")


def settled(event: Event, clause: Clause, scene: Scene) -> Event:
    """The event with actors and recipients as the whole sentence tells them."""
    if event.type is EventType.ASSAULT:
        event = replace(event, recipients=tuple(actor for actor in event.recipients if not _anybody(actor)))
    if event.type is EventType.AGREE and clause.head.lemma in _ALONE and "with" not in clause.obliques:
        event = replace(event, actors=scene.actors(clause.subject, clause.sentence) or event.actors)
    mutual = _mutual(clause, scene)
    if mutual and event.type in (EventType.ACCUSE, EventType.ASSAULT):
        event = replace(event, actors=mutual, recipients=mutual)
    if not event.recipients:
        event = replace(event, recipients=_addressed(event, clause, scene))
    return event


def _addressed(event: Event, clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """Whom an event without recipients is directed at, by what it asks, whom it is said to, or what it answers."""
    said_to = clause.indirect if event.type in _SAID_TO else None
    told = scene.actors(said_to, clause.sentence) if said_to is not None and said_to.upos != "PRON" else ()
    return _asked(event, clause, scene) or told or _answered(event, clause, scene)


def _anybody(actor: Actor) -> bool:
    """Whether a name only counts people: "14 people", "dozens"."""
    words = actor.name.lower().split()
    head = words[-1] if words else ""
    counted = head in word_classes()["quantity"] or head.rstrip("s") in word_classes()["quantity"]
    return head in _ANYBODY or head == "persons" or head.isdigit() or counted


def _mutual(clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """The parties of something that each does to the other; none where it is not told so."""
    subject = clause.subject
    if subject is None:
        return ()
    each = subject.lower in _EACH or any(child.lower in _EACH for child in subject.all("det"))
    thing = clause.object
    other = thing is not None and thing.lower == "other"
    told = any(child.lower == "other" for verb in clause.head.all("ccomp") for child in verb.all("nsubj"))  # "says the other …"
    if each and (other or told):
        return scene.parties()
    if clause.head.lemma in _TRADES or (thing is not None and other and any(child.lower == "each" for child in thing.children)):
        found = scene.actors(subject, clause.sentence)
        return found if len(found) > 1 else scene.parties() if subject.lemma in word_classes()["sides"] else ()
    return ()


def _asked(event: Event, clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    if event.type is not EventType.REQUEST:
        return ()
    for child in clause.head.children:
        asks = child.deprel in _ASKED and is_verbal(child) and any(mark.lower == "that" for mark in child.all("mark"))
        subject = child.child("nsubj") if asks else None
        if subject is not None and scene.role(subject) is not None:
            return scene.actors(subject, clause.sentence)
    thing = clause.object or clause.obliques.get("for")
    for child in thing.children if thing is not None and thing.lemma in _OUSTED else ():
        if child.deprel == "nmod:poss" or (child.deprel == "nmod" and preposition(child) == "of"):
            return scene.actors(child, clause.sentence)
    return ()


def _answered(event: Event, clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    head = clause.head
    if not any(token.lemma in _ANSWERS for token in (head, clause.host) if token is not None):
        return ()
    before = head.head if head.deprel in ("conj", "advcl", "parataxis") else None
    subject = before.child("nsubj", "nsubj:pass") if before is not None else None
    found = scene.actors(antecedent(subject), clause.sentence) if subject is not None else ()
    return tuple(actor for actor in found if actor not in event.actors)
