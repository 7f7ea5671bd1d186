"""Selection: of the claims drafted, which are one, which are told again, and which to keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from whoholds.grammar.clause import is_verbal
from whoholds.grammar.placing import CARRIED
from whoholds.language import Sentence, Token
from whoholds.model import Actor, Claim, Control, Count, Derivation, Event, EventType, Obligation

_RESTATES = frozenset({"headline", "standfirst"})
_JOINED = frozenset({EventType.ASSAULT, EventType.PROTEST, EventType.AGREE, EventType.MOBILIZE})
Draft = tuple[Claim, Sentence, Token]


def select(drafts: Sequence[Draft]) -> list[Claim]:
    """The claims to keep, in text order."""
    drafts = _drop_restated(_join_casualties(drafts))
    kept: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim, _, _ in sorted(drafts, key=lambda draft: (draft[0].evidence.start, draft[0].evidence.end)):
        alike = kept[key(claim)]
        if not any(_same(claim, other) for other in alike):
            alike.append(claim)
    return sorted((claim for claims in kept.values() for claim in claims), key=_position)


def _position(claim: Claim) -> tuple[int, int]:
    return claim.evidence.start, claim.evidence.end


def _join_casualties(drafts: Sequence[Draft]) -> list[Draft]:
    """One attack and those it killed or hurt, told in one sentence by the same speakers, are one event."""
    found: list[Draft] = []
    sentences: dict[int, int] = {}  # where the drafts of a sentence begin
    for claim, sentence, head in drafts:
        matter = claim.matter
        if isinstance(matter, Event) and matter.type in _JOINED:
            first = sentences.setdefault(id(sentence), len(found))
            partner = next((i for i in range(first, len(found)) if _joins(found[i], claim, sentence, head)), None)
            if partner is not None:
                other, other_sentence, other_head = found[partner]
                found[partner] = (_joined(other, claim), other_sentence, other_head)
                continue
        found.append((claim, sentence, head))
    return found


def _joins(draft: Draft, claim: Claim, sentence: Sentence, head: Token) -> bool:
    other, other_sentence, other_head = draft
    if other_sentence is not sentence or not isinstance(other.matter, Event) or not isinstance(claim.matter, Event):
        return False
    if other.matter.type is not claim.matter.type or other.factuality is not claim.factuality:
        return False
    one, two = other.matter, claim.matter
    if _differ(one.killed, two.killed) or _differ(one.injured, two.injured):
        return False
    if one.type is EventType.PROTEST:
        return not (one.crowd and two.crowd)
    if one.type is EventType.AGREE:
        return head.deprel == "conj" and head.head is other_head
    if one.type is EventType.MOBILIZE:
        return _linked(head, other_head) and head.child("nsubj") is None and head.deprel in ("xcomp", "advcl", "conj")
    casualties = one.killed or one.injured or two.killed or two.injured
    if _background(head) or _background(other_head):
        return False
    if casualties and (_result(head) or _result(other_head)):
        return True
    linked = _linked(head, other_head)
    return bool(linked and (casualties or not (is_verbal(head) and is_verbal(other_head))))


def _differ(one: Count | None, two: Count | None) -> bool:
    return one is not None and two is not None and one != two


def _background(token: Token) -> bool:
    """Whether a predicate stands in a clause that only dates another: "… since the fighting began"."""
    for verb in (token, *token.ancestors()):
        mark = verb.child("mark")
        if verb.deprel == "advcl" and mark is not None:
            return mark.lower in ("since", "before", "until", "after")
    return False


def _result(token: Token) -> bool:
    """A participle that tells what came of the rest: "…, killing 12"."""
    return token.tag == "VBG" and token.deprel == "advcl"


def _linked(one: Token, two: Token) -> bool:
    """Whether one predicate depends on the other, or is coordinated with its verb ("fighting began and killed hundreds")."""
    for first, second in ((one, two), (two, one)):
        if (
            first.deprel == "conj"
            and first.head is not None
            and second.head is first.head
            and second.deprel.startswith("nsubj")
        ):
            return True
    return one in list(two.ancestors()) or two in list(one.ancestors())


def _joined(one: Claim, two: Claim) -> Claim:
    first, second = one.matter, two.matter
    assert isinstance(first, Event) and isinstance(second, Event)
    matter = replace(
        first,
        actors=_united(first.actors, second.actors) if first.type is EventType.AGREE else first.actors or second.actors,
        recipients=first.recipients or second.recipients,
        killed=first.killed or second.killed,
        injured=first.injured or second.injured,
        crowd=first.crowd or second.crowd,
    )
    wide = one if one.evidence.end - one.evidence.start >= two.evidence.end - two.evidence.start else two
    other = two if wide is one else one
    return replace(
        one,
        matter=matter,
        derivation=_both(wide.derivation, other.derivation),
        evidence=wide.evidence,
        when=wide.when or one.when or two.when,
        where=one.where or two.where,
        said_by=one.said_by or two.said_by,
    )


def _both(one: Derivation | None, two: Derivation | None) -> Derivation | None:
    """The derivation of a claim joined with another that tells of the same event."""
    if one is None or two is None:
        return one or two
    return replace(one, parts=(*one.parts, replace(two, rule=f"joined: {two.rule}")))


def _united(one: Sequence[Actor], two: Sequence[Actor]) -> tuple[Actor, ...]:
    return (*one, *(actor for actor in two if all(actor.name != other.name for other in one)))


def _drop_restated(drafts: Sequence[Draft]) -> list[Draft]:
    body = [claim for claim, sentence, _ in drafts if sentence.role not in _RESTATES]
    return [
        draft for draft in drafts if draft[1].role not in _RESTATES or not any(_restated(draft[0], claim) for claim in body)
    ]


def _restated(headline: Claim, claim: Claim) -> bool:
    """Whether a claim of the body tells what the headline told."""
    if key(headline) != key(claim):
        return False
    if isinstance(headline.matter, Control) and headline.where and claim.where:
        return headline.where.name == claim.where.name
    return True


def _same(claim: Claim, other: Claim) -> bool:
    """Whether a claim says again what another said: same matter, same speakers, no other date, place or number."""
    if key(claim) != key(other) or claim.factuality is not other.factuality:
        return False
    if claim.evidence.start < other.evidence.end and other.evidence.start < claim.evidence.end:
        one_place = _place(claim) == _place(other) or not isinstance(claim.matter, Control)
        return (_slots(claim) == _slots(other) and one_place) or _inside(claim, other)
    if [actor.name for actor in claim.said_by] != [actor.name for actor in other.said_by]:
        return False
    if claim.when != other.when and claim.when is not None and (other.when is None or claim.when.edtf != other.when.edtf):
        return False
    if _slots(claim) != _slots(other) or _told_place(claim) != _told_place(other):
        return False
    return _told_place(claim) is not None or any(_slots(claim)) or _predicate(claim) == _predicate(other)


def _inside(claim: Claim, other: Claim) -> bool:
    """Two claims of one matter on the same words: keep one."""
    return claim.evidence == other.evidence and _place(claim) == _place(other)


def key(claim: Claim) -> tuple[str, ...]:
    """Kind and sort of a claim."""
    match claim.matter:
        case Event(type=type_):
            return ("event", type_)
        case Control(change=change):
            return ("control", change)
        case Obligation(step=step, action=action):
            return ("obligation", step, action)


def _slots(claim: Claim) -> list[object]:
    match claim.matter:
        case Event() as event:
            return [_codes(event.actors), _codes(event.recipients), event.killed, event.injured, event.crowd]
        case Control() as control:
            return [_codes((control.holder,)), _codes((control.former,))]
        case Obligation() as duty:
            return [_codes(duty.obligors), duty.due and duty.due.edtf]


def _codes(actors: Sequence[Actor | None]) -> list[tuple[str | None, str | None]]:
    return sorted(((a.country, a.role) for a in actors if a is not None), key=str)


def _predicate(claim: Claim) -> str:
    """The word that told a claim, as its derivation has it."""
    return claim.derivation.parts[0].rule if claim.derivation is not None and claim.derivation.parts else ""


def _told_place(claim: Claim) -> str | None:
    """The place that a claim's own sentence tells; one carried over from others does not make two claims one."""
    steps = claim.derivation.parts if claim.derivation is not None else ()
    carried = any(step.rule.removeprefix("place: ") in CARRIED for step in steps)
    return None if carried else _place(claim)


def _place(claim: Claim) -> str | None:
    return claim.where.name if claim.where else None
