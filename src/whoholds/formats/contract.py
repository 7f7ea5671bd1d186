"""The JSON contract: readings, groundings and their parts as plain dictionaries, ready for `json.dumps`.

Offsets are half-open and count code points; coordinates are decimal degrees, WGS 84; dates are EDTF; countries of places are
ISO 3166-1 alpha-2 and of actors alpha-3. Keys come in the order of the annotation guide, then those that only a program needs.
Counts of an event, what an obligation may lack (`due_was`, `due_after`, `reason`, `asked_by`) and the `anchor` of a time are
left out where not told; anything else is null or an empty list. An anchor has `text`, the words a duration counts from, and
`offset`, an ISO 8601 duration, negative where it counts back; `due_after` has `offset` and `trigger`, the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoholds.model import Actor, Claim, Control, Count, Event, Obligation, Place, Problem, When, Where

if TYPE_CHECKING:
    from whoholds.grounding import Grounding, TimeExpression
    from whoholds.pipeline import Reading

Json = dict[str, Any]


def reading_to_json(reading: Reading) -> Json:
    """A document's name, claims and problems."""
    return {
        "id": reading.document.name,
        "claims": [claim_to_json(claim) for claim in reading.claims],
        "problems": [problem_to_json(problem) for problem in reading.problems],
    }


def claim_to_json(claim: Claim) -> Json:
    """The fields every claim has, then those of its matter, then where it comes from and how sure it is."""
    place = claim.where and claim.where.place
    return {
        "kind": claim.kind,
        "quote": claim.evidence.quote,
        "said_by": [speaker.name for speaker in claim.said_by],
        "factuality": claim.factuality.value,
        "when": _edtf(claim.when),
        "where": claim.where and claim.where.name,
        "where_lat": place and place.lat,
        "where_lon": place and place.lon,
        "where_country": place and place.country,
        **_matter(claim),
        "id": claim.id,
        "quote_start": claim.evidence.start,
        "quote_end": claim.evidence.end,
        "where_geonameid": place and place.geonameid,
        "confidence": claim.confidence,
    }


def problem_to_json(problem: Problem) -> Json:
    """A problem's code and message, its way out where there is one, and the words it is about where it is about some."""
    told: Json = {"code": problem.code, "message": problem.message}
    if problem.hint:
        told["hint"] = problem.hint
    if problem.span:
        told |= {"start": problem.span.start, "end": problem.span.end, "quote": problem.span.quote}
    return told


def grounding_to_json(grounding: Grounding) -> Json:
    """A document's name, its times, places and actors in text order, and its problems."""
    return {
        "id": grounding.document.name,
        "times": [_time(time) for time in grounding.times],
        "places": [_where(where) for where in grounding.places if where.span],
        "actors": [_mention(actor) for actor in grounding.actors if actor.span],
        "problems": [problem_to_json(problem) for problem in grounding.problems],
    }


def _matter(claim: Claim) -> Json:
    match claim.matter:
        case Event() as event:
            counts = {"killed": event.killed, "injured": event.injured, "crowd": event.crowd}
            return {
                "type": event.type.value,
                "actors": _actors(event.actors),
                "recipients": _actors(event.recipients),
                **{name: _count(count) for name, count in counts.items() if count},
            }
        case Control() as control:
            return {
                "change": control.change.value,
                "holder": control.holder and _actor(control.holder),
                "from": control.former and _actor(control.former),
            }
        case Obligation() as obligation:
            return _obligation(obligation)


def _obligation(obligation: Obligation) -> Json:
    told: Json = {
        "step": obligation.step.value,
        "action": obligation.action.value,
        "obligors": _actors(obligation.obligors),
        "beneficiaries": _actors(obligation.beneficiaries),
        "due": _edtf(obligation.due),
    }
    if obligation.due_was:
        told["due_was"] = obligation.due_was.edtf
    if (offset := obligation.due_after) is not None:
        told["due_after"] = {"offset": offset.length, "trigger": offset.trigger}
    told["agreement"] = obligation.agreement
    if obligation.reason is not None:
        told["reason"] = obligation.reason
    if obligation.asked_by:
        told["asked_by"] = _actor(obligation.asked_by)
    return told


def _edtf(when: When | None) -> str | None:
    return when.edtf if when else None


def _count(count: Count) -> Json:
    return {"low": count.low, "high": count.high}


def _actors(actors: tuple[Actor, ...]) -> list[Json]:
    return [_actor(actor) for actor in actors]


def _actor(actor: Actor) -> Json:
    return {"name": actor.name, "country": actor.country, "role": actor.role and actor.role.value}


def _time(time: TimeExpression) -> Json:
    span = time.span
    return {
        "start": span.start,
        "end": span.end,
        "text": span.quote,
        "type": time.kind.value,
        "value": time.value,
        "edtf": _edtf(time.when),
        **({"anchor": {"text": time.anchor.span.quote, "offset": time.anchor.offset}} if time.anchor else {}),
    }


def _where(where: Where) -> Json:
    return {
        **_place_words(where),
        **_place(where.place),
        "use": where.use.value,
        "alternatives": [_place(place) for place in where.alternatives],
    }


def _place_words(where: Where) -> Json:
    return {"start": where.span.start, "end": where.span.end, "text": where.span.quote} if where.span else {}


def _place(place: Place | None) -> Json:
    """A place's name in the gazetteer, point, country, id and feature class; all null where none was found."""
    fields = ("name", "lat", "lon", "country", "geonameid", "feature")
    return {field: getattr(place, field, None) for field in fields}


def _mention(actor: Actor) -> Json:
    span: Json = {"start": actor.span.start, "end": actor.span.end, "text": actor.span.quote} if actor.span else {}
    return {**span, "country": actor.country, "role": actor.role and actor.role.value, "organisation": actor.organisation}
