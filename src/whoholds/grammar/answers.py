"""Answers: a demand and what was said to it tell each other's recipients.

"Armenia asked for more time. Azerbaijan put the date back." The request is to the one who answers it, the concession or
refusal to the one who asked; who then agrees to do something concedes it. A refusal of something offered is to who acted last
before it. An answer follows in the same sentence or in the next one of the paragraph; across more, nothing is tied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whoholds.grammar.clause import is_verbal, verb_clause
from whoholds.grammar.selection import Draft
from whoholds.language import Sentence, Token
from whoholds.model import Actor, Claim, Derivation, Event, EventType

_ANSWERS = frozenset({EventType.CONCEDE, EventType.REJECT})
_GRANTS = frozenset({"agree", "consent"})
_PROPOSED = frozenset(
    {"offer", "proposal", "demand", "call", "request", "plan", "claim", "appeal", "that", "it", "this", "idea"}
)
_NEAR = 2  # characters between two sentences


def answered(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with the recipients that requests and their answers lend each other; those that name some keep them."""
    found = list(drafts)
    for i, (claim, sentence, _) in enumerate(found):
        if not _is(claim, EventType.REQUEST):
            continue
        for k, (other, where, head) in enumerate(found):
            if k > i and _follows(sentence, where) and not any(_answers(between) for between, _, _ in found[i:k]):
                other = _granted(other, head, claim)
            if k != i and _answers(other) and _follows(sentence, where):
                found[i] = (_given(found[i][0], other), *found[i][1:])
                found[k] = (_given(other, claim), where, head)
    for k, (claim, sentence, head) in enumerate(found):
        if _is(claim, EventType.REJECT) and _of_proposal(head, sentence):
            before = [other for other, where, _ in found[:k] if where is not sentence and _follows(where, sentence)]
            if before:
                found[k] = (_given(claim, before[-1]), sentence, head)
    return found


def _is(claim: Claim, type_: EventType) -> bool:
    return isinstance(claim.matter, Event) and claim.matter.type is type_


def _answers(claim: Claim) -> bool:
    return isinstance(claim.matter, Event) and claim.matter.type in _ANSWERS


def _follows(one: Sentence, two: Sentence) -> bool:
    """Whether the second sentence is the first or comes right after it."""
    return one is two or (one.paragraph == two.paragraph and 0 <= two.start - one.end <= _NEAR)


def _of_proposal(head: Token, sentence: Sentence) -> bool:
    thing = verb_clause(head, sentence).object
    return thing is not None and thing.lemma in _PROPOSED


def _granted(claim: Claim, head: Token, request: Claim) -> Claim:
    """An agreement of one side to do something, told right after another asked: it gives in to that (CONCEDE)."""
    deal, asked = claim.matter, request.matter
    if not _is(claim, EventType.AGREE) or not isinstance(deal, Event) or not isinstance(asked, Event):
        return claim
    alone = len(deal.actors) == 1 and bool(asked.actors) and not any(_same_side(actor, deal.actors) for actor in asked.actors)
    to_do = any(is_verbal(child) for child in head.all("xcomp", "advcl") if any(to.lower == "to" for to in child.all("mark")))
    if not alone or head.lemma not in _GRANTS or not to_do:
        return claim
    step = Derivation("type: agrees to what was asked", request.evidence, EventType.CONCEDE.value)
    told = replace(claim.derivation, parts=(*claim.derivation.parts, step)) if claim.derivation is not None else None
    return replace(claim, matter=replace(deal, type=EventType.CONCEDE), derivation=told)


def _given(claim: Claim, other: Claim) -> Claim:
    """A claim whose recipients, if it tells none, are the other's actors."""
    one, two = claim.matter, other.matter
    if not isinstance(one, Event) or not isinstance(two, Event) or one.recipients:
        return claim
    others = tuple(actor for actor in two.actors if not _same_side(actor, one.actors))
    if not others:
        return claim
    steps = tuple(Derivation("recipient: whom it answers or who answers it", actor.span, actor.name) for actor in others)
    told = replace(claim.derivation, parts=(*claim.derivation.parts, *steps)) if claim.derivation is not None else None
    return replace(claim, matter=replace(one, recipients=others), derivation=told)


def _same_side(actor: Actor, others: Sequence[Actor]) -> bool:
    return any((actor.country, actor.role) == (other.country, other.role) for other in others)
