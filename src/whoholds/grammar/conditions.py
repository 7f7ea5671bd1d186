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

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
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


@dataclass(frozen=True, slots=True)
class _Condition:
    """The classes of one condition by what they look at: the lemma, the lemma or the word as written, or more than that."""

    lemmas: frozenset[str]
    words: frozenset[str]
    others: tuple[str, ...]

    def names(self, token: Token) -> bool:
        """Whether a word is one of those that are named."""
        return token.lemma in self.lemmas or token.lemma in self.words or token.lower in self.words


@lru_cache(maxsize=4096)
def _condition(kinds: tuple[str, ...]) -> _Condition:
    """The lexicon's lists of classes, a few hundred, worked out once."""
    sets = [word_classes()[kind[1:]] for kind in kinds if kind[0] == "#"]
    plain = frozenset(kind for kind in kinds if kind[0] not in "#+" and kind not in _KINDS and kind != "none")
    others = tuple(kind for kind in kinds if kind[0] == "+" or kind in _KINDS)
    return _Condition(plain, frozenset().union(*sets), others)


def _fits_any(clause: Clause, slot: str, kinds: tuple[str, ...], arguments: Arguments) -> bool:
    token = clause.slot(slot)
    if token is None:
        return "none" in kinds
    condition = _condition(kinds)
    if condition.names(token):
        return True
    heads = [token, *token.all("conj")]
    if token.lemma in word_classes()["part_noun"]:  # "the first one, Agdam"
        heads += token.all("appos")
    whole = whole_of(token)
    if any(map(condition.names, heads[1:])) or (whole is not None and condition.names(whole)):
        return True
    for kind in condition.others:
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
    if kind[0] == "+":
        condition = _condition((kind[1:],))
        others = condition.others
        return any(
            condition.names(child) or any(_is(child, other, arguments) for other in others)
            for child in token.all("compound", "amod")
        )
    return _KINDS[kind](token, arguments)


def _is_people(token: Token, arguments: Arguments) -> bool:
    return arguments.is_actor(token) and arguments.role(token) not in TROOPS and not arguments.is_place(token)


def _is_person(token: Token, arguments: Arguments) -> bool:
    acts = token.deprel.startswith("nsubj") and arguments.role(token) is not None  # a state that acts: "Iran backs the rebels"
    return arguments.is_actor(token) and (acts or not arguments.is_place(token))


def _is_several(token: Token, arguments: Arguments) -> bool:
    counted = token.child("nummod") is not None and token.tag == "NNS"  # "the two leaders"
    return counted or token.child("conj") is not None or token.tag == "NNPS" or token.lower in ("they", "both")


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


_KINDS: Mapping[str, Callable[[Token, Arguments], bool]] = {
    "any": lambda token, _: True,
    "place": lambda token, arguments: arguments.is_place(token),
    "named": lambda token, arguments: arguments.named_place(token) is not None,
    "actor": lambda token, arguments: arguments.is_actor(token),
    "troops": lambda token, arguments: arguments.role(token) in TROOPS,
    "people": _is_people,
    "person": _is_person,
    "official": lambda token, arguments: arguments.role(token) in _OFFICIAL or _one_of(token, "ruler"),
    "party": _is_party,
    "money": lambda token, _: token.tag == "$" or _one_of(token, "money"),
    "human": _is_human,
    "plural": lambda token, _: token.tag in ("NNS", "NNPS"),
    "several": _is_several,
    "number": lambda token, _: token.upos == "NUM" or token.child("nummod") is not None,
    "must": lambda clause, _: demands(clause),
    "plain": lambda clause, _: not demands(clause),
    "will": lambda clause, _: promises(clause),
    "unless": lambda clause, _: threatens_unless(clause),
    "threat": lambda clause, _: threatens_harm(clause),
    "not": lambda clause, _: negated(clause),
}
