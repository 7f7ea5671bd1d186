"""Which incidents are known, where and when, and how many they cost by whose count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whoholds.model import EventType, Incident, Site
from whoholds.questions.evidence import Word, words_of
from whoholds.questions.picture import Picture
from whoholds.register.store import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An incident with the words for and against it."""

    incident: Incident
    supporting: tuple[Word, ...]
    opposing: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """Incidents by the first day each can have been on; `site`, `first` and `last` are what was asked for."""

    site: Site | None
    first: date | None
    last: date | None
    known: Known
    happenings: tuple[Happening, ...]


def incidents(
    picture: Picture, *, site: Site | None, first: date | None, last: date | None, type: EventType | None
) -> Incidents:
    """The incidents in a place and what lies within it, during a period that theirs touches, of a type; None asks nothing."""
    period = (first or date.min, last or date.max) if first or last else None
    chosen = [
        one
        for one in picture.incidents(during=period)
        if (site is None or lies_in(one.site, site)) and during(one, first, last) and type in (None, one.type)
    ]
    chosen.sort(key=lambda one: (one.when.not_before or one.when.not_after or date.min, one.id))
    happenings = tuple(
        Happening(incident=one, supporting=_words(picture, one.supporting), opposing=_words(picture, one.opposing))
        for one in chosen
    )
    return Incidents(site=site, first=first, last=last, known=picture.known, happenings=happenings)


def _words(picture: Picture, claims: tuple[str, ...]) -> tuple[Word, ...]:
    return words_of(picture.store, claims, known=picture.known, sides=picture.sides)


def lies_in(site: Site | None, area: Site) -> bool:
    """Whether a place is an area or lies in it; False where it is not known."""
    return site is not None and area.key in (site.key, *site.within)


def during(incident: Incident, first: date | None, last: date | None) -> bool:
    """Whether the days of an incident touch a period, inclusive; one without any day touches only all of it."""
    if first is None and last is None:
        return True
    begin, end = incident.when.not_before, incident.when.not_after
    if begin is None and end is None:
        return False
    return (last is None or begin is None or begin <= last) and (first is None or end is None or end >= first)
