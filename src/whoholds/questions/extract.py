"""What of a register goes into an export: everything of one kind, in one state of knowledge, a few at a time.

`whoholds who` and its like answer about a place or a day; an extract goes through all of it, and holds in memory no more than
it must: claims, documents and kept incidents pass through, holdings are held a few hundred places at a time beside those of
the areas around them. Of incidents the days and ids are held, to give them in order of time. What is derived for an earlier
state of knowledge is derived whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from itertools import groupby, islice
from operator import attrgetter
from typing import TypeVar

from whoholds.grounding.gazetteer import gazetteer
from whoholds.grounding.gazetteer.corrections import corrections
from whoholds.model import Document, Entry, Holding, Incident, Place, Site, Testimony, When
from whoholds.questions import due as duty
from whoholds.questions.evidence import Word, words_of
from whoholds.questions.incidents import during, lies_in
from whoholds.questions.picture import Picture, Timelines
from whoholds.questions.who import latest_said
from whoholds.reconcile.territory import Timeline, inherit
from whoholds.register.store import Wanted

_AT_ONCE = 500
_DAY = timedelta(days=1)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Which part of a register: a place and what lies in it, and a period, both ends inclusive; None asks nothing."""

    site: Site | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reign:
    """A holding of a place's folded timeline, and the days on which it is the one in force, inclusive; None where open.

    `finding` is the id under which it is kept: the place's own, or that of the area that it is inherited from. `id` is unique
    among the holdings of a place.
    """

    holding: Holding
    finding: str
    first: date | None
    last: date | None

    @property
    def id(self) -> str:
        """The id under which it is kept; for one that was cut or inherited one of its own."""
        return self.holding.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An incident with the words for it, by the day said."""

    incident: Incident
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim as testimony, with its document; None where that was erased meanwhile."""

    testimony: Testimony
    document: Document | None


def _counted(given: Callable[[Extract], Iterator[T]]) -> Callable[[Extract], Iterator[T]]:
    """Note how many were given, once all are."""

    @wraps(given)
    def count(extract: Extract) -> Iterator[T]:
        number = 0
        for number, one in enumerate(given(extract), 1):  # noqa: B007 -- the number is read outside
            yield one
        extract.given[given.__name__] = number

    return count


class Extract:
    """All that a picture tells of one extent of a register; `given` counts what has been gone through to its end, by kind."""

    def __init__(self, picture: Picture, extent: Extent) -> None:
        self.picture = picture
        self.extent = extent
        self.given: dict[str, int] = {}

    @_counted
    def holdings(self) -> Iterator[Reign]:
        """The holdings of every place that are in force in the period, inherited ones among them, by place and time."""
        sites = sorted(self._sites(), key=lambda site: (site.name.casefold(), site.key))
        around = self.picture.own(list({key for site in sites for key in site.within}))
        known = self.picture.sites()
        for batch in _batches(sites):
            own = self.picture.own([site.key for site in batch])
            for site in batch:
                areas = [(known[key], around[key]) for key in site.within if key in around and key in known]
                timeline = inherit(site, own.get(site.key, ()), areas)
                yield from self._touching(reigns(timeline, {**own, **around}))

    @_counted
    def incidents(self) -> Iterator[Incident]:
        """The incidents of the period, by the first day each can have been on."""
        found = sorted((_day_of(one), one.id) for one in self._incidents(None))
        for batch in _batches(found):
            by_id = {one.id: one for one in self._incidents({id for _, id in batch})}
            yield from (by_id[id] for _, id in batch if id in by_id)

    def told(self) -> Iterator[Told]:
        """The incidents with their words, in the same order."""
        picture = self.picture
        for batch in _batches(self.incidents()):
            claims = {claim for one in batch for claim in one.supporting}
            words = words_of(picture.store, claims, known=picture.known, sides=picture.sides)
            place = {word.claim.id: i for i, word in enumerate(words)}
            for one in batch:
                own = sorted(place[claim] for claim in one.supporting if claim in place)
                yield Told(incident=one, words=tuple(words[i] for i in own))

    @_counted
    def duties(self) -> Iterator[duty.Duty]:
        """The duties as of the last day of the period (else the last day known), overdue ones first."""
        day = self.extent.last or latest_said(self.picture.store, self.picture.known) or date.max
        for one in duty.due(self.picture, day, agreement=None, party=None, all=True):
            if self.extent.site is None or lies_in(one.undertaking.site, self.extent.site):
                yield one

    @_counted
    def places(self) -> Iterator[Site]:
        """The places that claims name, by key."""
        yield from sorted(self._sites(), key=attrgetter("key"))

    @_counted
    def claims(self) -> Iterator[Cited]:
        """The claims that stand and are of the period, by entry, each with its document."""
        for batch in _batches(self._testimony()):
            documents = {id: self.picture.store.document(id) for id in {one.claim.evidence.document for one in batch}}
            yield from (Cited(one, documents[one.claim.evidence.document]) for one in batch)

    def by_document(self) -> Iterator[tuple[Document, list[Testimony]]]:
        """Claims that follow each other in the register and are of one document, with it."""
        for _, cited in groupby(self.claims(), key=lambda one: one.testimony.claim.evidence.document):
            together = list(cited)
            if together[0].document:
                yield together[0].document, [one.testimony for one in together]

    @_counted
    def documents(self) -> Iterator[Document]:
        """The documents published in the period and known, each once, as first filed; with a place, those that tell of it."""
        known, extent = self.picture.known, self.extent
        about = {one.claim.evidence.document for one in self._testimony(whenever=True)} if extent.site else None
        seen: set[str] = set()
        for filing in self.picture.store.filings():
            document = filing.document
            day = document.published or document.retrieved or filing.recorded_at.date()
            late = known.recorded_by is not None and filing.recorded_at > known.recorded_by
            unpublished = known.published_by is not None and day > known.published_by
            outside = (extent.first and day < extent.first) or (extent.last and day > extent.last)
            elsewhere = about is not None and document.id not in about
            if document.id not in seen and not (late or unpublished or outside or elsewhere):
                seen.add(document.id)
                yield document

    def alliances(self) -> Iterator[Entry]:
        """The entries on alliances and partings that stand."""
        yield from self.picture.store.sides(recorded_by=self.picture.known.recorded_by)

    def areas(self) -> Callable[[Site], tuple[str, ...]]:
        """A function that gives the names of the administrative areas around a place, widest first, without its country."""
        known, names = self.picture.sites(), dict[str, str | None]()

        def named(key: str) -> str | None:
            if key not in names:
                site = known.get(key)
                place = site.place if site else gazetteer().embedded.with_key(key)
                names[key] = place.name if place and is_division(place) else None
            return names[key]

        return lambda site: tuple(name for key in reversed(site.within[:-1]) if (name := named(key)))

    def _sites(self) -> list[Site]:
        site = self.extent.site
        return [one for one in self.picture.sites().values() if site is None or lies_in(one, site)]

    def _touching(self, found: Iterable[Reign]) -> Iterator[Reign]:
        first, last = self.extent.first, self.extent.last
        for one in found:
            if not (last and one.first and one.first > last) and not (first and one.last and one.last < first):
                yield one

    def _incidents(self, ids: Collection[str] | None) -> Iterator[Incident]:
        extent = self.extent
        period = (extent.first or date.min, extent.last or date.max) if extent.first or extent.last else None
        for one in self.picture.each_incident(ids=ids, during=period):
            if during(one, extent.first, extent.last) and (extent.site is None or lies_in(one.site, extent.site)):
                yield one

    def _testimony(self, *, whenever: bool = False) -> Iterator[Testimony]:
        extent = self.extent
        sites = None if extent.site is None else [site.key for site in self._sites()]
        for told in self.picture.store.testimony(Wanted(sites=sites, known=self.picture.known)):
            if whenever or _described(told.claim.when, extent.first, extent.last):
                yield told


def is_division(place: Place) -> bool:
    """Whether an area is a unit of administration, and no region of another kind (Donbas, Galicia), as far as is known."""
    told = corrections()
    country = place.country or ""
    region = place.name in told.parts.get(country, {}) or told.same.get((country, place.name)) == ""
    return place.feature == "A" and not region


def reigns(timeline: Timeline, own: Timelines) -> Iterator[Reign]:
    """The holdings of a folded timeline with the days on which each is in force, as `in_force` has it.

    `own` are the own timelines that it was folded from, by place. The first holding reaches back to the first day it can have
    begun on, open where that is not known; each lasts until the day before the next is told, the last one without an end.
    """
    for i, holding in enumerate(timeline):
        first = holding.told if i else holding.begin.not_before
        last = timeline[i + 1].told - _DAY if i + 1 < len(timeline) else None
        yield Reign(holding=holding, finding=_kept(holding, own), first=first, last=last)


def _kept(holding: Holding, own: Timelines) -> str:
    evidence = holding.holder, holding.supporting, holding.opposing
    for one in own.get((holding.inherited or holding.site).key, ()):
        if (one.holder, one.supporting, one.opposing) == evidence:
            return one.id
    return holding.id


def _described(when: When | None, first: date | None, last: date | None) -> bool:
    """Whether a claim's time touches a period; one without a time touches only all of it."""
    if first is None and last is None:
        return True
    if when is None:
        return False
    begin, end = when.begin.not_before, when.end.not_after
    return not (last and begin and begin > last) and not (first and end and end < first)


def _day_of(incident: Incident) -> date:
    return incident.when.not_before or incident.when.not_after or date.min


def _batches(items: Iterable[T]) -> Iterator[Sequence[T]]:
    waiting = iter(items)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch
