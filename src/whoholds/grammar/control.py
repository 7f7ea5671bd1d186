"""Control: who comes to hold, loses, holds or contests a place."""

from __future__ import annotations

from whoholds.grammar.clause import is_verbal, verb_clause
from whoholds.grammar.events import slot_actors
from whoholds.grammar.memory import Memory
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.scene import Scene
from whoholds.language import Token
from whoholds.model import Actor, Change, Control, Where


def controls(predicate: Predicate, scene: Scene, memory: Memory) -> list[tuple[Control, Where]]:
    """The control claims of a predicate, one for each place it names or stands for; none where no place can be told."""
    frame = predicate.frames["control"]
    clause = predicate.clause_for("control")
    assert frame.control is not None
    places: list[Where] = []
    for slot in frame.place:
        token = clause.slot(slot)
        if token is not None:
            places = scene.places(token)
            if places:
                break
    if not places:
        return []
    holder = _first(slot_actors(frame.holder, clause, scene))
    former = _first(slot_actors(frame.former, clause, scene))
    change = frame.control
    if change is Change.HOLDS and _put(clause.head):
        change = Change.GAINS
    if change is Change.GAINS and frame.handover:
        memory.gave(former, holder)
        holder, former = holder or _receiver(clause.object, former, predicate, scene) or memory.taker, former or memory.giver
        holder = holder or scene.other_party(former)
        memory.gave(former, holder)
    if change is Change.GAINS and holder is None:
        holder = memory.taker if memory.taker != former else None
        holder = holder or scene.last_armed(clause.head.start, former)
    if change is Change.HOLDS and predicate.mood.negated:  # "is no longer under the control of"
        change, former, holder = Change.LOSES, holder, None
    if holder is not None and former is not None and (holder.country, holder.role) == (former.country, former.role):
        former = None
    if change in (Change.GAINS, Change.HOLDS) and holder is None:
        return []
    if change in (Change.LOSES, Change.CONTESTED):
        holder = None
    return [(Control(change=change, holder=holder, former=former), where) for where in places]


def _put(noun: Token) -> bool:
    """Whether a noun of holding tells a change: "the war *left* the territory in rebel hands", "is *back* in their hands"."""
    if any(child.lower == "back" for child in noun.all("advmod")):
        return True
    verb = next((above for above in noun.ancestors() if is_verbal(above)), None)
    return verb is not None and verb.lemma in ("leave", "put", "bring", "place", "return") and noun.child("cop") is None


def _receiver(place: Token | None, former: Actor | None, predicate: Predicate, scene: Scene) -> Actor | None:
    """Who comes to a place that another clause says was ceded: "X entered the region, a territory ceded by Y"."""
    if place is None or former is None:
        return None
    for above in place.ancestors():
        if is_verbal(above):
            sentence = predicate.clause.sentence
            comer = _first(scene.actors(verb_clause(above, sentence).subject, sentence))
            return comer if comer is not None and comer.country != former.country else None
    return None


def _first(actors: tuple[Actor, ...]) -> Actor | None:
    return actors[0] if actors else None
