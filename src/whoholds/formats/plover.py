"""PLOVER event records as JSON Lines: one incident, or one claim of an event, a line.

PLOVER (Open Event Data Alliance, draft 0.8, https://github.com/openeventdata/PLOVER) names the fields of event records and
asks for one JSON object a line. By its names and meanings: `id`, `date`, `enddate`, `source` and `recipient` (lists of actors
with `code`, `sector`, `actor_text`, `identifier_text`), `event` (its categories; REQUEST is what later releases of the data
coded by it, POLECAT, call its DEMAND), `event_loc` (the fields of GeoNames), `event_text`, `quad_code` (1 verbal cooperation,
2 material cooperation, 3 verbal conflict, 4 material conflict), `event_scale` (the published conflict-cooperation score of the
category), `context` (only the special ones that follow from how a text tells it: future, hypothetical, negation), `text_info`,
`cite_info`, `coder`, `coded_date`, `comment`. `mode` and the other contexts are not coded and left out.

Ours, where PLOVER leaves the field open or has none: `size` (its object of numbers) has for `dead` and `injured` the lowest and
highest number told, and `crowd`; `text_info` is a list with one object a passage, whose `start` and `end` are half-open and
count code points of the text named by `document`; `standing`, `opposing` and `voices` are those of the finding. Where an
incident is known to lie between two days `date` and `enddate` are these, which is not how long it lasted. Sectors are our
roles, of which OPP, REF and PPL are not PLOVER's primary ones.

PLOVER needs a date: what has none is left out, and counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from whoholds.formats.coded import Actors, days, parties
from whoholds.grounding.countries import alpha3
from whoholds.model import Count, Event, EventType, Factuality, Site, Testimony
from whoholds.questions.extract import Cited, Told

Json = dict[str, Any]

# Quad code and conflict-cooperation score of each category, from the manual.
_SCALES: dict[EventType, tuple[int, float]] = {
    EventType.AGREE: (1, 4.2),
    EventType.CONSULT: (1, 2.1),
    EventType.SUPPORT: (1, 4.6),
    EventType.CONCEDE: (1, 5.0),
    EventType.COOPERATE: (2, 6.8),
    EventType.AID: (2, 7.4),
    EventType.RETREAT: (2, 7.6),
    EventType.REQUEST: (3, -5.0),
    EventType.ACCUSE: (3, -2.0),
    EventType.REJECT: (3, -4.2),
    EventType.THREATEN: (3, -5.1),
    EventType.PROTEST: (4, -6.6),
    EventType.SANCTION: (4, -5.2),
    EventType.MOBILIZE: (4, -5.3),
    EventType.COERCE: (4, -7.2),
    EventType.ASSAULT: (4, -9.3),
}
_CONTEXTS = {
    Factuality.PLANNED: "future",
    Factuality.POSSIBLE: "hypothetical",
    Factuality.DENIED: "negation",
}
CODEBOOK = "PLOVER draft 0.8"


def incident_record(told: Told, *, coder: str) -> Json | None:
    """The record of an incident with its words; None where no day is known. `coder` names the program and its version."""
    incident = told.incident
    between = days(incident)
    if between is None:
        return None
    doers, undergoers = parties(told.words)
    ranges = {"dead": incident.range("killed"), "injured": incident.range("injured"), "crowd": incident.range("crowd")}
    return {
        "id": incident.id,
        **_dates(*between),
        **_who(doers, undergoers),
        **_event(incident.type, incident.site, [word.claim.factuality for word in told.words]),
        "event_text": [word.claim.evidence.quote for word in told.words],
        **_sizes(ranges),
        "text_info": [_text(word.testimony) for word in told.words],
        "cite_info": [_citation(word.testimony, word.voice) for word in told.words],
        **_coded(coder, [word.testimony for word in told.words]),
        "standing": incident.standing.value,
        "opposing": list(incident.opposing),
        "voices": list(incident.voices),
    }


def claim_record(cited: Cited, *, coder: str) -> Json | None:
    """The record of one claim of an event; None for another claim, and where no day is told."""
    told = cited.testimony
    claim, event = told.claim, told.claim.matter
    if not isinstance(event, Event) or claim.when is None:
        return None
    first, last = claim.when.begin.not_before, claim.when.end.not_after
    if first is None and last is None:
        return None
    return {
        "id": claim.id,
        **_dates(first or last, last or first),
        **_who(event.actors, event.recipients),
        **_event(event.type, told.site, [claim.factuality]),
        "event_text": [claim.evidence.quote],
        **_sizes({"dead": event.killed, "injured": event.injured, "crowd": event.crowd}),
        "text_info": [_text(told)],
        "cite_info": [_citation(told, claim.said_by[0].name if claim.said_by else None)],
        **_coded(coder, [told]),
    }


def records_text(records: Iterable[Json | None]) -> Iterator[str]:
    """Records as JSON Lines; None is passed over."""
    for record in records:
        if record is not None:
            yield json.dumps(record, ensure_ascii=False) + "\n"


def _dates(first: date | None, last: date | None) -> Json:
    told = {"date": first.isoformat() if first else None}
    return told | {"enddate": last.isoformat()} if last and last != first else told


def _who(doers: Actors, undergoers: Actors) -> Json:
    return {"source": _actors(doers), "recipient": _actors(undergoers)}


def _actors(actors: Actors) -> list[Json]:
    told = [
        {
            "code": actor.country,
            "sector": actor.role and actor.role.value,
            "actor_text": actor.name,
            "identifier_text": actor.organisation,
        }
        for actor in actors
    ]
    return [{name: value for name, value in one.items() if value} for one in told]


def _event(type: EventType, site: Site | None, told: Sequence[Factuality]) -> Json:
    quad, scale = _SCALES[type]
    contexts = sorted({_CONTEXTS[one] for one in told if one in _CONTEXTS})
    place = {"event_loc": _place(site)} if site else {}
    return {"event": [type.value], **place, "quad_code": quad, "event_scale": scale, "context": contexts}


def _place(site: Site) -> Json:
    place = site.place
    if place is None:
        return {"name": site.name}
    told = {
        "geonameid": place.geonameid,
        "name": site.name,
        "latitude": place.lat,
        "longitude": place.lon,
        "feature class": place.feature or None,
        "country code": place.country,
        "cc3": alpha3(place.country),
    }
    return {name: value for name, value in told.items() if value is not None}


def _sizes(counts: dict[str, Count | None]) -> Json:
    told = {name: {"low": count.low, "high": count.high} for name, count in counts.items() if count}
    return {"size": told} if told else {}


def _text(told: Testimony) -> Json:
    span = told.claim.evidence
    return {"document": span.document, "start": span.start, "end": span.end, "claim": told.claim.id}


def _citation(told: Testimony, voice: str | None) -> Json:
    said = told.said.isoformat() if told.dated else None
    cited = {"citation": told.name or None, "publication": next(iter(told.outlets), None), "date": said, "voice": voice}
    return {"codebook": CODEBOOK, **{name: value for name, value in cited.items() if value}}


def _coded(coder: str, told: Sequence[Testimony]) -> Json:
    recorded = max((one.recorded_at.date().isoformat() for one in told), default=None)
    return {"coder": coder, **({"coded_date": recorded} if recorded else {})}
