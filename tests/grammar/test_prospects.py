"""Prospects: demands, promises and threats told of in a clause, and clauses that only look like them."""

from __future__ import annotations

import pytest

from tests.grammar.build import parsed, word
from whoholds.grammar.prospects import demands, negated, promises, threatens_harm, threatens_unless


@pytest.mark.parametrize(
    ("line", "verb", "demand"),
    [
        ("Juba/NNP/nsubj>3 must/MD/aux>3 leave/VB/root>0", "leave", True),
        ("Juba/NNP/nsubj>3 should/MD/aux>3 leave/VB/root>0", "leave", True),
        ("Juba/NNP/nsubj>2 has/VBZ/root>0 to/TO/mark>4 leave/VB/xcomp>2", "has", True),
        ("Juba/NNP/nsubj>2 has/VBZ/root>0 tanks/NNS/obj>2", "has", False),
        ("Juba/NNP/nsubj>4 must/MD/aux>4 have/VB/aux>4 left/VBN/root>0", "left", False),
        ("Juba/NNP/nsubj>3 will/MD/aux>3 leave/VB/root>0", "leave", False),
    ],
)
def test_demands(line: str, verb: str, demand: bool) -> None:
    assert demands(word(parsed(line), verb)) is demand


@pytest.mark.parametrize(
    ("line", "verb", "promise"),
    [
        ("Juba/NNP/nsubj>3 will/MD/aux>3 leave/VB/root>0", "leave", True),
        ("Juba/NNP/nsubj>4 will/MD/aux>4 be/VB/aux:pass>4 attacked/VBN/root>0", "attacked", False),
        ("Juba/NNP/nsubj>2 left/VBD/root>0", "left", False),
    ],
)
def test_promises(line: str, verb: str, promise: bool) -> None:
    assert promises(word(parsed(line), verb)) is promise


@pytest.mark.parametrize(
    ("line", "threat"),
    [
        ("They/PRP/nsubj>3 will/MD/aux>3 fire/VB/root>0 unless/IN/mark>6 Juba/NNP/nsubj>6 yields/VBZ/advcl>3", True),
        ("They/PRP/nsubj>3 would/MD/aux>3 fire/VB/root>0 if/IN/mark>6 Juba/NNP/nsubj>6 advanced/VBD/advcl>3", True),
        ("They/PRP/nsubj>3 will/MD/aux>3 fire/VB/root>0 when/WRB/mark>6 Juba/NNP/nsubj>6 yields/VBZ/advcl>3", False),
        ("They/PRP/nsubj>2 fire/VBP/root>0 unless/IN/mark>5 Juba/NNP/nsubj>5 yields/VBZ/advcl>2", False),
    ],
)
def test_threats_on_a_condition(line: str, threat: bool) -> None:
    assert threatens_unless(word(parsed(line), "fire")) is threat


@pytest.mark.parametrize(
    ("line", "verb", "threat"),
    [
        ("Looters/NNS/nsubj:pass>4 will/MD/aux>4 be/VB/aux:pass>4 shot/VBN/root>0", "shot", True),
        ("Juba/NNP/nsubj>3 would/MD/aux>3 face/VB/root>0 consequences/NNS/obj>3", "face", True),
        ("Juba/NNP/nsubj>3 will/MD/aux>3 retaliate/VB/root>0", "retaliate", True),
        ("Roads/NNS/nsubj:pass>4 will/MD/aux>4 be/VB/aux:pass>4 repaired/VBN/root>0", "repaired", False),
        ("Looters/NNS/nsubj:pass>3 were/VBD/aux:pass>3 shot/VBN/root>0", "shot", False),
    ],
)
def test_harm_announced(line: str, verb: str, threat: bool) -> None:
    assert threatens_harm(word(parsed(line), verb)) is threat


def test_negation() -> None:
    assert negated(word(parsed("promised/VBD/root>0 not/RB/advmod>4 to/TO/mark>4 attack/VB/xcomp>1"), "attack"))
    assert not negated(word(parsed("promised/VBD/root>0 not/RB/advmod>1 to/TO/mark>4 attack/VB/xcomp>1"), "attack"))
