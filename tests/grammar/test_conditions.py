"""Conditions: which arguments a frame accepts, with the document's knowledge put in by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.grammar.build import clause_of, parsed, word
from whoholds.grammar.conditions import accepts, fits, whole_of
from whoholds.grammar.lexicon import Frame
from whoholds.language import Token
from whoholds.model import Role, Where

_SEIZED = "Rebels/NNS/nsubj>2 seized/VBD/root>0 Bor/NNP/obj>2 from/IN/case>5 villagers/NNS/obl>2"


@dataclass
class _Known:
    """Places and actors by their words."""

    places: frozenset[str] = frozenset({"Bor"})
    roles: dict[str, Role] = field(default_factory=lambda: {"Rebels": Role.REB, "villagers": Role.CVL, "Juba": Role.GOV})

    def is_place(self, token: Token) -> bool:
        return token.text in self.places

    def named_place(self, token: Token) -> Where | None:
        return Where(name=token.text) if token.text in self.places else None

    def role(self, token: Token) -> Role | None:
        return self.roles.get(token.text)

    def is_actor(self, token: Token) -> bool:
        return token.text in self.roles


@pytest.mark.parametrize(
    ("slot", "kind", "fit"),
    [
        ("subject", "any", True),
        ("subject", "actor", True),
        ("subject", "troops", True),
        ("subject", "people", False),
        ("subject", "person", True),
        ("subject", "several", False),
        ("subject", "place", False),
        ("subject", "rebel", True),
        ("subject", "rebels", False),
        ("subject", "none", False),
        ("object", "place", True),
        ("object", "named", True),
        ("object", "actor", False),
        ("object", "several", False),
        ("from", "people", True),
        ("from", "troops", False),
        ("indirect", "none", True),
        ("indirect", "any", False),
        ("to", "none", True),
        ("self", "seize", True),
        ("self", "number", False),
    ],
)
def test_fits(slot: str, kind: str, fit: bool) -> None:
    assert fits(clause_of(_SEIZED, "seized"), slot, kind, _Known()) is fit


@pytest.mark.parametrize(
    ("line", "kind", "fit"),
    [
        ("seized/VBD/root>0 towns/NNS/obj>1", "#place_noun", True),
        ("seized/VBD/root>0 titles/NNS/obj>1", "#place_noun", False),
        ("seized/VBD/root>0 guns/NNS/obj>1 and/CC/cc>4 Bor/NNP/conj>2", "place", True),
        ("seized/VBD/root>0 dozens/NNS/obj>1 of/IN/case>4 villagers/NNS/nmod>2", "people", True),
        ("seized/VBD/root>0 dozens/NNS/obj>1 of/IN/case>4 villagers/NNS/nmod>2", "troops", False),
        ("seized/VBD/root>0 most/JJS/obj>1 of/IN/case>4 Bor/NNP/nmod>2", "place", True),
        ("seized/VBD/root>0 leader/NN/obj>1 of/IN/case>4 Bor/NNP/nmod>2", "place", False),
        ("killed/VBD/root>0 14/CD/obj>1", "number", True),
        ("killed/VBD/root>0 14/CD/nummod>3 men/NNS/obj>1", "number", True),
    ],
)
def test_classes_conjuncts_and_parts(line: str, kind: str, fit: bool) -> None:
    sentence = parsed(line)
    assert fits(clause_of(line, sentence.tokens[0].text), "object", kind, _Known()) is fit


@pytest.mark.parametrize(
    ("wants", "bars", "accepted"),
    [
        ((), (), True),
        ((("object", ("place",)),), (), True),
        ((("object", ("actor", "place")),), (), True),
        ((("object", ("place",)), ("subject", ("people",))), (), False),
        ((("object", ("place",)),), (("subject", ("troops",)),), False),
        ((("object", ("place",)),), (("subject", ("people",)), ("to", ("any",))), True),
    ],
)
def test_all_wants_and_no_bars(
    wants: tuple[tuple[str, tuple[str, ...]], ...], bars: tuple[tuple[str, tuple[str, ...]], ...], accepted: bool
) -> None:
    assert accepts(Frame("test", wants=wants, bars=bars), clause_of(_SEIZED, "seized"), _Known()) is accepted


@pytest.mark.parametrize(
    ("line", "kind", "fit"),
    [
        ("Juba/NNP/nsubj>2 agreed/VBD/root>0", "official", True),
        ("Rebels/NNS/nsubj>2 agreed/VBD/root>0", "official", False),
        ("rulers/NNS/nsubj>2 agreed/VBD/root>0", "official", True),
        ("Rebels/NNS/nsubj>2 agreed/VBD/root>0", "party", True),
        ("Malan/NNP/nsubj>2 agreed/VBD/root>0", "party", True),
        ("bakers/NNS/nsubj>2 agreed/VBD/root>0", "party", False),
        ("he/PRP/nsubj>2 agreed/VBD/root>0", "party", False),
        ("Juba/NNP/nsubj>2 said/VBD/root>0 he/PRP/nsubj>4 agreed/VBD/ccomp>2", "party", True),
        ("bakers/NNS/nsubj>2 agreed/VBD/root>0", "human", True),
        ("he/PRP/nsubj>2 agreed/VBD/root>0", "human", True),
        ("Bor/NNP/nsubj>2 agreed/VBD/root>0", "human", False),
        ("rains/NNS/nsubj>2 agreed/VBD/root>0", "human", False),
    ],
)
def test_who_acts(line: str, kind: str, fit: bool) -> None:
    assert fits(clause_of(line, "agreed"), "subject", kind, _Known()) is fit


@pytest.mark.parametrize(
    ("line", "kind", "fit"),
    [
        ("gave/VBD/root>0 food/NN/compound>3 parcels/NNS/obj>1", "+food", True),
        ("gave/VBD/root>0 food/NN/compound>3 parcels/NNS/obj>1", "+#aid", True),
        ("gave/VBD/root>0 food/NN/obj>1", "+food", False),
        ("gave/VBD/root>0 dollars/NNS/obj>1", "money", True),
        ("gave/VBD/root>0 $/$/obj>1 5/CD/nummod>2", "money", True),
        ("gave/VBD/root>0 food/NN/obj>1", "money", False),
    ],
)
def test_modifiers_and_money(line: str, kind: str, fit: bool) -> None:
    assert fits(clause_of(line, "gave"), "object", kind, _Known()) is fit


def test_what_is_said_and_of_whom() -> None:
    clause = clause_of("Juba/NNP/nsubj>2 said/VBD/root>0 rebels/NNS/nsubj>5 must/MD/aux>5 leave/VB/ccomp>2", "said")
    assert fits(clause, "content", "must", _Known())
    assert not fits(clause, "content", "plain", _Known())
    assert fits(clause, "content subject", "rebel", _Known())


def test_wholes() -> None:
    sentence = parsed("dozens/NNS/root>0 of/IN/case>3 villagers/NNS/nmod>1 with/IN/case>5 guns/NNS/nmod>1")
    assert whole_of(word(sentence, "dozens")) is word(sentence, "villagers")
    assert whole_of(word(sentence, "villagers")) is None
