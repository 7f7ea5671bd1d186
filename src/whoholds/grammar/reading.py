"""Reading: the sentences of a document in order, each predicate asked for events, control and obligations.

Each claim is noted in the document's thread, which dates and places what is told after it without words of its own. Afterwards
requests and answers lend each other recipients, casualties are joined to the attack that caused them, what a headline or
standfirst says again is dropped, and a fact told twice in the same way is kept once, where it is first told in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.grammar.answers import answered
from whoholds.grammar.control import controls
from whoholds.grammar.dating import DEADLINES
from whoholds.grammar.echo import echoes
from whoholds.grammar.events import event, refused
from whoholds.grammar.evidence import evidence
from whoholds.grammar.explaining import derivation
from whoholds.grammar.holders import with_formers
from whoholds.grammar.locating import Placed
from whoholds.grammar.memory import Memory
from whoholds.grammar.obligations import Told, agreement_name, obligations
from whoholds.grammar.placing import CARRIED, place_of, place_of_duty, sets_scene, unresolved
from whoholds.grammar.predicate import Predicate, predicates
from whoholds.grammar.roles import settled
from whoholds.grammar.scene import Scene
from whoholds.grammar.selection import select
from whoholds.grammar.steps import MOVES
from whoholds.grammar.telling import Dated, Telling
from whoholds.grammar.thread import Thread
from whoholds.grammar.timetable import timetable
from whoholds.grammar.timing import day_of_deal, present_change, time_of, time_of_deal, time_of_state, time_of_step
from whoholds.grammar.treaties import opening
from whoholds.grammar.voices import Voices
from whoholds.grounding import Grounding
from whoholds.grounding.times import claim_time
from whoholds.language import Sentence, Token
from whoholds.model import (
    Change,
    Claim,
    Control,
    Document,
    Event,
    EventType,
    Factuality,
    Matter,
    Obligation,
    Problem,
    Step,
    When,
    Where,
)

_MEDIATES = frozenset({"broker", "mediate", "arrange", "negotiate", "patch"})  # its doer is no party
_PAST = 60  # days: places right .863 of the gold articles, .727 of our own; without a limit .870 and .697
_AHEAD = frozenset({Step.SET, Step.SOUGHT})


@dataclass(slots=True)
class _Reader:
    document: Document
    scene: Scene
    voices: Voices
    memory: Memory
    thread: Thread
    problems: list[Problem]


def read_claims(document: Document, sentences: Sequence[Sentence], grounding: Grounding) -> tuple[list[Claim], list[Problem]]:
    """The claims of a document in text order and what stayed unresolved; none for no sentences."""
    if not sentences:
        return [], []
    scene = Scene(document, sentences, grounding)
    reader = _Reader(document, scene, Voices(scene, sentences), opening(scene), Thread(), [])
    drafts: list[tuple[Claim, Sentence, Token]] = []
    for sentence in sentences:
        reader.thread.deal(sentence, day_of_deal(sentence, scene))
        said = [
            (claim, sentence, predicate.head)
            for predicate in predicates(sentence, scene)
            for claim in _claims(predicate, reader)
        ]
        said = timetable(sentence, said, scene, reader.memory)
        drafts += [*said, *echoes(sentence, drafts, reader.scene)]
    return select(answered(with_formers(drafts, reader.scene))), reader.problems


def _claims(predicate: Predicate, reader: _Reader) -> Iterator[Claim]:
    found = predicate.mood
    duties: list[Claim] = []
    if (found.told or found.duty == "sought") and predicate.frames.keys() & {"step", "action"}:
        duties = list(_obligation_claims(predicate, reader))
    ahead = any(isinstance(duty.matter, Obligation) and duty.matter.step in _AHEAD for duty in duties)
    future = ahead and "action" in predicate.frames  # a future act under a deal is the obligation only
    bound = bool(duties) and reader.scene.topic.treaty  # "undertakes to" in an agreement's own text is the duty, not a deal
    if found.told and "event" in predicate.frames and not future and not bound and not _pledged(predicate, reader):
        yield from _event_claims(predicate, reader)
    if found.told and "control" in predicate.frames and found.duty != "sought" and not future:
        yield from _control_claims(predicate, reader)
    yield from duties


def _pledged(predicate: Predicate, reader: _Reader) -> bool:
    """Whether a treaty's "agrees to", "undertakes to" or "declare" only leads up to the duty."""
    leads = predicate.head.lemma in ("agree", "undertake", "commit", "accept", "declare", "pledge")
    return leads and reader.scene.topic.treaty


def _event_claims(predicate: Predicate, reader: _Reader) -> Iterator[Claim]:
    scene, clause = reader.scene, predicate.clause_for("event")
    matter = event(predicate, scene, reader.memory)
    if matter is None:
        return
    matter = settled(matter, clause, scene)
    telling = Telling(clause, predicate.mood, matter, scene, reader.thread, reader.memory.deal_when)
    dated = time_of_step(telling) if "step" in predicate.frames else time_of(telling)
    when = dated.when if dated else None
    if matter.type is EventType.AGREE:
        _remember_deal(predicate, matter, when, reader)
        reader.thread.deal(clause.sentence, when)
    if matter.actors and "action" in predicate.frames and (action := predicate.frames["action"].action) is not None:
        reader.memory.obliged.setdefault(action, matter.actors)  # "the pullout" told later is that of who pulled out
    factuality = Factuality.ACTUAL if refused(predicate, scene) else predicate.mood.factuality
    background = _long_ago(when, scene.document)
    placed = place_of(clause, matter, scene, reader.thread, background=background)
    lost = unresolved(clause, scene) if placed is None else None
    if lost is not None:
        reader.problems.append(_unresolved(lost, reader))
    where = placed.where if placed and sets_scene(matter) else None
    if placed and not sets_scene(matter):
        reader.thread.tables.append(placed.where)
    reader.thread.note(clause.sentence, clause.head, when, where, carried=placed is not None and placed.why in CARRIED)
    yield _claim(predicate, "event", matter, dated, placed, factuality, reader)


def _long_ago(when: When | None, document: Document) -> bool:
    """Whether something told is so long before publication that it belongs to the story's past rather than to its scene."""
    last = when.end.not_after if when is not None else None
    return last is not None and document.published is not None and (document.published - last).days > _PAST


def _remember_deal(predicate: Predicate, matter: Event, when: When | None, reader: _Reader) -> None:
    clause, memory = predicate.clause_for("event"), reader.memory
    for token in (clause.object, clause.subject, clause.head, clause.obliques.get("on"), clause.obliques.get("to")):
        name = agreement_name(token, reader.scene)
        if name is not None:
            memory.deal, memory.deal_when = name, when
            break
    parties = matter.actors[1:] if predicate.head.lemma in _MEDIATES and len(matter.actors) > 2 else matter.actors
    if len(parties) >= 2:
        memory.parties = parties[:2]


def _control_claims(predicate: Predicate, reader: _Reader) -> Iterator[Claim]:
    scene, clause, found = reader.scene, predicate.clause_for("control"), predicate.mood
    if found.duty == "set" or (found.duty == "promised" and "action" in predicate.frames):
        return
    if found.factuality is Factuality.PLANNED and "action" in predicate.frames:
        return
    told = controls(predicate, scene, reader.memory)
    if not told and found.factuality is Factuality.ACTUAL:
        reader.problems.append(_unplaced(predicate, reader))
    for matter, where in told:
        telling = Telling(clause, found, matter, scene, reader.thread)
        dated: Dated | None
        if matter.change in (Change.HOLDS, Change.CONTESTED):
            dated = time_of_state(telling)
        else:
            dated = time_of(telling)
            if dated is None or dated.when.edtf.startswith("../"):
                dated = present_change(telling) or dated
        factuality = Factuality.ACTUAL if _told_by_negation(matter, predicate) else found.factuality
        reader.thread.note(clause.sentence, clause.head, dated.when if dated else None, where)
        yield _claim(predicate, "control", matter, dated, Placed(where, "that changes or keeps hands"), factuality, reader)


def _told_by_negation(matter: Control, predicate: Predicate) -> bool:
    """Whether a negated word of holding tells something that is so: "no longer holds" a loss, "neither holds" a contest."""
    held = predicate.frames["control"].control is Change.HOLDS
    return held and predicate.mood.negated and matter.change in (Change.LOSES, Change.CONTESTED)


def _unplaced(predicate: Predicate, reader: _Reader) -> Problem:
    span = evidence(predicate.clause_for("control"), reader.document)
    message = "control of ground is told here, but not of which place or by whom; no claim was made of it"
    return Problem("control-unresolved", message, span, "write the claim by hand where the text tells enough")


def _unresolved(token: Token, reader: _Reader) -> Problem:
    span = reader.document.span(token.start, token.end)
    message = f"{span.quote!r} stands for a place that nothing told before it names; the claim was made without a place"
    return Problem("place-unresolved", message, span, "give the place in a correction")


def _obligation_claims(predicate: Predicate, reader: _Reader) -> Iterator[Claim]:
    aspect = "step" if "step" in predicate.frames else "action"
    clause = predicate.clause_for(aspect)
    for told in obligations(predicate, reader.scene, reader.memory):
        dated = _step_dated(predicate, told, reader)
        if dated is not None and told.obligation.step in MOVES:
            reader.thread.deal(clause.sentence, dated.when)
        placed = place_of_duty(told.where, told.obligation.action, reader.scene, reader.thread)
        claim = _claim(predicate, aspect, told.obligation, dated, placed, told.factuality, reader)
        if told.counted and claim.derivation is not None:
            claim = replace(claim, derivation=replace(claim.derivation, parts=(*claim.derivation.parts, *told.counted)))
        yield claim


def _step_dated(predicate: Predicate, told: Told, reader: _Reader) -> Dated | None:
    """When the step of a duty was taken: its own time, the day of the promise or of the deal, but none of its deadlines."""
    obligation, memory = told.obligation, reader.memory
    clause = predicate.clause_for("step" if "step" in predicate.frames else "action")
    telling = Telling(clause, predicate.mood, None, reader.scene, reader.thread)
    days = {day.edtf for day in (obligation.due, obligation.due_was) if day is not None}
    dated = time_of_step(telling) if told.dated else None
    if dated is not None and dated.when.edtf in days:
        dated = None
    if dated is None and told.dated and predicate.mood.duty == "promised":
        dated = _promised_on(predicate, reader)
    if not told.dated and _same_deal(obligation.agreement, memory.deal):
        dated = Dated(memory.deal_when, "of the deal that lays it down") if memory.deal_when else None
    if dated is None and obligation.step is Step.SET:
        dated = time_of_deal(telling)
    return dated


def _promised_on(predicate: Predicate, reader: _Reader) -> Dated | None:
    """The day on which a step was agreed: "agreed *on Monday* to extend the truce"."""
    verb = predicate.mood.duty_word
    times = reader.scene.times_of(verb, predicate.clause.sentence) if verb is not None else []
    when = claim_time([time for time in times if time.relation not in DEADLINES and not time.value.startswith("P")])
    return Dated(when, "of the promise") if when is not None else None


def _same_deal(agreement: str | None, deal: str | None) -> bool:
    """Whether two names are of one deal: "nationwide ceasefire", "the ceasefire"."""
    return agreement is not None and deal is not None and agreement.split()[-1].lower() == deal.split()[-1].lower()


def _claim(
    predicate: Predicate,
    aspect: str,
    matter: Matter,
    dated: Dated | None,
    placed: Placed | None,
    factuality: Factuality,
    reader: _Reader,
) -> Claim:
    clause = predicate.clause_for(aspect)
    if (
        aspect in ("event", "control")
        and factuality is Factuality.ACTUAL
        and dated is not None
        and _ahead(dated.when, reader.document)
    ):
        factuality = Factuality.PLANNED  # "announced a ceasefire set to begin on Monday"
    speakers = reader.voices.promisers(predicate) if aspect == "event" else reader.voices.speakers(predicate)
    span = evidence(clause, reader.document)
    return Claim(
        matter=matter,
        evidence=span,
        said_by=speakers,
        factuality=factuality,
        when=dated.when if dated else None,
        where=_located(placed.where) if placed else None,
        derivation=derivation(predicate, aspect, matter, dated, placed, factuality, speakers, reader.document),
    )


def _ahead(when: When, document: Document) -> bool:
    """Whether a time lies wholly after the day of publication: what is told for then has not happened yet."""
    first = when.begin.not_before
    return first is not None and document.published is not None and first > document.published


def _located(where: Where) -> Where:
    """The place without the point that stands in for one which no gazetteer knows: a claim is no guess."""
    return where if where.place is None or where.place.feature else replace(where, place=None)


__all__ = ["read_claims"]
