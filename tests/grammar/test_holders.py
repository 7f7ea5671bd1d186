"""Who held a place before, by what the document tells of it elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import report, token_of
from whoholds.grammar.holders import side, with_formers
from whoholds.grammar.scene import Scene
from whoholds.grammar.selection import Draft
from whoholds.grounding import ground
from whoholds.model import Actor, Change, Claim, Control, Event, EventType, Matter, Place, Role, When, Where

_ARMY, _GOVERNMENT = Actor(name="army", country="COD", role=Role.MIL), Actor(name="Kinshasa", country="COD", role=Role.GOV)
_M23 = Actor(name="M23", country="COD", role=Role.REB)
_GOMA = Where(name="Goma", place=Place(name="Goma", lat=-1.679, lon=29.223, country="CD", feature="P"))
_AIRPORT = Where(name="Goma airport", place=Place(name="Goma", lat=-1.67, lon=29.238, country="CD", feature="S"))
_SAKE = Where(name="Sake", place=Place(name="Sake", lat=-1.573, lon=29.045, country="CD", feature="P"))
_DOCUMENT, _SENTENCES = report(
    "M23/NNP/nsubj>2 took/VBD/root>0 Goma/NNP/obj>2",
    "Soldiers/NNS/nsubj>2 held/VBD/root>0 Goma/NNP/obj>2",
    "Soldiers/NNS/nsubj>2 retook/VBD/root>0 Goma/NNP/obj>2",
)
_SCENE = Scene(_DOCUMENT, _SENTENCES, ground(_DOCUMENT, _SENTENCES))


def _draft(verb: str, matter: Matter, where: Where = _GOMA, when: str = "") -> Draft:
    head, sentence = token_of(_SENTENCES, verb)
    span = _DOCUMENT.span(sentence.start, sentence.end)
    return Claim(matter=matter, evidence=span, where=where, when=When(when) if when else None), sentence, head


def _gain(verb: str, holder: Actor, where: Where = _GOMA, when: str = "") -> Draft:
    return _draft(verb, Control(change=Change.GAINS, holder=holder), where, when)


def _formers(*drafts: Draft) -> list[Actor | None]:
    return [claim.matter.former for claim, *_ in with_formers(drafts, _SCENE) if isinstance(claim.matter, Control)]


def test_no_drafts() -> None:
    assert with_formers([], _SCENE) == []


def test_who_held_it_before_whatever_the_order_of_telling() -> None:
    held = _draft("held", Control(change=Change.HOLDS, holder=_ARMY), when="2012-12-01/..")
    assert _formers(_gain("took", _M23, when="2025-01-27"), held) == [_ARMY, None]


def test_who_came_later_did_not_hold_it_before() -> None:
    assert _formers(_gain("took", _M23, when="2012-11-20"), _gain("retook", _ARMY, when="2012-12-01")) == [None, _M23]


def test_who_left_held_it() -> None:
    left = _draft("held", Event(type=EventType.RETREAT, actors=(_ARMY,)), when="2025-01-26")
    assert _formers(_gain("took", _M23, when="2025-01-27"), left) == [_ARMY]


def test_no_side_takes_from_itself() -> None:
    held = _draft("held", Control(change=Change.HOLDS, holder=_GOVERNMENT), when="2012-12-01/..")
    assert _formers(_gain("took", _ARMY, when="2025-01-27"), held) == [None, None]
    assert side(_ARMY) == side(_GOVERNMENT) != side(_M23)


def test_another_place_tells_nothing_but_of_what_is_retaken() -> None:
    held = _draft("held", Control(change=Change.HOLDS, holder=_M23), where=_SAKE)
    assert _formers(held, _gain("took", _ARMY)) == [None, None]
    assert _formers(held, _gain("retook", _ARMY)) == [None, _M23]


def test_a_city_and_its_airport_are_one_place() -> None:
    held = _draft("held", Control(change=Change.HOLDS, holder=_ARMY), where=_AIRPORT, when="2012-12-01/..")
    assert _formers(held, _gain("took", _M23, when="2025-01-27")) == [None, _ARMY]


def test_the_places_of_one_list_were_held_by_one_side() -> None:
    left = _draft("held", Event(type=EventType.RETREAT, actors=(_ARMY,)))
    assert _formers(left, _gain("took", _M23), _gain("took", _M23, where=_SAKE)) == [_ARMY, _ARMY]


@pytest.mark.parametrize("former", [_ARMY, _GOVERNMENT])
def test_what_the_sentence_tells_stays(former: Actor) -> None:
    claim, sentence, head = _gain("took", _M23, when="2025-01-27")
    told = replace(claim, matter=Control(change=Change.GAINS, holder=_M23, former=former))
    held = _draft("held", Control(change=Change.HOLDS, holder=_ARMY), when="2012-12-01/..")
    assert _formers((told, sentence, head), held) == [former, None]
