"""Conditions: what kinds of argument a frame accepts.

A class is `place` (a located name, or a noun such as "town" that stands for one), `named` (a located name), `actor`, `troops`
(armed actors), `people` (unarmed ones), `person` (any human actor, or a state that acts), `several` (joined by "and", counted
or a plural name), `number`, `none` (no argument there), `any`, `#name` (a set of lemmas in `classes.toml`) or a lemma itself.
"""

from __future__ import annotations

from typing import Protocol

from whoholds.grammar.clause import Clause, preposition
from whoholds.grammar.lexicon import Frame, word_classes
from whoholds.language import Token
from whoholds.model import Role, Where

TROOPS = frozenset({Role.MIL, Role.REB, Role.UAF, Role.COP, Role.PPL, Role.SPY})


class Arguments(Protocol):
    """What conditions ask of the document."""

    def is_place(self, token: Token) -> bool: ...
    def named_place(self, token: Token) -> Where | None: ...
    def role(self, token: Token) -> Role | None: ...
    def is_actor(self, token: Token) -> bool: ...


def accepts(frame: Frame, clause: Clause, arguments: Arguments) -> bool:
    """Whether the clause's arguments meet all the frame's conditions."""
    for slot, classes in frame.wants:
        if not any(fits(clause, slot, kind, arguments) for kind in classes):
            return False
    return not any(fits(clause, slot, kind, arguments) for slot, classes in frame.bars for kind in classes)


def fits(clause: Clause, slot: str, kind: str, arguments: Arguments) -> bool:
    """Whether the argument in a slot is of a class."""
    token = clause.slot(slot)
    if kind == "none":
        return token is None
    if token is None:
        return False
    heads = [token, *token.all("conj")]
    whole = whole_of(token)
    if whole is not None and kind != "number":
        heads.append(whole)
    if token.lemma in word_classes()["part_noun"]:  # "the first one, Agdam"
        heads += token.all("appos")
    return any(_is(head, kind, arguments) for head in heads)


def whole_of(token: Token) -> Token | None:
    """What a part or quantity is of: "dozens of *shoppers*", "the last of their *rifles*"; None for anything else."""
    if token.lemma not in word_classes()["part_noun"] and token.lemma not in word_classes()["quantity"]:
        return None
    return next((child for child in token.children if child.deprel == "nmod" and preposition(child) == "of"), None)


def _is(token: Token, kind: str, arguments: Arguments) -> bool:
    match kind:
        case "any":
            return True
        case "place":
            return arguments.is_place(token)
        case "named":
            return arguments.named_place(token) is not None
        case "actor":
            return arguments.is_actor(token)
        case "troops":
            return arguments.role(token) in TROOPS
        case "people":
            role = arguments.role(token)
            return arguments.is_actor(token) and role not in TROOPS and not arguments.is_place(token)
        case "person":  # a state that acts is one: "Iran backs the rebels"
            acts = token.deprel.startswith("nsubj") and arguments.role(token) is not None
            return arguments.is_actor(token) and (acts or not arguments.is_place(token))
        case "several":
            counted = token.child("nummod") is not None and token.tag == "NNS"  # "the two leaders"
            return counted or token.child("conj") is not None or token.tag == "NNPS" or token.lower in ("they", "both")
        case "number":
            return token.upos == "NUM" or token.child("nummod") is not None
    if kind.startswith("#"):
        return token.lemma in word_classes()[kind[1:]] or token.lower in word_classes()[kind[1:]]
    return token.lemma == kind
