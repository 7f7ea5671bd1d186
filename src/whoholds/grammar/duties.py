"""Duties: which action the words stand for that a report names a duty by ("the deadline", "that work", "it")."""

from __future__ import annotations

from whoholds.grammar.clause import Clause, is_verbal, preposition
from whoholds.grammar.delays import GIVES, infinitive
from whoholds.grammar.lexicon import lexicon, word_classes
from whoholds.grammar.memory import Memory
from whoholds.grammar.scene import Scene
from whoholds.grammar.steps import is_deal
from whoholds.language import Token
from whoholds.model import Action, Step, Where

PHASES = frozenset(
    "finish complete conclude follow happen begin start do implement proceed resume end accomplish wrap carry".split()
)
_GENERIC = frozenset(
    "work process operation stage phase step move task it this that they plan programme program job rest remainder".split()
)
_SURE = frozenset({"disarm", "demobilise", "demobilize", "withdraw", "demine"})  # whoever is to do it
_STOPS = frozenset({"stop", "end", "cease", "halt", "suspend"})
_BREACHES = frozenset({"violation", "breach", "non-compliance"})
_FORCES = frozenset("force peacekeeper mission observer monitor contingent patrol battalion".split())


def meant_action(clause: Clause, memory: Memory) -> Action:
    """The action of a duty told by a verb that names none: "light arms are to follow", "that work must be finished"."""
    if clause.head.lemma in _SURE:
        return _named_action(clause.head) or Action.OTHER
    if clause.head.lemma not in PHASES:
        return Action.OTHER
    if (
        clause.object is None
        and not clause.passive
        and clause.head.deprel == "conj"
        and (before := memory.last_duty()) is not None
    ):
        return before.action  # "must begin to withdraw by Friday and *finish* within two weeks"
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
    if not is_verbal(clause.head) and preposition(clause.head) == "in":  # "recruited men in breach of the accord"
        verb = clause.head.head
        truce = target is not None and target.lemma in word_classes()["truce"]
        return (Action.CEASE_FIRE if truce else (_named_action(verb) if verb is not None else None) or Action.OTHER), None
    of_truce = target is None or target.lemma in word_classes()["truce"]
    if clause.head.lemma in _BREACHES and not is_verbal(clause.head) and of_truce and scene.topic.truce:
        return Action.CEASE_FIRE, None  # violations by themselves are those of a truce
    limit = clause.subject if clause.subject is not None and clause.subject.lemma in word_classes()["deadline"] else target
    if limit is not None and limit.lemma in word_classes()["deadline"] and (told := _told_of(limit)) is not None:
        return told
    if target is None:
        return (duty.action if duty and not lays_down else None), None
    for token in _naming(target):
        action = _named_action(token)
        if action is not None:
            laid_down_itself = lays_down and token is target and token.child("nmod", "nmod:poss", "obl") is not None
            return (None, None) if laid_down_itself else (action, token)
        if (lays_down or target.lemma == "mandate") and token.lemma in _FORCES:
            return Action.DEPLOY, token
    to_do = infinitive(clause)
    if to_do is not None and (step is Step.SOUGHT or clause.head.lemma in GIVES or clause.head.lemma == "have"):
        named = next((action for word in to_do.subtree() if (action := _named_action(word)) is not None), None)
        if named is not None or (step is not Step.SOUGHT and clause.head.lemma != "have"):
            return named or Action.OTHER, to_do  # "were given ten days to form a cabinet"
        if clause.head.lemma == "have":
            return None, None
    deal = is_deal(target)
    if duty is None and memory.told is not None and target.lemma in word_classes()["deadline"] and not lays_down:
        return memory.told, None  # "left the capital, but missed the deadline"
    if lays_down and target.lemma not in word_classes()["deadline"]:
        return None, None
    if duty is not None and (duty.action is not Action.OTHER or not deal):
        return duty.action, None
    if lays_down and duty is None:
        return None, None
    if deal and target.lemma not in word_classes()["deadline"]:
        return Action.OTHER, None
    return _by_surroundings(target, clause, scene)


def _told_of(limit: Token) -> tuple[Action | None, Token | None] | None:
    """The duty that a deadline is said to be one for: "the deadline *for the rebels to merge*", "a date *for the vote*"."""
    for child in (*limit.children, *(below for word in limit.children for below in word.children)):
        to_do = is_verbal(child) and child.tag == "VB" and child.child("mark") is not None
        if to_do and child.lemma not in ("end", "expire", "lapse", "move", "go", "act", "do", "comply"):
            return _named_action(child) or Action.OTHER, child
    for child in limit.all("nmod"):
        if preposition(child) == "for" and child.upos == "NOUN" and child.entity == "":
            named = next((action for word in child.subtree() if (action := _named_action(word)) is not None), None)
            return named, child if named is not None else None
    return None


def _naming(target: Token) -> list[Token]:
    """The words of a phrase that may name the duty: its head, then what is to be done, then the rest in order."""
    words = list(target.subtree())
    to_do = [token for token in words if is_verbal(token) and token.child("mark") is not None]
    return [target, *to_do, *words]


def _by_surroundings(target: Token, clause: Clause, scene: Scene) -> tuple[Action | None, Token | None]:
    for token in clause.sentence.tokens:
        for entry in lexicon().nouns.get(token.lemma, ()):
            if entry.frame.action is not None and not entry.companion and token is not clause.head:
                return entry.frame.action, token
    if scene.topic.action is not None:
        return scene.topic.action, None
    return (Action.OTHER, None) if target.lemma in word_classes()["deadline"] else (None, None)


def _named_action(token: Token) -> Action | None:
    if token.lemma in ("evacuate", "evacuation"):
        return Action.OTHER
    ended = token.child("obj") if token.lemma in _STOPS and is_verbal(token) else None
    if ended is not None and ended.lemma in word_classes()["violence"] | {"fire"}:
        return Action.CEASE_FIRE  # "two weeks to stop the fighting"
    if token.lemma == "return" and token.upos == "NOUN" and token.child("nmod") is None:
        return None  # "tax returns"
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
    for token in carrier.subtree():  # hung on those who leave: "the pullout of the troops *from Aceh*"
        if (
            token is not carrier
            and preposition(token) in ("from", "out of")
            and (where := scene.named_place(token)) is not None
        ):
            return where
    return None
