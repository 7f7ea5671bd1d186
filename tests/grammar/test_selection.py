"""Which claims are one, which are told again, and which stay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import report, token_of
from whoholds.grammar.selection import Draft, key, select
from whoholds.language.sentence import Sentence
from whoholds.model import (
    Action,
    Actor,
    Change,
    Claim,
    Control,
    Count,
    Document,
    Event,
    EventType,
    Factuality,
    Matter,
    Obligation,
    Role,
    Step,
    When,
    Where,
)

_REBELS, _ARMY = Actor(name="rebels", role=Role.REB), Actor(name="army", role=Role.MIL)
_ATTACKED = "Rebels/NNS/nsubj>2 attacked/VBD/root>0 Bor/NNP/obj>2"
_ATTACK_KILLING = f"{_ATTACKED} killing/VBG/advcl>2 12/CD/obj>4"


def _attack(**fields: object) -> Event:
    return replace(Event(type=EventType.ASSAULT, actors=(_REBELS,)), **fields)  # type: ignore[arg-type]


def _draft(document: Document, sentences: list[Sentence], words: str, matter: Matter, **fields: object) -> Draft:
    """The claim of the sentence where these words stand, on all of it, under the last of them."""
    head, sentence = token_of(sentences, words)
    claim = Claim(matter=matter, evidence=document.span(sentence.start, sentence.end))
    return replace(claim, **fields), sentence, head  # type: ignore[arg-type]


def test_no_drafts_give_no_claims() -> None:
    assert select([]) == []


def test_claims_come_in_text_order() -> None:
    document, sentences = report(_ATTACKED, "Troops/NNS/nsubj>2 fled/VBD/root>0")
    flight = Event(type=EventType.RETREAT, actors=(_ARMY,))
    drafts = [_draft(document, sentences, "fled", flight), _draft(document, sentences, "attacked", _attack())]
    assert [claim.matter for claim in select(drafts)] == [_attack(), flight]


def test_the_same_fact_twice_is_kept_once_where_it_is_told_first() -> None:
    document, sentences = report(_ATTACKED, "Rebels/NNS/nsubj>2 stormed/VBD/root>0 Bor/NNP/obj>2")
    drafts = [_draft(document, sentences, words, _attack()) for words in ("attacked", "stormed")]
    assert select(drafts) == [drafts[0][0]]


@pytest.mark.parametrize(
    "fields",
    [
        {"when": When("2020-11-20")},
        {"said_by": (_ARMY,)},
        {"where": Where(name="Juba")},
        {"factuality": Factuality.DENIED},
        {"matter": _attack(killed=Count(3, 3))},
        {"matter": _attack(actors=(_ARMY,))},
        {"matter": Event(type=EventType.COERCE, actors=(_REBELS,))},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_told_with_something_else_it_is_another(fields: dict[str, object]) -> None:
    document, sentences = report(_ATTACKED, "Rebels/NNS/nsubj>2 stormed/VBD/root>0 Bor/NNP/obj>2")
    drafts = [
        _draft(document, sentences, "attacked", _attack(), when=When("2020-11-19")),
        _draft(document, sentences, "stormed", **{"matter": _attack(), "when": When("2020-11-19"), **fields}),  # type: ignore[arg-type]
    ]
    assert len(select(drafts)) == 2


def test_told_again_without_its_date_it_is_the_same() -> None:
    document, sentences = report(_ATTACKED, "Rebels/NNS/nsubj>2 stormed/VBD/root>0 Bor/NNP/obj>2")
    first = _draft(document, sentences, "attacked", _attack(), when=When("2020-11-19"))
    assert select([first, _draft(document, sentences, "stormed", _attack())]) == [first[0]]


@pytest.mark.parametrize("role", ["headline", "standfirst"])
def test_what_the_body_tells_again_is_dropped_from_the_headline(role: str) -> None:
    document, sentences = report(_ATTACKED, "Rebels/NNS/nsubj>2 stormed/VBD/root>0 Bor/NNP/obj>2")
    sentences[0].role = role
    drafts = [
        _draft(document, sentences, "attacked", _attack()),
        _draft(document, sentences, "stormed", _attack(), when=When("2020-11-19")),
    ]
    assert select(drafts) == [drafts[1][0]]


def test_what_only_the_headline_tells_is_kept() -> None:
    document, sentences = report(_ATTACKED, "Troops/NNS/nsubj>2 fled/VBD/root>0")
    sentences[0].role = "headline"
    drafts = [
        _draft(document, sentences, "attacked", _attack()),
        _draft(document, sentences, "fled", Event(type=EventType.RETREAT, actors=(_ARMY,))),
    ]
    assert len(select(drafts)) == 2


@pytest.mark.parametrize(("name", "kept"), [("Bor", 1), ("Juba", 2)])
def test_control_in_a_headline_is_restated_only_for_the_same_place(name: str, kept: int) -> None:
    document, sentences = report(_ATTACKED, "Rebels/NNS/nsubj>2 seized/VBD/root>0 it/PRP/obj>2")
    sentences[0].role = "headline"
    gain = Control(change=Change.GAINS, holder=_REBELS)
    drafts = [
        _draft(document, sentences, "attacked", gain, where=Where(name="Bor")),
        _draft(document, sentences, "seized", gain, where=Where(name=name)),
    ]
    assert len(select(drafts)) == kept


@pytest.mark.xfail(reason="claims of one matter on the same words are one whatever their places", strict=False)
def test_one_verb_tells_one_control_claim_a_place() -> None:
    document, sentences = report("Rebels/NNS/nsubj>2 seized/VBD/root>0 Bor/NNP/obj>2 and/CC/cc>5 Juba/NNP/conj>3")
    gain = Control(change=Change.GAINS, holder=_REBELS)
    drafts = [_draft(document, sentences, "seized", gain, where=Where(name=name)) for name in ("Bor", "Juba")]
    assert [claim.where for claim in select(drafts)] == [Where(name="Bor"), Where(name="Juba")]


def test_an_attack_and_those_it_killed_are_one_event() -> None:
    document, sentences = report(_ATTACK_KILLING)
    killing = Event(type=EventType.ASSAULT, killed=Count(12, 12))
    drafts = [
        _draft(document, sentences, "attacked", _attack(), where=Where(name="Bor")),
        _draft(document, sentences, "killing", killing, when=When("2020-11-19")),
    ]
    (claim,) = select(drafts)
    assert claim.matter == _attack(killed=Count(12, 12))
    assert claim.where == Where(name="Bor") and claim.when == When("2020-11-19")


def test_other_numbers_are_another_event() -> None:
    document, sentences = report(_ATTACK_KILLING)
    words = document.span(document.text.index("killing"), len(document.text))
    killing = Event(type=EventType.ASSAULT, killed=Count(12, 12))
    drafts = [
        _draft(document, sentences, "attacked", _attack(killed=Count(3, 3))),
        _draft(document, sentences, "killing", killing, evidence=words),
    ]
    assert len(select(drafts)) == 2


def test_a_killing_that_is_denied_is_not_joined_to_the_attack() -> None:
    document, sentences = report(_ATTACK_KILLING)
    killing = Event(type=EventType.ASSAULT, killed=Count(12, 12))
    drafts = [
        _draft(document, sentences, "attacked", _attack()),
        _draft(document, sentences, "killing", killing, factuality=Factuality.DENIED),
    ]
    assert len(select(drafts)) == 2


def test_casualties_of_another_sentence_are_not_joined() -> None:
    document, sentences = report(_ATTACKED, "Shelling/NN/nsubj>2 killed/VBD/root>0 12/CD/obj>2")
    drafts = [
        _draft(document, sentences, "attacked", _attack()),
        _draft(document, sentences, "killed", Event(type=EventType.ASSAULT, killed=Count(12, 12))),
    ]
    assert len(select(drafts)) == 2


def test_keys() -> None:
    document, sentences = report(_ATTACKED)
    duty = Obligation(step=Step.SET, action=Action.WITHDRAW)
    matters = (_attack(), Control(change=Change.LOSES, former=_ARMY), duty)
    assert [key(_draft(document, sentences, "attacked", matter)[0]) for matter in matters] == [
        ("event", "ASSAULT"),
        ("control", "loses"),
        ("obligation", "set", "withdraw"),
    ]
