"""The JSON of a register: entries, testimony, findings and answers as plain dictionaries, ready for `json.dumps`.

Days are ISO 8601 calendar days, instants are in UTC with microseconds, bounds have `not_before` and `not_after` (days, both
inclusive, null where open). A claim has the fields of the contract (see `contract`), a place its key, name and point. What is
not told is null or an empty list.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from whoholds.formats.contract import claim_to_json
from whoholds.model import (
    Accepted,
    Actor,
    Affiliation,
    Allied,
    Asserted,
    Bounds,
    Count,
    Deadline,
    Derivation,
    Document,
    Edited,
    Entry,
    Erased,
    Filed,
    Finding,
    Holding,
    Incident,
    Judged,
    Outlined,
    Parted,
    Side,
    Site,
    Tally,
    Testimony,
    Tombstone,
    Turn,
    Undertaking,
    Verdict,
    Withdrawn,
)

Json = dict[str, Any]


def finding_to_json(finding: Finding) -> Json:
    """A holding, undertaking or incident, with the ids of the claims for and against it and how it was derived."""
    match finding:
        case Holding():
            told = _holding(finding)
        case Undertaking():
            told = _undertaking(finding)
        case Incident():
            told = _incident(finding)
    evidence = {"supporting": list(finding.supporting), "opposing": list(finding.opposing)}
    return {"id": finding.id, **told, **evidence, "derivation": derivation_to_json(finding.derivation)}


def testimony_to_json(testimony: Testimony) -> Json:
    """A claim with its document, who published it and when, and when the register took it in."""
    return {
        **claim_to_json(testimony.claim),
        "document": testimony.claim.evidence.document,
        "said": day(testimony.said if testimony.dated else None),
        "dated": testimony.dated,
        "outlets": list(testimony.outlets),
        "credits": list(testimony.credits),
        "site": testimony.site and testimony.site.key,
        "accepted": testimony.accepted,
        "recorded_at": instant(testimony.recorded_at),
        "entry": testimony.entry,
    }


def document_to_json(document: Document, *, text: bool = False) -> Json:
    """A document's id and provenance, with its text where asked for."""
    told: Json = {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "url": document.url,
        "outlet": document.outlet,
        "author": document.author,
        "language": document.language,
        "published": day(document.published),
        "retrieved": day(document.retrieved),
        "credits": list(document.credits),
    }
    return {**told, "text": document.text} if text else told


def entry_to_json(entry: Entry) -> Json:
    """An entry's number, instant, who made it, its kind, and what it says."""
    return {
        "entry": entry.seq,
        "recorded_at": instant(entry.recorded_at),
        "by": entry.by,
        "kind": entry.kind,
        **_act(entry),
    }


def affiliation_to_json(affiliation: Affiliation) -> Json:
    """Who counts with whom, or with `apart` does not, during which days (null: open), and what says so."""
    return {
        "member": actor_to_json(affiliation.member),
        "side": actor_to_json(affiliation.side),
        "first": day(affiliation.first),
        "last": day(affiliation.last),
        "apart": affiliation.apart,
        "source": affiliation.source,
    }


def alliance_to_json(alliance: Allied | Parted) -> Json:
    """What an entry says of sides: `period` is EDTF, null for always."""
    return {
        "member": actor_to_json(alliance.member),
        "side": actor_to_json(alliance.side),
        "period": alliance.period and alliance.period.edtf,
        "reason": alliance.reason,
    }


def site_to_json(site: Site) -> Json:
    """A place's key, name, point, country and class, and the keys of the areas around it, the narrowest first."""
    place = site.place
    return {
        "key": site.key,
        "name": site.name,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "country": place and place.country,
        "feature": (place and place.feature) or None,
        "within": list(site.within),
    }


def side_to_json(side: Side | None) -> Json | None:
    """A side's key and name; None for nobody."""
    return {"key": side.key, "name": side.name} if side else None


def actor_to_json(actor: Actor) -> Json:
    """An actor's name, country, role and organisation."""
    role = actor.role and actor.role.value
    return {"name": actor.name, "country": actor.country, "role": role, "organisation": actor.organisation}


def day(value: date | None) -> str | None:
    """A day as text; None for none."""
    return value.isoformat() if value else None


def instant(value: datetime | None) -> str | None:
    """An instant as text; None for none."""
    return value.isoformat(timespec="microseconds") if value else None


def bounds_to_json(bounds: Bounds) -> Json:
    """The days something can fall on."""
    return {"not_before": day(bounds.not_before), "not_after": day(bounds.not_after)}


def turn_to_json(turn: Turn | None) -> Json | None:
    """A state of a duty, since when, and how late it was met."""
    if turn is None:
        return None
    return {
        "state": turn.state.value,
        "since": day(turn.since),
        "days": turn.days,
        "after_first": turn.after_first,
        "supporting": list(turn.supporting),
    }


def _holding(holding: Holding) -> Json:
    return {
        "kind": "holding",
        "site": site_to_json(holding.site),
        "holder": side_to_json(holding.holder),
        "begin": bounds_to_json(holding.begin),
        "end": bounds_to_json(holding.end),
        "told": day(holding.told),
        "retold": day(holding.retold),
        "standing": holding.standing.value,
        "rivals": [side_to_json(side) for side in holding.rivals],
        "inherited": holding.inherited and site_to_json(holding.inherited),
    }


def _undertaking(undertaking: Undertaking) -> Json:
    return {
        "kind": "undertaking",
        "action": undertaking.action.value,
        "obligors": [side_to_json(side) for side in undertaking.obligors],
        "beneficiaries": [side_to_json(side) for side in undertaking.beneficiaries],
        "site": undertaking.site and site_to_json(undertaking.site),
        "names": list(undertaking.names),
        "deadlines": [_deadline(deadline) for deadline in undertaking.deadlines],
        "turns": [turn_to_json(turn) for turn in undertaking.turns],
        "standing": undertaking.standing.value,
    }


def _deadline(deadline: Deadline) -> Json:
    return {
        "due": deadline.due and deadline.due.edtf,
        "since": day(deadline.since),
        "asked_by": side_to_json(deadline.asked_by),
        "reason": deadline.reason,
        "counted_from": deadline.counted_from or None,
        "superseded": deadline.superseded,
        "rival": deadline.rival,
        "supporting": list(deadline.supporting),
    }


def _incident(incident: Incident) -> Json:
    counted = {what: incident.range(what) for what in ("killed", "injured", "crowd")}
    return {
        "kind": "incident",
        "type": incident.type.value,
        "when": bounds_to_json(incident.when),
        "site": incident.site and site_to_json(incident.site),
        "actors": [side_to_json(side) for side in incident.actors],
        "recipients": [side_to_json(side) for side in incident.recipients],
        **{what: _count(count) for what, count in counted.items() if count},
        "tallies": [_tally(tally) for tally in incident.tallies],
        "standing": incident.standing.value,
        "voices": list(incident.voices),
    }


def _tally(tally: Tally) -> Json:
    return {
        "what": tally.what,
        **_count(tally.count),
        "voice": tally.voice,
        "said": day(tally.said),
        "claim": tally.claim,
        "corrected": tally.corrected,
    }


def _count(count: Count) -> Json:
    return {"low": count.low, "high": count.high}


def derivation_to_json(step: Derivation | None) -> Json | None:
    """How something was worked out: the rule, its words, its value, and the steps it was made of; None for nothing told."""
    if step is None:
        return None
    span = step.span and {
        "document": step.span.document,
        "start": step.span.start,
        "end": step.span.end,
        "quote": step.span.quote,
    }
    return {"rule": step.rule, "words": span, "value": step.value, "parts": [derivation_to_json(part) for part in step.parts]}


def _act(entry: Entry) -> Json:
    match entry.act:
        case Filed(document, replaces):
            return {"document": document_to_json(document), "replaces": replaces}
        case Asserted(claim):
            return {"claim": claim_to_json(claim), "document": claim.evidence.document}
        case Withdrawn(target, reason):
            return {"withdraws": target, "reason": reason}
        case Judged(claim_id, verdict, reason, words):
            return {"claim": claim_id, **_verdict(verdict), "reason": reason, "words": words}
        case Allied() | Parted() as alliance:
            return alliance_to_json(alliance)
        case Outlined(name, site, geometry, source):
            return {"name": name, "site": site, "source": source, "geometry": json.loads(geometry)}
        case Erased(document_id, reason):
            return {"document": document_id, "reason": reason}
        case Tombstone(was, erased):
            return {"was": was, "erased": erased}


def _verdict(verdict: Verdict) -> Json:
    match verdict:
        case Edited(instead):
            return {"verdict": "edit", "instead": claim_to_json(instead)}
        case Accepted():
            return {"verdict": "accept"}
        case _:
            return {"verdict": "reject"}
