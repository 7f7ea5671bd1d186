"""Who is bound by a duty, in sentences built by hand."""

from __future__ import annotations

import pytest

from tests.builders import report, token_of
from whoholds.grammar.clause import verb_clause
from whoholds.grammar.memory import Memory
from whoholds.grammar.mood import mood
from whoholds.grammar.obligors import addressed, asked_for_time, both_sides, fighters, of_business, private
from whoholds.grammar.scene import Scene
from whoholds.grounding import ground
from whoholds.model import Actor, Role

_REBELS, _ARMY = Actor(name="rebels", role=Role.REB), Actor(name="army", role=Role.MIL)
_SETTLERS, _FIRM = Actor(name="settlers", role=Role.CVL), Actor(name="firm", role=Role.CVL)


@pytest.mark.parametrize(
    ("actors", "expected"),
    [((), ()), ((_ARMY, _SETTLERS), (_ARMY,)), ((_SETTLERS,), (_SETTLERS,)), ((_ARMY, _REBELS), (_ARMY, _REBELS))],
)
def test_who_withdraws_is_armed_where_anybody_is(actors: tuple[Actor, ...], expected: tuple[Actor, ...]) -> None:
    assert fighters(actors) == expected


@pytest.mark.parametrize(("actors", "expected"), [((), False), ((_FIRM,), True), ((_FIRM, _ARMY), False)])
def test_private_parties(actors: tuple[Actor, ...], expected: bool) -> None:
    assert private(actors) is expected


def test_of_whom_something_is_asked() -> None:
    line = "Envoys/NNS/nsubj>2 urged/VBD/root>0 the/DT/det>4 rebels/NNS/obj>2 to/TO/mark>6 withdraw/VB/xcomp>2"
    document, sentences = report(line)
    scene = Scene(document, sentences, ground(document, sentences))
    clause = verb_clause(token_of(sentences, "withdraw")[0], sentences[0])
    assert [actor.name for actor in addressed(clause, mood(clause), scene)] == ["rebels"]


def test_who_asks_for_time_to_act_is_bound() -> None:
    line = (
        "The/DT/det>2 army/NN/nsubj>3 asked/VBD/root>0 envoys/NNS/obj>3 for/IN/case>6 weeks/NNS/obl>3 "
        "to/TO/mark>8 withdraw/VB/advcl>3"
    )
    document, sentences = report(line)
    scene = Scene(document, sentences, ground(document, sentences))
    clause = verb_clause(token_of(sentences, "asked")[0], sentences[0])
    assert [actor.name for actor in asked_for_time(clause, scene)] == ["army"]


def test_business_is_told_by_its_noun() -> None:
    _, sentences = report("The/DT/det>2 bank/NN/nsubj>4 must/MD/aux>4 sell/VB/root>0 shares/NNS/obj>4")
    assert of_business(verb_clause(token_of(sentences, "sell")[0], sentences[0]))
    _, sentences = report("The/DT/det>2 army/NN/nsubj>4 must/MD/aux>4 leave/VB/root>0")
    assert not of_business(verb_clause(token_of(sentences, "leave")[0], sentences[0]))


def test_both_sides_are_those_who_agreed() -> None:
    document, sentences = report("Nothing/NN/nsubj>2 happened/VBD/root>0")
    scene = Scene(document, sentences, ground(document, sentences))
    assert both_sides(scene, Memory()) == ()
    assert both_sides(scene, Memory(parties=(_ARMY, _REBELS))) == (_ARMY, _REBELS)
