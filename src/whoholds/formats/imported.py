"""Claims back from the JSON contract.

What the contract does not carry does not come back: codes of speakers, organisations, derivations, spans of sub-parts and the
gazetteer's details of a place. So the id is computed anew and may differ from the one written; `confidence` is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
    Offset,
    Place,
    Problem,
    Role,
    Span,
    Step,
    When,
    Where,
)


class _Field:
    """Reads the fields of an object, remembering which is being read, so that a failure can name it."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told
        self.name = ""

    def __call__(self, name: str, make: Callable[[Any], Any], default: Any = None) -> Any:
        """The field made into something, or the default where it is null or left out."""
        self.name = name
        value = self.told.get(name)
        return default if value is None else make(value)

    def needed(self, name: str, make: Callable[[Any], Any]) -> Any:
        """The field made into something. Raises ValueError when it is null or left out."""
        self.name = name
        if self.told.get(name) is None:
            raise ValueError("it is needed")
        return make(self.told[name])


def claim_from_json(told: Mapping[str, Any], document: Document) -> Claim | Problem:
    """The claim of a JSON object about a document, or a Problem that names the field that is wrong.

    Without `quote_start` the words are looked up: their first occurrence, or the one that `occurrence` counts to, from 1.
    """
    field = _Field(told)
    try:
        return Claim(
            matter=_matter(field),
            evidence=_evidence(field, document),
            said_by=field("said_by", _speakers, ()),
            factuality=field("factuality", Factuality, Factuality.ACTUAL),
            when=field("when", When),
            where=_where(field),
            confidence=field("confidence", float),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f'"{field.name}" of a claim cannot be read: {error}'
        return Problem("claim", message, hint="its fields and their values are listed in docs/commands.md")


def _matter(field: _Field) -> Matter:
    kind = field.needed("kind", str)
    if kind == "event":
        return Event(
            type=field.needed("type", EventType),
            actors=field("actors", _actors, ()),
            recipients=field("recipients", _actors, ()),
            killed=field("killed", _count),
            injured=field("injured", _count),
            crowd=field("crowd", _count),
        )
    if kind == "control":
        return Control(change=field.needed("change", Change), holder=field("holder", _actor), former=field("from", _actor))
    if kind == "obligation":
        return Obligation(
            step=field.needed("step", Step),
            action=field.needed("action", Action),
            obligors=field("obligors", _actors, ()),
            beneficiaries=field("beneficiaries", _actors, ()),
            due=field("due", When),
            due_was=field("due_was", When),
            due_after=field("due_after", _offset),
            agreement=field("agreement", str),
            asked_by=field("asked_by", _actor),
            reason=field("reason", str),
        )
    raise ValueError(f"{kind!r} is none of event, control, obligation")


def _evidence(field: _Field, document: Document) -> Span:
    start, number = field("quote_start", int), field("occurrence", int, 1)
    words = field.needed("quote", str)
    if start is None:
        start = _occurrence(document.text, words, number)
    if document.text[start : start + len(words)] != words:
        raise ValueError("the document has other words there")
    return document.span(start, start + len(words))


def _occurrence(text: str, words: str, number: int) -> int:
    place = -1
    for _ in range(number):
        place = text.find(words, place + 1)
        if place < 0:
            raise ValueError("the document does not have these words" + (" so many times" if number > 1 else ""))
    return place


def _where(field: _Field) -> Where | None:
    name = field("where", str)
    if name is None:
        return None
    lat, lon = field("where_lat", float), field("where_lon", float)
    if lat is None or lon is None:
        return Where(name=name)
    country, geonameid = field("where_country", str), field("where_geonameid", int)
    return Where(name=name, place=Place(name=name, lat=lat, lon=lon, country=country, feature="", geonameid=geonameid))


def _speakers(names: Any) -> tuple[Actor, ...]:
    return tuple(Actor(name=str(name)) for name in names)


def _actors(actors: Any) -> tuple[Actor, ...]:
    return tuple(map(_actor, actors))


def _actor(actor: Any) -> Actor:
    role = actor.get("role")
    return Actor(name=actor["name"], country=actor.get("country"), role=None if role is None else Role(role))


def _offset(offset: Any) -> Offset:
    return Offset(offset["offset"], offset["trigger"])


def _count(count: Any) -> Count:
    return Count(count.get("low"), count.get("high"))
