"""Explaining: how a claim came about, as a derivation down to the words."""

from __future__ import annotations

from whoholds.grammar.locating import Placed
from whoholds.grammar.predicate import Predicate
from whoholds.grammar.telling import Dated
from whoholds.model import Actor, Control, Derivation, Document, Event, Factuality, Matter


def derivation(
    predicate: Predicate,
    aspect: str,
    matter: Matter,
    dated: Dated | None,
    placed: Placed | None,
    factuality: Factuality,
    speakers: tuple[Actor, ...],
    document: Document,
) -> Derivation:
    """The steps to a claim: predicate and arguments, time and place with the rules that found them, actors, speakers, cues."""
    frame, head = predicate.frames[aspect], predicate.head
    parts = [Derivation(f"predicate '{head.lemma}'", document.span(head.start, head.end), _name(matter))]
    clause = predicate.clause_for(aspect)
    asked = (slot for slot, _ in frame.wants if slot != "self")  # what the frame's conditions looked at
    for slot in dict.fromkeys(("subject", "object", *clause.obliques, *asked)):
        token = clause.slot(slot)
        if token is not None:
            parts.append(Derivation(f"argument <{slot}>", document.span(token.start, token.end)))
    if dated is not None:
        parts.append(Derivation(f"time: {dated.why}", dated.when.span, dated.when.edtf))
    if placed is not None:
        parts.append(_place(placed))
    for actor in _actors(matter):
        codes = " ".join(str(code) for code in (actor.country, actor.role) if code)
        parts.append(Derivation("actor", actor.span, f"{actor.name} [{codes}]"))
    for actor in speakers:
        parts.append(Derivation("speaker", actor.span, actor.name))
    for cue, effect in predicate.mood.cues:
        parts.append(Derivation("factuality", document.span(cue.start, cue.end), f"{effect}"))
    return Derivation(frame.name, None, factuality.value, tuple(parts))


def _place(placed: Placed) -> Derivation:
    where = placed.where
    if where.place is None:
        return Derivation(f"place: {placed.why}", where.span, f"{where.name}, unknown to the gazetteer")
    place = where.place
    value = f"{place.name}, {place.country} {place.lat:.4f} {place.lon:.4f}"
    if where.alternatives:
        value += f", {len(where.alternatives)} other candidates"
    return Derivation(f"place: {placed.why}", where.span, value)


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
