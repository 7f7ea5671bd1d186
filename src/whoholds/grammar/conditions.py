"""Conditions: what kinds of argument a frame accepts.

Of things and people: `place` (a located name, or a noun such as "town" that stands for one), `named` (a located name), `actor`,
`troops` (armed actors), `people` (unarmed ones), `person` (any human actor, or a state that acts), `official` (a state, its
organs, unions of states), `party` (whoever acts in politics or war: any actor but private persons, firms), `human` (somebody,
known or not), `money`, `plural`, `several` (joined by "and", counted or a plural name), `number`, `none` (no argument
there), `any`.

Of clauses that are governed (see `whoholds.grammar.prospects`): `must`, `plain` (not so), `will`, `unless`, `threat`, `not`.

`#name` is a set of lemmas in `classes.toml`, `+class` is fulfilled by what modifies the argument ("an *aid* package"), and
everything else is a lemma itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from whoholds.grammar.clause import Clause, preposition
from whoholds.grammar.lexicon import Frame, word_classes
from whoholds.grammar.prospects import demands, negated, promises, threatens_harm, threatens_unless
from whoholds.language import Token
from whoholds.model import Role, Where

_OFFICIAL = frozenset({Role.GOV, Role.MIL, Role.COP, Role.SPY, Role.LEG, Role.JUD, Role.IGO, Role.PPL})
_PRIVATE = frozenset({Role.CVL, Role.REF, Role.MED})
_PRONOUNS = frozenset("he she him her they them who whom his their we us our".split())
TROOPS = frozenset({Role.MIL, Role.REB, Role.UAF, Role.COP, Role.PPL, Role.SPY})
UNARMED = frozenset({Role.CVL, Role.REF, Role.NGO, Role.MED})


_PROSPECTS: Mapping[str, Callable[[Token], bool]] = {
    "must": demands,
    "plain": lambda clause: not demands(clause),
    "will": promises,
    "unless": threatens_unless,
    "threat": threatens_harm,
    "not": negated,
}


class Arguments(Protocol):
    """What conditions ask of the document."""

    def is_place(self, token: Token) -> bool: ...
    def named_place(self, token: Token) -> Where | None: ...
    def role(self, token: Token) -> Role | None: ...
    def is_actor(self, token: Token) -> bool: ...


def accepts(frame: Frame, clause: Clause, arguments: Arguments) -> bool:
    """Whether the clause's arguments meet all the frame's conditions."""
    for slot, classes in frame.wants:
        if not _fits_any(clause, slot, classes, arguments):
            return False
    return not any(_fits_any(clause, slot, classes, arguments) for slot, classes in frame.bars)


def fits(clause: Clause, slot: str, kind: str, arguments: Arguments) -> bool:
    """Whether the argument in a slot is of a class."""
    return _fits_any(clause, slot, (kind,), arguments)


def _fits_any(clause: Clause, slot: str, kinds: Sequence[str], arguments: Arguments) -> bool:
    token = clause.slot(slot)
    if token is None:
        return "none" in kinds
    heads = [token, *token.all("conj")]
    if token.lemma in word_classes()["part_noun"]:  # "the first one, Agdam"
        heads += token.all("appos")
    whole = whole_of(token)
    for kind in kinds:
        if kind == "none":
            continue
        for head in heads:
            if _is(head, kind, arguments):
                return True
        if whole is not None and kind != "number" and _is(whole, kind, arguments):
            return True
    return False


def whole_of(token: Token) -> Token | None:
    """What a part or quantity is of: "dozens of *shoppers*", "the last of their *rifles*"; None for anything else."""
    if token.lemma == "number" and token.child("compound") is not None:
        return token.child("compound")  # "*gun* number 840"
    counted = token.upos == "NUM"  # "14 of the 17 townships"
    if not counted and token.lemma not in word_classes()["part_noun"] and token.lemma not in word_classes()["quantity"]:
        return None
    if token.lemma in ("more", "less"):  # "no more than a few *streets*"
        return next((child for child in token.children if preposition(child) == "than"), None)
    return next((child for child in token.children if child.deprel == "nmod" and preposition(child) == "of"), None)


def _is(token: Token, kind: str, arguments: Arguments) -> bool:
    if kind[0] == "#":
        words = word_classes()[kind[1:]]
        return token.lemma in words or token.lower in words
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
        case "official":
            return arguments.role(token) in _OFFICIAL or _one_of(token, "ruler")
        case "party":
            return _is_party(token, arguments)
        case "money":
            return token.tag == "$" or _one_of(token, "money")
        case "human":
            return _is_human(token, arguments)
        case "plural":
            return token.tag in ("NNS", "NNPS")
        case "several":
            counted = token.child("nummod") is not None and token.tag == "NNS"  # "the two leaders"
            return counted or token.child("conj") is not None or token.tag == "NNPS" or token.lower in ("they", "both")
        case "number":
            return token.upos == "NUM" or token.child("nummod") is not None
    if kind in _PROSPECTS:
        return _PROSPECTS[kind](token)
    if kind.startswith("+"):
        return any(_is(child, kind[1:], arguments) for child in token.all("compound", "amod"))
    return token.lemma == kind


def _is_human(token: Token, arguments: Arguments) -> bool:
    if token.entity == "PERSON" or token.lower in _PRONOUNS or _one_of(token, "human", "ruler"):
        return True
    unknown = token.upos == "PROPN" and not token.entity
    return (unknown or arguments.is_actor(token)) and not arguments.is_place(token)


def _is_party(token: Token, arguments: Arguments) -> bool:
    role = arguments.role(token)
    if role is not None:
        return role not in _PRIVATE or _one_of(token, "crowd_noun", "ruler")
    clause = token.head
    if token.upos == "PRON" and clause is not None and clause.deprel == "ccomp" and clause.head is not None:
        speaker = clause.head.child("nsubj")  # "the envoy said *he* was ready"
        return speaker is not None and speaker.upos != "PRON" and _is_party(speaker, arguments)
    return token.upos == "PROPN" or _one_of(token, "ruler", "party_noun")


def _one_of(token: Token, *names: str) -> bool:
    return any(token.lemma in word_classes()[name] for name in names)
