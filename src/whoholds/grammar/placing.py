"""Placing: where an event happens or a duty is due: what its sentence tells, else what was told before.

Where the sentence tells nothing (`locating`), what happens on the ground is placed by the place told before it in the sentence,
then by that of the sentences of the paragraph before it, then by the scene of the report (`Setting.main_place`). What is done
by words (demands, accusations, refusals) or over a table happens on no scene. The toll of a whole war is placed only where the
scene is a region, a truce only where it is told to hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.grammar.clause import Clause, preposition
from whoholds.grammar.locating import ORDER, POINTS, REASON_OWN, Ground, Placed, Scene, own_place, refers, told_place
from whoholds.grammar.setting import is_region
from whoholds.grammar.thread import Thread
from whoholds.grammar.topic import TRUCES
from whoholds.grammar.whereabouts import SETTLED
from whoholds.language import Token
from whoholds.model import Action, Event, EventType, Matter, Where

_GROUND = {
    EventType.ASSAULT: Ground.SCENE,
    EventType.COERCE: Ground.SCENE,
    EventType.PROTEST: Ground.SCENE,
    EventType.AID: Ground.SCENE,
    EventType.MOBILIZE: Ground.WHITHER,
    EventType.RETREAT: Ground.WHENCE,
    EventType.AGREE: Ground.TABLE,
    EventType.CONSULT: Ground.TABLE,
    EventType.COOPERATE: Ground.TABLE,
}
_WAR = frozenset({"war", "conflict", "insurgency", "invasion", "campaign", "century", "decade"})
_IN_SENTENCE = "of what was told before it in the sentence"
_IN_PARAGRAPH = "of what was told before it in the paragraph"
_MAIN = "the scene of the report"
CARRIED = frozenset({_IN_SENTENCE, _IN_PARAGRAPH, _MAIN})  # the rules that look beyond the sentence's own words


def place_of(clause: Clause, matter: Matter, scene: Scene, thread: Thread, *, background: bool = False) -> Placed | None:
    """Where a matter told by a clause happens; None when it is not told. `background` bars the scene of the report."""
    ground = _ground(matter)
    parts = _parts(clause)
    if parts & TRUCES and ground is Ground.WHENCE:  # a truce holds where it is told to, not where it was signed
        own = own_place(clause, ground, scene)
        return Placed(own, REASON_OWN) if own is not None else None
    found = told_place(clause, ground, scene)
    if found is not None or not on_the_ground(matter):
        return found
    if parts & TRUCES:
        return None
    if parts & _WAR or _total(matter, clause):
        main = scene.main_place(thread.places(), thread.tables)
        region = main is not None and main.place is not None and is_region(main.place)
        return Placed(main, _MAIN) if main is not None and region else None
    for why, where in _carried(clause, scene, thread, background=background):
        if where is not None:
            return Placed(where, why)
    return None


def unresolved(clause: Clause, scene: Scene) -> Token | None:
    """A word of a clause that stands for a place told before, where it cannot be told which: "the town", "there"."""
    for token in (clause.object, *(clause.obliques.get(name) for name in ORDER[Ground.SCENE]), *clause.head.children):
        if token is None or token.deprel.startswith("nsubj"):
            continue
        points = token.lower in POINTS or (token.upos == "NOUN" and token.lemma in SETTLED and refers(token))
        if points and scene.where(token) is None:
            return token
    return None


def place_of_duty(told: Where | None, action: Action, scene: Scene, thread: Thread) -> Placed | None:
    """Where a duty is to be done: where its clause tells, else for ground to be left the scene, for a vote the country."""
    if told is not None:
        return Placed(told, "of the duty")
    found: Where | None = None
    if action in (Action.WITHDRAW, Action.HAND_OVER):
        found = scene.main_place(thread.places(), thread.tables)
    elif action is Action.ELECT:
        found = scene.main_country()
    return Placed(found, _MAIN if action is not Action.ELECT else "the country that the report is about") if found else None


def on_the_ground(matter: Matter) -> bool:
    """Whether a matter happens on the ground rather than by words or over a table."""
    return _ground(matter) not in (Ground.TABLE, Ground.WORDS)


def sets_scene(matter: Matter) -> bool:
    """Whether where a matter happens is a scene for what is told next; where something was signed or talked over is none."""
    return _ground(matter) is not Ground.TABLE


def _ground(matter: Matter) -> Ground:
    return _GROUND.get(matter.type, Ground.WORDS) if isinstance(matter, Event) else Ground.SCENE


def _carried(clause: Clause, scene: Scene, thread: Thread, *, background: bool) -> Iterator[tuple[str, Where | None]]:
    yield _IN_SENTENCE, thread.place_before(clause.head, clause.sentence)
    yield _IN_PARAGRAPH, thread.place_in_paragraph(clause.sentence)
    if not background:
        yield _MAIN, scene.main_place(thread.places(), thread.tables)


def _total(matter: Matter, clause: Clause) -> bool:
    """Whether a clause counts the dead of a whole time: "have been killed *since* 15 April"."""
    counted = isinstance(matter, Event) and (matter.killed is not None or matter.injured is not None)
    verb = clause.host or clause.head
    return counted and any(preposition(child) == "since" for child in verb.children)


def _parts(clause: Clause) -> set[str]:
    """The lemmas of a predicate and its arguments, and of what it modifies: "a *war* in which some 30,000 died"."""
    tokens = [clause.head, clause.subject, clause.object, *clause.obliques.values()]
    if clause.head.deprel.startswith("acl"):
        tokens.append(clause.head.head)
    return {token.lemma for token in tokens if token is not None}
