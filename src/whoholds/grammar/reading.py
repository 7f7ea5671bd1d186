"""Reading: the sentences of a document in order, each predicate asked for events, control and obligations.

Afterwards casualties are joined to the attack that caused them, what a headline or standfirst says again is dropped, and a
fact told twice in the same way is kept once, where it is first told in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.grammar.clause import preposition
from whoholds.grammar.control import controls
from whoholds.grammar.dating import state_when, when_of
from whoholds.grammar.echo import echoes
from whoholds.grammar.events import event, refused
from whoholds.grammar.evidence import evidence
from whoholds.grammar.lexicon import word_classes
from whoholds.grammar.memory import Memory
from whoholds.grammar.obligations import agreement_name, obligations
from whoholds.grammar.predicate import Predicate, predicates
from whoholds.grammar.scene import Scene
from whoholds.grammar.selection import select
from whoholds.grammar.speakers import Quotations, speaker_heads
from whoholds.grounding import Grounding
from whoholds.language import Sentence, Token
from whoholds.model import (
    Actor,
    Change,
    Claim,
    Control,
    Derivation,
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

_AHEAD = frozenset({Step.SET, Step.SOUGHT})


@dataclass(slots=True)
class _Reader:
    document: Document
    scene: Scene
    quotations: Quotations
    memory: Memory
    problems: list[Problem]


def read_claims(document: Document, sentences: Sequence[Sentence], grounding: Grounding) -> tuple[list[Claim], list[Problem]]:
    """The claims of a document in text order and what stayed unresolved; none for no sentences."""
    if not sentences:
        return [], []
    scene = Scene(document, sentences, grounding)
    reader = _Reader(document, scene, Quotations(sentences), Memory(), [])
    drafts: list[tuple[Claim, Sentence, Token]] = []
    for sentence in sentences:
        said = [
            (claim, sentence, predicate.head)
            for predicate in predicates(sentence, scene)
            for claim in _claims(predicate, reader)
        ]
        drafts += [*said, *echoes(sentence, drafts, reader.scene)]
    return select(drafts), reader.problems


def _claims(predicate: Predicate, reader: _Reader) -> Iterator[Claim]:
    found = predicate.mood
    duties: list[Claim] = []
    if (found.told or found.duty == "sought") and predicate.frames.keys() & {"step", "action"}:
        duties = list(_obligation_claims(predicate, reader))
    ahead = any(isinstance(duty.matter, Obligation) and duty.matter.step in _AHEAD for duty in duties)
    future = ahead and "action" in predicate.frames  # a future act under a deal is the obligation only
    if found.told and "event" in predicate.frames and not future:
        yield from _event_claims(predicate, reader)
    if found.told and "control" in predicate.frames and found.duty != "sought" and not future:
        yield from _control_claims(predicate, reader)
    yield from duties


def _event_claims(predicate: Predicate, reader: _Reader) -> Iterator[Claim]:
    scene, clause = reader.scene, predicate.clause_for("event")
    matter = event(predicate, scene, reader.memory)
    if matter is None:
        return
    when = when_of(clause, predicate.mood, scene, of_step="step" in predicate.frames)
    if matter.type is EventType.AGREE:
        _remember_deal(predicate, matter, when, reader)
    factuality = Factuality.ACTUAL if refused(predicate, scene) else predicate.mood.factuality
    yield _claim(predicate, "event", matter, when, scene.near(clause), factuality, reader)


def _remember_deal(predicate: Predicate, matter: Event, when: When | None, reader: _Reader) -> None:
    clause, memory = predicate.clause_for("event"), reader.memory
    for token in (clause.object, clause.subject, clause.head, clause.obliques.get("on"), clause.obliques.get("to")):
        name = agreement_name(token, reader.scene)
        if name is not None:
            memory.deal, memory.deal_when = name, when
            break
    if len(matter.actors) >= 2:
        memory.parties = matter.actors[:2]


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
        if matter.change in (Change.HOLDS, Change.CONTESTED):
            when = state_when(clause, scene)
        else:
            when = when_of(clause, found, scene)
        ended = matter.change is Change.LOSES and found.negated  # "no longer holds" is a loss, not a denial
        factuality = Factuality.ACTUAL if ended else found.factuality
        yield _claim(predicate, "control", matter, when, where, factuality, reader)


def _unplaced(predicate: Predicate, reader: _Reader) -> Problem:
    span = evidence(predicate.clause_for("control"), reader.document)
    message = "control of ground is told here, but not of which place or by whom; no claim was made of it"
    return Problem("control-unresolved", message, span, "write the claim by hand where the text tells enough")


def _obligation_claims(predicate: Predicate, reader: _Reader) -> Iterator[Claim]:
    aspect = "step" if "step" in predicate.frames else "action"
    clause = predicate.clause_for(aspect)
    for told in obligations(predicate, reader.scene, reader.memory):
        when = when_of(clause, predicate.mood, reader.scene, of_step=True) if told.dated else None
        if told.obligation.due is not None and when is not None and when.edtf == told.obligation.due.edtf:
            when = None
        if not told.dated and told.obligation.agreement and told.obligation.agreement == reader.memory.deal:
            when = reader.memory.deal_when
        yield _claim(predicate, aspect, told.obligation, when, told.where, told.factuality, reader)


def _claim(
    predicate: Predicate,
    aspect: str,
    matter: Matter,
    when: When | None,
    where: Where | None,
    factuality: Factuality,
    reader: _Reader,
) -> Claim:
    clause = predicate.clause_for(aspect)
    speakers = _speakers(predicate, reader)
    span = evidence(clause, reader.document)
    return Claim(
        matter=matter,
        evidence=span,
        said_by=speakers,
        factuality=factuality,
        when=when,
        where=where,
        derivation=_derivation(predicate, aspect, matter, when, where, factuality, speakers, reader),
    )


def _speakers(predicate: Predicate, reader: _Reader) -> tuple[Actor, ...]:
    sentence = predicate.clause.sentence
    found: list[Actor] = []
    for head in speaker_heads(predicate.clause.host or predicate.head, sentence, predicate.mood):
        found += _speaker(head, sentence, reader)
    if not found:
        quoted = reader.quotations.speaker(sentence)
        if quoted is not None:
            found += _speaker(*quoted, reader)
    unique: list[Actor] = []
    for actor in found:
        if all(actor.name != other.name for other in unique):
            unique.append(actor)
    return tuple(unique)


def _speaker(head: Token, sentence: Sentence, reader: _Reader) -> list[Actor]:
    actors = list(reader.scene.actors(head, sentence))
    if actors:
        return [_with_office(actors[0], head, reader), *actors[1:]]
    cited = head.head is not None and head.head.lemma in ("cite", "quote") and head.deprel == "obj"
    if head.upos == "PRON" or (cited and head.lemma not in word_classes()["source_noun"]):
        return []  # "citing early snow" gives a reason, "citing a report" a speaker
    parts = [
        head,
        *(child for child in head.children if child.deprel in ("compound", "amod", "flat", "nmod:poss") and child.i < head.i),
    ]
    start = min(part.start for part in parts)
    return [Actor(name=reader.document.text[start : head.end], span=reader.document.span(start, head.end))]


def _with_office(actor: Actor, head: Token, reader: _Reader) -> Actor:
    """The speaker with the phrase that tells whose or from where: "spokesman *of the police*", "officials *in Baku*"."""
    if actor.span is None or actor.span.end != head.end:
        return actor
    for child in head.all("nmod"):
        first = min(token.start for token in child.subtree())
        if preposition(child) in ("of", "for", "in", "at", "from") and 0 < first - head.end <= 2:
            inner = [child, *child.all("compound", "flat", "amod", "nmod:poss", "nmod")]
            end = max(token.end for part in inner for token in part.subtree())
            span = reader.document.span(actor.span.start, end)
            return replace(actor, name=span.quote, span=span)
    return actor


def _derivation(
    predicate: Predicate,
    aspect: str,
    matter: Matter,
    when: When | None,
    where: Where | None,
    factuality: Factuality,
    speakers: tuple[Actor, ...],
    reader: _Reader,
) -> Derivation:
    document, frame = reader.document, predicate.frames[aspect]
    head = predicate.head
    parts = [Derivation(f"predicate '{head.lemma}'", document.span(head.start, head.end), _name(matter))]
    clause = predicate.clause_for(aspect)
    for slot in ("subject", "object", *clause.obliques):
        token = clause.slot(slot)
        if token is not None:
            parts.append(Derivation(f"argument <{slot}>", document.span(token.start, token.end)))
    if when is not None:
        parts.append(Derivation("time", when.span, when.edtf))
    if where is not None and where.place is not None:
        place = where.place
        value = f"{place.name}, {place.country} {place.lat:.4f} {place.lon:.4f}"
        if where.alternatives:
            value += f", {len(where.alternatives)} other candidates"
        parts.append(Derivation("place by gazetteer", where.span, value))
    for actor in _actors(matter):
        codes = " ".join(str(code) for code in (actor.country, actor.role) if code)
        parts.append(Derivation("actor", actor.span, f"{actor.name} [{codes}]"))
    for actor in speakers:
        parts.append(Derivation("speaker", actor.span, actor.name))
    for cue, effect in predicate.mood.cues:
        parts.append(Derivation("factuality", document.span(cue.start, cue.end), f"{effect}"))
    return Derivation(frame.name, None, factuality.value, tuple(parts))


def _name(matter: Matter) -> str:
    if isinstance(matter, Event):
        return str(matter.type)
    if isinstance(matter, Control):
        return str(matter.change)
    return f"{matter.step} {matter.action}"


def _actors(matter: Matter) -> list[Actor]:
    if isinstance(matter, Event):
        return [*matter.actors, *matter.recipients]
    if isinstance(matter, Control):
        return [actor for actor in (matter.holder, matter.former) if actor is not None]
    return [*matter.obligors, *matter.beneficiaries]


__all__ = ["read_claims"]
