"""Duties: which action the words stand for that a report names a duty by ("the deadline", "that work", "it")."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, preposition
from whoholds.grammar.delays import GIVES, infinitive
from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.grammar.memory import Memory
from whoholds.grammar.scene import Scene
from whoholds.grammar.steps import is_deal
from whoholds.language import Token
from whoholds.model import Action, Actor, Step, Where

_PHASES = frozenset(
    "finish complete conclude follow happen begin start do implement proceed resume end accomplish wrap carry".split()
)
_GIVEN = frozenset({Action.RELEASE, Action.EXCHANGE, Action.HAND_OVER})  # "the release of X": X is not who releases
_GENERIC = frozenset(
    "work process operation stage phase step move task it this that they plan programme program job rest remainder".split()
)
_FORCES = frozenset("force peacekeeper mission observer monitor contingent patrol battalion".split())


def meant_action(clause: Clause, memory: Memory) -> Action:
    """The action of a duty told by a verb that names none: "light arms are to follow", "that work must be finished"."""
    if clause.head.lemma not in _PHASES:
        return Action.OTHER
    argument = clause.object if clause.passive else clause.subject
    if argument is None:
        return Action.OTHER
    if argument.lemma in word_classes()["weapon"]:
        return Action.DISARM
    named = _named_action(argument)
    if named is not None:
        return named
    duty = memory.last_duty()
    pointed = any(child.lower in ("this", "that", "these", "those") for child in argument.all("det", "mark"))
    return duty.action if duty is not None and (argument.lemma in _GENERIC or pointed) else Action.OTHER


def acted_on(
    target: Token | None, step: Step | None, clause: Clause, memory: Memory, scene: Scene
) -> tuple[Action | None, Token | None]:
    """The action of the duty that a frame's step is taken on, and the word that names it; no action where none can be told.

    A deal that calls for what a noun tells gives none where the noun has arguments: it is a predicate of its own.
    """
    duty, lays_down = memory.last_duty(), step is Step.SET
    if target is None:
        return (duty.action if duty else None), None
    for token in (target, *target.subtree()):
        action = _named_action(token)
        if action is not None:
            laid_down_itself = lays_down and token is target and token.child("nmod", "nmod:poss", "obl") is not None
            return (None, None) if laid_down_itself else (action, token)
        if lays_down and token.lemma in _FORCES:
            return Action.DEPLOY, token
    if step is Step.EXTENDED and clause.head.lemma in GIVES and (to_do := infinitive(clause)) is not None:
        return _named_action(to_do) or Action.OTHER, to_do  # "were given ten days to form a cabinet"
    deal = is_deal(target)
    if duty is not None and (duty.action is not Action.OTHER or not deal):
        return duty.action, None
    if lays_down:
        return None, None
    if deal and target.lemma not in word_classes()["deadline"]:
        return Action.OTHER, None
    return _by_surroundings(target, clause, scene)


def _by_surroundings(target: Token, clause: Clause, scene: Scene) -> tuple[Action | None, Token | None]:
    for token in clause.sentence.tokens:
        for entry in lexicon().nouns.get(token.lemma, ()):
            if entry.frame.action is not None and not entry.companion and token is not clause.head:
                return entry.frame.action, token
    if scene.topic.action is not None:
        return scene.topic.action, None
    return (Action.OTHER, None) if target.lemma in word_classes()["deadline"] else (None, None)


def _named_action(token: Token) -> Action | None:
    if token.lemma in word_classes()["truce"] and token.lemma != "fire":
        return Action.CEASE_FIRE
    for table in (lexicon().nouns, lexicon().verbs):
        for entry in table.get(token.lemma, ()):
            if entry.frame.action is not None and not entry.companion:
                return entry.frame.action
    return None


def carried_place(carrier: Token | None, scene: Scene) -> Where | None:
    """The place that the word naming a duty names with it: "the withdrawal *from Goma*"."""
    if carrier is None:
        return None
    for child in carrier.children:
        if child.deprel in ("nmod", "obl", "obj") and preposition(child) in ("from", "of", "in", "out of", ""):
            where = scene.named_place(child)
            if where is not None:
                return where
    return None


def carried_actors(action: Action, carrier: Token | None, clause: Clause, scene: Scene) -> tuple[Actor, ...]:
    """The actors that the word naming a duty names with it: "the withdrawal *of the rebels*"."""
    if carrier is None:
        return ()
    for child in carrier.children:
        if child.deprel in ("nmod", "nmod:poss", "nsubj") and preposition(child) in ("of", "by", ""):
            found = scene.actors(child, clause.sentence)
            if found:
                return found
    return ()
