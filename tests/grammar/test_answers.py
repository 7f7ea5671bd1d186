"""Requests and their answers lend each other recipients, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import report, token_of
from whoholds.grammar.answers import answered
from whoholds.grammar.selection import Draft
from whoholds.language import Sentence
from whoholds.model import Actor, Claim, Document, Event, EventType, Role
from whoholds.pipeline import Reader

_ASKER, _ASKED = Actor(name="union", country="KEN", role=Role.OPP), Actor(name="governor", country="KEN", role=Role.GOV)
_TEXT = ("Union/NN/nsubj>2 asked/VBD/root>0", "Governor/NN/nsubj>2 refused/VBD/root>0 that/PRP/obj>2")


def _drafts(second: EventType = EventType.REJECT, *, apart: bool = False, same: bool = False) -> list[Draft]:
    document, sentences = report(*_TEXT)
    document = Document(text=document.text.replace("\n\n", " "))
    for token in sentences[1].tokens:
        token.start, token.end = token.start - 1, token.end - 1
    sentences[1].paragraph = 1 if apart else sentences[0].paragraph
    answerer = _ASKER if same else _ASKED
    return [
        _draft(document, sentences, "asked", Event(type=EventType.REQUEST, actors=(_ASKER,))),
        _draft(document, sentences, "refused", Event(type=second, actors=(answerer,))),
    ]


def _draft(document: Document, sentences: list[Sentence], word: str, matter: Event) -> Draft:
    head, sentence = token_of(sentences, word)
    return Claim(matter=matter, evidence=document.span(sentence.start, sentence.end)), sentence, head


def _recipients(drafts: list[Draft]) -> list[tuple[Actor, ...]]:
    return [claim.matter.recipients for claim, _, _ in drafts if isinstance(claim.matter, Event)]


def test_no_drafts_give_none() -> None:
    assert answered([]) == []


@pytest.mark.parametrize("answer", [EventType.REJECT, EventType.CONCEDE])
def test_a_request_and_its_answer(answer: EventType) -> None:
    assert _recipients(answered(_drafts(answer))) == [(_ASKED,), (_ASKER,)]


def test_who_agrees_to_do_what_was_asked_concedes_it() -> None:
    text = "The union asked for talks; the governor agreed to meet its leaders. India agreed to share water."
    claims = Reader().read(Document(text=text)).claims
    types = {claim.evidence.quote.split()[-1]: claim.matter.type for claim in claims if isinstance(claim.matter, Event)}
    assert types == {"talks": EventType.REQUEST, "leaders": EventType.CONCEDE, "water": EventType.AGREE}
    granted = next(claim for claim in claims if claim.evidence.quote.endswith("leaders"))
    assert granted.derivation is not None
    assert "type: agrees to what was asked" in [part.rule for part in granted.derivation.parts]


@pytest.mark.parametrize("drafts", [_drafts(EventType.ASSAULT), _drafts(apart=True), _drafts(same=True)])
def test_no_answer(drafts: list[Draft]) -> None:
    assert _recipients(answered(drafts)) == [(), ()]


def test_recipients_told_are_kept() -> None:
    (claim, sentence, head), second = _drafts()
    assert isinstance(claim.matter, Event)
    other = Actor(name="mayor", country="KEN", role=Role.GOV)
    told = replace(claim, matter=replace(claim.matter, recipients=(other,)))
    assert _recipients(answered([(told, sentence, head), second])) == [(other,), (_ASKER,)]
